"""The company under two names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading
from checker.text.ground.lexicon import either, pattern
from checker.text.readers.subjects.sections import is_known
from frameworks.ground.yaml import load_data
from questionnaire.cells import fold

LEAST = 8  # letters of a company's name in which two changed ones are a slip
SLIPS = 2

_HAN = re.compile(r"[\u4e00-\u9fff]")
BRAND = 4  # letters of a name whose place stands in brackets behind it
CORE = 6  # letters of place, brand and trade below which a name is too short to be permuted
PERMUTED = 0.75  # share of them that a written name must hold; guessed
_BRACKETED = re.compile(r"[（(][^（）()]{1,16}[）)]")
_OPENS = "。；;，,：:！!？? \n\u3000"
_STOPS = "。；;！!？?\n"
_QUOTED = re.compile(r"[“\"「]([\u4e00-\u9fff]{5,12})[”\"」]")
SHORTEST = 5  # letters of a short name in which one changed letter is a slip


def company_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names that are the company's but for the order of their letters or one or two of them."""
    from rapidfuzz.distance import Levenshtein

    name = fold(whole.source.company).strip()
    if len(name) < LEAST:
        return
    letters, seen = Counter(name), {name}
    for reading in whole.items:
        if pattern("names.company_end").search(reading.text) is None:
            continue
        text = fold(reading.text)
        for end in pattern("names.company_end").finditer(text):
            for length in (len(name), len(name) - 1, len(name) + 1):
                start = end.end() - length
                written = text[max(0, start) : end.end()]
                if start < 0 or written in seen or name in written or written in name:
                    continue
                if _is_short(text, start, end.end(), name):
                    continue
                if _other_word(written, name) and not _acts(text, start, end.end()):
                    continue
                permuted = Counter(written) == letters
                if permuted or 0 < Levenshtein.distance(written, name) <= SLIPS:
                    seen.add(written)
                    yield reading, reading.text[start : end.end()]
                    break


def full_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Full names that leave out or change words of the trade (来宾宏达轮毂有限公司 for 来宾宏达轮毂制造有限公司).

    They open with its place and brand and share a word of what stands behind; a short form does without 有限公司.
    """
    name = fold(whole.source.company).strip()
    if len(name) < LEAST or pattern("names.company_end").search(name) is None:
        return
    opening, seen = name[:BRAND], set[str]()
    if any(parent.startswith(opening) for parent in whole.schema.edition.parent.names):
        return  # so does every company of the group
    for reading in whole.items:
        if opening not in reading.text:
            continue
        text = fold(reading.text)
        for end in pattern("names.company_end").finditer(text):
            start = text.rfind(opening, max(0, end.start() - len(name) - BRAND), end.start())
            written = text[start : end.end()]
            if start < 0 or written in seen or len(written) < LEAST or written in name or name in written:
                continue
            sentence = next(part for part in reading.passages.sentences if part.end > start)
            if _is_of_one_trade(name, written, text[sentence.start : sentence.end]):
                seen.add(written)
                yield reading, reading.text[start : end.end()]


def traded_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names ending in 公司 alone that put another word into the trade (卡铭精密模具公司 for 卡铭模具科技有限公司).

    They open with its place and brand and share a word of its trade; a short form only leaves out.
    """
    core = _core(whole)
    opening, trade = core[:BRAND], core[BRAND:]
    if len(opening) < BRAND or not trade or not all(map(_HAN.match, opening)):
        return
    if any(parent.startswith(opening) for parent in whole.schema.edition.parent.names):
        return
    own, seen = set(_pairs(trade)), set[str]()
    written = re.compile(rf"{re.escape(opening)}([一-龥]{{2,8}}?)(?:{pattern('names.company').pattern})")
    for reading in whole.items:
        for match in written.finditer(reading.text):
            letters = iter(trade)
            left_out = all(letter in letters for letter in match.group(1))
            full = "有限" in match.group(1)  # full_variants looks at those
            if left_out or full or not own & set(_pairs(match.group(1))) or match.group() in seen:
                continue
            sentence = next(part for part in reading.passages.sentences if part.end > match.start())
            if _relations().search(reading.text, sentence.start, sentence.end) is None:
                seen.add(match.group())
                yield reading, match.group()


