"""English terms of the trade in Chinese answers, with the Chinese words that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from frameworks.yamlfile import load_data

_LETTER = re.compile("[A-Za-z]{2}")


def in_chinese(text: str) -> str:
    """The Chinese words for the English terms of a text; empty where it holds none.

    >>> in_chinese("Whistleblower：3 件")
    '举报人 举报 举报人保护'
    """
    if _LETTER.search(text) is None:
        return ""
    glossary = _glossary()
    found = (glossary.chinese[match.group(1).lower()] for match in glossary.terms.finditer(text))
    return " ".join(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Glossary:
    terms: re.Pattern[str]
    chinese: dict[str, str]


@cache
def _glossary() -> _Glossary:
    entries = load_data("checker.data", "english.yaml")["terms"]
    chinese = {term.lower(): words for terms, words in entries for term in terms}
    known = "|".join(sorted(map(re.escape, chinese), key=lambda term: (-len(term), term)))
    return _Glossary(re.compile(rf"(?<![A-Za-z])({known})(?:e?s)?(?![A-Za-z])", re.IGNORECASE), chinese)
