"""Stated nils (未发生安全事故, 零投诉, 不包括实习生): a disclosure, and a figure."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from frameworks.ground.yaml import load_data

AIM = 10  # characters before a nil in which an aim makes it none
BARE = 30  # characters of an answer that says no more than that there is nothing
AIM_ENGLISH = 30  # the same in an English sentence
LEAD = 12  # characters before a zero that say what is nil
_DIGIT_BEFORE = re.compile(r"[\d.]")


class NilStatement(Struct, frozen=True):
    """The words that state a nil."""

    text: str
    start: int
    end: int


def find_nils(text: str) -> tuple[NilStatement, ...]:
    """All stated nils of a text, in order; overlapping ones are merged into the first."""
    if is_mostly_english(text):
        return _english_nils(text)
    if not _trigger().search(text):
        return ()
    lexicon = _lexicon()
    spans = [
        match.span()
        for pattern in lexicon.patterns
        for match in pattern.finditer(text)
        if not lexicon.aim.search(text[max(0, match.start() - AIM) : match.start()])
    ]
    if any(zero in text for zero in "0０零"):
        spans += [
            (_lead(text, match.start()), match.end())
            for pattern in lexicon.counted
            for match in pattern.finditer(text)
            if not _DIGIT_BEFORE.match(text[match.start() - 1 : match.start()])
        ]
    return _merged(text, spans)


def _english_nils(text: str) -> tuple[NilStatement, ...]:
    lexicon = _lexicon()
    found = (match.span() for pattern in lexicon.english for match in pattern.finditer(text))
    return _merged(
        text,
        [
            (start, end)
            for start, end in found
            if not lexicon.english_aim.search(text[max(0, start - AIM_ENGLISH) : start])
        ],
    )


def _merged(text: str, spans: list[tuple[int, int]]) -> tuple[NilStatement, ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(NilStatement(text[start:end], start, end) for start, end in kept)


def names_nothing(text: str) -> bool:
    """Whether a whole text is a nil that does not say of what.

    >>> names_nothing("2024年度未发生相关情况。"), names_nothing("2024年未发生安全事故。")
    (True, False)
    """
    text = text.strip()
    return len(text) <= BARE and _bare().fullmatch(text) is not None


def _lead(text: str, position: int) -> int:
    """Where the clause of a zero begins, at most ``LEAD`` characters before it."""
    start = position
    while start > max(0, position - LEAD) and text[start - 1] not in "，,。；;：:！!\n\t":
        start -= 1
    return start


class _Lexicon(Struct, frozen=True):
    patterns: tuple[re.Pattern[str], ...]
    counted: tuple[re.Pattern[str], ...]
    aim: re.Pattern[str]
    english: tuple[re.Pattern[str], ...]
    english_aim: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = load_data("checker.data", "nil.yaml")
    aim = re.compile(rf"(?:{'|'.join(data['aims'])})[^，,。；;\n]{{0,6}}$")
    return _Lexicon(
        tuple(map(re.compile, data["patterns"])),
        tuple(map(re.compile, data["counted"])),
        aim,
        tuple(map(re.compile, data["english"])),
        re.compile(data["english_aims"], re.IGNORECASE),
    )


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(load_data("checker.data", "nil.yaml")["bare"])


@cache
def _trigger() -> re.Pattern[str]:
    return re.compile("[未无零没不0０暂]")
