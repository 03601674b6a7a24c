"""Last year's answer promised something for this year, and this year's says nothing of it.

Fires: （去年写"计划2024年6月底前完成循环水泵变频改造"，今年只写节约用水的宣传）
Silent: （写了已完成、推迟、取消或改变，在本题或另一题，或换了说法；去年只写"将继续加强"）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import Content, ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.text.readers.time.outcomes import ThisYear
from checker.text.readers.time.sequels import find_open

ID = "promise-kept"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """One finding a promise of last year's answer that no answer of this year takes up."""
    whole = context.whole
    if whole.year_before is None:
        yield NotApplicable("no-last-year")
        return
    if reading.stands_aside:
        yield NotApplicable(reading.stands_aside)
        return
    others = tuple(
        other.text
        for other in whole.by_id.values()
        if other.item.id != reading.item.id and other.content is Content.TEXT
    )
    told = ThisYear(reading.text, others, reading.item.question)
    parent = whole.schema.edition.parent
    names = [name for name in (parent.name, *parent.aliases) if len(name) > 1]
    for promise in find_open(whole.last_year.get(reading.item.id, ""), whole.year_before, told, names):
        yield context.finding(reading, promise.quote.text, year=whole.year_before)
