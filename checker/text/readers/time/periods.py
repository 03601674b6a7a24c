"""Facts and activities of an earlier year, given where the reporting year is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span, span
from checker.text.readers.time.earlier_years import find_dated, is_compared, without_asides
from checker.text.readers.time.old_deeds import LATEST, find_old_deeds, find_past_alone
from frameworks.ground.yaml import load_data

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?=\s?年|\s?[./-]\s?\d{1,2}(?!\d)|\s?[-—~至]\s?20\d\d)")
_SHORT = re.compile(r"(?<!\d)(\d\d)\s?年(?=度|累计|全年|初|底|末|上半年|下半年|\s?\d{1,2}\s?月)")
_BARE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_CHINESE = re.compile("[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TITLE = re.compile(r"《[^》\n]{1,80}》")


class _Words(Struct, frozen=True):
    fact: re.Pattern[str]
    silent: re.Pattern[str]
    current: re.Pattern[str]
    count: re.Pattern[str]
    acts: frozenset[str]
    hired: re.Pattern[str]
    since: re.Pattern[str]
    event: re.Pattern[str]
    made: re.Pattern[str]
    same_year: re.Pattern[str]
    unit: re.Pattern[str]


def find_stale(text: str, passages: Passages, year: int) -> tuple[Span, ...]:
    """Sentences that give an earlier year's fact, in an answer that never names the reporting year."""
    folded = _folded(text)
    if not any(str(year - back) in folded for back in range(1, LATEST + 1)):
        return ()
    masked = _TITLE.sub(lambda match: "〇" * len(match.group()), folded)
    short = {year // 100 * 100 + int(found) for found in _SHORT.findall(masked)}
    sentences = [masked[sentence.start : sentence.end] for sentence in passages.sentences]
    current = "\n".join(
        sentence
        for at, sentence in enumerate(sentences)
        if _is_current(sentence, year) and not (at and _follows(sentence, sentences[at - 1], year))
    )
    found = () if year in short else tuple(_stale(text, masked, passages, year, current))
    of_the_year = partial(_speaks_of, year)
    told = [*found, *find_old_deeds(text, masked, passages, year, of_the_year)]
    told += (
        words
        for words in find_dated(text, masked, passages, year)
        if not any(other.start < words.end and words.start < other.end for other in told)
    )
    told = told or list(find_past_alone(text, masked, passages, year, of_the_year))
    return tuple(sorted(set(told), key=lambda words: words.start))


def _speaks_of(year: int, sentence: str) -> bool:
    return _is_current(sentence, year) or _is_short(sentence, year)


def _folded(text: str) -> str:
    """The text with its years in plain digits, as long as it was (２０２２, 二〇二二年)."""
    return _CHINESE.sub(lambda match: match.group().translate(_DIGITS), text.translate(_WIDTH))


def _is_short(sentence: str, year: int) -> bool:
    """Whether a sentence names the reporting year in two digits (24年, FY24)."""
    return re.search(rf"(?<!\d){year % 100}\s?年|FY\s?(?:20)?{year % 100}", sentence) is not None


def _follows(sentence: str, before: str, year: int) -> bool:
    """Whether 当年 means the earlier year of the sentence before."""
    years = {int(found) for found in _BARE.findall(before)}
    named = any(int(found) >= year for found in _BARE.findall(sentence))
    return bool(years) and max(years) < year and not named and _words().same_year.search(sentence) is not None


def _is_current(sentence: str, year: int) -> bool:
    """Whether a sentence names the reporting year (or a later one)."""
    named = {int(found) for found in _BARE.findall(sentence)}
    return max(named, default=0) >= year or _words().current.search(sentence) is not None


def _stale(text: str, masked: str, passages: Passages, year: int, current: str) -> Iterator[Span]:
    """Where the answer names the reporting year too, only a counted activity that it does not report for it."""
    words = _words()
    units = set(words.unit.findall(current))
    before = False
    for sentence in passages.sentences:
        told = without_asides(masked[sentence.start : sentence.end])
        years = {int(found) for found in _YEAR.findall(told)}
        follows = before and not years and words.same_year.search(masked, sentence.start, sentence.end)
        earlier = len(years) == 1 and year - LATEST <= min(years) < year
        before = bool(earlier or follows)
        if not before or sentence.is_heading:
            continue
        if not current and _is_done(masked[sentence.start : sentence.end]):
            yield span(text, sentence.start, sentence.end)
            continue
        if years and is_compared(masked[sentence.start : sentence.end], min(years)):
            continue
        if units & set(words.unit.findall(masked, sentence.start, sentence.end)):
            continue  # the reporting year's figure of the same kind stands beside it
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


def _is_done(sentence: str) -> bool:
    """Whether a sentence tells whom an earlier year brought, or what was held on a day of it."""
    words = _words()
    if words.since.search(sentence):
        return False
    if words.hired.search(sentence):
        return True
    return words.event.search(sentence) is not None and words.made.search(sentence) is None


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "periods.yaml")

    hired = f"(?:{either(data['hired'])})了?"
    held = f"(?:{either(data['held'])})"
    return _Words(
        fact=re.compile(either([*data["activities"], *data["flows"]])),
        silent=re.compile(f"{either([*data['history'], *data['comparison']])}|{data['spans']}"),
        current=re.compile(either(data["current"])),
        count=re.compile(data["count"]),
        acts=frozenset(data["acts"]),
        hired=re.compile(rf"{hired}[^，,。；;\n\d]{{0,16}}\d{{1,4}}\s?余?[人名位]"),
        since=re.compile(f"{either([*data['comparison'], *data['since']])}|{data['spans']}"),
        event=re.compile(
            rf"20\d\d\s?[年./-]\s?\d{{1,2}}(?:\s?月)?(?:\s?\d{{1,2}}\s?日)?[，,]?[^，,。；;\n]{{0,20}}?{held}[^，,。；;\n]{{0,20}}?(?:{either(data['events'])})"
        ),
        made=re.compile(f"{either([*data['history'], *data['made']])}"),
        same_year=re.compile(either(data["same_year"])),
        unit=re.compile(rf"\d\s?万?({either(data['units'])})"),
    )
