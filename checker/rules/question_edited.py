"""The question in the file is not the group's question.

Fires: （题干少了"年内对举报事件的处理情况"）
Silent: （题干仅有全角半角、空格或换行的差别）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from questionnaire.reading.layout.headings import edits

ID = "question-edited"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING

SLIPS = 3  # letters; fewer are a slip of the pen or a mended typo (the form itself has one)


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires when the letters and digits of the question differ from the schema's."""
    found = reading.answer.question if reading.answer else None
    if found is None:
        yield NotApplicable("no-question-in-file")
    elif edits(found, reading.item) >= SLIPS:
        yield context.finding(reading, found, asked=reading.item.question)
