"""Facts and activities of an earlier year, given where the reporting year is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.passages import Passages
from checker.text.spans import Span, span
from frameworks.yamlfile import load_data

LATEST = 5  # years back; what is older is history

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?=\s?年|\s?[./-]\s?\d{1,2}(?!\d)|\s?[-—~至]\s?20\d\d)")
_SHORT = re.compile(r"(?<!\d)(\d\d)\s?年(?=度|累计|全年|初|底|末|上半年|下半年|\s?\d{1,2}\s?月)")
_BARE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TITLE = re.compile(r"《[^》\n]{1,80}》")


@dataclass(frozen=True, slots=True)
class _Words:
    fact: re.Pattern[str]
    silent: re.Pattern[str]
    current: re.Pattern[str]
    count: re.Pattern[str]
    acts: frozenset[str]


def find_stale(text: str, passages: Passages, year: int) -> tuple[Span, ...]:
    """Sentences that give an earlier year's fact, in an answer that never names the reporting year."""
    if not any(str(year - back) in text for back in range(1, LATEST + 1)):
        return ()
    masked = _TITLE.sub(lambda match: "〇" * len(match.group()), text)
    short = {year // 100 * 100 + int(found) for found in _SHORT.findall(masked)}
    sentences = [masked[sentence.start : sentence.end] for sentence in passages.sentences]
    current = "\n".join(words for words in sentences if _is_current(words, year))
    return () if year in short else tuple(_stale(text, masked, passages, year, current))


def _is_current(sentence: str, year: int) -> bool:
    """Whether a sentence names the reporting year (or a later one)."""
    named = {int(found) for found in _BARE.findall(sentence)}
    return max(named, default=0) >= year or _words().current.search(sentence) is not None


def _stale(text: str, masked: str, passages: Passages, year: int, current: str) -> Iterator[Span]:
    """Where the answer names the reporting year too, only a counted activity that it does not report for it."""
    words = _words()
    for sentence in passages.sentences:
        years = {int(found) for found in _YEAR.findall(masked, sentence.start, sentence.end)}
        if len(years) != 1 or not year - LATEST <= min(years) < year or sentence.is_heading:
            continue
        if words.silent.search(masked, sentence.start, sentence.end) or (current and sentence.is_table):
            continue
        searched = (0, len(masked)) if sentence.is_table else (sentence.start, sentence.end)
        facts = set(words.fact.findall(masked, *searched))
        if current:
            facts -= words.acts
            if any(fact in current for fact in facts) or not words.count.search(masked, *searched):
                continue
        if facts and (facts - words.acts or words.count.search(masked, *searched)):
            yield span(text, sentence.start, sentence.end)


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "periods.yaml")

    def either(*keys: str) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(word) for key in keys for word in data[key]))

    return _Words(
        fact=either("activities", "flows"),
        silent=re.compile(f"{either('history', 'comparison').pattern}|{data['spans']}"),
        current=either("current"),
        count=re.compile(data["count"]),
        acts=frozenset(data["acts"]),
    )
