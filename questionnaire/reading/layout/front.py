"""Whose return it is and of which year, from free lines before the questions: a report's front, a table's title.

Also the lines behind its last answer by which it is signed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import chain

from questionnaire.template import words

LINES = 5  # of a front, among which the company may have a line to itself
NAME = 40  # letters of such a line
_YEAR = re.compile(r"(20\d\d)\s?年")


def companies_in(texts: Sequence[str], group: Collection[str]) -> Iterator[str]:
    """The companies that free lines name, those with a line to themselves first.

    Inside a sentence the group's own name is the form's.
    """
    texts = [_label().sub("", text) for text in texts]
    ends, kinds = tuple(words()["company_ends"]["line"]), tuple(words()["company_ends"]["kinds"])
    own = {f"{name}{legal}" for name in group for legal in words()["company_ends"]["legal"]}
    lines = (
        text for text in texts[:LINES] if len(text) <= NAME and text.endswith(ends) and not _YEAR.search(text)
    )
    free = (text for text in texts if words()["company_ends"]["told"] not in text)
    inside = (match.group() for text in free for match in _company().finditer(text))
    named = chain(lines, (name for name in inside if name not in own))
    yield from (name for name in named if not name.endswith(kinds))


def year_in(texts: Sequence[str]) -> int | None:
    """The first year that free lines name."""
    return next((int(match.group(1)) for text in texts if (match := _YEAR.search(text))), None)


def is_signature(line: str) -> bool:
    """Whether a line signs a report or assures it (以上情况属实。填报人：李四), and answers nothing."""
    return bool(line.strip()) and _signature().fullmatch(line.strip()) is not None


@cache
def _signature() -> re.Pattern[str]:
    data = words()["signatures"]
    assures, labels = "|".join(data["assures"]), "|".join(data["labels"])
    signed = (
        rf"[（(]?(?:{labels})[）)]?\s*[:：][^。；;:：，,、]{{0,20}}?[\s，,；;。]*|[（(](?:{labels})[）)]\s*"
    )
    return re.compile(rf"(?:(?:{assures})[，,。！!\s]*)?(?:{signed})+|(?:{assures})[，,。！!]?")


@cache
def _label() -> re.Pattern[str]:
    """What stands before a company's name that has a line to itself."""
    return re.compile(rf"^\s*(?:{'|'.join(words()['company_ends']['labels'])})\s*[:：]\s*")


@cache
def _company() -> re.Pattern[str]:
    """A company's name inside a sentence."""
    return re.compile(
        rf"[\u4e00-\u9fffA-Za-z（）()·]{{2,40}}?(?:{'|'.join(words()['company_ends']['sentence'])})"
    )
