"""What findings dispute: words of an answer that prove no disclosure until they are settled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from checker.finding import Finding, ItemResult, Report
from checker.reading.quotes import is_row
from checker.reading.wanted import lexicon
from questionnaire.cues import compile_cue

CONFLICT, RATIO, STALE, ASTRAY = "figure-conflict", "ratio-misused", "stale-period", "off-topic"
SUM = "sum-mismatch"
MISPLACED, HOLLOW = "subject-mismatch", "vague-claim"
ELSEWHERE, DATES = "answered-elsewhere", "date-conflict"
RULES = (
    CONFLICT,
    DATES,
    RATIO,
    SUM,
    STALE,
    ASTRAY,
    MISPLACED,
    HOLLOW,
    ELSEWHERE,
)  # what coverage has to know of a return besides its states
_CLAUSE = re.compile(r"[^，,。；;\n]+")


class Dispute(NamedTuple):
    """A stretch of an answer, and the rule that disputes it."""

    rule: str
    start: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        """Whether it lies over some words."""
        return self.start < end and start < self.end


def disputes_of(report: Report) -> Mapping[str, tuple[Dispute, ...]]:
    """The disputed stretches by item."""
    items = {item.id: item for item in report.items}
    found: dict[str, list[Dispute]] = {}
    for finding in report.findings:
        if finding.item in items and finding.rule in RULES and finding.rule != ELSEWHERE:
            for item, dispute in _of(finding, items):
                found.setdefault(item.id, []).append(dispute)
    for id_, dispute in _fines(report.items):
        found.setdefault(id_, []).append(dispute)
    return {item: tuple(each) for item, each in found.items()}


def _of(finding: Finding, items: Mapping[str, ItemResult]) -> Iterator[tuple[ItemResult, Dispute]]:
    item = items[finding.item or ""]
    if finding.rule == ASTRAY:
        yield item, Dispute(ASTRAY, 0, len(item.answer))
    elif finding.rule == STALE:
        yield from (
            (item, _with_table(item.answer, found)) for found in _spans(item, finding.evidence, STALE)
        )
    elif finding.rule == DATES:
        if "first_place" not in finding.params:  # dates of one thing that cannot be, side by side
            yield from ((item, found) for found in _spans(item, finding.evidence, DATES))
    elif finding.rule in (SUM, MISPLACED, HOLLOW):
        yield from ((item, found) for found in _spans(item, finding.evidence, finding.rule))
    elif finding.rule == RATIO:
        yield from (
            (item, found) for found in _spans(item, finding.evidence, RATIO, _told(finding, "percentage"))
        )
    else:
        first = next(
            (each for each in items.values() if each.where == finding.params.get("first_place")), item
        )
        for place, quote, name in zip((first, item), finding.evidence, ("value", "other"), strict=False):
            yield from ((place, found) for found in _spans(place, (quote,), CONFLICT, _told(finding, name)))


def _fines(items: Sequence[ItemResult]) -> Iterator[tuple[str, Dispute]]:
    """That no fine was paid at all, and the fine that another answer tells: neither proves anything."""
    fined = [(item.id, found) for item in items for found in _sentences(item, "fined")]
    if not fined:
        return
    told = {id_ for id_, _ in fined}
    clean = [
        (item.id, found) for item in items if item.id not in told for found in _sentences(item, "unfined")
    ]
    if clean:
        yield from (*fined, *clean)


def _sentences(item: ItemResult, name: str) -> Iterator[Dispute]:
    """The clauses of an answer that tell of fines, or of none."""
    cue = compile_cue(lexicon()[name])
    if not cue.can_hit(item.answer):
        return
    for clause in _CLAUSE.finditer(item.answer):
        if cue.find(clause.group(), item.answer):
            yield Dispute(CONFLICT, *clause.span())


def _told(finding: Finding, name: str) -> str:
    return str(finding.params.get(name) or "")


def _spans(item: ItemResult, quotes: tuple[str, ...], rule: str, figure: str = "") -> Iterator[Dispute]:
    """Where quotes stand in an answer, or the one figure in them that is meant."""
    for quote in quotes:
        start = item.answer.find(quote)
        if start >= 0:
            at = quote.find(figure) if figure else -1
            begin, length = (start + at, len(figure)) if at >= 0 else (start, len(quote))
            yield Dispute(rule, begin, begin + length)


def _with_table(answer: str, found: Dispute) -> Dispute:
    """A sentence that leads to a table covers it."""
    end = found.end
    rest = answer[end:]
    if not rest.lstrip(" ：:").startswith("\n"):
        return found
    for line in rest.splitlines(keepends=True):
        if line.strip(" ：:\n") and not is_row(line):
            break
        end += len(line)
    return found._replace(end=end)
