"""Full names that keep the company's place and brand and name another trade, or are one letter off.

昆州钜成金属有限公司 for 昆州钜成精密压铸有限公司. A sister would look the same, so they must open a clause or
stand where somebody signs, and no relation may be named before. In Latin letters two forms of one trade tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.reading.answers import ItemReading, ReturnReading
from checker.rules.support.names import CLAUSES, STOPS, opens, relations, trade_words
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data
from questionnaire.cells import fold

LONGER = 6  # letters by which a variant may be longer than the name
LEAST = 4  # letters of place and brand
ONE_IN = 4  # letters of which one may be another
OPENING = 3  # letters one of which a variant keeps at least
SIGNED = 8  # characters before a name in which it is said to be signed

_END = re.compile(r"(?:有限责任|股份有限|有限)?公司")
_UNDER = "名义"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BRACKET = "（）()"
_FORMS = (
    "LLC",
    "Inc",
    "Ltd",
    "Limited",
    "GmbH",
    "Kft",
    "Corp",
    "Co",
    "SARL",
    "S.A",
    "AG",
    "s.r.o",
    "Sp. z o.o",
    "Bhd",
)
_LEGAL = rf"(?:{'|'.join(map(re.escape, _FORMS))})\b\.?"
_LATIN_WORD = r"[A-Z][A-Za-z\u00c0-\u024f&'’-]*"
_LATIN_WORDS = re.compile(rf"(?<![A-Za-z]){_LATIN_WORD}(?:\s{_LATIN_WORD}){{2}}")
_LATIN = re.compile(rf"(?<![A-Za-z])({_LATIN_WORD}(?:\s{_LATIN_WORD}){{2,4}}),?\s{_LEGAL}")


def kin_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names in Chinese that keep place and brand and change the trade, or one letter of four."""
    name = fold(whole.source.company)
    legal = _END.search(name)
    core = name[: legal.start()] if legal else name
    own = "".join(letter for letter, _ in _kept(core, 0))
    if len(own) < LEAST:
        return
    for reading in whole.items:
        for end in _END.finditer(reading.text) if "公司" in reading.text else ():
            first = max(0, end.start() - len(core) - LONGER)
            window = reading.text[first : end.start()]
            if not any(letter in window for letter in own[:OPENING]):
                continue
            kept = _kept(fold(window), first)[-len(own) :]
            odd = sum(letter != mine for (letter, _), mine in zip(kept, own, strict=False))
            if len(kept) < len(own) or odd > len(own) // ONE_IN:
                continue
            start = kept[0][1]
            written = _bare(reading.text[start : end.start()])
            if _is_part(written, _bare(core)) or not _is_itself(reading.text, start, end.end()):
                continue
            yield reading, reading.text[start : end.end()]


def latin_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names with a legal form in Latin letters whose third word is another form of the one used elsewhere.

    Warren Valley Wheel Works, Inc. beside Warren Valley Wheels.
    """
    known: dict[tuple[str, ...], set[str]] = {}
    if not any(form in whole.spoken for form in _FORMS):
        return
    for reading in whole.items:
        for match in _LATIN_WORDS.finditer(reading.text):
            *place, trade = match.group().split()[:3]
            known.setdefault(tuple(place), set()).add(trade)
    for reading in whole.items if any(len(trades) > 1 for trades in known.values()) else ():
        for match in _LATIN.finditer(reading.text):
            *place, trade = match.group(1).split()[:3]
            others = known.get(tuple(place), set()) - {trade}
            if any(other[:LEAST] == trade[:LEAST] for other in others if len(trade) >= LEAST):
                yield reading, match.group()


def _kept(text: str, first: int) -> list[tuple[str, int]]:
    """The Chinese letters of a name without its trades, with their places."""
    trades = {at for match in trade_words().finditer(text) for at in range(match.start(), match.end())}
    return [(letter, first + at) for at, letter in enumerate(text) if at not in trades and _HAN.match(letter)]


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter not in _BRACKET)


def _is_part(written: str, core: str) -> bool:
    """Whether a name leaves out some of the company's letters and no more: a short form."""
    letters = iter(core)
    return all(letter in letters for letter in written)


def _is_itself(text: str, start: int, end: int) -> bool:
    """Whether a name opens a clause that names no relation so far, or stands where somebody signs under it."""
    before = text[max(0, start - SIGNED) : start]
    if _signs().search(before) is not None or text[end : end + 3].endswith(_UNDER):
        return True
    first = max(text.rfind(mark, 0, start) for mark in STOPS) + 1
    last = min((at for mark in STOPS + CLAUSES if (at := text.find(mark, end)) >= 0), default=len(text))
    return opens(text, start, end) and relations().search(text, first, last) is None


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(either(load_data("checker.data", "names.yaml")["signs"]))
