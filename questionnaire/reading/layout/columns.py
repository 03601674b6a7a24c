"""Where a sheet keeps its questions and answers: by the names of its columns, else by the questions themselves.

A form that is not ours is recognised from what it says: cells that hold an item's id, question or printed label
fix the rows; the answers stand beside or below. Where two columns could be the answers, the other is named as a
doubt, and asked about.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct, field

from questionnaire.cells import squeeze
from questionnaire.reading.files.grid import Sheet
from questionnaire.reading.layout.headings import HeadingMatcher
from questionnaire.reading.layout.labels import id_in
from questionnaire.schema import Schema
from questionnaire.template import guidance, words

HEADER_DEPTH = 60  # rows in which a header row is looked for
HEADER_ROWS = 3  # rows that one header may take
LEAST_ITEMS = 2  # items that a sheet without known headings must show to be taken for a questionnaire
FILLED = 0.3  # share of rows from which a second column competes for the answers; guessed
WORDS = ("remark", "reason", "department")  # columns of ours that hold free words
_ASIDE = re.compile(r"[(（][^()（）]{0,20}[)）]")  # 答案（2024）
NEAR_LOOKUPS = 3_000  # cells compared with all questions letter by letter


class Layout(Struct, frozen=True):
    """The plan of one sheet; columns and rows count from 0."""

    how: str  # header, content
    first: int  # the first row below the header
    columns: dict[str, int]  # by the template's column ids
    below: bool = False  # answers stand under their question
    doubts: tuple[int, ...] = ()  # columns that could be the answers too
    items: dict[int, str] = field(default_factory=dict)  # row → item, where they were found by content
    others: frozenset[int] = frozenset()  # columns whose heading says that they hold no answers

    @property
    def keys(self) -> list[int]:
        """The columns that tell the item."""
        return [self.columns[key] for key in ("id", "label", "question") if key in self.columns]


class Keys:
    """What identifies an item in a cell: its id, its printed label, its question."""

    def __init__(self, schema: Schema, matcher: HeadingMatcher) -> None:
        self.schema = schema
        self.matcher = matcher
        self.near_left = NEAR_LOOKUPS

    def by_id(self, text: str) -> str | None:
        """An item's id as it may be typed."""
        return id_in(text, self.schema.by_id)

    def by_label(self, text: str) -> str | None:
        """An item's printed label (三、反贪污（三）)."""
        return self.matcher.labels.get(squeeze(text))

    def by_number(self, text: str) -> str | None:
        """An item's own mark (7, B3.2), where items are numbered through the whole questionnaire."""
        return self.matcher.numbers.get(squeeze(text)) if text else None

    def by_question(self, text: str) -> str | None:
        """An item's question, exact or edited."""
        if len(text) < 6 or len(text) > 2_000:
            return None
        self.near_left -= 1
        return _question(self.matcher, text, near=self.near_left >= 0)

    def is_title(self, text: str) -> bool:
        """A heading of a part or section."""
        letters = squeeze(text)
        return len(letters) <= 40 and any(letters.endswith(title) for title in self.matcher.titles)


@lru_cache(maxsize=2_000)  # the form's own words stand in every return
def _question(matcher: HeadingMatcher, text: str, *, near: bool) -> str | None:
    found = matcher.question(text, near=near)
    return found[0] if found else None


def find_layout(sheet: Sheet, keys: Keys, least: int = LEAST_ITEMS) -> Layout | None:
    """The plan of a sheet; None for one that holds no questionnaire.

    Args:
        sheet: the sheet.
        keys: what identifies items.
        least: how many items must show where no column is named.
    """
    found = _header(sheet, _names(keys.schema.has_options))
    if found is not None and "answer" in found.columns and found.keys:
        return found
    return _by_content(sheet, keys, found.columns if found else {}, least)


@lru_cache(maxsize=2)
def _names(has_options: bool) -> dict[str, str]:
    columns = [column for column in words()["columns"] if has_options or column["id"] != "option"]
    names = {squeeze(name): column["id"] for column in columns for name in column["names"]}
    for column in columns if has_options else ():  # what stands beside the options are the answers
        names |= dict.fromkeys(map(squeeze, column.get("with_options", ())), column["id"])
    return names


def _header(sheet: Sheet, names: dict[str, str]) -> Layout | None:
    """The header with the most known names, from one row or several; an answer column and a key make it whole."""
    rows = list(sheet.rows)[:HEADER_DEPTH]
    best: Layout | None = None
    for height in range(1, HEADER_ROWS + 1):
        for row in rows:
            columns = _named(sheet, row, height, names)
            whole = "answer" in columns and columns.keys() & {"id", "question", "label"}
            if whole:
                return Layout("header", row + height, columns)
            if best is None or len(columns) > len(best.columns):
                best = Layout("header", row + height, columns)
    return best if best is not None and len(best.columns) >= 2 else None


def _named(sheet: Sheet, top: int, height: int, names: dict[str, str]) -> dict[str, int]:
    """Columns by the names in a header; the lowest row is the most exact one."""
    columns: dict[str, int] = {}
    for row in range(top + height - 1, top - 1, -1):
        for column, text in sheet.rows.get(row, {}).items():
            if len(text) > 20:
                continue
            name = names.get(squeeze(text))
            if name is not None and column not in columns.values():
                columns.setdefault(name, column)
    return columns


