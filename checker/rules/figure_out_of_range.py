"""A key figure that cannot be, or hardly: below nothing, beyond a hundred per cent, half a person.

Fires: （「关键绩效」表：反贪污培训覆盖率 130 %；员工总数 502.5 人）
Silent: （覆盖率 100 %；本年节能量 -120，节能量可以为负）
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.reading.key_figures import unit_names
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.figure_limits import fault_of, implausible_share

ID = "figure-out-of-range"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.ERROR


def check(whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding for each cell, at the cell itself: this year's or last year's."""
    if not whole.figures:
        yield NotApplicable("no-figures")
        return
    for reading in whole.sheet.usable.values():
        given = reading.given
        for number, where in ((reading.value, given.where), (reading.last, given.last_where or given.where)):
            if number is not None and (fault := fault_of(reading, number)) is not None:
                yield context.finding(
                    reading, number.text, where=where, variant=f"kpi-{fault.kind}",
                    severity=Severity.ERROR if fault.sure else Severity.WARNING,
                    told=number.text, bound=_plain(fault.bound), unit=unit_names(reading.figure)[0],
                )  # fmt: skip
        if (found := implausible_share(reading, whole.sheet)) is not None:
            per, each = found
            yield context.finding(
                reading, given.value, per.given.value, variant="kpi-per-head", severity=Severity.WARNING,
                per=per.figure.zh, each=_plain(each), unit=given.unit,
            )  # fmt: skip


def _plain(value: Decimal) -> str:
    return f"{value:.1f}".removesuffix(".0")
