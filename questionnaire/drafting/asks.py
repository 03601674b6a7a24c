"""How a part is said for itself: without 贵公司 and the year, which hold for the whole questionnaire."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from questionnaire.drafting.grammar import either
from questionnaire.drafting.masks import masked

LEAST = 3  # letters that must be left
SHARED = 4  # letters of a beginning that is not said again

_YEAR = re.compile(r"20\d\d年(?:度)?")
_PERIOD = re.compile(r"(?:20\d\d年(?!第)(?:度|全年|内)?|报告期内|本年度|年度内)[，,]?(?![末底初和、至])")


def plain_ask(ask: str, question: str) -> str:
    """An ask without whom it asks and the reporting year, where the question names but one year."""
    one_year = len(set(_YEAR.findall(question))) < 2
    found = ask
    for _ in range(3):
        company = _company().match(found)
        period = _PERIOD.match(found) if one_year else None
        end = max((each.end() for each in (company, period) if each is not None), default=0)
        if not end or len(found) - end < LEAST:
            break
        found = found[end:]
    return found


@cache
def _company() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('zh', 'addressed')})(?:在(?=[^、，]+(?:方面|领域|过程))|于|的)?")


def short_asks(asks: Sequence[str]) -> list[str]:
    """The asks of one question; what the one before says at its beginning is not said again."""
    found: list[str] = []
    above = ""
    for ask in asks:
        end = masked(ask).rfind("的") + 1
        begin = ask[:end]
        again = begin and begin == above and end >= SHARED and len(ask) - end >= LEAST
        found.append(ask[end:] if again else ask)
        above = begin
    return found
