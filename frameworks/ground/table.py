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
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from frameworks.ground.cache import cache_folder, write_sealed
from frameworks.ground.parts import join, split
from frameworks.ground.seal import unseal

FOLDER = "compiled"
FORM = "1"
WITHOUT_REFERENCES = (
    2  # version of the form: the later ones tell how often a value was in use when it was written
)
_OTHERS = 0o022  # the rights of group and others to write


class Table(NamedTuple):
    """Entries as one block, and where each of them stands in it."""

    places: Mapping[bytes, tuple[int, int]]
    block: memoryview

    def find(self, asked: bytes) -> Any:
        """What was kept for a key; None where nothing was."""
        if (place := self.places.get(asked)) is not None:
            with suppress(ValueError, EOFError, TypeError):  # no form of Python's
                return marshal.loads(self.block[slice(*place)])
        return None


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
            known, index, block = split(unseal(file.read_bytes()))
            if known == state:
                return Table(marshal.loads(index), block)
    return None


def write(file: Path, state: bytes, entries: Mapping[bytes, bytes]) -> None:
    """Keeps a program's table; the same entries give the same bytes, in whatever order they were met."""
    keys = sorted(entries)
    ends = list(accumulate(len(entries[each]) for each in keys))
    index = {each: (end - len(entries[each]), end) for each, end in zip(keys, ends, strict=True)}
    write_sealed(file, join((state, dumped(index), b"".join(entries[each] for each in keys))))


def dumped(value: Any) -> bytes:
    """A value in the form of a table."""
    return marshal.dumps(value, WITHOUT_REFERENCES)


def _is_own(path: Path) -> bool:
    """Whether nobody else may write it, as far as the system tells."""
    if not hasattr(os, "geteuid"):
        return True
    found = path.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS
