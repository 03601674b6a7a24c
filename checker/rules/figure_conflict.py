"""One fact is given with two values: in two places, or in one that does not come out of the figures beside it.

Fires: P2.S1.I1: 员工总数502人，合同签订率100%。年末员工总数520人。
Silent: P2.S1.I1: 员工总数502人，合同签订率100%。2023年末员工总数520人。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Finding, Severity
from checker.reading.answers import ReturnReading
from checker.reading.key_figures import FigureSheet, parse_number
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.figure_pairs import FigureAt, adds_up, find_conflicts
from checker.rules.support.picture_pairs import (
    Clash,
    figure_clashes,
    number_clashes,
    seen_texts,
)
from checker.text.ground.slips import digits
from questionnaire.figure_sheet import number_and_unit

ID = "figure-conflict"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.ERROR

STAFF = "staff"  # the key figure that the company's profile states, too


def check(whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """Fires at the second place and names the first; says which value adds up where a sum shows it."""
    readings = [reading for reading in whole.items if reading.text]
    if not readings:
        yield NotApplicable("blank")
        return
    told: set[frozenset[str]] = set()
    for one, other, label, variant in find_conflicts(readings, whole.source.year):
        pair = frozenset((digits(one.text) or one.quote, digits(other.text) or other.quote))
        if pair not in told:
            told.add(pair)
            yield _finding(context, one, other, label, variant)
    for reading in readings:
        for entry in reading.reckonings:
            yield context.finding(
                reading,
                reading.text[entry.start : entry.end],
                variant="reckoned",
                value=entry.stated,
                other=entry.reckoned,
                of=list(entry.of),
            )
    seen = seen_texts(whole.source.pictures)
    for clash in number_clashes(readings, seen):
        yield _of_picture(context, clash, "picture-number")
    for clash in figure_clashes(readings, seen, whole.source.year):
        yield _of_picture(context, clash, "picture-proved" if clash.proved else "picture")


def _finding(context: Context, one: FigureAt, other: FigureAt, label: str, variant: str) -> Finding:
    sums = [value for value in (one, other) if adds_up(value)]
    proved = sums[0].text if len(sums) == 1 else ""
    return context.finding(
        other.reading,
        one.quote,
        other.quote,
        variant=f"{variant}.proved" if proved else variant,
        label=label,
        value=one.text,
        other=other.text,
        first=one.reading.label,
        second=other.reading.label,
        first_place=one.reading.where,
        proved=proved,
    )


def _of_picture(context: Context, clash: Clash, variant: str) -> Finding:
    """At the answer, with the picture as the second place; what a machine read is a warning at most."""
    return context.finding(
        clash.reading,
        clash.quote,
        clash.line,
        severity=Severity.WARNING,
        variant=variant,
        label=clash.label,
        value=clash.value,
        other=clash.shown,
        picture=clash.seen.number,
        picture_place=clash.seen.picture.where,
        sure=clash.sure,
    )


def check_figures(sheet: FigureSheet, context: Context) -> Iterator[Outcome]:
    """One finding a figure with two values, on its sheet or beside the company's profile."""
    for first, second in sheet.repeated:
        a, b = first.value, second.value
        if a is None or b is None or not a.agrees(b):
            yield context.finding(
                second, first.given.value, second.given.value, variant="kpi-twice", first=first.given.where
            )
    number, _ = number_and_unit(sheet.employees) or (sheet.employees, "")
    staff, stated = sheet.usable.get(STAFF), parse_number(number)
    if staff is not None and staff.value is not None and stated and stated.value != staff.value.value:
        yield context.finding(
            staff, staff.given.value, sheet.employees, variant="kpi-profile", stated=sheet.employees
        )
