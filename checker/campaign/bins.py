"""Millions of numbers in a few parts on disk, of which one is held and sorted at a time."""

from __future__ import annotations

import shutil
import tempfile
from array import array
from contextlib import suppress
from pathlib import Path
from types import TracebackType

COUNT = 64
HELD = 4096  # numbers of a part that wait in memory


class Bins:
    """Numbers below 2^64, by the part that whoever adds them chooses; gone when it is closed.

    Attributes:
        held: of each part, what waits in memory: numbers are appended here, then ``settle`` is called.
    """

    def __init__(self) -> None:
        self.held = [array("Q") for _ in range(COUNT)]
        self._written = [0] * COUNT
        self._folder: Path | None = None
        self._is_full = False  # no disk takes more: the rest stays in memory

    def __enter__(self) -> Bins:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def settle(self) -> None:
        """Moves long parts to the disk."""
        for part, held in enumerate(self.held):
            if len(held) >= HELD and not self._is_full:
                self._write(part, held)

    def sorted(self, part: int) -> list[int]:
        """All numbers of a part, in order."""
        found = array("Q")
        if self._written[part]:
            with self._file(part).open("rb") as stream:
                found.fromfile(stream, self._written[part])
        found.extend(self.held[part])
        return sorted(found)

    def _file(self, part: int) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="esgcheck-"))
        return self._folder / str(part)

    def _write(self, part: int, held: array[int]) -> None:
        self._is_full = True
        with suppress(OSError):
            with self._file(part).open("ab") as stream:
                held.tofile(stream)
            self._written[part] += len(held)  # half a part that was written is never read
            del held[:]
            self._is_full = False
