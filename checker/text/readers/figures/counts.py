"""Nils and counts that deny each other, and yearly totals of one activity, each with nothing that narrows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

AHEAD, BEHIND = 16, 44  # characters around a label in which its number or its denial stands
SENTENCE = 90  # characters before a count that can narrow it

_END = re.compile(r"[。！？!?\n]")
_STOP = re.compile(r"[，,；;：:。！？!?、\n\t|｜（(]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年")
_NUMBER = r"(?P<number>\d{1,3}(?:[,，]\d{3}){1,2}|\d{1,6})"
_COUNTED = re.compile(r"\d\s?(?:次|场|起|件|人次)")
_NOT_BEHIND = r"(?!\s?[-—–~～至到/]|[^，,。；;、\n]{0,3}(?:以[上内下]|的[，,]|及以上)|余|多)"


class Count(Struct, frozen=True):
    """How often a thing happened, or that it did not (number 0)."""

    topic: str
    label: str
    number: int
    unit: str
    year: int | None
    yearly: bool  # said to be the company's or the year's
    companys: bool  # said to be the company's
    start: int
    end: int


def find_denied(text: str) -> tuple[Count, ...]:
    """Nils of whole topics (没有收到任何举报) and counts of the same things (受理举报3件)."""
    trigger, topics_of, topics = _denied()
    named = {topic for word in set(trigger.findall(text)) for topic in topics_of[word]}
    return tuple(
        found
        for topic, labels, nil, counted in topics
        if topic in named
        for found in (
            *_nils(text, topic, _around(text, labels, nil)),
            *_counted(text, topic, _around(text, labels, counted)),
        )
    )


def find_totals(text: str) -> tuple[Count, ...]:
    """Counts of an activity that nothing narrows; whether the item they stand in does, is for the caller."""
    if _COUNTED.search(text) is None:
        return ()
    found: list[Count] = []
    for topic, core, labels, pattern in _totals():
        if any(word in text for word in core):
            found += list(_counted(text, topic, _around(text, labels, pattern)))
    return tuple(found)


def _nils(text: str, topic: str, matches: Iterator[re.Match[str]]) -> Iterator[Count]:
    for match in matches:
        begin = _begin(text, match.start())
        before = text[begin : match.start()]
        clause = _STOP.split(before)[-1] + match.group()
        if topic in _of_year() and _lexicon().yearly.search(clause) is None:
            continue
        if match["none"] and _lexicon().aim.search(before + match.group()):
            continue  # 目标是全年零轻伤
        if _lexicon().narrow.search(before) is None and _is_open(text, match.start("said")):
            label = match["label"] or match["none"] or match["zero"]
            start = match.start("said")
            yield Count(topic, label, 0, "", _year(before + match.group()), True, True, start, match.end())


def _is_open(text: str, start: int) -> bool:
    """Whether the clause of a nil holds nothing before it but its time and the company."""
    begin = max(
        (found.end() for found in _STOP.finditer(text, max(0, start - SENTENCE), start)), default=None
    )
    if begin is None:
        begin = max(0, start - SENTENCE)
    return _lexicon().opening.fullmatch(text[begin:start]) is not None


def _counted(text: str, topic: str, matches: Iterator[re.Match[str]]) -> Iterator[Count]:
    for match in matches:
        number = int(re.sub(r"[,，]", "", match["number"] or match["number2"]))
        start = match.start("said")
        if not number or not _is_open(text, start):
            continue
        begin = _begin(text, start)
        before = text[begin:start]
        lexicon = _lexicon()
        clause = re.split(r"[，,；;]", before)[-1]
        if lexicon.narrow.search(before) or lexicon.aim.search(clause):
            continue
        yield Count(
            topic,
            match["label"] or match["label2"],
            number,
            match["unit"] or match["unit2"],
            _year(before + match.group()),
            lexicon.yearly.search(before + match.group()) is not None,
            lexicon.company.search(re.split(r"[，,；;：:]", before)[-1]) is not None,
            start,
            match.end(),
        )


def _begin(text: str, start: int) -> int:
    """Where the sentence of a place begins."""
    low = max(0, start - SENTENCE)
    return max((found.end() for found in _END.finditer(text, low, start)), default=low)


def _year(words: str) -> int | None:
    found = _YEAR.findall(words)
    return int(found[-1]) if found else None


class _Lexicon(Struct, frozen=True):
    opening: re.Pattern[str]
    narrow: re.Pattern[str]
    aim: re.Pattern[str]
    yearly: re.Pattern[str]
    company: re.Pattern[str]


def _around(text: str, labels: re.Pattern[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern around its labels, each once."""
    done = 0
    for label in labels.finditer(text):
        begin = max(done, label.start() - AHEAD)
        for match in pattern.finditer(text, begin, label.end() + BEHIND):
            done = match.end()
            yield match


