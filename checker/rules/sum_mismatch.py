"""The parts and their total differ beyond the digits stated.

Why: a total that its parts do not make is wrong somewhere; the group adds these figures up and has them assured.
Fires: P3.S5.I1: 甲车间产生危险废物12吨、乙车间8吨，合计21吨。
Silent: P3.S5.I1: 甲车间产生危险废物12.4吨、乙车间8.3吨，合计20.8吨。
Source: interval arithmetic: half a unit of the last digit for each term; more where a figure is approximate.
"""

from collections.abc import Iterator

from checker.finding import Severity
from checker.reading.answers import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.text.ground.numbers import plain

ID = "sum-mismatch"
SCOPE = Scope.ITEM
SEVERITY = Severity.ERROR


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
