"""The parts and their total differ beyond the digits stated.

Fires: P3.S5.I1: 甲车间产生危险废物12吨、乙车间8吨，合计21吨。
Silent: P3.S5.I1: 甲车间产生危险废物12.4吨、乙车间8.3吨，合计20.8吨。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Finding, Severity
from checker.reading.items import ItemReading
from checker.reading.key_figures import FigureReading, FigureSheet
from checker.rules.contract import Context, NotApplicable, Option, Outcome, Scope
from checker.rules.support.figure_sums import (
    FalseSum,
    conversions_of,
    find_false_difference,
    find_false_part,
    find_false_ratio,
    find_false_sums,
)
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
    """One finding a figure that the other rows do not make, do not give, or leave no room for."""
    usable = sheet.usable
    for reading in usable.values():
        for false in find_false_sums(reading, usable):
            yield _sum(context, reading, false, "kpi-stock" if false.lacks_stock else "kpi-sum")
        if (difference := find_false_difference(reading, usable)) is not None:
            yield _sum(context, reading, difference, "kpi-difference")
        if (whole := find_false_part(reading, usable)) is not None:
            strict = reading.figure.part_of is None or reading.figure.part_of.strict
            yield context.finding(
                reading, reading.given.value, whole.given.value,
                variant="kpi-part" if strict else "kpi-part-people",
                severity=None if strict else Severity.WARNING,
                told=f"{reading.given.value} {reading.given.unit}",
                whole=whole.figure.zh, beside=f"{whole.given.value} {whole.given.unit}",
            )  # fmt: skip
        ratio = find_false_ratio(reading, usable, context.options["ratio"])
        if ratio is not None:
            yield context.finding(
                reading, reading.given.value, ratio.of.given.value, ratio.per.given.value, variant="kpi-ratio",
                severity=Severity.WARNING, of=ratio.of.figure.zh, per=ratio.per.figure.zh, expected=ratio.expected,
                told=f"{reading.given.value} {reading.given.unit}",
            )  # fmt: skip


def _sum(context: Context, reading: FigureReading, false: FalseSum, variant: str) -> Finding:
    converted = conversions_of((reading, *false.parts))
    return context.finding(
        reading, reading.given.value, *(part.given.value for part in false.parts),
        variant=f"{variant}-converted" if converted and variant == "kpi-sum" else variant,
        severity=Severity.WARNING if false.lacks_stock else None,
        parts=[part.figure.zh.rpartition("：")[2] for part in false.parts], sum=false.sum, converted=converted,
        total=f"{reading.given.value} {reading.given.unit}",
    )  # fmt: skip
