"""不涉及 and 依托 for one and the same thing."""

from __future__ import annotations

import re
from functools import cache

from checker.reading.handed import names
from checker.reading.items import Content, ItemReading
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data


def both_claimed(reading: ItemReading) -> tuple[str, ...] | None:
    """The words of both claims where an answer makes them of one thing: the whole answer, or one sentence.

    None where it does not. Two clauses of a list (境外部分不涉及；其余由集团负责) speak of two things.
    """
    delegation, claim = reading.delegation, reading.applicability
    if reading.content is not Content.TEXT or claim.kind == "none":
        return None
    if delegation.kind not in ("full", "partial", "suspected"):
        return None
    whole = delegation.kind != "partial" and (claim.whole or claim.names_item or _opens_bare(reading))
    if not whole and _of_a_part(reading):
        return _in_one_breath(reading)
    if claim.reason and not _relies_apart(reading, claim.reason):
        return None  # 不适用：产品全部卖给整车厂，由戴卡开票
    for absent in claim.evidence:
        for relied in delegation.evidence:
            gap = reading.text[min(absent.end, relied.end) : max(absent.start, relied.start)]
            if whole or not any(mark in gap for mark in "。；;\n"):
                return absent.text, relied.text
    return (reading.text,) if whole else None


def _opens_bare(reading: ItemReading) -> bool:
    """Whether an answer that relies opens with 不涉及 of nothing in particular (不涉及；维权由集团出面)."""
    claim = reading.applicability
    return not claim.topics and not claim.reason and not reading.text[: claim.evidence[0].start].strip()


def _in_one_breath(reading: ItemReading) -> tuple[str, str] | None:
    """The claim of a part and the clause behind it that leaves the very same part (碳移除不涉及，由戴卡统一布局).

    Such a clause names no thing of its own: it opens with who does it.
    """
    for absent in reading.applicability.topics:
        for relied in reading.delegation.evidence:
            gap = reading.text[absent.end : relied.start]
            if relied.start >= absent.end and not gap.strip(" ，,") and _opens().match(relied.text):
                return absent.text, relied.text
    return None


@cache
def _opens() -> re.Pattern[str]:
    words = load_data("checker.data", "applicability.yaml")
    return re.compile(rf"\s*{either(words['same_thing'])}{{0,2}}{either(words['by_whom'])}")


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
