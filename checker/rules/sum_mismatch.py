"""The parts and their total differ beyond the digits stated.

Fires: P3.S5.I1: 甲车间产生危险废物12吨、乙车间8吨，合计21吨。
Silent: P3.S5.I1: 甲车间产生危险废物12.4吨、乙车间8.3吨，合计20.8吨。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ItemReading
from checker.reading.key_figures import FigureSheet
from checker.rules.contract import Context, NotApplicable, Option, Outcome, Scope
from checker.rules.support.figure_sums import find_false_ratio, find_false_sums
from checker.text.ground.numbers import plain

ID = "sum-mismatch"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.ERROR
OPTIONS = {"ratio": Option(0.05, 0, 1)}


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding for each total that its parts do not make; quotes the row or the sentence."""
    if not reading.text:
        yield NotApplicable(reading.stands_aside or "blank")
        return
    for entry in reading.sums:
        if entry.fits:
            continue
        yield context.finding(
            reading,
            reading.text[entry.start : entry.end],
            variant="over" if entry.over else "",
            label=entry.label,
            stated=f"{plain(entry.stated)}{entry.unit}",
            computed=f"{plain(entry.computed)}{entry.unit}",
            difference=plain(abs(entry.difference)),
        )


def check_figures(sheet: FigureSheet, context: Context) -> Iterator[Outcome]:
    """One finding a total that the other rows do not make, and a ratio that they do not give."""
    for reading in sheet.usable.values():
        for false in find_false_sums(reading, sheet.usable):
            yield context.finding(
                reading, reading.given.value, *(part.given.value for part in false.parts), variant="kpi-sum",
                parts=[part.figure.zh for part in false.parts], sum=false.sum, total=false.total,
            )  # fmt: skip
        ratio = find_false_ratio(reading, sheet.usable, context.options["ratio"])
        if ratio is not None:
            yield context.finding(
                reading, reading.given.value, ratio.of.given.value, ratio.per.given.value, variant="kpi-ratio",
                severity=Severity.WARNING, of=ratio.of.figure.zh, per=ratio.per.figure.zh, expected=ratio.expected,
            )  # fmt: skip
