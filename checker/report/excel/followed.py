"""Entries of one gap list on their way into the next: those that came back joined, those of changed gaps moved on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from checker.finding import Report
from checker.report.excel.filled import Entry
from checker.wording import Wording
from questionnaire.schema import Schema

Place = tuple[str, str, str]  # item, title of the rule, what the aspect asks


def joined(entries: Sequence[Entry], returned: Sequence[Entry]) -> list[Entry]:
    """Entries of a list and those that came back: of one gap, what came back, else what stood there."""
    before = {entry.fingerprint: entry for entry in entries if entry.fingerprint}
    found = []
    for entry in returned:
        old = before.pop(entry.fingerprint, None) if entry.fingerprint else None
        if old is not None:
            said = tuple(new or was for new, was in zip(entry.said, old.said, strict=True))
            entry = replace(entry, said=said)  # noqa: PLW2901
        found.append(entry)
    left = [entry for entry in entries if not entry.fingerprint or entry.fingerprint in before]
    return [*found, *left]


def follow(entries: Sequence[Entry], report: Report, schema: Schema, words: Wording) -> list[Entry]:
    """Entries whose gap has other words now stand beside the gap that took its place.

    A gap is known by item, rule and aspect; it takes over while there are as many gaps there as entries.
    """
    asks = {aspect.id: aspect.ask for item in schema.items for aspect in item.aspects}
    known = {finding.fingerprint for finding in report.findings}
    taken = {gap_id for entry in entries for gap_id in entry.fingerprint.split()}
    free: dict[Place, list[str]] = defaultdict(list)
    for finding in report.findings:
        if finding.fingerprint not in taken:
            place = finding.item or "", words.finding(finding).title, asks.get(finding.aspect or "", "")
            free[place].append(finding.fingerprint)

    def moved(gap_id: str, place: Place) -> str:
        return free[place].pop(0) if gap_id not in known and free.get(place) else gap_id

    found = []
    for entry in entries:
        _, item, rule, aspects, _ = entry.about
        gap_ids, asked = entry.fingerprint.split(), aspects.split("\n")
        if len(gap_ids) == len(asked):
            places = [(item, rule, ask) for ask in asked]
            moves = map(moved, gap_ids, places)
            entry = replace(entry, fingerprint=" ".join(dict.fromkeys(moves)))  # noqa: PLW2901
        found.append(entry)
    return found
