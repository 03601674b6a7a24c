"""Lists of labelled numbers (甲12吨、乙8吨) with the total right before or right behind them, units written or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import chain, pairwise
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.numbers import chinese
from checker.text.readers.sums.totals import WHOLE, Sum, is_rounded, words
from frameworks.ground.yaml import load_data

MOST_PARTS = 30
BEFORE, BEHIND = 48, 32  # characters around a list in which its total stands
NEAR_WHOLE, NEAR_PART = (Decimal("0.75"), Decimal("1.33")), (Decimal("0.85"), Decimal("1.15"))  # guessed
ATTENDANCE = {"人", "人次"}
LEAST_PART = 3  # parts behind 其中 that look like the whole

_NUMBER = r"\d{1,3}(?:[,，]\d{3}){1,4}(?:\.\d{1,4})?|\d{1,9}(?:\.\d{1,4})?"
_WORD = r"[^\d，,、；;。：:（）()／/|＋+＝=\s%％—–~～≤≥<>-]"
_GOES_ON = re.compile(r"\s?[、和及](?:\d{1,2}[A-Za-z])?[^，,。；;：:、\d]{0,20}\d")
_BETWEEN = re.compile(r"\s?(?:[、，,；;／/＋+]|和|及|与|以及)\s?")
_JOINED = re.compile("[和及与]")
_LABEL = re.compile(  # 5S与环保, evacuation at night
    rf"(?:(?<!\d)\d{{1,2}}[A-Z])?{_WORD}(?:{_WORD}| ){{0,17}}\Z|\b[A-Za-z][A-Za-z' -]{{17,40}}\Z"
)
_DIGITS = re.compile(r"\d[\d,，.]{0,20}")
LEAST_FIGURES = 2  # a total and two parts are three


class _Part(Struct, frozen=True):
    """An entry of a list."""

    label: str
    text: str
    value: Decimal
    half: Decimal
    unit: str
    start: int
    number: int
    end: int


class _Patterns(Struct, frozen=True):
    figure: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    directly: re.Pattern[str]  # between the two figures of one entry
    total: re.Pattern[str]
    opened: re.Pattern[str]
    open_end: re.Pattern[str]
    each: re.Pattern[str]


def find_enumerations(text: str) -> Iterator[Sum]:
    """The lists of a text whose total is stated, those that add up and those that cannot."""
    offset = 0
    for line in text.split("\n"):
        figures = (
            list(_patterns().figure.finditer(line)) if len(_DIGITS.findall(line)) > LEAST_FIGURES else []
        )
        inner = (_within_brackets(line, match) for match in figures)
        for parts in (*_lists(line, figures), *_second_lists(line, figures), *chain.from_iterable(inner)):
            entry = _before(line, parts) or _behind(line, parts)
            if entry is not None:
                total, chosen, fits = entry
                yield _sum(total, chosen, offset, fits=fits)
        offset += len(line) + 1


def _lists(line: str, figures: list[re.Match[str]]) -> Iterator[list[_Part]]:
    """Runs of entries of one unit."""
    run: list[_Part] = []
    last, mark = 0, ""
    for match in figures:
        part = _part(line, match, last)
        last = match.end()
        between = _BETWEEN.fullmatch(line, run[-1].end, part.start) if part is not None and run else None
        if (
            part is None
            or between is None
            or len(run) >= MOST_PARTS
            or (part.unit != run[-1].unit and run[-1].unit)
        ):
            if len(run) > 1:
                yield run
            run, mark = [], ""
        else:
            own = between.group().strip()
            if mark and own != mark and not _JOINED.search(own):
                yield run
                run = run[-1:]
                mark = own
            mark = mark or own
        if part is not None:
            run.append(part)
    if len(run) > 1:
        yield run


def _within_brackets(line: str, match: re.Match[str]) -> Iterator[list[_Part]]:
    """The lists in the brackets that go with a figure: 31家（荆州22、武汉5、其他4）"""
    if len(_DIGITS.findall(match.group())) > LEAST_FIGURES:
        opened = match.end("figure") + 1
        yield from _lists(line, list(_patterns().figure.finditer(line, opened, match.end() - 1)))


def _second_lists(line: str, figures: list[re.Match[str]]) -> Iterator[list[_Part]]:
    """Runs of what stands right behind another figure of its entry: the persons of 董事1场8人次，管理层2场35人次."""
    run: list[_Part] = []
    last = 0
    for at, (first, second) in enumerate(pairwise(figures)):
        if not _patterns().directly.fullmatch(line, first.end(), second.start()):
            continue
        head = _part(line, first, figures[at - 1].end() if at else 0)
        if head is None:
            continue
        part = _entry(line, second, head.label, head.start)
        between = _BETWEEN.fullmatch(line, last, head.start) if run else None
        if run and (between is None or part.unit != run[-1].unit or len(run) >= MOST_PARTS):
            if len(run) > 1:
                yield run
            run = []
        run.append(part)
        last = second.end()
    if len(run) > 1:
        yield run


def _part(line: str, match: re.Match[str], last: int) -> _Part | None:
    found = _LABEL.search(line, last, match.start())
    if found is None:
        return None
    known = words()
    label, start = found.group().strip(), found.start()
    opener = known.opener.match(label)
    if opener is not None:
        start, label = start + opener.end(), label[opener.end() :]
    joined = _JOINED.match(label)
    if joined is not None and len(label) > 1:
        start, label = start + 1, label[1:]
    if not label or _patterns().each.search(label) or known.list_end.search(label):
        return None
    if known.before_total.search(label) or _patterns().total.match(label):
        return None
    return _entry(line, match, label, start)


def _entry(line: str, match: re.Match[str], label: str, start: int) -> _Part:
    number = re.sub(r"[,，]", "", match["number"])
    decimals = len(number.partition(".")[2])
    half = Decimal(5).scaleb(-1 - decimals) if decimals else Decimal(0)
    unit = (match["scale"] or "") + (match["unit"] or "")
    written = line[match.start("number") : match.end("figure")]
    return _Part(label, written, Decimal(number), half, unit, start, match.start("number"), match.end())


def _before(line: str, parts: list[_Part]) -> tuple[_Part, list[_Part], bool] | None:
    """N项，其中甲a项、乙b项 · N项：甲a、乙b · N项（甲a、乙b） · N项中，甲a项、乙b项"""
    first = parts[0]
    found = _patterns().before.search(line, max(0, first.start - BEFORE), first.start)
    if found is None:
        return None
    total = _entry(line, found, found["label"].strip(), found.start("label"))
    if found["hedge"] or not _same_unit(total, parts):
        return None
    for most in range(len(parts), 1, -1):
        if _fit(total, parts[:most]) and not _lists_more(line, parts, most):  # A 31家，B 27家，B里2家
            return total, parts[:most], True
    if _GOES_ON.match(line, parts[-1].end):
        return None  # in another unit: 生日会12次、住院探望27人次
    opener = found["opener"]
    count = _count(found["count"])
    if count and count != len(parts):
        return None
    rest = words().rest.search(parts[-1].label) is not None
    whole = rest or _patterns().opened.search(opener) is None
    more = sum(part.value for part in parts) > total.value or len(parts) < LEAST_PART or not whole
    if not count and more and _may_overlap(parts):
        return None
    if _patterns().open_end.search(line[first.start : parts[-1].end + 4]):
        return None
    over = sum(part.value for part in parts) > total.value
    if not whole and (over or len(parts) < LEAST_PART or total.unit not in _counted()):
        return None  # what exceeds its whole is read elsewhere
    return (total, parts, False) if _near(total, parts, NEAR_WHOLE if whole else NEAR_PART) else None


def _lists_more(line: str, parts: list[_Part], most: int) -> bool:
    """Whether the list goes on behind so many parts as it did before (发明4件、实用新型8件、外观2件)."""
    if most == len(parts):
        return False
    marks = {line[one.end : other.start].strip() for one, other in pairwise(parts[: most + 1])}
    return marks == {"、"} and not words().within.search(parts[most].label)


def _behind(line: str, parts: list[_Part]) -> tuple[_Part, list[_Part], bool] | None:
    """甲a项、乙b项，合计N项 · 甲a＋乙b＝N"""
    end = parts[-1].end
    found = _patterns().behind.match(line, end, end + BEHIND)
    if found is None:
        return None
    label = f"{found['word'] or ''}{found['label'] or ''}".strip()
    total = _entry(line, found, label, found.start("number"))
    if found["hedge"] or not (
        _same_unit(total, parts) or (not found["label"] and _are_persons(total, parts))
    ):
        return None
    for begin in range(len(parts) - 1):
        if _fit(total, parts[begin:]):
            return total, parts[begin:], True
    if sum(part.value for part in parts) > total.value and _may_overlap(parts):
        return None  # who is counted under two heads makes the parts more, never fewer
    return (total, parts, False) if _near(total, parts, NEAR_WHOLE) else None


def _may_overlap(parts: list[_Part]) -> bool:
    """Whether one may be counted under two heads; 其他 says that none is."""
    known = words()
    return not any(known.rest.match(part.label) for part in parts) and any(
        known.overlapping.search(part.label) for part in parts
    )


def _count(written: str | None) -> int:
    """How many parts a total says that it has; 0 where it does not."""
    if not written:
        return 0
    return int(written) if written.isdigit() else int(chinese(written.replace("两", "二")) or 0)


def _same_unit(total: _Part, parts: list[_Part]) -> bool:
    units = {part.unit for part in parts if part.unit}
    return len(units) < 2 and (not units or not total.unit or units == {total.unit})


def _are_persons(total: _Part, parts: list[_Part]) -> bool:
    """Whether persons make an attendance (管理9人、一线84人，合计93人次)."""
    return {total.unit, *(part.unit for part in parts)} == ATTENDANCE


def _fit(total: _Part, parts: list[_Part]) -> bool:
    computed = sum((part.value for part in parts), Decimal(0))
    apart = abs(computed - total.value)
    halves = [part.half for part in parts]
    rounded = is_rounded(apart, total.half or WHOLE, [half or WHOLE for half in halves], total.unit)
    return not apart or apart < sum(halves, total.half) or rounded


def _near(total: _Part, parts: list[_Part], limits: tuple[Decimal, Decimal]) -> bool:
    computed = sum((part.value for part in parts), Decimal(0))
    return total.value > 0 and limits[0] <= computed / total.value <= limits[1]


def _sum(total: _Part, parts: list[_Part], offset: int, *, fits: bool) -> Sum:
    start, end = min(total.start, parts[0].start), max(total.end, parts[-1].end)
    computed = sum((part.value for part in parts), Decimal(0))
    unit = total.unit or parts[-1].unit
    label = total.label or parts[0].label
    texts = tuple(part.text for part in parts)
    return Sum(
        offset + start, offset + end, label, texts, total.value, computed, unit, fits, offset + total.number
    )


@cache
def _counted() -> frozenset[str]:
    """Units of whole things."""
    kinds: dict[str, list[str]] = load_data("checker.data", "units.yaml")["kinds"]
    return frozenset(
        unit for kind in load_data("checker.data", "figures.yaml")["counted_kinds"] for unit in kinds[kind]
    )


@cache
def _patterns() -> _Patterns:
    words_of: dict[str, Any] = load_data("checker.data", "figures.yaml")
    data: dict[str, list[str]] = words_of["enumerations"]
    kinds: dict[str, list[str]] = load_data("checker.data", "units.yaml")["kinds"]
    units = either(unit for group in kinds.values() for unit in group)
    figure = (
        rf"(?P<figure>(?P<number>{_NUMBER})\s?(?:(?P<scale>[万亿])\s?)?(?:(?P<unit>{units})(?![A-Za-z]))?)"
    )
    totals = either([*words_of["totals"], *data["totals"]])
    hedge = rf"(?P<hedge>{either(data['hedges'])})?"
    return _Patterns(
        figure=re.compile(
            rf"(?<![\dA-Za-z.]){figure}(?!\d|\.\d|[A-Z](?![A-Za-z]))(?:[（(][^（）()\n]{{0,40}}[）)])?"
        ),
        before=re.compile(
            rf"(?P<label>{_WORD}{{0,12}}\s?){hedge}{figure}(?:\s?[A-Za-z]{{1,5}}(?=\s?[（(:：]))?(?:\s?[（(][^（）()\n]{{0,16}}[）)])?"
            rf"(?P<opener>{either(data['wholes'])}|{_WORD}{{0,4}}{either(data['every'])}{_WORD}{{0,8}}[：:]|[，,；;]?{either(data['openers'])}[：:]?"
            rf"|[，,；;]?{either(data['divided'])}(?P<count>[两二三四五六七八九]|[2-9]){either(words_of['running']['parts'])}"
            r"[：:，,—–-]{1,2})\s?\Z"
        ),
        behind=re.compile(
            rf"\s?[，,、；;|｜]?\s?(?:(?P<word>{totals})(?P<label>{_WORD}{{0,8}}?)[：:]?|[＝=])\s?{hedge}{figure}"
        ),
        directly=re.compile(rf"\s?(?:{units})?\s?[共计]?\s?"),
        total=re.compile(totals),
        opened=re.compile(either(data["openers"])),
        open_end=re.compile(either(data["open_ends"])),
        each=re.compile(either(data["each"])),
    )
