"""A question cut into what it asks for, by its own grammar.

Sentences, clauses, lists with their entries, 包括…, （如…）, 是否…; in English including, such as, whether. Nothing is
known of any questionnaire: the words by which it is cut are those of the language (``data/drafting.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questionnaire.drafting import chinese, english
from questionnaire.drafting.grammar import Cut

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
LONGEST = 1_000  # letters of a question that is cut; more of them are a text
MOST = 26  # aspects of one item: their ids are letters


def cut(question: str) -> tuple[Cut, ...]:
    """What a question asks for, in its own order; the whole question where nothing in it can be told apart."""
    if len(question) > LONGEST:
        return (Cut(question.strip()[:LONGEST]),)
    grammar = chinese if _CHINESE.search(question) else english
    found = list(_once(grammar.cut(" ".join(question.split()))))
    if not found:
        return (Cut(question.strip()),)
    head, rest = found[: MOST - 1], found[MOST - 1 :]
    if len(rest) > 1:
        rest = [Cut("、".join(each.ask for each in rest), rest[0].need)]
    return (*head, *rest)


def _once(cuts: Iterable[Cut]) -> Iterator[Cut]:
    """Each ask once."""
    seen: set[str] = set()
    for each in cuts:
        if each.ask and each.ask not in seen:
            seen.add(each.ask)
            yield each
