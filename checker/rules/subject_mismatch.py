"""A paragraph under one topic speaks of another.

Fires: P1.S1.I3: 公司环境保护的风险主要包括火灾、机械伤害、车辆伤害等。
Silent: P1.S1.I3: 公司环境保护的风险主要包括废气超标、危废泄漏等。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, Outcome, Scope
from checker.text.ground.english import is_mostly_english
from checker.text.readers.subjects.english_topics import find_headed
from checker.text.readers.subjects.topics import find_mismatches

ID = "subject-mismatch"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding a paragraph."""
    english = is_mostly_english(reading.text)
    for found in find_headed(reading.text) if english else find_mismatches(reading.text, reading.passages):
        yield context.finding(reading, found.quote.text, said=found.said, meant=found.meant)
