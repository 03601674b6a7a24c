"""Figures whose unit cannot be told from their cell, column, row or caption, or from the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from checker.text.lexicon import either
from checker.text.quantities import Quantity
from checker.text.spans import Span
from checker.text.tables import Table
from frameworks.yamlfile import load_data

LABEL = 16  # characters before a bare number that say what it measures
BEHIND = 14  # characters behind it in which a second figure may bring the unit (由 1200 降至 1100 吨)

# 铝灰60吨、废耐火砖210、废油12吨: one of a list whose neighbour has a unit of mass, volume, energy or money
_LISTED = re.compile(
    r"\d\s?万?(?:吨|千克|公斤|立方米|升|kg|t|m³|m3|kWh|千瓦时|元)[、，](?P<figure>[\u4e00-\u9fff]{1,9}(?<![第号约型级类年月日为至到比])"
    r"[  ]?\d{1,3}(?:,?\d{3}){0,4}(?:\.\d{1,6})?)(?!\d)(?=[、。；;\n]|[，,](?!\d)|\Z)"
)
_AMOUNT = re.compile(
    r"(?<![\d.,])(?:\d[\d,]{0,12}\.\d{1,4}|\d[\d,]{0,12}(?:\.\d{1,4})?[  ]?(?P<scale>[万亿]))"
    r"(?=[。；;]|[，,](?!\s?\d)|\n|\Z)"
)
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"量?(?:总量|总额|合计|共计|累计|为|是|达到?|约|共|[:：]|\s){1,6}")


def find_unitless(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> tuple[Span, ...]:
    """Such figures: the cell with its row in a table, the figure with its label in prose."""
    found = [span for table in tables for span in _of_table(text, table)]
    found += _of_prose(text, quantities, tables)
    return tuple(found)


def _of_table(text: str, table: Table) -> Iterator[Span]:
    """The first row of each table whose column or row needs a unit and names none."""
    measured, units = _words()
    if "单位" in table.caption or "单位" in text[table.start : table.end] or units.search(table.caption):
        return
    for row in table.rows:
        if units.search(row.label):
            continue
        for at, cell in enumerate(row.cells):
            if cell.value is None or cell.percent or cell.unit:
                continue
            head = table.heads[at] if at < len(table.heads) else ""
            if units.search(head) or not (measured.search(head) or measured.search(row.label)):
                continue
            yield Span(text[row.start : row.end], row.start, row.end)
            return


def _of_prose(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> Iterator[Span]:
    measured, _ = _words()
    if _DIGIT.search(text) is None:
        return
    for match in _LISTED.finditer(text):
        yield Span(match["figure"], match.start("figure"), match.end("figure"))
    seen = []
    for match in _bare().finditer(text):
        seen.append(match.end())
        yield Span(match.group(), match.start(), match.end())
    if not _told().search(text):
        for start, end in _labelled(text):
            if end not in seen and not any(table.start <= start < table.end for table in tables):
                seen.append(end)
                yield Span(text[start:end], start, end)
    for at, quantity in enumerate(quantities):
        if quantity.unit or quantity.kind != "number" or quantity.value in ("0", ""):
            continue
        before = re.split(r"[，,。；;、\n\t]", text[max(0, quantity.start - LABEL) : quantity.start])[-1]
        label = list(measured.finditer(before))
        if not label or not _LINK.fullmatch(before[label[-1].end() :]):
            continue
        following = quantities[at + 1] if at + 1 < len(quantities) else None
        if following is not None and following.unit and following.start - quantity.end <= BEHIND:
            continue
        if quantity.end in seen:
            continue
        start = quantity.start - len(before.lstrip())
        yield Span(text[start : quantity.end], start, quantity.end)


@cache
def _bare() -> re.Pattern[str]:
    """用水量 118200。: a number right behind its label and before a stop."""
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    labels = either(data["measured"])
    return re.compile(
        rf"(?:{labels})量?[:：]?[  ]?(?!(?:19|20)\d\d\b)\d[\d,]{{2,15}}(?:\.\d{{1,6}})?(?=[，。；;、]|\n|\Z)"
    )


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    """经费26.8。 用水量3.2万，: decimals or ten thousands behind a label, before a stop and no further number.

    Ten thousands of money (投入800万) are said without their unit.
    """
    label, money = _labels()
    for match in _AMOUNT.finditer(text):
        begin = max(0, match.start() - LABEL)
        found = label.search(text, begin, match.start())
        if found and not (match["scale"] and money.match(found["label"])):
            yield found.start(), match.end()


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    labels = either((*data["measured"], *data["prose"]))
    links = either(data["links"])
    return (
        re.compile(rf"(?P<label>{labels})量?(?:{links}){{0,3}}[:：]?[  ]?\Z"),
        re.compile(either(data["money"])),
    )


@cache
def _told() -> re.Pattern[str]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    return re.compile(either(data["told"]))


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    return (
        re.compile(either(data["measured"])),
        re.compile(either(data["units"])),
    )
