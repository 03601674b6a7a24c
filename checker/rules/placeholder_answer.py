"""A word that only stands for an answer: 略, 待补充, 同上, "-".

Fires: 待补充
Silent: 2024年无举报事件。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import Content, ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope

ID = "placeholder-answer"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.ERROR


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires when the whole answer is a placeholder."""
    if reading.content is Content.BLANK:
        yield NotApplicable("blank")
    elif reading.content is Content.PLACEHOLDER and reading.answer:
        asks = [aspect.ask for aspect in reading.item.judged]
        yield context.finding(reading, reading.answer.text, asks=asks)
