"""Totals in prose: 共计 behind its parts, 其中 and 分别 before them, 由…组成."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.text.ground.measures import Measure, measure
from checker.text.ground.quantities import Quantity
from checker.text.ground.tables import Table
from checker.text.readers.sums.totals import LEAST_SHARE, MOST_SHARE, Sum, words
from frameworks.ground.yaml import load_data

MAX_PARTS = 30
GASES = ("mass", "emission")  # tonnes of gases, the gas named with their total alone
MONEY = "money"
LABEL = 14  # characters before a figure that name it

_CLOSED = re.compile(r"[（(][^（）()]{0,40}[）)]")
_STOPS = re.compile("[；;]")
_COLON = re.compile(r"\s?[:：（(]")
_SCALED, _BARE = re.compile(r"[万亿]元\Z"), re.compile(r"[万亿]\Z")
_CHUNK = re.compile(r"[^。！？!?\n]{1,32767}")


class _Term(Struct, frozen=True):
    """A figure of a sentence with the words before it."""

    measure: Measure
    before: str
    depth: int  # brackets open around it


def prose_sums(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> Iterator[Sum]:
    """The totals of sentences outside tables, before or behind their parts."""
    known = words()
    place = 0
    for chunk in _CHUNK.finditer(text):
        start, end = chunk.span()
        while place < len(quantities) and quantities[place].start < start:
            place += 1
        first = place
        while place < len(quantities) and quantities[place].start < end:
            place += 1
        if place - first < 2 or not known.trigger.search(text, start, end):
            continue
        if any(table.start <= start < table.end for table in tables):
            continue
        terms = _terms(text, start, quantities[first:place])
        if terms:
            yield from _totals_last(text, terms)
            yield from _totals_first(text, terms)
            if "成" in chunk.group():
                yield from _made_up(text, terms, start, end)


def _terms(text: str, start: int, quantities: Sequence[Quantity]) -> list[_Term]:
    terms = []
    last, depth = start, 0
    for quantity in quantities:
        between = text[last : quantity.start]
        if words().each.search(between):
            continue  # 其中线上1,650小时 is no part of 人均29.4小时
        depth += between.count("（") + between.count("(") - between.count("）") - between.count(")")
        if (found := measure(quantity)) is not None:
            terms.append(_Term(found, between[-40:], depth))
        else:
            terms.append(_Term(_open(quantity), between[-40:], depth))
        last = quantity.end
    return _as_money(terms)


def _as_money(terms: list[_Term]) -> list[_Term]:
    """Bare 万 is 万元 where another figure of the sentence says so (386万元，其中设备210万、劳保76万)."""
    if not any(_SCALED.search(term.measure.text) for term in terms if term.measure.dimension == MONEY):
        return terms
    return [
        replace(term, measure=replace(term.measure, dimension=MONEY, counted=False))
        if not term.measure.dimension and _BARE.search(term.measure.text)
        else term
        for term in terms
    ]


def _open(quantity: Quantity) -> Measure:
    zero = Decimal(0)
    return Measure(quantity.text, quantity.start, quantity.end, zero, zero, zero, "", False, False)


def _totals_last(text: str, terms: list[_Term]) -> Iterator[Sum]:
    """甲12吨、乙8吨，合计21吨"""
    known = words()
    is_total = False
    begin = 0
    for at, term in enumerate(terms):
        behind = is_total and term.before.strip() in ("、", "，", ",", "和", "及", "")
        is_total = behind or known.before_total.search(term.before) is not None
        if not is_total or at < 2:
            begin = at + 1 if is_total and not behind else begin
            continue
        parts = [part for part in terms[begin:at] if _same_kind(part, term) and part.depth <= term.depth]
        blocked = any(opened in part.before for part in terms[begin:at] for opened in known.part_of) or any(
            known.list_end.search(part.before) for part in parts
        )
        if 2 <= len(parts) <= MAX_PARTS and term.measure.dimension and not blocked:
            entry = _sum_of(text, term, parts, _best)
            if entry is not None:
                yield entry
        following = at + 1 < len(terms) and terms[at + 1].before.strip() in ("、", "，", ",", "和", "及", "")
        if not following:
            begin = at + 1


def _same_kind(part: _Term, total: _Term) -> bool:
    """Whether a part is measured as its total is: 范围1排放25,600吨 of 64,500吨二氧化碳当量, too."""
    kinds = part.measure.dimension, total.measure.dimension
    return kinds[0] == kinds[1] or (kinds == GASES and words().scope.search(part.before) is not None)


def _all(parts: list[_Term], _: _Term) -> list[_Term]:
    return parts


def _best(parts: list[_Term], total: _Term) -> list[_Term]:
    """A run of neighbouring parts that fits, else all."""
    for begin in range(len(parts) - 1):
        for end in range(len(parts), begin + 1, -1):
            if _fits(parts[begin:end], total):
                return parts[begin:end]
    return parts


def _fits(parts: list[_Term], total: _Term) -> bool:
    measures = [part.measure for part in parts]
    target = total.measure
    value = sum((entry.value for entry in measures), Decimal(0))
    if all(entry.whole for entry in (*measures, target)):
        if all(entry.counted for entry in (*measures, target)):
            return value == target.value
        half = max(entry.high - entry.value for entry in (*measures, target))
        return abs(value - target.value) <= half * (len(measures) - 1)
    low = sum((entry.low for entry in measures), Decimal(0))
    high = sum((entry.high for entry in measures), Decimal(0))
    half = target.high - target.value
    if target.whole and target.dimension != "%" and abs(value - target.value) < 2 * half:
        return True  # rounded to whole ones while its parts were not: up, down or cut off
    return low <= target.value <= high or target.low <= value <= target.high


def _sum_of(
    text: str, total: _Term, parts: list[_Term], choose: Callable[[list[_Term], _Term], list[_Term]]
) -> Sum | None:
    chosen = choose(parts, total)
    computed = sum((part.measure.value for part in chosen), Decimal(0))
    stated = total.measure.value
    fits = _fits(chosen, total)
    if not fits and not (stated > 0 and LEAST_SHARE < computed / stated < MOST_SHARE):
        return None
    return _prose_sum(text, total, chosen, fits=fits)


def _prose_sum(text: str, total: _Term, parts: list[_Term], *, fits: bool, over: bool = False) -> Sum:
    everything = [total, *parts]
    start = min(term.measure.start - _label_length(term) for term in everything)
    end = max(term.measure.end for term in everything)
    computed = sum((part.measure.value for part in parts), Decimal(0))
    label = re.sub(r"\s", "", re.split(r"[，,；;：:、（(]", total.before)[-1])[-LABEL:]
    scale, unit = _written(total.measure)
    return Sum(
        start, end, label, tuple(part.measure.text for part in parts), total.measure.value / scale,
        computed / scale, unit, fits, total.measure.start, over,
    )  # fmt: skip


def _written(total: Measure) -> tuple[Decimal, str]:
    """How much one of the written unit is worth, and the unit: 200, 万元 → 10000, 万元."""
    found = re.search(r"(\d[\d,，]{0,24}(?:\.\d{1,8})?)\s?([^\d\s]{0,12})\Z", total.text)
    number = Decimal(re.sub(r"[,，]", "", found.group(1))) if found else Decimal(0)
    if found is None or not number or not total.value:
        return Decimal(1), "" if total.dimension in _units() else total.dimension
    return total.value / number, found.group(2)


def _label_length(term: _Term) -> int:
    """How many characters before a figure are its label."""
    return len(re.split(r"[，,；;：:、。（()）]", term.before)[-1].lstrip())


def _totals_first(text: str, terms: list[_Term]) -> Iterator[Sum]:
    """总数520人，其中男410人、女120人"""
    known = words()
    for at, term in enumerate(terms[1:], 1):
        opened = list(known.opener.finditer(_CLOSED.sub("", term.before)))
        counted = known.before_total.search(terms[at - 1].before) is not None
        colon = _COLON.match(term.before) if counted else None
        pair = at + 1 < len(terms) and _pair(term, terms[at + 1])
        if not opened and not colon and not (pair and known.whole.search(terms[at - 1].before[-LABEL:])):
            continue
        dimension = term.measure.dimension
        total = terms[at - 1]
        if not dimension or total.measure.dimension != dimension:
            continue
        if _is_difference(terms, at - 1):
            entry = _above_all(text, terms, at, known.opener.search(term.before) is not None)
            if entry is not None:
                yield entry
            continue
        if known.list_end.search(total.before[-4:]):
            continue
        parts = _listed_parts(terms, at, dimension, total.depth, MAX_PARTS if opened or colon else 2)
        if opened and known.list_end.search(_CLOSED.sub("", term.before)[opened[-1].end() :]):
            continue
        halves = len(parts) >= 2 and _pair(parts[0], parts[1])
        if halves or (len(parts) >= 2 and known.rest.search(parts[-1].before)):
            chosen = parts[:2] if halves else parts
            fits = _fits(chosen, total)
            yield _prose_sum(text, total, chosen, fits=fits)
        elif colon and len(parts) >= 2 and not opened:
            entry = _sum_of(text, total, parts, _all)
            if entry is not None and "等" not in text[entry.end : entry.end + 4]:
                yield entry
        elif opened and parts and not (len(parts) == 1 and total.before.lstrip().startswith("、")):
            entry = _above(text, total, parts)  # 内荐35人，其中女性44人 behind other parts: of them all
            if entry is not None:
                yield entry


def _is_difference(terms: list[_Term], at: int) -> bool:
    """Whether a figure says how far another one is from an earlier one (比2023年的6,020吨少160吨)."""
    known = words()
    if known.difference.search(terms[at].before) is None:
        return False
    own = re.split(r"[，,；;]", terms[at].before)
    compared = known.compared.search(own[-1]) is not None
    return compared or (
        len(own) == 1
        and at > 0
        and known.compared.search(re.split(r"[，,；;]", terms[at - 1].before)[-1]) is not None
    )


def _above_all(text: str, terms: list[_Term], at: int, opened: bool) -> Sum | None:
    """Parts behind a comparison that exceed both the difference and the amount that was compared."""
    known = words()
    first = next(
        (place for place in range(at - 1, -1, -1) if known.compared.search(terms[place].before)), at - 1
    )
    dimension = terms[at].measure.dimension
    total = terms[first - 1] if first else None
    if not opened or total is None or total.measure.dimension != dimension:
        return None
    parts = _listed_parts(terms, at, dimension, total.depth, MAX_PARTS)
    entry = _above(text, total, parts) if parts else None
    return entry if entry is not None and not entry.fits else None


def _made_up(text: str, terms: list[_Term], start: int, end: int) -> Iterator[Sum]:
    """总额86万元，由甲52万元、乙11万元、丙13万元组成: the list says that it is whole."""
    known = words()
    for match in known.made_up.finditer(text, start, end):
        inside = [at for at, term in enumerate(terms) if match.start() <= term.measure.start < match.end()]
        if len(inside) < 2 or known.made_up_in_part.search(match.group()):
            continue
        places = [at for at in (inside[0] - 1, inside[-1] + 1) if 0 <= at < len(terms)]
        for place in places:
            total = terms[place]
            parts = [terms[at] for at in inside]
            near = (
                match.start() - total.measure.end <= 3
                if place < inside[0]
                else known.before_total.search(total.before) is not None
            )
            if (
                near
                and total.measure.dimension
                and {part.measure.dimension for part in parts} == {total.measure.dimension}
            ):
                entry = _sum_of(text, total, parts, _all)
                if entry is not None:
                    yield entry
                break


def _listed_parts(terms: list[_Term], at: int, dimension: str, depth: int, most: int) -> list[_Term]:
    known = words()
    parts: list[_Term] = []
    for place, term in enumerate(terms[at : at + most]):
        head = term.before
        left = term.depth < max(depth, terms[at].depth)  # the brackets in which the parts began
        if place and (known.opener.search(head) or known.before_total.search(head) or left):
            break
        if known.list_end.search(head) or "；" in head or ";" in head:
            if place:
                break
            if (opened := known.opener.search(head)) is None or _STOPS.search(head, opened.end()):
                continue  # behind ；其中 the parts begin
        if term.measure.dimension == dimension and term.depth <= terms[at].depth:
            parts.append(term)
        elif parts and head.lstrip().startswith("、"):
            return []  # the list goes on in another unit: 生日会12次、住院探望27人次
    return parts


def _above(text: str, total: _Term, parts: list[_Term]) -> Sum | None:
    """Parts that exceed their whole; silent where they may overlap (女员工, 35 岁以下)."""
    for part in parts:
        if part.measure.low > total.measure.high:
            return _prose_sum(text, total, [part], fits=False, over=True)
    if len(parts) < 2 or not (total.measure.dimension in words().disjoint or _listed_together(parts)):
        return None
    low = sum((part.measure.low for part in parts), Decimal(0))
    value = sum((part.measure.value for part in parts), Decimal(0))
    whole = total.measure.whole and all(part.measure.whole for part in parts)
    margin = (total.measure.high - total.measure.value) * (len(parts) - 1) if whole else None
    above = value - total.measure.value > margin if margin is not None else low > total.measure.high
    likely = total.measure.value > 0 and value / total.measure.value < MOST_SHARE
    if above and likely:
        return _prose_sum(text, total, parts, fits=False, over=True)
    if _fits(parts, total):
        return _prose_sum(text, total, parts, fits=True)
    return None


def _listed_together(parts: list[_Term]) -> bool:
    """Whether parts are told in one breath (甲5次、乙4次) and none may be counted under another, too."""
    breath = all(part.before.startswith(("、", "和", "及", "与")) for part in parts[1:])
    return breath and not any(words().overlapping.search(part.before) for part in parts)


def _pair(one: _Term, other: _Term) -> bool:
    """Whether two figures are the two halves of a whole, by their labels."""
    labels = [re.split(r"[，,；;：:、（(）)。]|其中", term.before)[-1].strip() for term in (one, other)]
    labels = [words().label_end.sub("", label) for label in labels]
    for first, second in words().pairs:
        if (labels[0] in first and labels[1] in second) or (labels[0] in second and labels[1] in first):
            return True
    return False


@cache
def _units() -> frozenset[str]:
    data: dict[str, Any] = load_data("checker.data", "figures.yaml")
    return frozenset(data["dimensions"])
