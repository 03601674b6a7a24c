"""English terms of the trade in Chinese answers, with the Chinese words that they stand for."""

from __future__ import annotations

import re
from functools import cache

from frameworks.ground.yaml import load_data

LONGEST = 4  # words of a term

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9&'-]*[A-Za-z0-9]")


def in_chinese(text: str) -> str:
    """The Chinese words for the English terms of a text; empty where it holds none.

    >>> in_chinese("Whistleblower：3 件")
    '举报人 举报 举报人保护'
    """
    words = _WORD.findall(text)
    if not words:
        return ""
    glossary = _glossary()
    words = [word.lower() for word in words]
    found = []
    for place in range(len(words)):
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            term = " ".join(words[place : place + length])
            chinese = glossary.get(term) or glossary.get(term.removesuffix("s"))
            if chinese is not None:
                found.append(chinese)
                break
    return " ".join(dict.fromkeys(found))


@cache
def _glossary() -> dict[str, str]:
    entries = load_data("checker.data", "english.yaml")["terms"]
    return {term.lower(): words for terms, words in entries for term in terms}