def _is_of_one_trade(name: str, written: str, sentence: str) -> bool:
    """Whether a name behind one place and brand holds the letters of the other in order, or a word of its trade."""
    letters = iter(name)
    if all(letter in letters for letter in written):
        return True
    if _relations().search(sentence):
        return False  # a sister, or who does something for this company
    trades = (pattern("names.company_end").sub("", each[BRAND:]) for each in (name, written))
    one, other = ({trade[at : at + 2] for at in range(len(trade) - 1)} for trade in trades)
    return bool(one & other)


def short_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names ending in 公司 whose letters are the company's in another order, or all but one of them.

    A part of the name (青松岭汽车公司 for 青松岭宏达汽车部件有限公司) keeps their order and is a short form.
    """
    full_core = pattern("names.short_end").sub("", fold(whole.source.company).strip())
    core = _BRACKETED.sub("", full_core)
    placed = re.sub(r"[（()）]", "", full_core)  # its place inside the name
    if len(core) < (CORE if core == full_core else BRAND):
        return
    seen: set[str] = set()
    for reading in whole.items:
        if pattern("names.company").search(reading.text) is None:
            continue
        text = reading.text
        for end in pattern("names.short_end").finditer(text):
            if not end.start() or text[end.start() - 1] not in core:
                continue
            start = _permuted(text, end.start(), core)
            if start is None and placed != core:
                start = _permuted(text, end.start(), placed)
            full = pattern("names.company_end").fullmatch(end.group())  # company_variants looks at those
            if start is None and not full:
                start = _slipped(text, end.start(), core)
            if start is None or text[start : end.start()] in seen:
                continue
            seen.add(text[start : end.start()])
            yield reading, text[start : end.end()]


def _permuted(text: str, end: int, core: str) -> int | None:
    """Where a name begins that is made of the company's letters in another order."""
    left = Counter(core)
    start = end
    while start and left[text[start - 1]] > 0:
        start -= 1
        left[text[start]] -= 1
    written = text[start:end]
    if len(written) < max(4, PERMUTED * len(core)):
        return None
    letters = iter(core)
    return None if all(letter in letters for letter in written) else start


def _slipped(text: str, end: int, core: str) -> int | None:
    """Where a name begins that has one letter changed."""
    start = end - len(core)
    if start < 0:
        return None
    written = text[start:end]
    odd = [at for at, letter in enumerate(written) if letter != core[at]]
    if len(odd) != 1 or not _HAN.match(written[odd[0]]):
        return None
    return None if _is_short(text, start, end, core) else start


def _is_short(text: str, start: int, end: int, name: str) -> bool:
    """Whether what is written is the end of the name behind foreign words (我们宏达汽车部件公司)."""
    foreign = start
    while foreign < end and text[foreign] not in name:
        foreign += 1
    if foreign == start or not name.endswith(text[foreign:end]):
        return False
    return foreign - start > 1 or (start > 0 and _HAN.match(text[start - 1]) is not None)


def _other_word(written: str, name: str) -> bool:
    """Whether one word of two letters stands for another (装备制造 for 装备工程): a sister's name."""
    if len(written) != len(name):
        return False
    odd = [at for at, letter in enumerate(written) if letter != name[at]]
    return (
        len(odd) == 2 and odd[1] == odd[0] + 1 and not {written[at] for at in odd} & {name[at] for at in odd}
    )


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a company's name opens a clause and its sentence names no other one: it speaks of itself."""
    if start and text[start - 1] not in _OPENS:
        return False
    first = max(text.rfind(mark, 0, start) for mark in _STOPS) + 1
    last = min((at for mark in _STOPS if (at := text.find(mark, end)) >= 0), default=len(text))
    return _relations().search(text, first, last) is None and text[end : end + 1] not in ("、", "等")


@cache
def _relations() -> re.Pattern[str]:
    return re.compile(either(_names()["relations"]))


def quoted_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names in quotation marks that are the company's short name but for one letter or their order."""
    core = _core(whole)
    if len(core) < SHORTEST:
        return
    letters = Counter(core)
    for reading in whole.items:
        for match in _QUOTED.finditer(reading.text):
            written = match.group(1)
            if len(written) != len(core) or written == core:
                continue
            odd = sum(one != other for one, other in zip(written, core, strict=True))
            if odd == 1 or Counter(written) == letters:
                yield reading, match.group()


