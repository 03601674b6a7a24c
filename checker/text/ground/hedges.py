"""Words around a number that make it less exact: 约 and 不少于 before it, 余 and + between, 以上 behind it."""

from __future__ import annotations

import re
from functools import cache

from checker.text.ground.numbers import table


def hedge(words: str | None, side: str) -> str:
    """How exact the words on a side (before, after) of a figure make it; empty where they say nothing."""
    if not words:
        return ""
    words = words.rstrip()
    if not words.endswith(_hedges(side)):
        return ""
    matching = [
        (len(word), str(entry["exact"]))
        for entry in table()[side]
        for word in entry["words"]
        if words.endswith(word) and words[-len(word) - 1 : -len(word)] not in _inside(word)
    ]
    return max(matching)[1] if matching else ""  # the longest: 不超过 before 超过


@cache
def _hedges(side: str) -> tuple[str, ...]:
    return tuple(word for entry in table()[side] for word in entry["words"])


def _inside(word: str) -> tuple[str, ...]:
    """Letters before which a hedge is the end of another word (节约)."""
    return tuple(table()["not_hedge"].get(word[0], ""))


def no_word_before(word: str) -> str:
    """An expression that keeps a hedge from being the end of another word; empty where none ends so."""
    letters = "".join(_inside(word))
    return f"(?<![{letters}])" if letters else ""


def more_than(behind: str) -> str:
    """How exact the words between number and unit make it: 130余万元, 100+场."""
    found = more().search(behind)
    return "exact" if found is None else "lower" if found.group() == "+" else "approx"


@cache
def more() -> re.Pattern[str]:
    """What stands between number and unit and makes it more: 余, 多, +."""
    return re.compile(f"[{''.join(table()['more'])}]")
