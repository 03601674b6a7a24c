"""What stands beside a ticked 是 or 否 says the contrary.

Fires: （选"是"，说明写"目前尚未取得认证"；选"否"，说明写着培训人次）
Silent: （选"否"，说明写"未发生案件"；选"是"，说明写出文件名称）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.reading.ticked import contradiction
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from questionnaire.options import label_of

ID = "option-contradicted"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Quotes the words; which of the two holds is hers to say."""
    given = reading.ticked
    if given is None or not given.told:
        yield NotApplicable("not-ticked")
        return
    words = contradiction(reading.item, reading.aspects, given, reading.facts)
    if words is not None:
        yield context.finding(
            reading, words, variant=given.option.value, option=label_of(given.option, reading.item.question)
        )
