"""What a clerk ticked where 是, 否 or 不适用 answer a question: in a column of its own, by boxes, or in words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from frameworks.ground.yaml import load_data
from questionnaire.cells import squeeze
from questionnaire.schema import Item
from questionnaire.vocabulary import NotApplicablePolicy, Option

NOT_APPLICABLE = "not-applicable"
_HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST = 60  # characters of a cell that holds boxes and nothing else


class Tick(NamedTuple):
    """An option with the words that say it; None where 不适用 was ticked."""

    option: Option | None
    words: str


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("questionnaire.data", "options.yaml")
    return data


def labels(item: Item) -> list[str]:
    """What the template offers for an item, in the language of its question."""
    offered = _offered(item.question)
    never = item.not_applicable is NotApplicablePolicy.NO
    return [label for key, label in offered.items() if not (never and key == NOT_APPLICABLE)]


def label_of(option: Option, question: str) -> str:
    """An option as the template writes it beside a question."""
    return _offered(question)[option.value]


def _offered(question: str) -> dict[str, str]:
    offered: dict[str, str] = _data()["labels"]["zh" if _HAN.search(question) else "en"]
    return offered


def tick_in(cell: str) -> Tick | None:
    """What a cell that holds nothing but an option says; None for other text."""
    letters = squeeze(cell[:LONGEST])
    for key, names in _names().items():
        if letters in names:
            return _tick(key, cell.strip())
    return _boxed(cell) if len(cell) <= LONGEST else None


def is_untouched(cell: str) -> bool:
    """Whether a cell only offers options, none of them ticked."""
    line = _unboxed(cell)
    marks, rest = set(_data()["ticked"]), _words().sub("", line)
    return not any(mark in line for mark in marks) and not squeeze(
        rest.strip(_data()["unticked"] + " 　/／、")
    )


def offers_only(text: str) -> bool:
    """Whether an answer is nothing but the form's own boxes, none of them ticked."""
    boxes = _data()["unticked"]
    return len(text) <= LONGEST and any(mark in boxes for mark in _unboxed(text)) and is_untouched(text)


def leading_tick(text: str) -> Tick | None:
    """The option with which an answer begins, or the one of its boxes that is ticked; None where there is none."""
    if (boxed := _boxed(text.split("\n", 1)[0])) is not None:
        return boxed
    head = _prefix().sub("", text.lstrip())
    found = _leading().match(head)
    if found is None:
        return None
    words = found.group()
    key = next(key for key, names in _names().items() if squeeze(words) in names)
    return _tick(key, words)


def _tick(key: str, words: str) -> Tick:
    return Tick(None if key == NOT_APPLICABLE else Option(key), words)


def _boxed(line: str) -> Tick | None:
    """The option whose box alone is ticked."""
    line = _unboxed(line)
    marks = _data()["ticked"] + _data()["unticked"]
    if not any(mark in line for mark in _data()["ticked"]):
        return None
    found = list(_words().finditer(line))
    if not found:
        return None
    before = any(mark in marks for mark in line[: found[0].start()])
    ends = [match.start() for match in found[1:]] + [len(line)]
    ticked = []
    for number, match in enumerate(found):
        behind = found[number - 1].end() if number else 0
        beside = line[behind : match.start()] if before else line[match.end() : ends[number]]
        near = beside.rstrip()[-1:] if before else beside.lstrip()[:1]
        if near and near in _data()["ticked"]:
            ticked.append(match.group())
    if len(ticked) != 1:
        return None
    key = next(key for key, names in _names().items() if squeeze(ticked[0]) in names)
    return _tick(key, ticked[0])


def _unboxed(line: str) -> str:
    """Boxes of several letters as single marks."""
    for bracket in _data()["brackets"]:
        line = re.sub(bracket["from"], bracket["to"], line)
    return line


@cache
def _names() -> dict[str, frozenset[str]]:
    return {key: frozenset(map(squeeze, names)) for key, names in _data()["names"].items()}


def _either() -> str:
    names = sorted((name for names in _data()["names"].values() for name in names), key=len, reverse=True)
    return "|".join(rf"{re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name) for name in names)


@cache
def _prefix() -> re.Pattern[str]:
    """答： before an answer."""
    prefixes = load_data("questionnaire.data", "template.yaml")["answer_prefixes"]
    return re.compile(rf"^(?:{'|'.join(map(re.escape, prefixes))})\s?[:：]\s*")


@cache
def _words() -> re.Pattern[str]:
    """An option's word among boxes."""
    return re.compile(_either(), re.IGNORECASE)


@cache
def _leading() -> re.Pattern[str]:
    """An option's word at the head of an answer."""
    closes, goes_on = _data()["closes"], _data()["english_goes_on"]
    return re.compile(rf"(?:{_either()})(?:{closes}|(?<=[a-z]){goes_on})", re.IGNORECASE)
