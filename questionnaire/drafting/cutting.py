"""A question cut into what it asks for, by its own grammar.

Sentences, clauses, lists with their entries, 包括…, （如…）, 是否…; in English including, such as, whether. Nothing is
known of any questionnaire: the words by which it is cut are those of the language (``data/drafting.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questionnaire.drafting import chinese, english
from questionnaire.drafting.grammar import Cut
from questionnaire.vocabulary import Need, Option

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OPEN = "：:；;，,、"  # marks behind which a sentence goes on
LONGEST = 1_000  # letters of a question that is cut; more of them are a text
MOST = 26  # aspects of one item: their ids are letters


def cut(question: str) -> tuple[Cut, ...]:
    """What a question asks for, in its own order; the whole question where nothing in it can be told apart."""
    if len(question) > LONGEST:
        return (Cut(question.strip()[:LONGEST]),)
    grammar = chinese if is_chinese(question) else english
    found = _after_the_first(list(_once(grammar.cut(_in_lines(question)))))
    if not found:
        return (Cut(question.strip()),)
    head, rest = found[: MOST - 1], found[MOST - 1 :]
    if len(rest) > 1:
        rest = [Cut("、".join(each.ask for each in rest), rest[0].need)]
    return (*head, *rest)


def _in_lines(question: str) -> str:
    """A question with single blanks; a line that ends before a mark, or in the middle of a sentence, goes on."""
    text = ""
    for line in (" ".join(each.split()) for each in question.splitlines()):
        ends = bool(text) and not text.endswith(tuple(_OPEN)) and not line[:1].islower()
        text += ("\n" if ends else " " if text else "") + line
    return text.strip()


def is_chinese(text: str) -> bool:
    """Whether a text holds any Chinese."""
    return _CHINESE.search(text) is not None


def _after_the_first(cuts: list[Cut]) -> list[Cut]:
    """The rest of a question that begins with 是否 is asked of a yes, unless it says otherwise.

    A condition elsewhere only says that what follows may be left out.
    """
    if cuts and cuts[0].whether and sum(each.whether for each in cuts) == 1:
        return [
            cuts[0]._replace(after=None),
            *(each._replace(after=each.after or Option.YES) for each in cuts[1:]),
        ]
    return [
        each._replace(
            after=None, need=Need.OPTIONAL if each.after and each.need is Need.REQUIRED else each.need
        )
        for each in cuts
    ]


def _once(cuts: Iterable[Cut]) -> Iterator[Cut]:
    """Each ask once."""
    seen: set[str] = set()
    for each in cuts:
        if each.ask and each.ask not in seen:
            seen.add(each.ask)
            yield each
