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


def find_stale(text: str, passages: Passages, year: int) -> tuple[Span, ...]:
    """Sentences that give an earlier year's fact, in an answer that never names the reporting year."""
    if not any(str(year - back) in text for back in range(1, LATEST + 1)):
        return ()
    masked = _TITLE.sub(lambda match: "〇" * len(match.group()), text)
    named = {int(found) for found in _BARE.findall(masked)}
    short = {year // 100 * 100 + int(found) for found in _SHORT.findall(masked)}
    if named & {year, year + 1} or year in short or _words().current.search(masked):
        return ()
    return tuple(_stale(text, masked, passages, year))


def _stale(text: str, masked: str, passages: Passages, year: int) -> Iterator[Span]:
    words = _words()
    for sentence in passages.sentences:
        years = {int(found) for found in _YEAR.findall(masked, sentence.start, sentence.end)}
        if len(years) != 1 or not year - LATEST <= min(years) < year or sentence.is_heading:
            continue
        if words.silent.search(masked, sentence.start, sentence.end):
            continue
        searched = (0, len(masked)) if sentence.is_table else (sentence.start, sentence.end)
        if words.fact.search(masked, *searched):
            yield span(text, sentence.start, sentence.end)


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "periods.yaml")

    def either(*keys: str) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(word) for key in keys for word in data[key]))

    return _Words(either("activities", "flows"), either("history", "comparison"), either("current"))
