"""The whole item is answered by "see the parent".

Fires: 动力能源均依托中信戴卡。
Silent: 公司股东只有中信戴卡，重大事项上报中信戴卡审批。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.delegability import judge, reason_of, unexplained
from checker.rules.support.not_ours import both_claimed
from questionnaire.vocabulary import Delegable

ID = "delegated-item"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires on full delegation; severity by the item's policy and the explanation given."""
    if reading.stands_aside and reading.delegation.kind != "full":
        yield NotApplicable(reading.stands_aside)
        return
    if reading.delegation.kind != "full":
        return
    if both_claimed(reading) is not None:
        yield NotApplicable("not-applicable-too")
        return
    policy = reading.item.delegable
    lacking = unexplained(reading.delegation.explanation)
    yield context.finding(
        reading,
        *(span.text for span in reading.delegation.evidence),
        severity=judge(policy, reading.delegation.explanation),
        variant=policy.value if lacking or policy is Delegable.NO else "explained",
        reason=reason_of(reading.item),
        lacking=lacking,
        asks=[aspect.ask for aspect in reading.item.judged],
    )
