"""The whole item is answered by "see the parent".

Fires: 动力能源均依托中信戴卡。
Silent: 公司股东只有中信戴卡，重大事项上报中信戴卡审批。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.reading.own_words import OwnWords
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.delegability import judge, left_open, reason_of
from checker.rules.support.not_ours import both_claimed
from questionnaire.schema import Aspect
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
    lacking = left_open(reading.item, reading.delegation.explanation)
    explained = not lacking and policy is not Delegable.NO
    drafted = all(aspect.by_ask for aspect in reading.item.judged)
    wholly = drafted and policy is Delegable.YES  # nobody has decided what of it stays with the plant
    asks = [
        aspect.ask
        for aspect in reading.item.judged
        if not (explained and (wholly or _is_told(reading, aspect)))
    ]
    yield context.finding(
        reading,
        *(span.text for span in reading.delegation.evidence),
        severity=judge(policy, reading.delegation.explanation, lacking),
        variant=policy.value if not explained else "explained" if asks else "explained-whole",
        reason=reason_of(reading.item),
        lacking=lacking,
        asks=asks,
    )


def _is_told(reading: ItemReading, aspect: Aspect) -> bool:
    """Whether the words beside an explained delegation name what an ask of a drafted question wants (《…办法》)."""
    if not aspect.by_ask or reading.answer is None:
        return False
    said = "\n".join(filter(None, (reading.answer.text, reading.answer.reason)))
    words = OwnWords(reading.item, said, said, ())
    return words.names(aspect) and not words.lacks(aspect)