_Denied = tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str]]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "counts.yaml")
    return data


@cache
def _lexicon() -> _Lexicon:
    data = _data()
    # possessive: 报告期内 can be read as 报告期 and 内, too
    opening = rf"(?:{either(data['opening'])}|20\d\d\s?年(?:度|全年)?|[\s·•*-])*+"
    return _Lexicon(
        re.compile(opening),
        re.compile(either(data["narrow"])),
        re.compile(either(data["aims"])),
        re.compile(rf"{either(data['yearly'])}|20\d\d\s?年"),
        re.compile(either(data["company"])),
    )


def _before_label(data: dict[str, Any], *verbs: str) -> str:
    words = [word for key in verbs for word in data[key]]
    return rf"(?:{either(words)}了?过?){{0,2}}"


def _count_pattern(data: dict[str, Any], labels: list[str], units: list[str], *verbs: str) -> re.Pattern[str]:
    label, unit, verb = either(labels), either(units), _before_label(data, *verbs)
    link = rf"(?:{either(data['links'])}|\s){{0,3}}"
    if "人次" in units:  # 培训86场，覆盖2,680人次
        link = rf"(?:{either([*data['links'], *data['attended']])}|\s){{0,3}}"
        link = rf"(?:\d{{1,4}}\s?[场次期项](?:次)?[，,、]?)?{link}"
    number2 = _NUMBER.replace("number", "number2")
    return re.compile(
        rf"(?P<said>{verb}(?P<label>{label}){link}{_NUMBER}\s?(?P<unit>{unit}){_NOT_BEHIND}"
        rf"|{verb}{number2}\s?(?P<unit2>{unit})\s?的?\s?(?P<label2>{label})(?=\s?[里中都均已，,。；;、（(\n]|\Z))"
    )


@cache
def _denied() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]], tuple[_Denied, ...]]:
    """Any label; the topics that a label, or a part of it, belongs to; the topics."""
    data = _data()
    topics: list[_Denied] = []
    for entry in data["denied"]:
        label = either(entry["nil"])
        nil = re.compile(
            rf"(?P<said>{either(data['not'])}{either(data['happened'])}?过?{either(data['any'])}{{0,2}}(?P<label>{label})"
            rf"{either(data['behind'])}{{0,2}}|{either(data['reached'])}?[零0](?P<none>{label})|(?P<zero>{label}){either(data['behind'])}?(?:数量?|次数)?"
            rf"(?:[为是：:]\s?[0零]\s?{either(data['units'])}?|\s?[0零]\s?{either(data['units'])}))"
            r"(?=[，,。；;！\n]|\Z|[、和及与][^，,。；;！\n重较涉特]{0,24}(?:[，,。；;！\n]|\Z))"
        )
        counted = _count_pattern(data, entry["counts"], data["units"], "happened", "handled")
        labels = re.compile(either([*entry["nil"], *entry["counts"]]))
        topics.append((entry["id"], labels, nil, counted))
    words = {word for entry in data["denied"] for key in ("nil", "counts") for word in entry[key]}
    topics_of = {word: tuple(entry[0] for entry in topics if entry[1].search(word)) for word in words}
    return re.compile(either(sorted(words))), topics_of, tuple(topics)


@cache
def _totals() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str], re.Pattern[str]], ...]:
    data = _data()
    return tuple(
        (
            entry["id"],
            tuple(entry["core"]),
            re.compile(either(entry["labels"])),
            _count_pattern(data, entry["labels"], entry["units"], "held"),
        )
        for entry in data["totals"]
    )


def home(topic: str) -> tuple[str, ...]:
    """The items (by key) in which a bare total of an activity is the company's."""
    return _homes()[topic]


def is_yearly(topic: str) -> bool:
    """Whether a count of a topic is the year's without saying so."""
    return topic in _always()


@cache
def _of_year() -> frozenset[str]:
    return frozenset(entry["id"] for entry in _data()["denied"] if entry.get("of_year"))


@cache
def _always() -> frozenset[str]:
    return frozenset(entry["id"] for entry in _data()["totals"] if entry.get("always"))


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    return {entry["id"]: tuple(entry["home"]) for entry in _data()["totals"]}
