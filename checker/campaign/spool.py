"""Where records lie: in the user's cache, or in a temporary folder; found by what they were made from.

The key of a record is the SHA-256 of the file, of the program (code, rule data, questionnaire) and of the options.
A changed file, rule or option gives another key, so nothing stale is ever read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import TracebackType

from frameworks.ground.errors import OutputError
from frameworks.ground.yaml import cache_folder

FOLDER = "campaign"
RESULTS = "results"
KEPT_RESULTS = 8  # finished workbooks that are kept, the newest
_PACKAGES = ("frameworks", "questionnaire", "checker")
_WORDS = ("messages", "report", "commands")  # how things are said changes no record


@cache
def program_digest(*, words: bool = False) -> str:
    """SHA-256 of the program: all code and data by which records are made; with ``words`` the reports' too."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent.parent
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            aside = path.suffix not in (".py", ".yaml") or (not words and path.parent.name in _WORDS)
            if not aside:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def record_key(sha256: str, suffix: str, options: Iterable[str]) -> str:
    """The key of a file's record."""
    parts = (sha256, suffix, program_digest(), *options)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class Spool:
    """A folder of records by key. Without a folder of its own it is a temporary one, gone at the end."""

    def __init__(self, folder: Path | None) -> None:
        self._temporary = folder is None
        self.folder = Path(tempfile.mkdtemp(prefix="esgcheck-")) if folder is None else folder
        self._made: set[str] = set()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError("cache-unwritable", file=str(folder), reason=error.strerror or "") from error

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, key: str) -> Path:
        """Where a record lies, if it is there."""
        return self.folder / key[:2] / key

    def get(self, key: str) -> bytes | None:
        """A record; None where there is none."""
        try:
            return self.path(key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, blob: bytes) -> None:
        """Keeps a record, wholly or not at all.

        Raises:
            OutputError: the disk is full, or the folder may not be written.
        """
        target = self.path(key)
        temporary = target.with_name(f"{key}.{os.getpid()}.tmp")
        try:
            if key[:2] not in self._made:
                target.parent.mkdir(exist_ok=True)
                self._made.add(key[:2])
            temporary.write_bytes(blob)
            temporary.replace(target)
        except OSError as error:
            raise OutputError(
                "cache-unwritable", file=str(self.folder), reason=error.strerror or ""
            ) from error

    def forget(self, key: str) -> None:
        """Drops a record that turned out torn."""
        with contextlib.suppress(OSError):
            self.path(key).unlink()


def cache_place() -> Path | None:
    """Where the records of all campaigns lie; None when caching is switched off."""
    folder = cache_folder()
    return None if folder is None else folder / FOLDER


def clear_cache() -> tuple[int, int]:
    """Empties the cache of records; how many files, and how many bytes."""
    place = cache_place()
    if place is None or not place.is_dir():
        return 0, 0
    sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
    shutil.rmtree(place, ignore_errors=True)
    return len(sizes), sum(sizes)


def cache_size() -> tuple[int, int]:
    """How many records are kept, and their bytes."""
    place = cache_place()
    if place is None or not place.is_dir():
        return 0, 0
    sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
