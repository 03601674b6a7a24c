"""Steps of one matter dated in an order that cannot be: accepted before it was begun, mended before it was found.

The steps are chains in ``data/dates.yaml``; both must stand in one sentence and be about one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.text.ground.lexicon import either
from checker.text.ground.spans import Span, span
from checker.text.ground.stops import with_stops
from frameworks.ground.yaml import load_data

_Chains = dict[str, tuple[re.Pattern[str], ...]]
Day = tuple[int, ...]  # year (0 where it is not written), month, day as far as given

_NOT_DAY = "(?![万亿元吨度倍个千分小米升公件人平立克瓦次天年岁版条章节级折毫])"
_DATE = re.compile(
    r"(?<![\d./])(?:(?P<year>20\d\d)\s?[年./-]\s?(?P<month>\d{1,2})(?:\s?月份?|(?=[./-]\d)|(?!\d))"
    r"|(?P<month2>\d{1,2})\s?月(?![均度薪饼]))(?:\s?[./-]?\s?(?P<day>\d{1,2})(?:\s?[日号]|(?![\d.%])))?"
    r"|(?<![\d./])(?P<one>0\d|[12]\d|3[01])/(?P<other>0\d|[12]\d|3[01])(?:/(?P<year2>20\d\d))?(?![\d/])"
    rf"|(?<![\d./])(?P<month3>[1-9]|1[0-2])\.(?P<day3>[12]\d|3[01]|[1-9])(?=[\u4e00-\u9fff]){_NOT_DAY}"
)
_SENTENCE = re.compile(r"[^。；;！？!?\n]{1,32767}")
_BREAK = re.compile(r"[，,：:（）()→]")
_TITLE = re.compile(r"《([^《》\n]{2,40})》")
LEAST_OWN = 3  # characters before a date that name a thing of its own
FILING = "filing"
NOTICE = "notice"
MOST = 8  # dated steps of a sentence that are compared


class _Step(Struct, frozen=True):
    """A dated step: the places of its words in their chains."""

    ranks: dict[str, int]
    day: Day
    turned: Day  # day and month the other way round; empty where that cannot be
    subject: str  # the words of its clause before the date
    words: str
    told_behind: bool  # whether the step's words stand behind its date
    quote: Span


def find_out_of_order(text: str, year: int | None = None) -> Iterator[tuple[Span, Span]]:
    """The step that comes later but is dated earlier, and the step it follows; the earlier step of the chain first.

    Beside a date with its year, one without is of the reporting year.
    """
    words = _words()
    if words.trigger.search(text) is None:
        return
    cut = with_stops(text)
    for sentence in _SENTENCE.finditer(cut):
        if len(_DATE.findall(sentence.group())) < 2 or _is_other(sentence.group()):
            continue
        steps = list(_steps(cut, sentence.start(), sentence.end()))[:MOST]
        line = cut[cut.rfind("\n", 0, sentence.start()) + 1 : sentence.end()]
        off = {chain for chain, about in words.about.items() if about.search(line) is None}
        if year and any(step.day[0] for step in steps):
            steps = [_in_year(step, year) for step in steps]
        for one, other in combinations(steps, 2):
            pair = _conflict(one, other, steps, off)
            if pair is not None:
                yield pair
                break
    yield from _filed_first(cut, year)
    yield from _announced_later(cut)


def _in_year(step: _Step, year: int) -> _Step:
    """The step with the reporting year where none is written."""
    if step.day[0]:
        return step
    turned = (year, *step.turned[1:]) if step.turned else ()
    return replace(step, day=(year, *step.day[1:]), turned=turned)


def _is_other(sentence: str) -> bool:
    """Whether a sentence tells another matter, a plan, or two rounds of one."""
    words = _words()
    return words.other.search(sentence) is not None or len(set(words.rounds.findall(sentence))) > 1


def _announced_later(text: str) -> Iterator[tuple[Span, Span]]:
    """A notice of an act that is dated behind it: 9月12日举行讲座。 本次讲座的通知于9月20日印发。"""
    words = _words()
    sentences = [found.span() for found in _SENTENCE.finditer(text)]
    for at, (start, end) in enumerate(sentences):
        if (
            not at
            or not words.back.search(text, start, end)
            or not words.notice[NOTICE][0].search(text, start, end)
        ):
            continue
        told = list(_steps(text, start, end, words.issue))
        acts = [
            step
            for begin, close in sentences[max(0, at - 2) : at]
            if not _is_other(text[begin:close])
            for step in _steps(text, begin, close, words.held)
        ]
        if len(told) == len(acts) == 1 and _before(acts[0], told[0]):
            yield told[0].quote, acts[0].quote


def _filed_first(text: str, year: int | None) -> Iterator[tuple[Span, Span]]:
    """Filed before it was adopted, told in two sentences of an answer that knows one of either."""
    words = _words()
    if not all(step.search(text) for step in words.filing[FILING]):
        return
    steps: list[_Step] = []
    for sentence in _SENTENCE.finditer(text):
        if not _is_other(sentence.group()):
            steps += _steps(text, *sentence.span(), words.filing)
    if year and any(step.day[0] for step in steps):
        steps = [_in_year(step, year) for step in steps]
    adopted = [step for step in steps if step.ranks.get(FILING) == 0]
    filed = [step for step in steps if step.ranks.get(FILING) == 1]
    if len(adopted) == len(filed) == 1:
        first, then = adopted[0], filed[0]
        titles = [set(_TITLE.findall(step.subject + step.words)) for step in (first, then)]
        one = not titles[0] or not titles[1] or titles[0] == titles[1]
        if one and (first.day[0] > 0) == (then.day[0] > 0) and _before(then, first):
            yield first.quote, then.quote


def _conflict(one: _Step, other: _Step, steps: list[_Step], off: set[str]) -> tuple[Span, Span] | None:
    if (one.day[0] > 0) != (other.day[0] > 0) or not _one_thing(one, other):
        return None
    for chain in (one.ranks.keys() & other.ranks.keys()) - off:
        first, second = sorted((one, other), key=lambda step: step.ranks[chain])
        if first.ranks[chain] == second.ranks[chain]:
            continue
        ends = (first.ranks[chain], second.ranks[chain])
        if sum(step.ranks.get(chain) in ends for step in steps) > len(ends):
            continue  # two of a kind
        if chain in _words().same_object and not _one_object(first, second, chain):
            continue
        if _before(second, first):
            return first.quote, second.quote
    return None


def _before(one: _Step, other: _Step) -> bool:
    """Whether a step is dated before another, whichever of 05/06 is the month."""
    pairs = [(one.day, other.day), (one.turned or one.day, other.turned or other.day)]
    return all(
        early[: min(len(early), len(late))] < late[: min(len(early), len(late))] for early, late in pairs
    )


def _one_thing(one: _Step, other: _Step) -> bool:
    """Whether the second step names no thing of its own."""
    titles = [set(_TITLE.findall(step.subject + step.words)) for step in (one, other)]
    if titles[0] and titles[1] and titles[0] != titles[1]:
        return False
    own = _words().function.sub("", other.subject)
    if not other.told_behind:
        own = _words().step.sub("", own)  # 专家评审于5月10日完成
    if len(_words().report.sub("", own)) < LEAST_OWN:  # 讲评会
        return True
    before = one.subject + one.words
    return any(own[at : at + 2] in before for at in range(len(own) - 1))


def _one_object(first: _Step, second: _Step, chain: str) -> bool:
    """Whether a step names nothing but what the step before it names, too."""
    words = _words()
    own = words.objects.sub(
        "", words.function.sub("", words.chains[chain][second.ranks[chain]].sub("", second.words))
    )
    before = first.subject + first.words
    return len(own) < 2 or any(own[at : at + 2] in before for at in range(len(own) - 1))


def _steps(text: str, start: int, end: int, chains: _Chains | None = None) -> Iterator[_Step]:
    dates = list(_DATE.finditer(text, start, end))
    last = start
    for at, match in enumerate(dates):
        stop = dates[at + 1].start() if at + 1 < len(dates) else end
        cut = _BREAK.search(text, match.end(), stop)
        if cut is not None and cut.start() - match.end() <= 1:
            cut = _BREAK.search(text, cut.end(), stop)
        close = cut.start() if cut is not None else stop
        lead = [found.end() for found in _BREAK.finditer(text, last, match.start())]
        begin = lead[-1] if lead else last
        behind, before = text[match.end() : close], text[begin : match.start()]
        told = _ranks(behind, chains)
        ranks = told or _ranks(before, chains)
        last = match.end()
        days = _days(match)
        if ranks and days:
            yield _Step(ranks, days[0], days[-1], before, behind, bool(told), span(text, begin, close))


def _days(match: re.Match[str]) -> list[Day]:
    """The readings of a date: one, or two for 05/06."""
    year = int(match["year"] or match["year2"] or 0)
    if match["one"]:
        pairs = [(int(match["other"]), int(match["one"])), (int(match["one"]), int(match["other"]))]
        return [(year, month, day) for month, day in pairs if 1 <= month <= 12 and 1 <= day <= 31]
    month, day = int(match["month"] or match["month2"] or match["month3"]), match["day"] or match["day3"]
    return [(year, month, int(day)) if day else (year, month)] if 1 <= month <= 12 else []


def _ranks(words: str, chains: _Chains | None) -> dict[str, int]:
    """The first step of each chain that is named."""
    found: dict[str, int] = {}
    for chain, steps in (chains or _words().chains).items():
        rank = next((place for place, pattern in enumerate(steps) if pattern.search(words)), None)
        if rank is not None:
            found[chain] = rank
    return found


class _Words(Struct, frozen=True):
    chains: _Chains
    filing: _Chains
    about: dict[str, re.Pattern[str]]  # chains of some matters only
    same_object: frozenset[str]  # chains whose steps must name one object
    objects: re.Pattern[str]  # what any object is called
    step: re.Pattern[str]  # the words of all steps
    report: re.Pattern[str]  # what an act is followed by
    trigger: re.Pattern[str]
    other: re.Pattern[str]
    function: re.Pattern[str]
    rounds: re.Pattern[str]
    back: re.Pattern[str]
    notice: _Chains
    issue: _Chains  # how a notice goes out
    held: _Chains  # what it announces


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "dates.yaml")["stages"]
    chains: dict[str, list[list[str]]] = data["chains"]
    last = [word for steps in chains.values() for group in steps[1:] for word in group]
    return _Words(
        {name: tuple(re.compile(either(group)) for group in steps) for name, steps in chains.items()},
        {FILING: tuple(re.compile(either(group)) for group in data["filing"])},
        {chain: re.compile(either(about)) for chain, about in data["about"].items()},
        frozenset(data["same_object"]),
        re.compile(either(data["objects"])),
        re.compile(either(word for steps in chains.values() for group in steps for word in group)),
        re.compile(either(chains["act"][1])),
        re.compile(either(last)),
        re.compile(either(data["other"])),
        re.compile(f"{either(data['function'])}|[\\W\\d]"),
        re.compile(either(data["rounds"])),
        re.compile(either(data["back"])),
        {NOTICE: tuple(re.compile(either(group)) for group in data["notice"])},
        {NOTICE: (re.compile(either(chains["document"][-1])),)},
        {NOTICE: (re.compile(either(data["notice"][1])),)},
    )
