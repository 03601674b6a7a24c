"""An aspect that needs a figure is answered in words only.

Fires: P3.S3.I4: 年内资本性支出主要用于屋顶光伏、余热回收和能源管理平台，已按合同付清。
Silent: P2.S3.I1: 全年培训计划完成率98%。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.reading.key_figures import FigureSheet
from checker.reading.own_words import no_unit
from checker.rules.contract import Context, Outcome, Scope
from questionnaire.vocabulary import FigureNeed

ID = "figure-missing"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding for each aspect whose words are there and whose figure is not."""
    for found in reading.aspects:
        if not found.lacks_figure:
            continue
        asked = found.aspect.figure is FigureNeed.REQUIRED
        units = [] if no_unit(found.aspect) else list(found.aspect.unit)
        yield context.finding(
            reading,
            found.evidence,
            aspect=found.aspect,
            severity=Severity.ERROR if asked else Severity.WARNING,
            variant=("asked" if units else "asked-plain") if asked else "kpi",
            ask=found.aspect.ask,
            unit=units,
            hint=found.aspect.hint or found.aspect.ask,
            kpi=found.aspect.kpi or "",
        )


def check_figures(sheet: FigureSheet, context: Context) -> Iterator[Outcome]:
    """One finding a row with words where a number belongs."""
    for reading in sheet.first.values():
        if reading.given.problem is None and reading.value is None and reading.given.value:
            yield context.finding(reading, reading.given.value, variant="kpi-number")
