"""The figures and stated nils of an answer, in order; a bare number has the unit that stands near it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from checker.reading.asked import kind_of as asked_kind
from checker.reading.quotes import is_row
from checker.text.ground.nil import NilStatement, find_nils
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.unit_words import head_unit, kind_of

_LED = re.compile(r"([^：:。；;，,]{1,20})[：:]")  # what leads a line
_EACH = re.compile(r"人均\s?[（(]?(h|小时|学时|课时|时数)")
_LINE = re.compile(r"[^\n]+")
_PERSONS = re.compile(
    r"(?<![年内上下])(?:在册|在岗|年末|男|女|男性|女性|员工|职工|女工|离职|入职|新招|新进|录用)[：:]?\s?(?=\d)"
)
_WIDE = "｜"
_CELL = re.compile(r"[\t|｜]")
_PER = re.compile(r"单[只件套位台吨]|每|/[件只套吨台]|万元产值")
_SUMMED = frozenset({"emission", "energy", "mass", "volume", "money", "count_person"})
_SCALES = ("thousand", "million", "billion")
_UNIT = re.compile(r"\s?([A-Za-z]{1,4}[³23]?)(?![A-Za-z])")
_HEADED = re.compile(r"[（(]([^（()）]{1,12})[）)]\s*$")  # 危废（t）
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,/:：≤≥<>#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![.,]?\d)(?!\s?[A-Za-z%‰/:：万亿千年月日号–~-])"
)
_HEADS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?![.,]?\d)(?!\s?[A-Za-z%‰万亿年月日号–~-]|/\S)")
_SUM = re.compile(r"(?:共|合计|合共|总计|共计|总共|[=＝])(?:约|为|是|达)?\s?$")  # leads to a total
_ADDENDS = re.compile(r"\s?(?:[=＝]|[，,：:（(]\s?其中[：:]?)([^。；;\n）)]+)")  # follow a total
_STRETCH = re.compile(r"[：:。；;\n（(]")  # where the addends before a total begin
_ZERO = re.compile(
    r"(?:工亡|死亡|重伤|轻伤|伤亡|召回|事故|处罚|罚单|罚款|诉讼|仲裁|投诉|举报|案件|泄露|泄密|泄漏|违规|违法|超标|歧视|职业病|疑似)"
    r"\s?[0０](?=\s*(?:[，,；;。、\n）)/|]|$))"
)
_LABEL = re.compile(r"([一-龥]{1,4})\s?$")
_AIMED = r"\s?(?:≤|≥|不超过?|不高于|不低于|控制在)\s?$"
_RESULTS = re.compile(r"(?:实际|实绩|实测|完成)[^。；;\n]*$")  # a sentence of results, up to a number of it
_REACHED = re.compile(r"^[，,；;（(\s]*(?:实际|实绩|实测)[为是达到]{0,2}\s?$")


class WrittenFigure(NamedTuple):
    """Where a figure stands; one without a quantity is a stated nil."""

    start: int
    end: int
    quantity: Quantity | None


Stated = tuple[int, int, Quantity | None]  # where a figure stands; a stated nil is one without a quantity


def figures_of(answer: str, known: Sequence[Stated] | None = None) -> tuple[WrittenFigure, ...]:
    """Its figures and stated nils; known are those that were found in it before."""
    found: list[WrittenFigure] = []
    if _WIDE in answer:  # a table that is drawn with wide strokes; the positions stay
        answer, known = answer.replace(_WIDE, "|"), None
    stated = amounts_in(answer) if known is None else _with_zeros(answer, known)
    for start, end, quantity in stated:
        before = found[-1].quantity if found else None
        led = quantity and _as_aimed(answer, _led(answer, quantity, before), found)
        found.append(WrittenFigure(start, end, led))
    taken = [range(figure.start, figure.end) for figure in found]
    for figure in (*_headed(answer), *_persons(answer), *_addends(answer, found)):
        if not any(figure.start in each or figure.end - 1 in each for each in taken):
            taken.append(range(figure.start, figure.end))
            found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.start))


def _headed(answer: str) -> Iterator[WrittenFigure]:
    """Bare numbers of a line whose lead is a unit or names one in brackets: 危废（t）：铝灰 1,240、漆渣 74."""
    for line in _LINE.finditer(answer):
        lead = _LED.match(line.group())
        unit = lead and _named(lead.group(1))
        if not lead or not unit or is_row(line.group()):
            continue
        for number in _NUMBER.finditer(answer, line.start() + lead.end(), line.end()):
            yield _written(number, unit)


def _persons(answer: str) -> Iterator[WrittenFigure]:
    """Bare numbers behind a word for persons: 在册 486：男 322 / 女 164."""
    for word in _PERSONS.finditer(answer):
        if number := _HEADS.match(answer, word.end()):
            yield _written(number, "人")


def _addends(answer: str, found: Sequence[WrittenFigure]) -> Iterator[WrittenFigure]:
    """Bare numbers that add up to a total, which alone names their unit: 范围一 29,560、范围二 60,900，共 90,460 t."""
    for quantity in [figure.quantity for figure in found]:
        if quantity is None or quantity.kind not in _SUMMED or quantity.exact != "exact":
            continue
        before = answer[: quantity.start]
        begins = max((mark.end() for mark in _STRETCH.finditer(before)), default=0)
        ahead = _ADDENDS.match(answer, quantity.end)
        for start, end in (
            (begins, quantity.start if _SUM.search(before) else begins),
            ahead.span(1) if ahead else (0, 0),
        ):
            numbers = list(_NUMBER.finditer(answer, start, end))
            if len(numbers) > 1 and sum(map(_value, numbers)) == Decimal(quantity.value):
                yield from (_written(number, quantity.unit) for number in numbers)


def _value(number: re.Match[str]) -> Decimal:
    return Decimal(number[0].replace(",", ""))


def _written(number: re.Match[str], unit: str) -> WrittenFigure:
    start, end = number.span()
    value = number[0].replace(",", "")
    quantity = Quantity(number[0], start, end, value, unit, kind_of(unit), "exact")
    return WrittenFigure(start, end, quantity)


def _named(lead: str) -> str:
    """The unit that a lead names in brackets at its end, or that it is."""
    bracket = _HEADED.search(lead)
    named = bracket[1] if bracket else lead.strip()
    unit = head_unit(named)[0]
    return unit if unit and named.removeprefix("单位").lstrip("：: ").endswith(unit) else ""


def together(quantities: Iterable[Quantity], nils: Iterable[NilStatement]) -> tuple[Stated, ...]:
    """Figures and stated nils, in order."""
    found: list[Stated] = [(quantity.start, quantity.end, quantity) for quantity in quantities]
    found += [(nil.start, nil.end, None) for nil in nils]
    return tuple(sorted(found, key=lambda each: each[:2]))


@lru_cache(maxsize=2048)
def amounts_in(words: str) -> tuple[Stated, ...]:
    """Where words tell a figure or a stated nil."""
    return _with_zeros(words, together(find_quantities(words), find_nils(words)))


def _with_zeros(words: str, stated: Sequence[Stated]) -> tuple[Stated, ...]:
    found: list[Stated] = [(*zero.span(), None) for zero in _ZERO.finditer(words)]
    return tuple(sorted([*stated, *found], key=lambda each: each[:2])) if found else tuple(stated)


def _led(answer: str, quantity: Quantity, before: Quantity | None) -> Quantity:
    """A bare number with the unit that the lead of its line names: 危废 t：铝灰286.3、污泥38.2.

    What was reached is told in the unit of what was aimed at (目标20.9 kg/件，实际20.7).
    """
    if quantity.unit in _SCALES:  # 5.28 million m³ amid Chinese words
        behind = _UNIT.match(answer, quantity.end)
        known = kind_of(behind[1]) if behind else "number"
        return quantity._replace(unit=behind[1], kind=known) if behind and known != "number" else quantity
    if quantity.unit:
        return quantity
    if before is not None and before.unit and _REACHED.search(answer[before.end : quantity.start]):
        return quantity._replace(unit=before.unit, kind=before.kind)
    if before is not None and before.kind == "money" and _is_elided(answer, before, quantity):
        return quantity._replace(unit=before.unit, kind="money")
    start = answer.rfind("\n", 0, quantity.start) + 1
    lead = answer[start : quantity.start]
    if is_row(lead):
        if a_head := _EACH.search(_column(answer, start, len(_CELL.split(lead)))):
            return quantity._replace(unit=f"{a_head[1]}/人", kind="rate")
        label = next((cell for cell in _CELL.split(lead) if cell.strip()), "")
        return _labelled(quantity, label, _table_lead(answer, start))
    found = _LED.match(lead)
    unit = head_unit(found.group(1))[0] if found else ""
    return quantity._replace(unit=unit, kind=kind_of(unit)) if unit else quantity


def _as_aimed(answer: str, quantity: Quantity, found: Sequence[WrittenFigure]) -> Quantity:
    """A bare result with the unit in which its namesake was aimed at: 目标：电≤1,980kWh/t。实绩：电1,951."""
    ahead = answer[: quantity.start]
    label = None if quantity.unit or not _RESULTS.search(ahead) else _LABEL.search(ahead)
    if label is None:
        return quantity
    named = re.compile(f"{label[1]}{_AIMED}")
    for figure in found:
        aimed = figure.quantity
        if aimed is not None and aimed.unit and named.search(answer[: aimed.start]):
            return quantity._replace(unit=aimed.unit, kind=aimed.kind)
    return quantity


def _is_elided(answer: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a sum leaves its currency to the one before it: 总盘9,600万元，低碳2,304万."""
    between = answer[before.end : quantity.start]
    return quantity.text.strip()[-1:] in ("万", "亿") and not re.search(r"[。；;\n]", between)


def _column(answer: str, row: int, cells: int) -> str:
    """What heads the column in which a number of a row stands, so many cells behind the row's start."""
    head = ""
    for line in reversed(answer[:row].splitlines()):
        if not is_row(line):
            break
        head = line
    heads = _CELL.split(head)
    return heads[cells - 1] if len(heads) >= cells else ""


def _table_lead(answer: str, row: int) -> str:
    """The line that leads to the table of a row, where it ends with a colon: 其中（万元）：."""
    for line in reversed(answer[:row].splitlines()):
        if not is_row(line):
            return line.rstrip().rstrip("：:") if line.rstrip().endswith(("：", ":")) else ""
    return ""


def _labelled(quantity: Quantity, label: str, lead: str) -> Quantity:
    """A bare number of a table's row with the unit that the row's first cell names: 外购电（万千瓦时）.

    Or that the line above the table does.
    """
    unit = head_unit(label)[0] or (_named(lead) if lead else "")
    if not unit:
        return quantity
    kind = "rate" if _PER.search(label) else asked_kind(unit) or kind_of(unit)
    return quantity._replace(unit=unit, kind=kind)
