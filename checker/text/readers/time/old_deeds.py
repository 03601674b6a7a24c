"""Deeds of an earlier year in a passage of an answer that says nothing of the reporting year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.passages import Passages, Sentence
from checker.text.ground.spans import Span, span
from checker.text.readers.time.earlier_years import is_compared
from frameworks.ground.yaml import load_data

BARE = 12  # characters of a clause that is nothing but a date
LATEST = 5  # years back; what is older is history

_OF_THAT_YEAR = "当年"  # in an answer that opens with its year: 2022年…占当年支出18%
_YEAR = re.compile(
    r"(?<![\d.〔\[A-Za-z-])((?:19|20)\d\d)(?=\s?年|\s?[./-]\s?\d{1,2}(?!\d)|\s?[-—~至]\s?20\d\d)"
)
_LABEL = re.compile(r"[^，,。：:；;\d]{1,10}[：:]|[^，,。：:；;\d]{2,8}方面[，,]")
_CLAUSE = re.compile("[^，,；;]{1,32767}")
_BRACKETS = re.compile("[（(][^（）()]{0,60}[）)]")
_FIGURE = re.compile(r"\d")
_DATED = re.compile(r"(?:19|20)\d\d\s?年?")


class _Words(Struct, frozen=True):
    hired: re.Pattern[str]
    event: re.Pattern[str]
    spent: re.Pattern[str]
    done: re.Pattern[str]
    standing: re.Pattern[str]
    compared: re.Pattern[str]
    inventory: re.Pattern[str]
    lasting: re.Pattern[str]
    opens: re.Pattern[str]


def find_old_deeds(
    text: str, masked: str, passages: Passages, year: int, is_current: Callable[[str], bool]
) -> Iterator[Span]:
    """Sentences whose passage (a line, or a sentence with its label) holds no word of the reporting year."""
    current = "\n".join(
        sentence for part in passages.sentences if is_current(sentence := masked[part.start : part.end])
    )
    for block in _blocks(masked, passages):
        told = [masked[part.start : part.end] for part in block]
        if any(is_current(sentence) for sentence in told):
            continue
        undated = any(_FIGURE.search(sentence) and not _YEAR.search(sentence) for sentence in told)
        for part, sentence in zip(block, told, strict=True):
            if _is_old(sentence, year, undated=undated, current=current):
                yield span(text, part.start, part.end)
    yield from _inventories(text, masked, passages, year)


def find_past_alone(
    text: str, masked: str, passages: Passages, year: int, is_current: Callable[[str], bool]
) -> Iterator[Span]:
    """The first sentence of an answer that opens with an earlier year and says nothing of any other.

    2022年抽了6个管理人员的守则签字. What stands since that year is no deed of it.
    """
    opened = _words().opens.match(masked)
    if (
        opened is None
        or is_current(masked.replace(_OF_THAT_YEAR, ""))
        or not year - LATEST <= int(opened[1]) < year
    ):
        return
    words, first = _words(), next(iter(passages.sentences))
    lasts = words.standing.search(_said(masked[first.start : first.end], opened.end())) is not None
    if not lasts and not words.compared.search(masked) and not words.lasting.search(masked):
        yield span(text, first.start, first.end)


def _is_old(sentence: str, year: int, *, undated: bool, current: str) -> bool:
    words = _words()
    sentence = _BRACKETS.sub("", sentence)  # a year in brackets is compared with
    years = [int(found) for found in _YEAR.findall(sentence)]
    if not years or not year - LATEST <= max(years) < year or words.compared.search(sentence):
        return False
    if is_compared(sentence, max(years)):
        return False
    if words.hired.search(sentence):
        return True
    spent = words.spent.search(sentence)
    if words.standing.search(_said(sentence, spent.start()) if spent is not None else sentence):
        return False
    if spent is not None or words.event.search(sentence):
        return True
    deeds = words.done.findall(sentence)
    if undated or not deeds or any(deed in current for deed in deeds):
        return False
    return _FIGURE.search(_DATED.sub("", sentence)) is not None


def _said(sentence: str, position: int) -> str:
    """The clause of the year, with the next where it is nothing but the year, and that of a place."""
    first = _YEAR.search(sentence)
    clauses = list(_CLAUSE.finditer(sentence))
    at = next(place for place, clause in enumerate(clauses) if first is None or clause.end() > first.start())
    dated = clauses[at].group() + (
        clauses[at + 1].group() if len(clauses[at].group()) <= BARE and at + 1 < len(clauses) else ""
    )
    return dated + "".join(clause.group() for clause in clauses if clause.start() <= position < clause.end())


def _blocks(masked: str, passages: Passages) -> Iterator[list[Sentence]]:
    """The sentences of each line; a sentence with a label of its own begins another passage."""
    block: list[Sentence] = []
    for part in passages.sentences:
        if part.is_table or part.is_heading:
            continue
        labelled = _LABEL.match(masked, part.start, part.end) is not None
        if block and (labelled or part.paragraph != block[-1].paragraph):
            yield block
            block = []
        block.append(part)
    if block:
        yield block


def _inventories(text: str, masked: str, passages: Passages, year: int) -> Iterator[Span]:
    """完成2023年碳排放核查，数据如下: figures of an earlier year that are all there is."""
    for part in passages.sentences:
        found = list(_words().inventory.finditer(masked, part.start, part.end))
        if found and year - LATEST <= int(found[-1]["year"]) < year:
            behind = masked[part.end :]
            if not re.search(rf"{year}|{year % 100}\s?年", behind) and _FIGURE.search(behind):
                yield span(text, part.start, part.end)


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "periods.yaml")
    deeds: dict[str, list[str]] = data["deeds"]
    hired = rf"(?:{either(data['hired'])})了?[^，,。；;\n\d]{{0,16}}\d{{1,4}}\s?余?[人名位]"
    return _Words(
        hired=re.compile(hired),
        event=re.compile(rf"(?:19|20)\d\d\s?年[^，,。；;\n]{{0,24}}{either(deeds['shows'])}"),
        spent=re.compile(
            rf"{either(deeds['spent'])}[^，,。；;\n\d]{{0,12}}\d|{either(deeds['added'])}[^，,。；;\n\d]{{0,3}}\d"
        ),
        done=re.compile(either([*data["activities"], *data["events"], *deeds["done"]])),
        standing=re.compile(f"{either(deeds['standing'])}|[年月日]起"),
        compared=re.compile(f"{either(deeds['compared'])}|{data['spans']}|每[一二两三四五\\d]年"),
        lasting=re.compile(either(deeds["lasting"])),
        opens=re.compile(rf"[^\w《]{{0,6}}{either(deeds['openers'])}?[^\w《]{{0,2}}((?:19|20)\d\d)\s?年"),
        inventory=re.compile(
            rf"(?P<year>20\d\d)\s?年度?[^，,。；;\n]{{0,12}}?{either(deeds['inventories'])}[^。；;\n]{{0,16}}如下"
        ),
    )
