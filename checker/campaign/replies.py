"""What a reply to a gap is: a dispute, a refusal, a plan that can be held against the calendar, or none of these."""

from __future__ import annotations

import re
from functools import cache

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data


def disputed(measures: str, supplement: str) -> str:
    """The words by which a reply disputes its gap, in whatever column they stand; empty where it does not."""
    return next((words for words in (measures, supplement) if _words("disputes").search(words)), "")


def refuses(measures: str, supplement: str) -> bool:
    """Whether a reply says that nothing will be done."""
    return any(_words("refusals").search(words) for words in (measures, supplement))


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(either(load_data("checker.data", "replies.yaml")[key]))
