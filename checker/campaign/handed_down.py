"""Waivers that hold below: what is accepted for a sub-group is accepted for the same gap of the companies in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from checker.campaign.tree import Tree
from checker.checking.diff import gap_of
from checker.finding import Report, Waiver
from questionnaire.cells import squeeze

Place = tuple[str, str, str]  # rule, item, aspect
HandedDown = Mapping[str, Mapping[Place, Waiver]]  # by company above (squeezed)


def handed_down(waivers: Iterable[Waiver], above: Iterable[tuple[str, Report]]) -> HandedDown:
    """What every company above hands down.

    Args:
        waivers: all of its settings.
        above: the companies that have others below them, with their reports, nothing waived yet.
    """
    known = {waiver.fingerprint: waiver for waiver in waivers if waiver.below}
    if not known:
        return {}
    return {
        squeeze(company): {
            gap_of(finding).place: known[finding.fingerprint]
            for finding in report.findings
            if finding.fingerprint in known
        }
        for company, report in above
    }


def inherited(down: HandedDown, tree: Tree, company: str, report: Report) -> Iterator[Waiver]:
    """The waivers that a company's findings have from those above it, the nearest first."""
    for name in reversed(tree.above(company)):  # the last of one fingerprint holds
        places = down.get(squeeze(name), {})
        for finding in report.findings:
            waiver = places.get(gap_of(finding).place)
            if waiver is not None:
                yield replace(waiver, fingerprint=finding.fingerprint)
