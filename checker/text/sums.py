"""Totals and their parts, in tables and in prose, and whether they add up within the digits stated.

Only labelled totals are read (合计, 总计, 小计, 共计), or an unlabelled last column that the other rows of its table
show to be the sum. Where several readings of a total are possible (subtotals, 其中) one that fits is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from checker.text.measures import Measure, measure
from checker.text.quantities import Quantity
from checker.text.tables import Cell, Row, Table
from frameworks.yamlfile import load_data

LEAST_SHARE, MOST_SHARE = (
    Decimal("0.5"),
    Decimal(2),
)  # guessed: further off, the parts are not the total's parts
SLIP = Decimal("0.05")  # guessed: a loosely labelled total must come this near
MAX_PARTS = 30
LABEL = 14  # characters before a figure that name it

_COLON = re.compile(r"\s?[:：（(]")
_WHOLE = re.compile(r"总|共|员工|职工|人员|人数|在册")
_MADE_UP = re.compile(r"由(?!于|此)[^由。；;\n]{6,160}?(?:组成|构成)")
_CHUNK = re.compile(r"[^。！？!?\n]{1,32767}")


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with its parts; ``computed`` is what they add up to, ``over`` that they only exceed it."""

    start: int  # of the words that show it: the row, or the prose from its first figure on
    end: int
    label: str
    parts: tuple[str, ...]  # as written
    stated: Decimal
    computed: Decimal
    unit: str
    fits: bool
    at: int  # where the total's figure stands
    over: bool = False

    @property
    def difference(self) -> Decimal:
        """How far the parts are above the total."""
        return self.computed - self.stated


@dataclass(frozen=True, slots=True)
class _Words:
    total: re.Pattern[str]
    weak: re.Pattern[str]
    subtotal: re.Pattern[str]
    part_of: tuple[str, ...]
    not_added: re.Pattern[str]
    trigger: re.Pattern[str]
    before_total: re.Pattern[str]
    opener: re.Pattern[str]
    list_end: re.Pattern[str]
    rest: re.Pattern[str]
    overlapping: re.Pattern[str]
    compared: re.Pattern[str]
    difference: re.Pattern[str]
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    disjoint: frozenset[str]


