"""Labelled figures (员工总数 502 人, 研发投入 2,360 万元) that can be compared across a return.

Only what is sure to be one fact is read: the label in full, no other scope, plan or change before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.text.ground.lexicon import either
from checker.text.ground.measures import Measure, measure
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.slips import LONG, digits, is_long
from checker.text.ground.tables import Cell, Row, Table
from frameworks.ground.yaml import load_data

REACH = 30  # characters before a figure that can hold its label
LEAST_NOUN, NOUN = 3, 2  # characters of a label, and of it without general words
SENTENCE = 90  # characters before a figure that can set its scope
PIECE, PERSONS = "个", "persons"  # 42个代表 are persons
GASES = "ghg"
SCOPES = "ghg-scopes"  # scope 1 and scope 2 together
GROUPED = 2  # words of a row: those of its group and its own; columns of a table of one thing
SHORT = 3  # digits of a number of which two may be swapped

_STOP = re.compile(r"[，,。；;、（）()！？!?\n\t《》“”\"]")
_LED = re.compile(r"[：:](?=\s?[^：:\s]{2})")
_END = re.compile(r"[。；;！？!?\n]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:年|(?=\D{0,3}\Z))")
_MONTH = re.compile(r"(?<!\d)(?!12\s?月)\d{1,2}\s?月(?!12)")
_WHOLE_YEAR = re.compile(r"1\s?月?\s?[-—–~～至到]\s?12\s?月")


class Fact(Struct, frozen=True):
    """A figure with what it measures."""

    key: str  # the fact's id, or the label itself
    label: str
    scope: str  # what stands before the label
    listed: bool  # one of facts.yaml
    slip_only: bool
    year: int | None
    measure: Measure
    start: int  # of label and figure
    end: int


def find_facts(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> tuple[Fact, ...]:
    """The labelled figures of a text, in order of prose, then of tables."""
    found = []
    ends = _lexicon().ends
    last = 0
    for quantity in quantities:
        fact = None
        if quantity.start and text[quantity.start - 1] in ends:
            fact = _of_prose(text, quantity, last)
        if fact is None and (quantity.kind == "count_person" or quantity.unit == PIECE):
            fact = _named_behind(text, quantity)
        if fact is not None:
            found.append(fact)
        last = quantity.end
    for table in tables:
        found += _of_table(table)
    return tuple(found)


def find_long_figures(
    text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]
) -> tuple[Fact, ...]:
    """Figures of three significant digits or more with the words that name them, in prose or in a table."""
    found = []
    for quantity in quantities:
        if len(quantity.text) < SHORT or not is_long(digits(quantity.text), SHORT):
            continue
        value = measure(quantity)
        if value is None:
            continue
        cell = _cell_at(tables, quantity.start)
        if cell is not None:
            label, start, end = cell
            years = re.findall(r"(?:19|20)\d\d", label)
        else:
            before = text[max(0, quantity.start - SENTENCE) : quantity.start]
            before = before[max((match.end() for match in _END.finditer(before)), default=0) :]
            years = _YEAR.findall(before)
            label = before[max((match.end() for match in _STOP.finditer(before)), default=0) :]
            start, end = quantity.start - len(label.lstrip()), quantity.end
        year = int(years[-1]) if years else None
        found.append(Fact("", label.strip(), "", False, True, year, value, start, end))
    return tuple(found)


def _cell_at(tables: tuple[Table, ...], position: int) -> tuple[str, int, int] | None:
    """Row label and column head of the cell at a place, and where its row stands."""
    for table in tables:
        if table.start <= position < table.end:
            for row in table.rows:
                if row.start <= position < row.end:
                    place = sum(cell.end <= position for cell in row.cells)
                    head = table.heads[place] if place < len(table.heads) else ""
                    return f"{row.label} {head}", row.start, row.end
    return None


def shares_noun(one: str, other: str) -> bool:
    """Whether two labels have two letters running in common that say what is measured.

    >>> shares_noun("低碳CAPEX", "其中低碳"), shares_noun("培训费用", "体检费用")
    (True, False)
    """
    first, second = (_lexicon().common.sub(" ", label) for label in (one, other))
    pairs = {first[at : at + 2] for at in range(len(first) - 1)}
    return any(pair in second and pair.isalpha() and not pair.isascii() for pair in pairs)


def same_noun(one: str, other: str) -> bool:
    """Whether two labels name one thing in full, and not in general words alone.

    >>> same_noun("2024年外购电力", "外购电力"), same_noun("一车间用电", "二车间用电")
    (True, False)
    """
    lexicon = _lexicon()
    first, second = (lexicon.prefix.sub("", lexicon.link.sub("", label.strip())) for label in (one, other))
    if min(len(first), len(second)) < LEAST_NOUN or len(lexicon.common.sub("", first)) < NOUN:
        return False
    short, long = sorted((first, second), key=len)
    return short == long or (len(short) >= LEAST_NOUN + 1 and long.endswith(short))


class _Lexicon(Struct, frozen=True):
    ends: frozenset[str]
    listed: dict[str, tuple[str, bool]]
    lengths: tuple[int, ...]
    endings: tuple[str, ...]
    least: int
    dated: frozenset[str]  # facts of the year that are told with a date
    whole: tuple[str, ...]
    half: re.Pattern[str]
    scopes: re.Pattern[str]
    sum_word: re.Pattern[str]
    behind: dict[str, tuple[str, bool]]  # the longest first
    cells: dict[str, tuple[str, bool]]
    totals: dict[str, tuple[str, bool]]
    total: re.Pattern[str]
    common: re.Pattern[str]
    prefix: re.Pattern[str]
    link: re.Pattern[str]
    plan_head: re.Pattern[str]
    scope: re.Pattern[str]
    clause_scope: re.Pattern[str]


def _of_prose(text: str, quantity: Quantity, last: int) -> Fact | None:
    lexicon = _lexicon()
    begin = max(last, quantity.start - REACH)
    before = text[begin : quantity.start]
    stops = [match.end() for match in _STOP.finditer(before)]
    cut = stops[-1] if stops else 0
    if not stops and begin and begin != last and not _STOP.match(text[begin - 1]):
        return None  # longer than any label
    words = before[cut:]
    if led := list(_LED.finditer(words)):  # 节约：全厂用水: what leads the line is no scope, but for a plan
        if lexicon.plan_head.search(words[: led[-1].end()]):
            return None
        cut += led[-1].end()
        words = before[cut:]
    link = lexicon.link.search(words)
    raw = (words[: link.start()] if link else words).lstrip()
    opened = max(0, quantity.start - SENTENCE)
    sentence = text[opened : quantity.start]
    ended = [match.end() for match in _END.finditer(sentence)]
    sentence = sentence[ended[-1] if ended else 0 :]
    named = _of_whole(sentence, raw, words) or _name(raw)
    if named is None:
        return None
    key, scope, listed, slip_only = named
    if lexicon.scope.search(sentence) or lexicon.clause_scope.search(words):
        return None
    if key not in lexicon.dated and _MONTH.search(sentence) and not _WHOLE_YEAR.search(sentence):
        return None
    found = measure(quantity)
    if found is None:
        return None
    years = _YEAR.findall(sentence)
    start = begin + cut + len(words) - len(words.lstrip())
    year = int(years[-1]) if years else None
    return Fact(
        key, lexicon.prefix.sub("", raw) or raw, scope, listed, slip_only, year, found, start, quantity.end
    )


def _of_whole(sentence: str, raw: str, words: str) -> tuple[str, str, bool, bool] | None:
    """在册员工486人，男371人，女: a half of all; 范围一、范围二合计: the sum of two scopes."""
    lexicon = _lexicon()
    entry = lexicon.cells.get(raw)
    if entry is not None and lexicon.half.search(sentence[: len(sentence) - len(words)]):
        return entry[0], "", True, entry[1]
    if lexicon.scopes.search(sentence) and lexicon.sum_word.search(words):
        return SCOPES, "", True, False
    return None


def _named_behind(text: str, quantity: Quantity) -> Fact | None:
    """覆盖全部1,138名在册职工: all of a group, its name behind the figure."""
    lexicon = _lexicon()
    opened = max(
        (match.end() for match in _END.finditer(text, max(0, quantity.start - SENTENCE), quantity.start)),
        default=max(0, quantity.start - SENTENCE),
    )
    before = text[opened : quantity.start]
    if not before.endswith(lexicon.whole) or lexicon.scope.search(before):
        return None
    behind = text[quantity.end : quantity.end + REACH]
    named = next((label for label in lexicon.behind if behind.startswith(label)), "")
    length = len(named)
    found = measure(quantity)
    if not length or found is None or behind.startswith("的", length):
        return None
    if quantity.unit == PIECE:
        found = replace(found, dimension=PERSONS)
    key, slip_only = lexicon.behind[named]
    years = _YEAR.findall(before)
    year = int(years[-1]) if years else None
    end = quantity.end + length
    return Fact(key, named, "", True, slip_only, year, found, quantity.start, end)


def _name(label: str) -> tuple[str, str, bool, bool] | None:
    """Key, scope, whether listed, whether only slips count; None where a label is too general to compare."""
    lexicon = _lexicon()
    if len(label) < 2:
        return None
    for length in lexicon.lengths:
        if length <= len(label) and (entry := lexicon.listed.get(label[-length:])) is not None:
            return entry[0], lexicon.prefix.sub("", label[:-length]), True, entry[1]
    label = lexicon.prefix.sub("", label)
    if len(label) < lexicon.least or not label.endswith(lexicon.endings):
        return None
    if len(lexicon.common.sub("", label)) < 2:
        return None
    return label, "", False, False


def _of_table(table: Table) -> Iterator[Fact]:
    """Rows that hold one figure, or one for each year."""
    for row in table.rows:
        if not row.label:
            continue
        label = re.sub(r"[（(].*\Z|\s[A-Za-z³²₂/%μ]{1,6}\Z|\s", "", row.label)
        named = _name(label) or _cell_name(table, row)
        if named is None or not named[2] or named[1]:
            continue
        numbers = [at for at, cell in enumerate(row.cells) if cell.value is not None and not cell.percent]
        for at in numbers:
            head = table.heads[at] if at < len(table.heads) else ""
            years = re.findall(r"(?:19|20)\d\d", head)
            if _lexicon().plan_head.search(head):
                continue
            if not years and (len(numbers) > 1 or _lexicon().scope.search(head)):
                continue
            found = _measured(row, row.cells[at], head)
            if found is not None:
                year = int(years[0]) if len(years) == 1 else None
                key, scope, listed, slip_only = named
                yield Fact(key, label, scope, listed, slip_only, year, found, row.start, row.end)


def _cell_name(table: Table, row: Row) -> tuple[str, str, bool, bool] | None:
    """What a row of a group names (性别 女), or a total whose table is of one thing (合计 under tCO2)."""
    lexicon = _lexicon()
    words = [cell.text for cell in row.cells if cell.value is None and not cell.is_empty]
    entry = lexicon.cells.get(words[-1]) if words and len(words) == GROUPED else None
    if entry is None and words and lexicon.total.fullmatch(words[0]) and len(table.heads) == GROUPED:
        heads = " ".join(table.heads)
        entry = next((entry for unit, entry in lexicon.totals.items() if unit in heads), None)
    return None if entry is None else (entry[0], "", True, entry[1])


def _measured(row: Row, cell: Cell, head: str) -> Measure | None:
    """A cell with the unit that it, its row or its column names."""
    units = [cell.unit, *re.findall(r"[（(]([^（）()]{1,12})[）)]", row.label + head)]
    units += row.label.split()[1:]
    units += [head] if len(head) <= GROUPED * LONG else []
    units += [other.text for other in row.cells if other is not cell and len(other.text) <= 6]
    number = re.sub(r"[^\d.,]", "", cell.text)
    for unit in units:
        quantities = find_quantities(f"{number}{unit}") if unit else ()
        if (
            len(quantities) == 1
            and quantities[0].text == f"{number}{unit}"
            and (found := measure(quantities[0]))
        ):
            return found
    return None


@cache
def _lexicon() -> _Lexicon:
    data: dict[str, Any] = load_data("checker.data", "facts.yaml")
    figures: dict[str, Any] = load_data("checker.data", "figures.yaml")

    listed = {
        label: (str(entry["id"]), bool(entry.get("slip")))
        for entry in data["facts"]
        for label in entry["labels"]
    }
    named = {
        label: (str(entry["id"]), bool(entry.get("slip")))
        for entry in data["facts"]
        for label in entry.get("behind", ())
    }
    lasts = {label[-1] for label in listed} | {
        label[-1] for entry in data["facts"] for label in entry.get("cells", ())
    }
    lasts |= {word[-1] for key in ("endings", "links") for word in data[key]}
    return _Lexicon(
        ends=frozenset(lasts),
        listed=listed,
        lengths=tuple(sorted({len(label) for label in listed}, reverse=True)),
        endings=tuple(data["endings"]),
        least=data["least_label"],
        dated=frozenset(str(entry["id"]) for entry in data["facts"] if entry.get("dated")),
        whole=tuple(data["whole"]),
        half=re.compile(
            rf"{either(data['facts'][0]['labels'])}[^，,。；;\d]{{0,4}}\d[\d,]*[人名][，,（(：:]{data['half']}"
        ),
        scopes=re.compile(data["scopes_together"]),
        sum_word=re.compile(
            rf"{either([*figures['totals'], *figures['enumerations']['totals']])}[^\d]{{0,3}}\Z"
        ),
        behind=dict(sorted((listed | named).items(), key=lambda entry: -len(entry[0]))),
        cells={
            label: (str(entry["id"]), bool(entry.get("slip")))
            for entry in data["facts"]
            for label in entry.get("cells", ())
        },
        totals={
            entry["total_of"]: (str(entry["id"]), bool(entry.get("slip")))
            for entry in data["facts"]
            if "total_of" in entry
        },
        total=re.compile(either(figures["totals"])),
        common=re.compile(either(data["common"])),
        prefix=re.compile(
            rf"\A(?:{either(data['prefixes'])}|(?:19|20)\d\d|\d{{1,2}}(?=[年月日])|\d{{1,2}}[.．](?!\d)|[-·•*]|\s)+"
        ),
        link=re.compile(rf"{either(data['links'])}{{1,4}}\Z"),
        plan_head=re.compile(either(data["plan_heads"])),
        scope=re.compile(either(data["scopes"])),
        clause_scope=re.compile(either(data["clause_scopes"])),
    )
