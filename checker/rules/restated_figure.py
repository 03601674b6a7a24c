"""Last year's figure in this year's return is not what last year's return said.

Fires: （今年的「关键绩效」表，取水量"上年"填 6000；上年的填报写 6100）
Silent: （上年填 25571，上年的填报写 25570.26；或写明"上年数更正"的原因，或统计边界不同）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope

ID = "restated-figure"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.WARNING


def check(whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding a figure, at the cell of last year's value."""
    sheet = whole.sheet
    if not whole.figures:
        yield NotApplicable("no-figures")
        return
    if sheet.before is None:
        yield NotApplicable("no-last-year")
        return
    for name, reading in sheet.usable.items():
        then, given = sheet.before.usable.get(name), reading.given
        if reading.last is None or then is None or then.value is None:
            continue
        if reading.conversion is None or then.conversion is None or given.reason:
            continue
        alike = reading.conversion.kind == then.conversion.kind and not sheet.boundary_changed(reading)
        if alike and not reading.last.agrees(then.value, converted=reading.conversion != then.conversion):
            yield context.finding(
                reading, given.last, then.given.value, where=given.last_where or given.where,
                variant="kpi-restated", last=f"{given.last} {given.unit}",
                then=f"{then.given.value} {then.given.unit}", then_place=then.given.where,
            )  # fmt: skip
