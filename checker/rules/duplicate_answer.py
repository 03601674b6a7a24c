"""One item is answered twice, and differently.

Fires: （两行同为（三），一行写 503 人次，一行写 508 人次）
Silent: （同一答案出现两次，文字相同）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.text.ground.openings import opening
from questionnaire.cells import squeeze

ID = "duplicate-answer"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.ERROR


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires at the second place; quotes both beginnings."""
    given = [answer for answer in reading.answers if answer.text.strip()]
    if not given:
        yield NotApplicable("blank")
        return
    first = given[0]
    for other in given[1:]:
        if squeeze(other.text) != squeeze(first.text):
            yield context.finding(
                reading, opening(first.text), opening(other.text), where=other.where, first=first.where
            )