def brand_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Short forms of the name whose brand has two letters exchanged (渝津车轮 for 津渝车轮) or one changed."""
    core = _core(whole)
    trade = _trades().search(core)
    brand = core[: trade.start()] if trade else core
    if len(brand) < 2 or not all(map(_HAN.match, brand)):
        return
    swapped = {
        f"{core[at + 1]}{core[at]}{core[at + 2 : at + 4]}"
        for at in range(len(brand) - 1)
        if len(core) >= at + 4 and core[at] != core[at + 1]
    }
    slipped = [f"{re.escape(brand[:at])}[一-龥]{re.escape(brand[at + 1 :])}" for at in range(len(brand))]
    odd = (
        re.compile(rf"(?:{'|'.join(slipped)})(?:{pattern('names.company').pattern})")
        if len(brand) >= BRAND
        else None
    )
    if trade and len(brand) > 2:  # 北固锻压 for 包头北固锻造
        others = [word for word in _names()["trades"] if word not in core and set(word) & set(trade.group())]
        swapped |= {f"{brand[-2:]}{word}" for word in others if len(word) == len(trade.group())}
    for reading in whole.items:
        for words in swapped:
            if words in reading.text:
                yield reading, words
        for match in odd.finditer(reading.text) if odd else ():
            if brand not in match.group():
                yield reading, match.group()


def slipped_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Short forms without 公司 in which one letter is another: of the trade (恒铸锻照), or of the brand where the place
    stands before it and the sentence speaks of the company itself (江州恒柱锻造)."""
    core = _core(whole)
    trade = re.search(rf"(?:{_trades().pattern})+$", core)
    if trade is None or trade.start() < 2 or not all(map(_HAN.match, core)):
        return
    at_brand = trade.start() - 2
    short = core[at_brand:]
    if _trades().search(short[:2]):
        return  # 底盘部件 holds no brand
    in_trade = _one_changed(short, range(2, len(short)))
    first = _trades().match(core, trade.start())  # 锻造 of 锻造机械
    named = core[: first.end()] if first else core
    in_brand = _one_changed(named, range(2, trade.start())) if at_brand >= 2 else None
    for reading in whole.items:
        for match in in_trade.finditer(reading.text):
            if match.group()[2:] not in _names()["trades"]:  # another trade is a sister's
                yield reading, match.group()
        for match in in_brand.finditer(reading.text) if in_brand else ():
            if _acts(reading.text, match.start(), match.end()):
                yield reading, match.group()


def mixed_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Two letters of the name with a second part that the return itself puts behind them, one of the two another.

    恒盛肇庆 beside 恒晟肇庆, 科泌公司 beside 科沁公司: what is put in their place must be no word that others use.
    """
    core = _BRACKETED.sub(lambda place: place.group()[1:-1], _short(whole))
    parts = list(dict.fromkeys(_pairs(core)))
    brands = {pair for word in _trades().split(core) for pair in _pairs(word)}
    said = "\n".join(item.text for item in whole.items)
    parent = " ".join(whole.schema.edition.parent.names)
    for first in parts:
        if first in parent or first not in brands:
            continue
        for second in dict.fromkeys((*parts, *_names()["seconds"])):
            own = first + second
            if set(second) & set(first) or own not in said:
                continue
            changed = re.compile(rf"(?<!{_HAN.pattern})(?:{_one_changed(own, range(2)).pattern})")
            for reading in whole.items:
                for written in changed.findall(reading.text):
                    if said.count(written[:2]) == 1 and not is_known(written[:2]):
                        yield reading, written


def _pairs(words: str) -> list[str]:
    """All pairs of neighbouring Chinese letters."""
    return [words[at : at + 2] for at in range(len(words) - 1) if all(map(_HAN.match, words[at : at + 2]))]


def _one_changed(words: str, places: Iterable[int]) -> re.Pattern[str]:
    """Words in which the letter at one of the places is another."""
    return re.compile(
        "|".join(f"{words[:at]}(?!{words[at]})[一-龥]{words[at + 1 :]}" for at in places) or "(?!)"
    )


def bracketed_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Short names in Latin letters that the company gives itself, where another one was given before.

    本厂（DDL, Ágfalva site） and 本公司（DLM Kft.）.
    """
    first = ""
    for reading in whole.items:
        for match in pattern("names.own_latin").finditer(reading.text):
            first = first or match.group(1)
            if match.group(1) != first:
                yield reading, match.group()


def _core(whole: ReturnReading) -> str:
    """Place, brand and trade of the company's name, what stands in brackets aside."""
    return _BRACKETED.sub("", _short(whole))


def _short(whole: ReturnReading) -> str:
    """The company's name without 公司."""
    return pattern("names.short_end").sub("", fold(whole.source.company).strip())


@cache
def _trades() -> re.Pattern[str]:
    return re.compile(either(_names()["trades"]))


@cache
def _names() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "names.yaml")
    return data
