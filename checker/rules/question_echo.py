"""The answer mostly repeats the question.

Fires: P2.S2.I1: 公司坚持按劳分配、同工同酬，建立具有市场竞争力的薪酬体系，按时足额缴纳社会保险。
Silent: P2.S2.I1: 公司实行岗位绩效工资制，同岗同酬，2024年人均工资8.6万元，五险一金缴纳率100%。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import AspectState, Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.echoes import find_echo
from questionnaire.vocabulary import Option

ID = "question-echo"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires once an item, quoting the sentences that repeat the question; a no may be said in its words."""
    if reading.ticked is not None and reading.ticked.option is Option.NO:
        yield NotApplicable("ticked-no")
        return
    if (found := find_echo(reading)) is None:
        return
    if found.of_form:
        yield context.finding(reading, *found.quotes, severity=Severity.ERROR, variant="form")
    else:
        # words of the question may name every part: then it is not said that nothing of one's own is there
        variant = "named" if reading.of_state(AspectState.DISCLOSED) else ""
        yield context.finding(reading, *found.quotes, share=found.share, variant=variant)
