"""A document under two titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from msgspec import Struct

from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading
from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data
from questionnaire.cells import fold

PERMUTED = 6  # letters of a title whose order is a slip
SHORTEST = 5  # different letters of a stem whose order is a slip
FILLED = 5  # letters of a stem from which words that add nothing are taken

_BRACKETED = re.compile(r"[（(][^（）()]{1,16}[）)]")
_TITLE = re.compile(
    r"《([^《》\n]{3,40})》(?:第[一二三四五六七八九十\d]{1,3}[章条节])?(?:\s?[（(]?\s?([A-Za-z]{2,8}(?:[-/][A-Za-z0-9]{1,8}){1,5}"
    r"|[\u4e00-\u9fff]{2,8}[〔\[]20\d\d[〕\]]\s?第?\d{1,4}号))?"
)
# a title in Latin letters before its number: Anti-harassment Policy, 编号 HR-P-07
_LATIN = re.compile(
    r"\b([A-Z][A-Za-z&'’/ -]{5,60}[a-z])[,，]?\s?[（(]?\s?(?:编号|文件号|No\.?|Doc\.?)\s?[:：]?\s?"
    r"([A-Z]{2,8}(?:[-/][A-Za-z0-9]{1,8}){1,5})"
)

# the same in an English answer: Anti-Corruption Policy (CP-07)
_CODED = re.compile(
    r"((?:[A-Z][A-Za-z'’-]{1,20}\s(?:(?:of|and|for|on|in|at|the)\s){0,2}){2,7})\(?(?=[A-Z-]*-\d|[A-Z]{1,6}(?:-[A-Z0-9]{1,6}){0,3}-\d)([A-Z]{1,6}(?:-[A-Z0-9]{1,6}){1,4})(?![A-Za-z0-9-])\)?"
)
_OPENINGS = frozenset(
    ("The", "Our", "See", "Per", "By", "In", "With", "Under", "Following", "As", "A", "An", "Local")
)


class _Title(Struct, frozen=True):
    """A document's title, and what must not differ in the titles of one document."""

    words: str  # without what stands in brackets at its end
    stem: str  # without the kind of document and words that add nothing; empty when too little is left
    number: str  # the document's own number behind it


def coded_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str, str]]:
    """Documents that two English answers name differently under one number."""
    known: dict[str, str] = {}
    for reading in whole.items:
        if not is_mostly_english(reading.text):
            continue
        for match in _CODED.finditer(reading.text):
            words = match.group(1).split()
            while words and words[0] in _OPENINGS:
                del words[0]
            title = " ".join(words)
            first = known.setdefault(match.group(2), title)
            if not (first.endswith(title) or title.endswith(first)):
                yield reading, match.group(), first


def title_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str, str]]:
    """Titles of one document in other words: under its number, its letters in another order, or another kind of
    document (管理制度, 管理办法) or a word that adds nothing (安全生产, 安全) apart."""
    known: dict[str, str] = {}
    seen: set[str] = set()
    for reading in whole.items:
        if "《" not in reading.text and _LATIN.search(reading.text) is None:
            continue
        for match in chain(_TITLE.finditer(reading.text), _LATIN.finditer(reading.text)):
            title = _title(match)
            first = next((known[key] for key in _keys(title) if key in known), title.words)
            for key in _keys(title):
                known.setdefault(key, title.words)
            if first != title.words and title.words not in seen:
                seen.add(title.words)
                quote = match.group().split("》")[0] + "》" if "《" in match.group() else match.group(1)
                yield reading, quote, f"《{first}》"


def _keys(title: _Title) -> Iterator[str]:
    """What two titles of one document have in common."""
    if title.number:
        yield f"number {title.number}"
    if len(title.words) >= PERMUTED:
        yield f"letters {''.join(sorted(title.words))}"
    if len(set(title.stem)) >= SHORTEST:  # 反贿赂反贪污, 反贪污贿赂
        yield f"letters of the stem {''.join(sorted(set(title.stem)))}"
    if title.stem:
        yield f"stem {title.stem}"


def _title(match: re.Match[str]) -> _Title:
    words = _BRACKETED.sub("", fold(match.group(1))).strip()
    return _Title(words, _stem(words), (match.group(2) or "").upper())


def _stem(words: str) -> str:
    kind = _kinds().search(words)
    if kind is None:
        return ""
    stem = words[: kind.start()]
    if len(stem) < (2 if kind.group() == "责任制" else 3):
        return ""
    stem = stem.replace("公司", "").removesuffix("管理").removesuffix("工作")
    if kind.group() == "责任制":
        return f"{stem}责任"
    for word in _words()["fillers"] if len(stem) > FILLED else ():
        stem = stem.replace(word, "")
    for word, other in _words()["synonyms"].items():
        stem = stem.replace(word, other)
    return stem.removesuffix("制")  # 责任制度, 责任制管理办法


@cache
def _words() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "titles.yaml")
    return data


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"{either(_words()['document_kinds'])}$")
