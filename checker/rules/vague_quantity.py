"""A quantity says nothing: 一定比例, 多次, 一系列活动, a range from 1 to 2000; 1,234 吨 where 12,5 吨 is written, too.

Fires: P2.S1.I4: 职工代表中女职工占一定比例。
Silent: P2.S1.I4: 职工代表中女职工占一定比例，达到28%。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Outcome, ReturnContext, Scope
from checker.text.ground.commas import find_unsure
from checker.text.readers.claims.vague import find_vague

ID = "vague-quantity"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.NOTICE


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """One finding an item, quoting all such words; one for figures whose comma may be either mark."""
    if found := find_vague(reading.text, reading.quantities, reading.passages):
        yield context.finding(
            reading, *(words.text for words in found), words=[words.text for words in found]
        )
    if context.whole.comma_is_decimal and (unsure := find_unsure(reading.quantities)):
        yield context.finding(
            reading,
            *(figure.text for figure in unsure),
            variant="comma",
            words=[figure.text for figure in unsure],
        )
