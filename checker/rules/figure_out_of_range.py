"""A key figure that cannot be, or hardly: below nothing, beyond a hundred per cent, half a person.

Fires: （「关键绩效」表：反贪污培训覆盖率 130 %；员工总数 502.5 人；答案：投诉办结率105%）
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
from checker.text.ground.lexicon import pattern
from checker.text.ground.quantities import Quantity

ID = "figure-out-of-range"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.ERROR
ALL = 100  # per cent
NAME = 12  # characters before a figure that name it


def check(whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding for each cell, at the cell itself: this year's or last year's; one for an answer's rates."""
    for answer in whole.items:
        if rates := [words for each in answer.quantities if (words := _impossible(answer.text, each))]:
            yield context.finding(answer, *rates, variant="rate", count=len(rates))
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


def _impossible(text: str, figure: Quantity) -> str:
    """The words of a share of what there is that is more than all of it (办结率105%); empty where it is not."""
    if figure.kind != "share" or figure.exact == "range" or not figure.value:
        return ""
    named = pattern("rates.bounded").search(text[max(0, figure.start - NAME) : figure.start])
    return named.group() + figure.text if named and Decimal(figure.value) > ALL else ""


def _plain(value: Decimal) -> str:
    return f"{value:.1f}".removesuffix(".0")
