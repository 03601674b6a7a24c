"""Blocks of numbers by the texts that they were made of: kept in the user's cache for the next process.

An entry is found by the whole of what was asked for, so that an old table may lack something but never say something
else. It holds plain data, no code; and it is read only where nobody but the user can have written it.
"""

from __future__ import annotations

import hashlib
import json
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
FORM = "2"
_OTHERS = 0o022  # the rights of group and others to write


class Entry(NamedTuple):
    """What is kept for one text."""

    head: Any  # JSON-able
    block: bytes


class Table(NamedTuple):
    """Entries with their heads, and where the block of each of them stands."""

    entries: Mapping[str, tuple[Any, int, int]]
    blocks: memoryview

    def find(self, asked: str) -> Entry | None:
        """The entry of a key."""
        if (found := self.entries.get(asked)) is None:
            return None
        head, start, end = found
        return Entry(head, bytes(self.blocks[start:end]))


def key(*asked: object) -> str:
    """By what an entry is found."""
    return hashlib.blake2b(repr(asked).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


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
    with suppress(OSError, ValueError, AttributeError):
        if _is_own(file):
            known, heads, blocks = split(unseal(file.read_bytes()))
            if known == state:
                return Table(
                    {asked: tuple(found) for asked, found in json.loads(bytes(heads)).items()}, blocks
                )
    return None


def write(file: Path, state: bytes, entries: Mapping[str, Entry]) -> None:
    """Keeps a program's table; the same entries give the same bytes, in whatever order they were met."""
    known = sorted(entries.items())
    ends = list(accumulate(len(entry.block) for _, entry in known))
    heads = {
        asked: (entry.head, end - len(entry.block), end)
        for (asked, entry), end in zip(known, ends, strict=True)
    }
    told = json.dumps(heads, ensure_ascii=False, separators=(",", ":"))
    write_sealed(file, join((state, told.encode(), b"".join(entry.block for _, entry in known))))


def _is_own(path: Path) -> bool:
    """Whether nobody else may write it, as far as the system tells."""
    if not hasattr(os, "geteuid"):
        return True
    found = path.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS
