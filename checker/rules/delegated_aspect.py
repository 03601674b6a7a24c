"""One topic of an answer is left to the parent, the rest is answered.

Fires: P1.S1.I3: 新兴风险、气候变化及能源转型风险，均依托中信戴卡。安全风险由本厂每年评估。
Silent: 依托中信戴卡公共班车资源，鼓励职工乘坐通勤班车。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import AspectState, Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.delegability import judge, unexplained
from questionnaire.vocabulary import Delegable

ID = "delegated-aspect"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding for each delegated aspect, or one for the item where the topic names no aspect."""
    if reading.stands_aside and reading.delegation.kind != "partial":
        yield NotApplicable(reading.stands_aside)
        return
    if reading.delegation.kind != "partial":
        return
    # each with the topic before it: 新兴风险……，均依托中信戴卡
    quotes = [span.text for span in reading.delegation.topics or reading.delegation.evidence]
    explanation = reading.delegation.explanation
    lacking = unexplained(explanation)
    delegated = reading.of_state(AspectState.DELEGATED)
    for found in delegated:
        policy = reading.item.delegable_for(found.aspect)
        yield context.finding(
            reading,
            *quotes,
            aspect=found.aspect,
            severity=judge(policy, explanation, lacking),
            variant="no" if policy is Delegable.NO else "explain" if lacking else "explained",
            ask=found.aspect.ask,
            hint=found.aspect.hint,
            lacking=lacking,
        )
    if not delegated:
        # the topic lies beside what the question names: worth an explanation, never a reason to send it back
        severity = judge(Delegable.WITH_EXPLANATION, explanation, lacking)
        yield context.finding(
            reading,
            *quotes,
            severity=severity,
            variant="beside" if lacking else "beside-explained",
            lacking=lacking,
        )
