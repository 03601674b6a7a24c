"""An effect is claimed without its figure.

Fires: 通过设备改造，大大降低了污染物的排放。
Silent: 通过设备改造，颗粒物排放量由12.4吨降至9.8吨，同比下降21%。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.echoes import find_echo
from checker.rules.support.elsewhere import is_astray

ID = "vague-claim"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """One finding an item, quoting every such effect; an answer that misses its question is another fault."""
    claims = reading.vague_claims
    if any(found.lacks_figure and found.aspect.by_ask for found in reading.aspects):
        yield NotApplicable("figure-missing")  # the figure that the question asks for is missed already
    elif claims and not (find_echo(reading) or is_astray(context.whole.schema, reading)):
        lacking = list(dict.fromkeys(field for claim in claims for field in claim.missing))
        yield context.finding(reading, *(claim.text for claim in claims), lacking=lacking, count=len(claims))