def _by_content(sheet: Sheet, keys: Keys, named: dict[str, int], least: int) -> Layout | None:
    """The plan by the cells that hold items themselves."""
    hits = _hits(sheet, keys)
    best = max(hits, key=lambda column: len(set(hits[column].values())), default=None)
    if best is None or len(set(hits[best].values())) < least:
        return None
    items = hits[best]
    key = next((name for name in ("question", "id", "label") if named.get(name) == best), "question")
    known = {name: column for name, column in named.items() if column != best and name != "answer"}
    columns = {**known, key: best}
    first = min(items)
    beside = _candidates(sheet, keys, items, best, set(known.values()))
    # no unknown column is filled: the answers may stand in one that is called as ours for free words (备注)
    if not any(filled >= FILLED * len(items) for _, filled, _ in beside):
        taken = {column for name, column in known.items() if name not in WORDS}
        beside = _candidates(sheet, keys, items, best, taken)
    under = sum(_says_something(sheet, items, row) for row in items)
    if under > max((filled for _, filled, _ in beside), default=0):
        return Layout("content", first, columns, below=True, items=items)
    answer, doubts = _choose(sheet, beside, first, len(items))
    if answer is None:  # no heading speaks for one: the fullest column, else the next free one
        full = [column for column, filled, _ in beside if filled >= FILLED * len(items)]
        free = next(
            column for column in range(best + 1, best + len(known) + 2) if column not in known.values()
        )
        answer = full[0] if full else free
        known = {name: column for name, column in known.items() if column != answer}
    columns = {**known, key: best, "answer": answer}
    others = frozenset(c for c in _heading_columns(sheet, first) if _verdict(sheet, c, first) < 0)
    return Layout("content", first, columns, doubts=doubts, items=items, others=others)


def _hits(sheet: Sheet, keys: Keys) -> dict[int, dict[int, str]]:
    """Rows and their items by column, ids before questions before labels."""
    kinds: list[dict[int, dict[int, str]]] = [{}, {}, {}]
    for (row, column), text in sheet.cells.items():
        if (row, column) in sheet.covered:
            continue
        for kind, look in enumerate((keys.by_id, keys.by_question, keys.by_label)):
            if (item := look(text)) is not None:
                kinds[kind].setdefault(column, {})[row] = item
                break
    return max((kinds[1], kinds[0], kinds[2]), key=lambda found: max(map(len, found.values()), default=0))


def _candidates(
    sheet: Sheet, keys: Keys, items: dict[int, str], key: int, taken: set[int]
) -> list[tuple[int, int, int]]:
    """Columns right of the key with how many rows they fill and how much they say, guidance left out."""
    fills: dict[int, list[int]] = {}
    for row, item in items.items():
        for column, text in sheet.rows[row].items():
            if column <= key or column in taken or sheet.covered.get((row, column)) == (row, key):
                continue
            if squeeze(text) != squeeze(guidance(keys.schema.by_id[item])):
                fills.setdefault(column, []).append(len(text))
    return sorted(
        ((column, len(sizes), sum(sizes)) for column, sizes in fills.items()),
        key=lambda entry: (-entry[2], entry[0]),
    )


def _choose(
    sheet: Sheet, beside: list[tuple[int, int, int]], first: int, rows: int
) -> tuple[int | None, tuple[int, ...]]:
    """The answer column and the columns that could be it as well."""
    verdicts = {column: _verdict(sheet, column, first) for column, _, _ in beside}
    named = [column for column, _, _ in beside if verdicts[column] > 0]
    if named:
        return named[0], ()
    open_ = [entry for entry in beside if verdicts[entry[0]] == 0]
    if not open_:
        empty = [column for column in _heading_columns(sheet, first) if _verdict(sheet, column, first) > 0]
        return (empty[0] if empty else None), ()
    rivals = tuple(column for column, filled, _ in open_[1:] if filled >= FILLED * rows)
    return open_[0][0], rivals


def _heading_columns(sheet: Sheet, first: int) -> list[int]:
    return sorted({column for row in _above(sheet, first) for column in sheet.rows[row]})


def _above(sheet: Sheet, first: int) -> list[int]:
    return [row for row in sheet.rows if first - HEADER_ROWS <= row < first]


def _verdict(sheet: Sheet, column: int, first: int) -> int:
    """1 where the words above a column say that it holds answers, -1 where they say that it does not."""
    verdict = 0
    for row in _above(sheet, first):
        text = sheet.rows[row].get(column, "")
        if text and len(text) <= 20:
            verdict = _called(text) or verdict
    return verdict


def _called(heading: str) -> int:
    """What a heading says by its last known word, its noun: 本单位回复 holds answers, 回复单位 does not."""
    kinds = ((-1, words()["other_words"]), (1, words()["answer_words"]))
    for text in (_ASIDE.sub("", heading), heading):
        ends = [
            (text.rfind(word) + len(word), kind) for kind, known in kinds for word in known if word in text
        ]
        if ends:
            return max(ends, key=lambda found: (found[0], -found[1]))[1]
    return 0


def _says_something(sheet: Sheet, items: dict[int, str], row: int) -> bool:
    """Whether a row follows that belongs to no item and holds words."""
    return row + 1 not in items and bool(sheet.rows.get(row + 1))
