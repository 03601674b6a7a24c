"""A word that only stands for an answer: 略, 待补充, 同上, "-"; or a nil that does not say of what.

Fires: 待补充
Silent: 2024年无举报事件。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import Content, ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.unanswered import otherwise
from questionnaire.vocabulary import FigureNeed, Need

ID = "placeholder-answer"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.ERROR


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires when the whole answer is a placeholder, or says that there is nothing without saying of what."""
    if reading.content is Content.BLANK:
        yield NotApplicable("blank")
    elif reading.content is Content.PLACEHOLDER and reading.answer:
        asks = [aspect.ask for aspect in reading.item.judged]
        yield context.finding(reading, reading.answer.text, asks=asks, otherwise=otherwise(reading.item))
    elif reading.names_nothing:
        asked = [aspect for aspect in reading.item.judged if aspect.need is Need.REQUIRED]
        figures = any(aspect.figure is FigureNeed.REQUIRED for aspect in asked)
        yield context.finding(
            reading,
            reading.text,
            severity=Severity.ERROR if figures else Severity.WARNING,
            variant="nil",
            asks=[aspect.ask for aspect in asked],
        )
