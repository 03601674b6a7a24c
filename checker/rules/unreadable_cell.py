"""The answer's cell holds an Excel error, or a formula that was never calculated; or an error stands amid its words.

Fires: （单元格为 #REF!）
Silent: 132人次
"""

import re
from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import Content, ItemReading
from checker.reading.key_figures import FigureSheet
from checker.rules.contract import Context, NotApplicable, Outcome, Scope

ID = "unreadable-cell"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.ERROR

_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|N/A(?![A-Za-z]))")


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires on the reader's word that a cell has no readable value."""
    if reading.content is Content.BLANK:
        yield NotApplicable("blank")
    elif reading.answer and reading.answer.problem is not None:
        yield context.finding(reading, reading.answer.text, variant=reading.answer.problem.value)
    elif found := dict.fromkeys(_ERROR.findall(reading.text)):
        yield context.finding(reading, *found, variant="amid", errors=list(found))


def check_figures(sheet: FigureSheet, context: Context) -> Iterator[Outcome]:
    """One finding a row whose cell has no readable value."""
    for reading in sheet.first.values():
        if reading.given.problem is not None:
            yield context.finding(reading, variant=f"kpi-{reading.given.problem.value}")
