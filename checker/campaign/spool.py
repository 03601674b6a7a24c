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

from frameworks.ground.cache import cache_folder
from frameworks.ground.errors import OutputError
from frameworks.ground.seal import seal, unseal

FOLDER = "campaign"
RESULTS = "results"
TRIES = 3
KEPT_RESULTS = 8  # finished workbooks that are kept, the newest
_PACKAGES = ("frameworks", "questionnaire", "checker")
_PARTS = (".py", ".yaml", ".gz")  # code, data, weights
_WORDS = ("messages", "report", "commands")  # how things are said changes no record


@cache
def program_digest(*, words: bool = False) -> str:
    """SHA-256 of the program: all code and data by which records are made; with ``words`` the reports' too."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent.parent
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            aside = path.suffix not in _PARTS or (not words and path.parent.name in _WORDS)
            if not aside:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def record_key(sha256: str, suffix: str, options: Iterable[str]) -> str:
    """The key of a file's record."""
    parts = (sha256, suffix, program_digest(), *options)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class Spool:
    """Records by key, in a folder; without one, or when it cannot be written, in a temporary one, gone at the end.

    Attributes:
        refusal: why the folder was given up, once it was.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.refusal: OutputError | None = None
        self._temporary: Path | None = None
        self._held: dict[str, bytes] = {}  # what no disk would take

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def get(self, key: str) -> bytes | None:
        """A record; None where there is none, or a torn one."""
        if key in self._held:
            return self._held[key]
        for folder in (self._temporary, self.folder):
            if folder is not None:
                with contextlib.suppress(OSError, ValueError):
                    return unseal(_place(folder, key).read_bytes())
        return None

    def put(self, key: str, blob: bytes) -> None:
        """Keeps a record, wherever one can be kept: a full disk costs the next run's time and not this one."""
        if self.folder is not None and self.refusal is None:
            try:
                _write(self.folder, key, blob)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                self.refusal = OutputError("cache-not-used", file=str(self.folder), reason=reason)
            else:
                return
        try:
            if self._temporary is None:
                self._temporary = Path(tempfile.mkdtemp(prefix="esgcheck-"))
            _write(self._temporary, key, blob)
        except OSError:
            self._held[key] = blob


def _place(folder: Path, key: str) -> Path:
    return folder / key[:2] / key


def _write(folder: Path, key: str, blob: bytes) -> None:
    """Wholly or not at all; tried again when somebody empties the cache at this very moment."""
    target = _place(folder, key)
    temporary = target.with_name(f"{key}.{os.getpid()}.tmp")
    for attempt in range(TRIES):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(seal(blob))
            temporary.replace(target)
        except BaseException as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            if not isinstance(error, FileNotFoundError) or attempt == TRIES - 1:
                raise
        else:
            return


def cache_place() -> Path | None:
    """Where the records of all campaigns lie; None when caching is switched off."""
    folder = cache_folder()
    return None if folder is None else folder / FOLDER


def clear_cache() -> tuple[int, int]:
    """Empties the cache of records; how many files, and how many bytes."""
    size = cache_size()
    place = cache_place()
    if place is not None:
        shutil.rmtree(place, ignore_errors=True)
    return size


def cache_size() -> tuple[int, int]:
    """How many records are kept, and their bytes."""
    place = cache_place()
    sizes = []
    if place is not None and place.is_dir():
        for path in place.rglob("*"):
            with contextlib.suppress(OSError):  # a run at this moment renames its files
                if path.is_file():
                    sizes.append(path.stat().st_size)
    return len(sizes), sum(sizes)
