"""A gap list written: with what was filled into the one before, which is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from checker.report.excel.filled import Carry, Entry
from checker.report.kinds import Kind
from checker.report.occupants import entries_in, look_for
from checker.wording import Wording
from frameworks.ground.output import check_target, save


class Written(Struct, frozen=True):
    """A file that was written, and what became of the one before."""

    target: Path
    kept: Path | None = None  # the one before
    carried: int = 0  # entries that stand beside their findings again
    left: int = 0  # entries whose finding is gone

    def lines(self, words: Wording) -> Iterator[str]:
        """What the user is told."""
        file = self.target.name
        yield words.text("command", "written", file=str(self.target))
        if self.carried:
            yield words.text("command", "carried", file=file, carried=self.carried)
        if self.left:
            yield words.text("command", "carried-left", file=file, left=self.left)
        if self.kept is not None:
            yield words.text("command", "kept-beside", file=file, kept=str(self.kept))


def write_list(
    target: Path,
    kind: Kind,
    render: Callable[..., bytes],
    inputs: Iterable[Path],
    *,
    force: bool,
    settle: Callable[[Sequence[Entry]], Sequence[Entry]] = lambda entries: entries,
) -> Written:
    """Writes a workbook with a gap list.

    Args:
        target: where to.
        kind: which of those with a gap list.
        render: makes the workbook, given ``kind`` and ``carry``.
        inputs: files that must not be overwritten.
        settle: what becomes of the entries on their way.
        force: whether another file gives way; what is filled into a gap list is carried over all the same.

    Raises:
        OutputError: the target may not or cannot be written.
    """
    inputs, look = tuple(inputs), look_for(kind)
    replaced = check_target(target, inputs, look=look, force=force)
    carry = entries_in(target, force=force) if replaced else Carry()
    carry = Carry(settle(carry.entries))
    content = render(kind=kind, carry=carry)
    kept = save(target, content, inputs, look=look, force=force)
    return Written(target, kept, carry.taken, len(carry.left()))
