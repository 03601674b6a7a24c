"""Sentences in which the company itself does something."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from checker.text.lexicon import either
from frameworks.yamlfile import load_data


def is_own_deed(sentence: str, *, with_figure: bool) -> bool:
    """Whether the company is the one that acts, alone, and has done it: 自行, 自主, or the company with a figure."""
    own, company, others = _words()
    if others.search(sentence):
        return False
    return own.search(sentence) is not None or (with_figure and company.search(sentence) is not None)


def says_own(sentence: str) -> bool:
    """Whether the sentence stresses that nobody else did it (自行, 自主)."""
    return _words()[0].search(sentence) is not None


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data: dict[str, Any] = load_data("checker.data", "deeds.yaml")

    return (
        re.compile(either(data["own"])),
        re.compile(
            rf"(?:\A|[，,：:\s])(?:20\d\d\s?年(?:度|全年)?[，,]?|全年|年内)?{either(data['company'])}"
        ),
        re.compile(either(data["others"])),
    )
