"""What both grammars stand on: what is cut out of a question, and the words of each language."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from frameworks.ground.yaml import load_data
from questionnaire.vocabulary import Need, Option


class Cut(NamedTuple):
    """One thing that a question asks for."""

    ask: str
    need: Need = Need.REQUIRED
    whether: bool = False  # it asks whether something is so
    after: Option | None = None  # the condition told before it: 如有, 如否


@cache
def words() -> dict[str, Any]:
    """The words of both languages."""
    data: dict[str, Any] = load_data("questionnaire.data", "drafting.yaml")
    return data


@cache
def either(language: str, name: str) -> str:
    """The words of a kind as alternatives of an expression, the longest first."""
    return "|".join(map(re.escape, sorted(words()[language][name], key=len, reverse=True)))


def summed_up(heads: list[Cut], parts: list[Cut]) -> list[Cut]:
    """What stands before a list of its parts: alone, it is their sum and asks for no more than they do.

    Examples are no parts: beside them it asks for itself.
    """
    asked = sum(each.need is Need.REQUIRED for each in parts)
    if len(heads) == 1 and asked > 1 and heads[0].need is Need.REQUIRED:
        return [heads[0]._replace(need=Need.OPTIONAL)]
    return heads
