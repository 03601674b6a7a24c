"""A list of questions in a mail: without its head, and without the mail that was answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from questionnaire.drafting import grammar

LEAST_HEADS = 2  # lines of a mail's head
FIRST = 4  # lines before the first of them
_ORNAMENT = re.compile(r"^\s*\*{2,}\s?|\s?\*{2,}")  # *** People ***


class Mail(NamedTuple):
    """The lines of a text, those of a mail's head and of the mail below it blank, and its subject."""

    lines: list[str]
    subject: str = ""


def opened(lines: Sequence[str]) -> Mail:
    """A text without what surrounds a mail; any other text as it is."""
    words = _words()
    heads = [at for at, line in enumerate(lines) if words.head.match(line)]
    if len(heads) < LEAST_HEADS or heads[0] > FIRST:
        return Mail(list(lines))
    subject = next((found["told"] for at in heads if (found := words.subject.match(lines[at]))), "")
    below = next(
        (at for at, line in enumerate(lines) if at > heads[0] and words.below.search(line)), len(lines)
    )
    kept = [
        "" if at in heads or at >= below else _ORNAMENT.sub("", line).rstrip()
        for at, line in enumerate(lines)
    ]
    return Mail(kept, words.forwarded.sub("", subject).strip())


class _Words(NamedTuple):
    head: re.Pattern[str]
    subject: re.Pattern[str]
    forwarded: re.Pattern[str]
    below: re.Pattern[str]


@cache
def _words() -> _Words:
    told = grammar.words()["mail"]

    def either(name: str) -> str:
        return "|".join(map(re.escape, told[name]))

    return _Words(
        re.compile(rf"\s*(?:{either('heads')}|{either('subjects')})\s?[:：]", re.IGNORECASE),
        re.compile(rf"\s*(?:{either('subjects')})\s?[:：]\s?(?P<told>.*)", re.IGNORECASE),
        re.compile(rf"^(?:\s*(?:{either('forwarded')})\s?[:：])+", re.IGNORECASE),
        re.compile(rf"-{{3,}}\s?(?:{either('below')})", re.IGNORECASE),
    )
