"""Facts that an English return gives one value for the year: customers' complaints, lost-time injuries, women.

An answer that gives two values of one fact speaks of parts or of other years; it is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

AROUND = 24  # characters on either side in which another year, a plan or a part is named

_COMMA = re.compile("[, ]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class EnglishFact(Struct, frozen=True):
    """A fact with the value that an answer gives it."""

    name: str
    value: int
    written: str
    quote: Span

    @property
    def is_of_all(self) -> bool:
        """Whether it is of the whole company, and so the same in every part of the questionnaire."""
        return self.name in _grammar().of_all


def find_facts(text: str, year: int | None) -> Iterator[EnglishFact]:
    """Those of which an answer gives a single value for ``year``."""
    grammar = _grammar()
    for name, pattern in grammar.facts.items():
        found: dict[int, EnglishFact] = {}
        for match in pattern.finditer(text):
            group = next(key for key, value in match.groupdict().items() if value is not None)
            number = match[group]
            low, high = max(0, match.start() - AROUND), match.end() + AROUND
            before = re.split(r"[.;\n]", text[low : match.start()])[-1]
            behind = re.split(r"[.;,\n]", text[match.end() : high])[0]
            if grammar.before.search(before) or grammar.behind.search(behind):
                continue
            if any(int(named) != year for named in _YEAR.findall(f"{before} {match.group()} {behind}")):
                continue
            value = grammar.numbers.get(number.lower()) if number.isalpha() else int(_COMMA.sub("", number))
            if value is not None:
                found.setdefault(value, EnglishFact(name, value, number, span(text, *match.span())))
        if len(found) == 1:
            yield from found.values()


class _Grammar(Struct, frozen=True):
    facts: dict[str, re.Pattern[str]]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    numbers: dict[str, int]
    of_all: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "english_facts.yaml")
    numbers = {word: at for at, word in enumerate(data["numbers"])}
    written = rf"\d{{1,3}}(?:[, ]\d{{3}})+|\d+|{'|'.join(numbers)}"
    facts = {}
    for name, forms in data["facts"].items():
        ways = (
            form.replace("N", rf"(?<![\d.,])(?P<n{at}>{written})(?![\d%]|\.\d|\s%)", 1)
            for at, form in enumerate(forms)
        )
        facts[name] = re.compile("|".join(ways), re.IGNORECASE)
    return _Grammar(
        facts,
        re.compile(data["before"], re.IGNORECASE),
        re.compile(data["behind"], re.IGNORECASE),
        numbers,
        frozenset(data["of_all"]),
    )