def find_sums(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> tuple[Sum, ...]:
    """All totals of a text whose parts stand beside them, those that fit and those that do not."""
    found = [entry for table in tables for entry in _of_table(table)]
    if len(quantities) > 1 and _words().trigger.search(text):
        found += _of_prose(text, quantities, tables)
    return tuple(found)


# --- tables ---------------------------------------------------------------------------------------------------


def _of_table(table: Table) -> Iterator[Sum]:
    yield from _rows(table)
    yield from _columns(table)


def _is_total(label: str) -> bool:
    return len(label) <= 24 and _words().total.search(re.sub(r"\s", "", label)) is not None


def _rows(table: Table) -> Iterator[Sum]:
    """Totals at the end (or the beginning) of rows."""
    words = _words()
    heads = table.heads
    added = [not words.not_added.search(head) for head in heads]
    named = [at for at, head in enumerate(heads) if added[at] and _is_total(head)]
    loose = not named
    if loose:
        last = len(heads) - 1
        if last < 2 or not added[last]:
            return
        named = [last]
    for place in named:
        sums = [
            entry
            for row in table.rows
            if not words.not_added.search(row.label) and (entry := _row(row, place, named, added, heads))
        ]
        fitting = sum(entry.fits for entry in sums)
        if (
            loose
            and not words.weak.search(heads[place])
            and (fitting < 2 or 2 * (len(sums) - fitting) > fitting)
        ):
            continue
        first = place <= 1  # a total before its parts: they may be divided in several ways
        for entry in sums:
            near = abs(entry.difference) <= SLIP * abs(entry.stated)
            sure = near or (fitting and _likely(entry)) or fitting > 1
            if entry.fits or sure or (not loose and not first and _likely(entry)):
                yield entry


def _row(row: Row, place: int, totals: list[int], added: list[bool], heads: Sequence[str]) -> Sum | None:
    if place >= len(row.cells) or row.cells[place].value is None or row.cells[place].percent:
        return None
    before = [at for at in totals if at < place]
    columns = [at for at in range(len(row.cells)) if at < len(added) and added[at] and at not in totals]
    since = [at for at in columns if (before[-1] if before else -1) < at < place]
    choices = [since, [at for at in columns if at < place]]
    if not any(row.cells[at].value is not None for at in since):
        choices = [[at for at in columns if at > place]]
    unit = _unit(heads[place])
    readings = []
    for choice in choices:
        cells = [row.cells[at] for at in choice if not unit or unit.endswith(_unit(heads[at]))]
        readings.append([cell for cell in cells if cell.value is not None and not cell.percent])
    exact = _counts(heads[place]) or _counts(unit)
    label = _plain(f"{row.label} {heads[place]}")
    return _judge(row.cells[place], readings, label, (row.start, row.end), unit, exact=exact)


def _columns(table: Table) -> Iterator[Sum]:
    """Totals in rows labelled 合计."""
    words = _words()
    rows = list(table.rows)
    totals = [at for at, row in enumerate(rows) if _is_total(row.label)]
    if not totals or any(row.label.startswith(words.part_of) for row in rows):
        return
    for place in totals:
        for column in range(len(rows[place].cells)):
            head = table.heads[column] if column < len(table.heads) else ""
            entry = _column(rows, totals, place, column, head)
            if entry is not None and (entry.fits or _likely(entry)):
                yield entry


def _column(rows: list[Row], totals: list[int], place: int, column: int, head: str) -> Sum | None:
    words = _words()
    total = rows[place].cells[column]
    share = total.percent or "%" in head or "占比" in head or "比例" in head
    if total.value is None or (words.not_added.search(head) and not share):
        return None
    if share and total.value != 100:
        return None

    def cells(places: Iterable[int]) -> list[Cell]:
        return [
            rows[at].cells[column]
            for at in places
            if column < len(rows[at].cells)
            and rows[at].cells[column].value is not None
            and not words.not_added.search(rows[at].label)
        ]

    plain = [at for at in range(len(rows)) if at not in totals]
    before = [at for at in totals if at < place]
    subs = [at for at in before if words.subtotal.search(rows[at].label)]
    since = [at for at in plain if (before[-1] if before else -1) < at < place]
    readings = [cells(since), cells(at for at in plain if at < place)]
    if subs:
        readings.append(cells([*subs, *(at for at in plain if subs[-1] < at < place)]))
    if not since:
        readings = [*readings[1:], cells(at for at in plain if at > place)]
    if len({_listed(rows[at].label) for at in plain}) > 1:
        return None  # 一、 beside 1.: levels that are not all to be added
    unit = "%" if share else _unit(head)
    exact = _counts(head) or _counts(unit) or _counts(total.unit)
    label = _plain(f"{head} {rows[place].label}" if head != rows[place].label else head)
    return _judge(total, readings, label, (rows[place].start, rows[place].end), unit, exact=exact)


def _listed(label: str) -> str:
    """The kind of list mark before a label."""
    found = re.match(r"[（(]?([一二三四五六七八九十]|\d)", label)
    return "" if found is None else "digit" if found.group(1).isdigit() else "numeral"


def _judge(
    total: Cell, readings: list[list[Cell]], label: str, place: tuple[int, int], unit: str, *, exact: bool
) -> Sum | None:
    """The reading that fits, else the first with two parts or more."""
    first: Sum | None = None
    if total.value is None:
        return None
    for cells in readings:
        units = {cell.unit for cell in cells if cell.unit}
        if len(cells) < 2 or len(units) > 1 or (total.unit and units and units != {total.unit}):
            continue
        computed = sum((cell.value for cell in cells if cell.value is not None), Decimal(0))
        whole = all(cell.half == Decimal("0.5") for cell in (*cells, total))
        stray = sum((cell.half for cell in cells), Decimal(0))
        if whole:
            stray = Decimal(0) if exact else Decimal(len(cells) - 1) / 2
        fits = abs(computed - total.value) <= stray
        parts = tuple(cell.text for cell in cells)
        entry = Sum(*place, label, parts, total.value, computed, unit or total.unit, fits, total.start)
        if fits:
            return entry
        first = first or entry
    return first


def _likely(entry: Sum) -> bool:
    """Whether the parts come near enough to be the total's."""
    return entry.stated > 0 and LEAST_SHARE < entry.computed / entry.stated < MOST_SHARE


def _plain(label: str) -> str:
    """A label without its brackets and numbers."""
    return re.sub(r"\s{1,9}", " ", re.sub(r"[（(][^（）()]{0,24}[）)]|\d[\d.,]{0,20}", "", label)).strip()


_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,16})[）)]")
_COUNTED_HEAD = re.compile(
    r"人数|人次|次数|场次|件数|台数|户数|项数|份数|名额"
    r"|[（(](?:人|名|次|件|台|项|个|户|场|份|家|起)[）)]"
)


