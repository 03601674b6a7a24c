"""What is told of decisions on a draft edition: what is another now, and which cells were not taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.wording import Wording
from questionnaire.drafting.decided_files import Decided
from questionnaire.drafting.decisions import Change, ChangeKind

if TYPE_CHECKING:
    from checker.report.excel.decided import Decisions, Refusal

_POLICIES = (ChangeKind.DELEGABLE, ChangeKind.NOT_APPLICABLE)


def decided_lines(
    told: Decisions, found: Decided, kept: Sequence[Path], workbook: Path, words: Wording
) -> Iterator[str]:
    """Cells that are not taken first, then every change, then what was written."""
    for refusal in told.refused:
        yield _refused(refusal, words)
    for change in found.changes:
        yield _changed(change, words)
    nothing = not (told.items or told.edition.decided or told.added or told.refused)
    if not found.files:
        yield words.text("drafting", "decide-nothing" if nothing else "decided-none", file=workbook.name)
        return
    yield words.text(
        "drafting",
        "decided-written" if kept else "decided-again",
        file=workbook.name,
        items=len(told.items),
        files=list(found.files),
        kept=[path.name for path in kept],
    )


def _refused(refusal: Refusal, words: Wording) -> str:
    params = dict(refusal.params)
    if "choices" in params:
        params["choices"] = "".join(
            words.text("drafting", "quoted", text=words.entry("drafting", "choices", each))
            for each in params["choices"]
        )
    sentence = words.text("drafting", refusal.code, **params)
    return words.text("errors", "place", file=words.place(refusal.place), sentence=sentence)


def _changed(change: Change, words: Wording) -> str:
    old, new = change.old, change.new
    if change.kind in _POLICIES:
        old, new = (words.entry("drafting", "choices", f"{change.kind.value}-{each}") for each in (old, new))
    return words.text("drafting", f"changed-{change.kind.value}", place=change.place, old=old, new=new)
