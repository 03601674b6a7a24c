"""An earlier year's fact or activity is given for the reporting year.

Fires: P2.S4.I3: 2023年开展应急演练9次，参加612人次。
Silent: P2.S4.I3: 2023年首次开展应急演练，2024年演练9次，参加612人次。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.text.readers.time.expiries import find_expired
from checker.text.readers.time.periods import find_stale

ID = "stale-period"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """One finding an item, quoting every such sentence."""
    year = context.whole.source.year
    if year is None:
        yield NotApplicable("no-year")
        return
    if found := find_stale(reading.text, reading.passages, year):
        yield context.finding(reading, *(words.text for words in found), year=year, count=len(found))
    if ended := find_expired(reading.text, reading.passages, year):
        quotes = (words.text for words in ended)
        yield context.finding(reading, *quotes, variant="expired", year=year, count=len(ended))
