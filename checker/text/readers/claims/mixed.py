"""English inside Chinese clauses that says how something has become: engagement 明显 improve, far below average.

An effect is a word of degree or comparison with a word of change, in either language and either order; aims,
capabilities and denials before it (to, will, can, not) keep it from being one. Words are data (``data/mixed.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

SUBJECT = 2  # characters that a subject has at least
LONGEST = 100  # characters of a clause that are read
AIM_REACH = 24  # characters before the words in which an aim stands

EDGE = (
    r"(?:(?<![A-Za-z])(?=[A-Za-z])|(?<=[A-Za-z])(?![A-Za-z]))"  # of a word; of no letter beside it (明显drop)
)
_LETTERS = re.compile(r"[A-Za-z]{3}")


def find_mixed(clause: str) -> tuple[int, int] | None:
    """Where in a clause the words stand that claim a state as reached.

    >>> find_mixed("engagement 明显 improve")
    (11, 21)
    """
    if len(clause) > LONGEST or _LETTERS.search(clause) is None:
        return None
    grammar = _grammar()
    for pattern in grammar.effects:
        found = pattern.search(clause)
        if found is None or len(clause[: found.start()].strip()) < SUBJECT:
            continue
        if grammar.silent.search(clause, max(0, found.start() - AIM_REACH), found.start()) is None:
            return found.span()
    return None


class _Grammar:
    """The expressions, made of the word classes."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        degree, change, noun = (_words(data[name]) for name in ("degrees", "changes", "nouns"))
        more, other, relation = (_words(data[name]) for name in ("comparatives", "others", "relations"))
        limit, praise, praised = (_words(data[name]) for name in ("limits", "praises", "praised"))
        form = rf"{change}(?:d|ed|s|es|ped|ing)?"
        chinese = either(data["chinese_degrees"])
        few = r"(?:\s?[\w'-]+){0,3}?\s?"
        sources = (
            rf"{chinese}(?:地|的)?\s?{EDGE}(?:{form}|{more}){EDGE}",
            rf"(?:{either(data['reached'])})\s?(?:{chinese}\s?)?(?:{degree}\s)?(?:{noun}s?|{_words(data['plain_nouns'])}){EDGE}",
            rf"{EDGE}{degree}\s{form}{EDGE}|{EDGE}{form}\s(?:{few})?{degree}{EDGE}",
            rf"{EDGE}{degree}\s?(?:地\s?)?{either(data['chinese_changes'])}了?(?![一-龥])",
            rf"{EDGE}(?:{degree}\s)?{more}(?:\s\w+)?\sthan\s{few}{EDGE}{other}{EDGE}",
            rf"{EDGE}{more}\s?了?{either(data['chinese_amounts'])}",
            rf"{EDGE}(?:{degree}\s){more}(?:\snow|\stoday|\s?了)?\s*[.!)）]*$",
            rf"{EDGE}(?:{degree}|well)\s{relation}\s{few}{EDGE}{limit}s?{EDGE}",
            rf"{EDGE}(?:{praised})s?(?:\s(?:is|was|are|were|has been)|\s?(?:很|非常)?)\s?{praise}{EDGE}",
        )
        self.effects = tuple(re.compile(source, re.I) for source in sources)
        self.silent = re.compile(
            rf"{EDGE}{_words(data['silent'])}{EDGE}|{either(data['chinese_silent'])}", re.I
        )


def _words(entries: list[str]) -> str:
    r"""Any of some words; an entry may hold \w+ for any word."""
    return either(entries).replace(re.escape(r"\w+"), r"\w+").replace(r"\ ", r"\s")


@cache
def _grammar() -> _Grammar:
    return _Grammar(load_data("checker.data", "mixed.yaml"))