def _unit(head: str) -> str:
    """What stands in a head's last brackets."""
    found = _IN_BRACKETS.findall(head)
    return re.sub(r"\s|单位[:：]?", "", found[-1]) if found else ""


def _counts(words: str) -> bool:
    return words in ("人", "名", "次", "件", "台", "项", "个", "户", "场", "份", "家", "起", "人次") or (
        _COUNTED_HEAD.search(words) is not None
    )


# --- prose ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Term:
    """A figure of a sentence with the words before it."""

    measure: Measure
    before: str
    depth: int  # brackets open around it


def _of_prose(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> Iterator[Sum]:
    words = _words()
    place = 0
    for chunk in _CHUNK.finditer(text):
        start, end = chunk.span()
        while place < len(quantities) and quantities[place].start < start:
            place += 1
        first = place
        while place < len(quantities) and quantities[place].start < end:
            place += 1
        if place - first < 2 or not words.trigger.search(text, start, end):
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
        depth += between.count("（") + between.count("(") - between.count("）") - between.count(")")
        if (found := measure(quantity)) is not None:
            terms.append(_Term(found, between[-40:], depth))
        else:
            terms.append(_Term(_open(quantity), between[-40:], depth))
        last = quantity.end
    return terms


def _open(quantity: Quantity) -> Measure:
    zero = Decimal(0)
    return Measure(quantity.text, quantity.start, quantity.end, zero, zero, zero, "", False, False)


def _totals_last(text: str, terms: list[_Term]) -> Iterator[Sum]:
    """甲12吨、乙8吨，合计21吨"""
    words = _words()
    is_total = False
    begin = 0
    for at, term in enumerate(terms):
        behind = is_total and term.before.strip() in ("、", "，", ",", "和", "及", "")
        is_total = behind or words.before_total.search(term.before) is not None
        if not is_total or at < 2:
            begin = at + 1 if is_total and not behind else begin
            continue
        parts = [
            part
            for part in terms[begin:at]
            if part.measure.dimension == term.measure.dimension and part.depth <= term.depth
        ]
        blocked = any(opened in part.before for part in terms[begin:at] for opened in words.part_of) or any(
            words.list_end.search(part.before) for part in parts
        )
        if 2 <= len(parts) <= MAX_PARTS and term.measure.dimension and not blocked:
            entry = _sum_of(text, term, parts, _best)
            if entry is not None:
                yield entry
        following = at + 1 < len(terms) and terms[at + 1].before.strip() in ("、", "，", ",", "和", "及", "")
        if not following:
            begin = at + 1


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
    words = _words()
    for at, term in enumerate(terms[1:], 1):
        opened = list(words.opener.finditer(term.before))
        counted = words.before_total.search(terms[at - 1].before) is not None
        colon = _COLON.match(term.before) if counted else None
        pair = at + 1 < len(terms) and _pair(term, terms[at + 1])
        if not opened and not colon and not (pair and _WHOLE.search(terms[at - 1].before[-LABEL:])):
            continue
        dimension = term.measure.dimension
        total = terms[at - 1]
        if not dimension or total.measure.dimension != dimension:
            continue
        if _is_difference(terms, at - 1):
            entry = _above_all(text, terms, at, words.opener.search(term.before) is not None)
            if entry is not None:
                yield entry
            continue
        if words.list_end.search(total.before[-4:]):
            continue
        parts = _listed_parts(terms, at, dimension, total.depth, MAX_PARTS if opened or colon else 2)
        if opened and words.list_end.search(term.before[opened[-1].end() :]):
            continue
        halves = len(parts) >= 2 and _pair(parts[0], parts[1])
        if halves or (len(parts) >= 2 and words.rest.search(parts[-1].before)):
            chosen = parts[:2] if halves else parts
            fits = _fits(chosen, total)
            yield _prose_sum(text, total, chosen, fits=fits)
        elif colon and len(parts) >= 2 and not opened:
            entry = _sum_of(text, total, parts, _all)
            if entry is not None and "等" not in text[entry.end : entry.end + 4]:
                yield entry
        elif opened and parts:
            entry = _above(text, total, parts)
            if entry is not None:
                yield entry


def _is_difference(terms: list[_Term], at: int) -> bool:
    """Whether a figure says how far another one is from an earlier one (比2023年的6,020吨少160吨)."""
    words = _words()
    if words.difference.search(terms[at].before) is None:
        return False
    own = re.split(r"[，,；;]", terms[at].before)
    compared = words.compared.search(own[-1]) is not None
    return compared or (
        len(own) == 1
        and at > 0
        and words.compared.search(re.split(r"[，,；;]", terms[at - 1].before)[-1]) is not None
    )


def _above_all(text: str, terms: list[_Term], at: int, opened: bool) -> Sum | None:
    """Parts behind a comparison that exceed both the difference and the amount that was compared."""
    words = _words()
    first = next(
        (place for place in range(at - 1, -1, -1) if words.compared.search(terms[place].before)), at - 1
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
    words = _words()
    for match in _MADE_UP.finditer(text, start, end):
        inside = [at for at, term in enumerate(terms) if match.start() <= term.measure.start < match.end()]
        if len(inside) < 2 or re.search(r"等|其[他它余]|主要|为主", match.group()):
            continue
        places = [at for at in (inside[0] - 1, inside[-1] + 1) if 0 <= at < len(terms)]
        for place in places:
            total = terms[place]
            parts = [terms[at] for at in inside]
            near = (
                match.start() - total.measure.end <= 3
                if place < inside[0]
                else words.before_total.search(total.before) is not None
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
    words = _words()
    parts: list[_Term] = []
    for place, term in enumerate(terms[at : at + most]):
        head = term.before
        if place and (words.opener.search(head) or words.before_total.search(head) or term.depth < depth):
            break
        if words.list_end.search(head) or "；" in head or ";" in head:
            if place:
                break
            continue
        if term.measure.dimension == dimension and term.depth <= terms[at].depth:
            parts.append(term)
    return parts


def _above(text: str, total: _Term, parts: list[_Term]) -> Sum | None:
    """Parts that exceed their whole; silent where they may overlap (女员工, 35 岁以下)."""
    for part in parts:
        if part.measure.low > total.measure.high:
            return _prose_sum(text, total, [part], fits=False, over=True)
    if len(parts) < 2 or not (total.measure.dimension in _words().disjoint or _listed_together(parts)):
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
    return breath and not any(_words().overlapping.search(part.before) for part in parts)


def _pair(one: _Term, other: _Term) -> bool:
    """Whether two figures are the two halves of a whole, by their labels."""
    labels = [re.split(r"[，,；;：:、（(）)。]|其中", term.before)[-1].strip() for term in (one, other)]
    labels = [re.sub(r"(?:为|有|共|约|是|占|：)+\Z", "", label) for label in labels]
    for first, second in _words().pairs:
        if (labels[0] in first and labels[1] in second) or (labels[0] in second and labels[1] in first):
            return True
    return False


@cache
def _units() -> frozenset[str]:
    data: dict[str, Any] = load_data("checker.data", "figures.yaml")
    return frozenset(data["dimensions"])


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "figures.yaml")

    def either(*keys: str) -> str:
        return "(?:" + "|".join(re.escape(word) for key in keys for word in data[key]) + ")"

    return _Words(
        total=re.compile(either("totals")),
        weak=re.compile(either("weak_totals")),
        subtotal=re.compile(either("subtotals")),
        part_of=tuple(data["part_of"]),
        not_added=re.compile(rf"{either('not_added')}|\A{either('not_added_alone')}\Z"),
        trigger=re.compile("|".join((either("totals", "openers"), "男", "组成|构成"))),
        before_total=re.compile(rf"{either('totals')}[^，,、；;。\d（(]{{0,10}}\Z"),
        opener=re.compile(rf"(?<![不未]){either('openers')}"),
        list_end=re.compile(either("list_ends")),
        rest=re.compile(either("rest")),
        overlapping=re.compile(either("overlapping")),
        compared=re.compile(either("compared")),
        difference=re.compile(rf"{either('differences')}了?约?\Z"),
        pairs=tuple((frozenset(one), frozenset(other)) for one, other in data["pairs"]),
        disjoint=frozenset(data["disjoint"]),
    )
