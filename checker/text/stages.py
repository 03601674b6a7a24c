"""Steps of one matter dated in an order that cannot be: accepted before it was begun, mended before it was found.

The steps are chains in ``data/dates.yaml``; both must stand in one sentence and be about one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from checker.text.lexicon import either
from checker.text.spans import Span, span
from frameworks.yamlfile import load_data

Day = tuple[int, ...]  # year (0 where it is not written), month, day as far as given

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>20\d\d)\s?[年./-]\s?(?P<month>\d{1,2})(?:\s?月份?|(?=[./-]\d)|(?!\d))"
    r"|(?P<month2>\d{1,2})\s?月(?![均度薪饼]))(?:\s?[./-]?\s?(?P<day>\d{1,2})(?:\s?[日号]|(?![\d.%])))?"
)
_SENTENCE = re.compile(r"[^。；;！？!?\n]{1,32767}")
_BREAK = re.compile(r"[，,：:（）()→]")
_TITLE = re.compile(r"《([^《》\n]{2,40})》")
LEAST_OWN = 3  # characters before a date that name a thing of its own
MOST = 8  # dated steps of a sentence that are compared


@dataclass(frozen=True, slots=True)
class _Step:
    """A dated step: the places of its words in their chains."""

    ranks: dict[str, int]
    day: Day
    subject: str  # the words of its clause before the date
    words: str
    quote: Span


def find_out_of_order(text: str) -> Iterator[tuple[Span, Span]]:
    """The step that comes later but is dated earlier, and the step it follows; the earlier step of the chain first."""
    words = _words()
    if words.trigger.search(text) is None:
        return
    for sentence in _SENTENCE.finditer(text):
        if sentence.group().count("月") + sentence.group().count("20") < 2 or words.other.search(
            sentence.group()
        ):
            continue
        steps = list(_steps(text, sentence.start(), sentence.end()))[:MOST]
        for one, other in combinations(steps, 2):
            pair = _conflict(one, other, steps)
            if pair is not None:
                yield pair
                break


def _conflict(one: _Step, other: _Step, steps: list[_Step]) -> tuple[Span, Span] | None:
    if (one.day[0] > 0) != (other.day[0] > 0) or not _one_thing(one, other):
        return None
    for chain in one.ranks.keys() & other.ranks.keys():
        first, second = sorted((one, other), key=lambda step: step.ranks[chain])
        if first.ranks[chain] == second.ranks[chain]:
            continue
        ends = (first.ranks[chain], second.ranks[chain])
        if sum(step.ranks.get(chain) in ends for step in steps) > len(ends):
            continue  # two of a kind
        length = min(len(first.day), len(second.day))
        if second.day[:length] < first.day[:length]:
            return first.quote, second.quote
    return None


def _one_thing(one: _Step, other: _Step) -> bool:
    """Whether the second step names no thing of its own."""
    titles = [set(_TITLE.findall(step.subject + step.words)) for step in (one, other)]
    if titles[0] and titles[1] and titles[0] != titles[1]:
        return False
    own = _words().function.sub("", other.subject)
    if len(own) < LEAST_OWN:
        return True
    before = one.subject + one.words
    return any(own[at : at + 2] in before for at in range(len(own) - 1))


def _steps(text: str, start: int, end: int) -> Iterator[_Step]:
    dates = list(_DATE.finditer(text, start, end))
    last = start
    for at, match in enumerate(dates):
        month = int(match["month"] or match["month2"])
        stop = dates[at + 1].start() if at + 1 < len(dates) else end
        cut = _BREAK.search(text, match.end(), stop)
        if cut is not None and cut.start() - match.end() <= 1:
            cut = _BREAK.search(text, cut.end(), stop)
        close = cut.start() if cut is not None else stop
        lead = [found.end() for found in _BREAK.finditer(text, last, match.start())]
        begin = lead[-1] if lead else last
        behind, before = text[match.end() : close], text[begin : match.start()]
        ranks = _ranks(behind) or _ranks(before)
        last = match.end()
        if ranks and 1 <= month <= 12:
            day = (int(match["year"] or 0), month, *((int(match["day"]),) if match["day"] else ()))
            yield _Step(ranks, day, before, behind, span(text, begin, close))


def _ranks(words: str) -> dict[str, int]:
    """The first step of each chain that is named."""
    found: dict[str, int] = {}
    for chain, steps in _words().chains.items():
        rank = next((place for place, pattern in enumerate(steps) if pattern.search(words)), None)
        if rank is not None:
            found[chain] = rank
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    chains: dict[str, tuple[re.Pattern[str], ...]]
    trigger: re.Pattern[str]
    other: re.Pattern[str]
    function: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "dates.yaml")["stages"]
    chains: dict[str, list[list[str]]] = data["chains"]
    last = [word for steps in chains.values() for group in steps[1:] for word in group]
    return _Words(
        {name: tuple(re.compile(either(group)) for group in steps) for name, steps in chains.items()},
        re.compile(either(last)),
        re.compile(either(data["other"])),
        re.compile(f"{either(data['function'])}|[\\W\\d]"),
    )
