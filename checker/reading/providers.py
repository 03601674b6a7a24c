"""Who does something, asked and told in the very clause that leaves it to the parent (由集团工会受理: 受理部门)."""

from __future__ import annotations

from checker.finding import AspectState
from checker.reading.aspects import QUOTE_LENGTH, AspectReading
from checker.text.ground.openings import opening
from checker.text.readers.reliance.delegation import Delegation
from frameworks.ground.yaml import load_data


def named(aspects: tuple[AspectReading, ...], delegation: Delegation) -> tuple[AspectReading, ...]:
    """Aspects that ask for a department, answered where a unit of the parent is named as the one."""
    if delegation.explanation.provider is None:
        return aspects
    return tuple(_named(each, delegation) for each in aspects)


def _named(reading: AspectReading, delegation: Delegation) -> AspectReading:
    ask = reading.aspect.ask
    who = next(
        (word for word in load_data("checker.data", "delegation.yaml")["who"] if ask.endswith(word)), ""
    )
    deed = ask.removesuffix(who)
    if reading.state is not AspectState.MISSING or not who or not deed:
        return reading
    for span in delegation.evidence:
        if deed in span.text and (delegation.explanation.provider or "") in span.text:
            return AspectReading(reading.aspect, AspectState.DISCLOSED, opening(span.text, QUOTE_LENGTH))
    return reading
