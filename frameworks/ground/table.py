"""What was compiled from texts, by the texts themselves: kept in the user's cache for the next process.

An entry is found by the whole of what was asked for, so that an old table may lack something but never say something
else. What is kept is Python's own form of code, as in ``__pycache__``: it is read only where nobody but the user can
have written it, for the Python that wrote it.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from frameworks.ground.cache import cache_folder, write_sealed
from frameworks.ground.seal import unseal

FOLDER = "compiled"
FORM = "1"
WITHOUT_REFERENCES = (
    2  # version of the form: the later ones tell how often a value was in use when it was written
)
_OTHERS = 0o022  # the rights of group and others to write

Table = Mapping[bytes, bytes]


def key(*asked: object) -> bytes:
    """By what an entry is found."""
    return hashlib.blake2b(repr(asked).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def place(program: str) -> Path | None:
    """Where the table of a program lies for this Python; None where none can be kept.

    That is where caching is switched off, or others than the user may write the folder.
    """
    folder = cache_folder()
    if folder is None:
        return None
    own = folder / FOLDER
    with suppress(OSError):
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_own(own) and os.access(own, os.W_OK):
            made_by = (FORM, program, sys.implementation.cache_tag, sys.version, sys.byteorder)
            return own / hashlib.sha256(repr(made_by).encode()).hexdigest()[:32]
    return None


def read(file: Path, state: bytes) -> Table | None:
    """A program's table; None where there is none of this state of it, it is torn, or others may write it."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        if _is_own(file):
            content = unseal(file.read_bytes())
            if content.startswith(state):
                found: Table = marshal.loads(memoryview(content)[len(state) :])
                return found
    return None


def write(file: Path, state: bytes, table: Table) -> None:
    """Keeps a program's table; the same entries give the same bytes, in whatever order they were met."""
    write_sealed(file, state + dumped(dict(sorted(table.items()))))


def dumped(value: Any) -> bytes:
    """A value in the form of a table."""
    return marshal.dumps(value, WITHOUT_REFERENCES)


def _is_own(path: Path) -> bool:
    """Whether nobody else may write it, as far as the system tells."""
    if not hasattr(os, "geteuid"):
        return True
    found = path.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS
