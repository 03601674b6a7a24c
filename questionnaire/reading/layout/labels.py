"""What stands before a question: its number, id or printed label, in whatever way somebody counts.

1.  （1）  ①  一、  1.3.1  第1题  问题一：  Q1  ### 1.  P1.S3.I1  三、反贪污（一）
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from questionnaire.cells import fold, squeeze
from questionnaire.numerals import NUMERALS
from questionnaire.template import words

LABEL = 30  # letters that a number or label before a question may have
_ID = re.compile(r"P\d{1,2}\.S\d{1,2}\.I\d{1,2}")
_ID_START = re.compile(r"[ \u3000]{0,4}[PpＰｐ]")
_COUNT = rf"(?:\d{{1,3}}|[{NUMERALS}]{{1,4}})"
_CLOSED = re.compile(rf"[^\da-z{NUMERALS}]$", re.IGNORECASE)
# 2.3.2报告期内…, 1.1请说明…: numbers of several levels that run on into words
_LEVELS = re.compile(r"\s{0,4}\d{1,2}\.\d{1,2}(?:(?:\.\d{1,2}){1,3}(?=[\u4e00-\u9fff])|(?=请|是否|贵|简述))")
_WORD = re.compile(r"[a-z]")
_DECORATION = re.compile(r"[\s#>*\-–—•·●■◆\"“]{0,20}")
_MARKS = " \t、.．:：|)]】,-—“”\"'「」『』《》"
MOST = 5  # numbers of one label: P1.S3.I1 三、（一）1.


def id_in(text: str, known: Collection[str]) -> str | None:
    """An item's id as it may be typed; None for other text."""
    if len(text) > LABEL or _ID_START.match(text) is None:
        return None
    found = _ID.fullmatch(text) or _ID.fullmatch(fold(text).upper().replace(" ", ""))
    return found.group() if found and found.group() in known else None


@cache
def _number() -> re.Pattern[str]:
    """One number with the marks that close it; a whole label is a few of them."""
    return re.compile(
        rf"""\s{{0,4}}(?:
            [(\[【〔]?\s?P\d{{1,2}}\s?[.\-_]?\s?S\d{{1,2}}\s?[.\-_]?\s?I\d{{1,2}}
          | 第\s?{_COUNT}\s?(?:小题|个问题|部分|[题问条项节章])
          | (?:{"|".join(words()["label_words"]["numbered"])})\s?[.:]?\s?{_COUNT}(?:[a-d](?![a-z]))?
          | [(\[【〔]\s?(?:{_COUNT}|[a-z])\s?[)\]】〕]
          | [\u2460-\u249b\u24eb-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]
          | {_COUNT}(?:\s?[.\-．]\s?\d{{1,3}}){{0,4}}
          | [ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[ivx]{{1,4}}|[a-z]
        )[\s、.．:)\]】,\-—|]{{0,6}}""",
        re.VERBOSE | re.IGNORECASE,
    )


# 3. 2025年…, 2. 24小时…, 1.2025年…: no number of two levels, the second belongs to the words
_BEFORE_FIGURE = re.compile(r"\d{1,2}\s?[.、．](?:\s{1,4}(?=\d)|(?=20\d\d\s?年))")


def label_end(line: str) -> int:
    """Where the numbers at a line's beginning end; 0 where there are none.

    A number that runs on into words (2024年, 3台, A级) is none: it has to be closed by a mark or a blank.
    """
    text = fold(line[: 2 * LABEL])
    start = at = _begin(text)
    for _ in range(MOST):
        found = _number().match(text, at)
        if found is None or found.end() == at or not _closes(text, found):
            found = _BEFORE_FIGURE.match(text, at)
        if found is None:
            break
        at = found.end()
    return at if at > start else 0


def is_label(before: str, titles: Collection[str]) -> bool:
    """Whether what stands before a question is but numbers, titles of the questionnaire and words like 问题.

    Args:
        before: the text.
        titles: titles of parts and sections, letters alone.
    """
    rest = fold(before).strip()
    for _ in range(MOST):
        at = _begin(rest)
        found = _number().match(rest, at)
        if found is not None:
            at = found.end()
        rest = rest[at:].lstrip(_MARKS)
        letters = squeeze(rest)
        if not letters:
            return True
        alone = words()["label_words"]["alone"]
        title = next((t for t in (*titles, *alone) if letters.startswith(t)), None)
        if title is not None:
            rest = after_letters(rest, len(title)).lstrip(_MARKS)
        elif found is None:
            return False
    return not squeeze(rest)


def _begin(text: str) -> int:
    found = _DECORATION.match(text)
    return found.end() if found else 0


def _closes(text: str, found: re.Match[str]) -> bool:
    if found.group().strip().isalpha() and _WORD.match(text, found.end()):
        return False  # I confirm …, a list of …
    if _LEVELS.match(text, found.start()):
        return True
    return found.end() == len(text) or _CLOSED.search(found.group()) is not None


def after_letters(text: str, letters: int) -> str:
    """A text without its first letters and digits."""
    for at, letter in enumerate(text):
        letters -= len(squeeze(letter))
        if letters <= 0:
            return text[at + 1 :]
    return ""
