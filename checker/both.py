"""不涉及 and 依托 for one and the same thing."""

from __future__ import annotations

from checker.coverage import Content, ItemReading
from checker.evidence import names


def both_claimed(reading: ItemReading) -> tuple[str, ...] | None:
    """The words of both claims where an answer makes them of one thing: the whole answer, or one sentence.

    None where it does not. Two clauses of a list (境外部分不涉及；其余由集团负责) speak of two things.
    """
    delegation, claim = reading.delegation, reading.applicability
    if reading.content is not Content.TEXT or claim.kind == "none":
        return None
    if delegation.kind not in ("full", "partial", "suspected"):
        return None
    whole = delegation.kind != "partial" and (claim.whole or claim.names_item)
    if not whole and _of_a_part(reading):
        return None
    if claim.reason and not _relies_apart(reading, claim.reason):
        return None  # 不适用：产品全部卖给整车厂，由戴卡开票
    for absent in claim.evidence:
        for relied in delegation.evidence:
            gap = reading.text[min(absent.end, relied.end) : max(absent.start, relied.start)]
            if whole or not any(mark in gap for mark in "。；;\n"):
                return absent.text, relied.text
    return (reading.text,) if whole else None


def _of_a_part(reading: ItemReading) -> bool:
    """Whether 不涉及 names a part of the question (境外条款不涉及), so that 依托 speaks of the rest."""
    asked = reading.item.judged
    named = [
        aspect for aspect in asked if any(names(topic.text, aspect) for topic in reading.applicability.topics)
    ]
    return 0 < len(named) <= len(asked) / 2


def _relies_apart(reading: ItemReading, reason: str) -> bool:
    """Whether a clause that relies is or precedes the reason given, or stands in a sentence of its own."""
    claims, place = reading.applicability.evidence, reading.text.find(reason)
    return any(
        relied.start <= place
        or not any(claim.start <= relied.start < claim.end and reason in claim.text for claim in claims)
        for relied in reading.delegation.evidence
    )
