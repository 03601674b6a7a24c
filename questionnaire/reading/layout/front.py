"""Whose return it is and of which year, from free lines before the questions: a report's front, a table's title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from questionnaire.template import words

LINES = 5  # of a front, among which the company may have a line to itself
NAME = 40  # letters of such a line
_YEAR = re.compile(r"(20\d\d)\s?年")


def company_in(texts: Sequence[str]) -> str:
    """The company that free lines name; empty where they name none."""
    return next(companies_in(texts), "")


def companies_in(texts: Sequence[str]) -> Iterator[str]:
    """The companies that free lines name: those with a line to themselves first."""
    ends, kinds = tuple(words()["company_ends"]["line"]), tuple(words()["company_ends"]["kinds"])
    lines = (
        text for text in texts[:LINES] if len(text) <= NAME and text.endswith(ends) and not _YEAR.search(text)
    )
    inside = (match.group() for text in texts for match in _company().finditer(text))
    yield from (name for name in chain(lines, inside) if not name.endswith(kinds))


def year_in(texts: Sequence[str]) -> int | None:
    """The first year that free lines name."""
    return next((int(match.group(1)) for text in texts if (match := _YEAR.search(text))), None)


@cache
def _company() -> re.Pattern[str]:
    """A company's name inside a sentence."""
    return re.compile(
        rf"[\u4e00-\u9fffA-Za-z（）()·]{{2,40}}?(?:{'|'.join(words()['company_ends']['sentence'])})"
    )
