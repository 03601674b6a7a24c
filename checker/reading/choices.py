"""What the clerk chose instead of words (依托, 不涉及): of a whole item, or line by line of its aspects."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from checker.finding import AspectState
from checker.reading.aspects import QUOTE_LENGTH, AspectReading
from checker.reading.by_aspect import Declaration
from checker.text.ground.agents import Agents
from checker.text.ground.openings import opening
from checker.text.ground.spans import Span
from checker.text.readers.reliance.applicability import NotApplicable
from checker.text.readers.reliance.delegation import Delegation, read_delegation, read_explanation
from questionnaire.answers import Choice


def nothing_own(aspects: tuple[AspectReading, ...]) -> bool:
    """Whether an item discloses nothing of the company's own."""
    return all(reading.state is not AspectState.DISCLOSED for reading in aspects)


def chosen(reading: AspectReading, choice: Choice, words: str) -> AspectReading:
    """What the words leave open, the choice in the workbook settles."""
    if reading.state is not AspectState.MISSING:
        return reading
    state = AspectState.DELEGATED if choice is Choice.DELEGATED else AspectState.NOT_APPLICABLE
    return AspectReading(reading.aspect, state, opening(words, QUOTE_LENGTH))


def delegated(found: Delegation, words: str, agents: Agents, *, whole: bool) -> Delegation:
    """A delegation that was chosen, with the words beside the choice; of a whole item it is clear what is left."""
    explanation = found.explanation
    if found.kind == "none":
        explanation = read_explanation(words, agents)
    if whole and words and explanation.scope is None:
        explanation = replace(explanation, scope=words)
    return replace(
        found,
        kind="full" if whole else "partial",
        evidence=found.evidence or _quoted(words),
        explanation=explanation,
    )


def set_aside(found: NotApplicable, words: str, reason: str, *, whole: bool) -> NotApplicable:
    """A 不涉及 that was chosen, with its reason."""
    given = reason or found.reason or (words if found.kind == "none" and words else None)
    return replace(
        found,
        kind="with_reason" if given else "without_reason",
        evidence=found.evidence or _quoted(words),
        whole=whole,
        reason=given,
    )


def given_away(
    aspects: tuple[AspectReading, ...],
    declared: Iterable[Declaration],
    delegation: Delegation,
    applicability: NotApplicable,
    agents: Agents,
) -> tuple[Delegation, NotApplicable]:
    """What the lines leave to the parent or set aside, as the rules on either know it."""
    words: dict[AspectState, list[str]] = {}
    for each in declared:
        words.setdefault(each.state, []).append(each.line.text)
    whole = nothing_own(aspects)
    if (given := words.get(AspectState.DELEGATED)) is not None:
        told = "\n".join(filter(None, given))
        delegation = delegated(read_delegation(told, agents), told, agents, whole=whole)
    elif (given := words.get(AspectState.NOT_APPLICABLE)) is not None:
        told = "\n".join(filter(None, given))
        reason = told if all(given) else ""
        everything = all(found.state is AspectState.NOT_APPLICABLE for found in aspects)
        applicability = replace(
            applicability,
            kind="with_reason" if reason else "without_reason",
            evidence=_quoted(told),
            whole=everything,
            reason=reason or None,
        )
    return delegation, applicability


def _quoted(words: str) -> tuple[Span, ...]:
    return (Span(words, 0, len(words)),) if words else ()
