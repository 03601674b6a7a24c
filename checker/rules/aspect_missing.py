"""A part that the question explicitly asks for has no evidence in the answer.

Fires: P1.S3.I3: 2024年4月开展廉洁从业培训，503人次参加。
Silent: P2.S2.I5: 公司实行标准工时制，执行带薪年休假制度。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import AspectState, Severity
from checker.reading.asking import RIGHT
from checker.reading.aspects import AspectReading
from checker.reading.items import ItemReading, is_required
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.duties import only_duties
from questionnaire.options import tick_in
from questionnaire.vocabulary import FigureNeed, Need

ID = "aspect-missing"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """One finding for each missing aspect; error where it must hold a figure, notice where it is an example."""
    if only_duties(reading):
        yield NotApplicable("duties-only")
        return
    groups: set[str] = {
        found.aspect.any_of
        for found in reading.aspects
        if found.aspect.any_of and found.state is not AspectState.MISSING
    }
    hollow = {each.aspect.id: each for each in reading.declared if each.hollow}
    for missing in reading.of_state(AspectState.MISSING):
        aspect = missing.aspect
        if aspect.any_of in groups:
            continue
        if aspect.any_of is not None:
            groups.add(aspect.any_of)  # one finding for the whole group
        required = is_required(missing, context.whole.source.profile)
        if not required and aspect.need is not Need.EXAMPLE:
            continue
        line = hollow.get(aspect.id)
        severity = Severity.NOTICE
        if required:
            severity = Severity.ERROR if aspect.figure is FigureNeed.REQUIRED else Severity.WARNING
        if missing.by_ask:
            severity = max(severity, Severity.WARNING, key=list(Severity).index)  # at most
        yield context.finding(
            reading,
            *([line.words] if line else ()),
            aspect=aspect,
            severity=severity,
            where=line.line.where if line else None,
            variant=_variant(reading, missing, hollow=line is not None, required=required),
            ask=aspect.ask,
            hint=aspect.hint or aspect.ask,
            right=RIGHT,
        )


def _variant(reading: ItemReading, missing: AspectReading, *, hollow: bool, required: bool) -> str:
    """How the finding is said: what is judged by the words of its ask alone may be missing."""
    if hollow:
        return "hollow"
    if required and reading.ticked and (not reading.text.strip() or tick_in(reading.text)):
        return "unwritten"  # an option is ticked, and no word stands beside it
    if missing.by_ask:
        return "possible" if required else "possible-example"
    return "" if required else "example"
