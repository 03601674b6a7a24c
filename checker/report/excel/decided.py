"""What a person changed in the workbook of open decisions, read back; what is not understood is told by its cell.

A cell that says what it said as drafted is no decision, unless its row or all of them are confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from checker.report.excel.part_lines import part_of, shown_part
from checker.report.item_names import find_items
from checker.wording import Language, Wording, wording
from frameworks.ground.errors import InputError, ReturnError, SchemaError
from frameworks.ground.yaml import load_data
from questionnaire.answers import Place
from questionnaire.cells import clean_text, one_line, squeeze
from questionnaire.drafting.additions import AddedQuestion, parted_number
from questionnaire.drafting.cutting import LONGEST
from questionnaire.drafting.decisions import (
    LETTERS,
    AskedPart,
    EditionDecision,
    ItemDecision,
    Policy,
    problem_of,
)
from questionnaire.reading import read_named_tables
from questionnaire.reading.files.grid import letters
from questionnaire.schema import Item, Schema
from questionnaire.vocabulary import Delegable, EditionDraft, NotApplicablePolicy

HEADER_DEPTH = 10  # rows in which the heads are looked for
FILLED = ("parts", "delegable", "not-applicable")
EDITION_COLUMNS = ("point", "decided")
LEFT_COLUMNS = ("text", "is-question", "behind")
DRAFTED = "drafted-"  # before the name of a column: what it held as drafted
QUOTED = 40  # letters of what is not understood
_YEAR = re.compile(r"(20\d\d)\s*年?度?")
_REASON = re.compile(r"[:：]")


class Refusal(NamedTuple):
    """A cell that is not taken."""

    place: Place
    code: str
    params: Mapping[str, Any]


class Decisions(NamedTuple):
    """All that the workbook says."""

    items: tuple[ItemDecision, ...]
    edition: EditionDecision
    added: tuple[AddedQuestion, ...]
    refused: tuple[Refusal, ...]


def read_decisions(path: Path, schema: Schema, own: Mapping[str, Any]) -> Decisions:
    """The decisions of a workbook.

    Args:
        path: the workbook, in either language.
        schema: the edition that is decided on.
        own: the items that its own files hold, as plain data.

    Raises:
        ReturnError: it cannot be read, or no sheet of it is a list of decisions.
    """
    tables = read_named_tables(path)
    found = _Reading(path.name, schema, own, _confirms_all(tables))
    for sheet, rows in tables:
        found.read(sheet, rows)
    if not found.known:
        raise ReturnError("no-decisions", file=path.name)
    return Decisions(tuple(found.items), found.edition, tuple(found.added), tuple(found.refused))


def _confirms_all(tables: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> Confirmed:
    """What stands in the cell that confirms all."""
    heads = {squeeze(words.text("drafting", "confirm-all")) for words in _both()}
    for sheet, rows in tables:
        for number, row in enumerate(rows[:HEADER_DEPTH]):
            for column, value in enumerate(row[:-1]):
                if squeeze(value) in heads:
                    text = one_line(clean_text(row[column + 1]))
                    return Confirmed(text, sheet, f"{letters(column + 1)}{number + 1}")
    return Confirmed()


class Confirmed(NamedTuple):
    """What was said of all that is as drafted, and where."""

    text: str = ""
    sheet: str = ""
    cell: str = ""


def find_workbook(folder: Path) -> Path:
    """The workbook that lies in an edition's folder, under its name in either language.

    Raises:
        SchemaError: there is none.
    """
    names = [words.text("drafting", "file-name") for words in _both()]
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise SchemaError("decisions-missing", file=str(folder), name=names)
    return found


class _Reading:
    """One workbook as it is read."""

    def __init__(self, file: str, schema: Schema, own: Mapping[str, Any], everything: Confirmed) -> None:
        self.file = file
        self.schema = schema
        self.own = own
        self.known = False
        self.items: list[ItemDecision] = []
        self.edition = EditionDecision()
        self.refused: list[Refusal] = []
        self.added: list[AddedQuestion] = []
        self.sheet = everything.sheet
        self.everything = self._confirms(everything.text, everything.cell)

    def _confirms(self, text: str, cell: str) -> bool:
        """Whether a cell confirms what is as drafted."""
        if not text:
            return False
        if squeeze(text) in _said("keep"):
            return True
        choice = wording().entry("drafting", "choices", "all")
        self._refuse(cell, "decide-confirm", value=text[:QUOTED], choice=choice)
        return False

    def read(self, sheet: str, rows: Sequence[Sequence[str]]) -> None:
        """Takes what a sheet says, where it is one of ours."""
        self.sheet = sheet
        for number, row in enumerate(rows[:HEADER_DEPTH]):
            columns = _columns(row, "columns", ("id", "question", "confirm", *FILLED))
            whole = _columns(row, "edition-columns", EDITION_COLUMNS)
            left = _columns(row, "left-columns", LEFT_COLUMNS)
            take: Callable[[Mapping[str, str], Mapping[str, str]], None]
            if "id" in columns and any(name in columns for name in FILLED):
                take = self._item
            elif len(whole) == len(EDITION_COLUMNS):
                columns, take = whole, self._point
            elif "text" in left and "is-question" in left:
                columns, take = left, self._question
            else:
                continue
            drafted = _columns(row, "drafted", (*FILLED, "decided"))
            columns |= {DRAFTED + name: column for name, column in drafted.items()}
            self.known = True
            for at, cells in enumerate(rows[number + 1 :], number + 1):
                texts = {name: clean_text(cells[c]) if c < len(cells) else "" for name, c in columns.items()}
                take(texts, {name: f"{letters(column)}{at + 1}" for name, column in columns.items()})
            return

    def _refuse(self, cell: str, code: str, **params: Any) -> None:
        self.refused.append(Refusal(Place(file=self.file, sheet=self.sheet, cell=cell), code, params))

    def _item(self, texts: Mapping[str, str], cells: Mapping[str, str]) -> None:
        name = one_line(texts["id"]).upper()
        item = self.schema.by_id.get(name)
        if not name and not any(texts.get(each) for each in FILLED):
            return
        confirmed = self.everything or self._confirms(
            one_line(texts.get("confirm", "")), cells.get("confirm", "")
        )
        confirmed &= item is not None and bool(item.draft)
        shown = {} if item is None else _as_it_is(item)
        changed = {each for each in FILLED if _is_changed(each, texts, shown)}
        if not changed and not confirmed:
            return
        if item is None or name not in self.own:
            self._refuse(cells["id"], "decide-elsewhere" if item else "decide-no-item", id=name[:QUOTED])
        elif any(each.item == name for each in self.items):
            self._refuse(cells["id"], "decide-twice", id=name)
        elif texts.get("question") and squeeze(texts["question"]) != squeeze(item.question):
            self._refuse(cells["question"], "decide-other-question", id=name)
        else:
            self._decide(item, texts, cells, changed, confirmed=confirmed)

    def _decide(
        self,
        item: Item,
        texts: Mapping[str, str],
        cells: Mapping[str, str],
        changed: Collection[str],
        *,
        confirmed: bool,
    ) -> None:
        refused = len(self.refused)
        parts: tuple[AskedPart, ...] | None = () if confirmed else None
        if "parts" in changed:
            text = texts["parts"]
            parts = () if squeeze(text) in _said("keep") else self._parts(item, text, cells["parts"])
        decision = ItemDecision(
            item.id,
            parts,
            self._policy("delegable", Delegable, texts, cells, changed, confirmed=confirmed),
            self._policy("not-applicable", NotApplicablePolicy, texts, cells, changed, confirmed=confirmed),
        )
        if len(self.refused) > refused and confirmed:
            # what is not understood is not confirmed: the rest of the row is only as far as it was changed
            decision = replace(
                decision,
                parts=decision.parts if "parts" in changed else None,
                delegable=decision.delegable if "delegable" in changed else None,
                not_applicable=decision.not_applicable if "not-applicable" in changed else None,
            )
        if problem := problem_of(self.own[item.id], decision):
            where = next((cells[name] for name in FILLED if name in changed), cells["id"])
            self._refuse(where, "decide-impossible", id=item.id, problem=problem)
        elif decision != ItemDecision(item.id):
            self.items.append(decision)

    def _parts(self, item: Item, text: str, cell: str) -> tuple[AskedPart, ...] | None:
        """The lines of a cell; None where one is not understood."""
        found: list[AskedPart] = []
        for line in filter(None, map(str.strip, text.split("\n"))):
            part = part_of(line, item)
            if part is None or (part.letter and any(part.letter == each.letter for each in found)):
                code = "decide-parts" if part is None else "decide-part-twice"
                example = "\n".join(shown_part(aspect, wording()) for aspect in item.judged[:1])
                self._refuse(cell, code, value=line[:QUOTED], example=example)
                return None
            found.append(part)
        if len(item.aspects) + sum(not each.letter for each in found) > len(LETTERS):
            self._refuse(cell, "decide-many", limit=len(LETTERS))
            return None
        return tuple(found)

    def _policy(
        self,
        column: str,
        values: type[Delegable] | type[NotApplicablePolicy],
        texts: Mapping[str, str],
        cells: Mapping[str, str],
        changed: Collection[str],
        *,
        confirmed: bool,
    ) -> Policy | None:
        if column not in changed:
            return Policy() if confirmed else None
        text = texts[column]
        said, *reason = _REASON.split(text, 1)
        head = squeeze(said)
        if head in _said("keep") - _said("unclear"):
            return Policy(None, one_line("".join(reason)))
        for value in values:
            if head in _said(column.replace("-", "_"), value.value):
                return Policy(value, one_line("".join(reason)))
        choices = [f"{column}-{value.value}" for value in values]
        self._refuse(cells[column], "decide-choice", value=text[:QUOTED], choices=choices)
        return None

    def _point(self, texts: Mapping[str, str], cells: Mapping[str, str]) -> None:
        text = one_line(texts["decided"])
        point = _points().get(squeeze(texts["point"]))
        if not text or point is None:
            return
        if squeeze(text) == squeeze(texts.get(f"{DRAFTED}decided", "")):
            if not self.everything:
                return
            text = ""
        decided = (*self.edition.decided, point)
        parents, year = self.edition.parents, self.edition.year
        if text and squeeze(text) not in _said("keep"):
            if point is EditionDraft.PARENT:
                names = re.split(r"[、;；\n]", texts["decided"])
                parents = tuple(filter(None, map(one_line, names)))
                if squeeze(text) in _said("nobody"):
                    parents = ()
            elif point is EditionDraft.YEAR and (told := _YEAR.fullmatch(text)):
                year = int(told[1])
            else:
                self._refuse(cells["decided"], f"decide-{point.value}", value=text[:QUOTED])
                return
        self.edition = EditionDecision(decided, parents, year)

    def _question(self, texts: Mapping[str, str], cells: Mapping[str, str]) -> None:
        """A line of the list that somebody says is a question; one that stands there already is none to add."""
        said = one_line(texts["is-question"])
        text = one_line(texts["text"])
        if not said or not text or not self._confirms(said, cells["is-question"]):
            return
        number, asked = parted_number(text)
        standing = [item for item in self.schema.items if squeeze(item.question) == squeeze(asked)]
        if standing:
            if self.everything and standing[0].draft:
                self.items.append(ItemDecision(standing[0].id, (), Policy(), Policy()))
            return
        behind = one_line(texts.get("behind", ""))
        try:
            place = find_items(behind, self.schema)[0].id if behind else self._before(number)
        except InputError:
            self._refuse(cells["behind"], "decide-behind", value=behind[:QUOTED])
            return
        if not squeeze(asked) or len(asked) > LONGEST:
            self._refuse(cells["text"], "decide-unnumbered", value=text[:QUOTED])
            return
        if place in self.own:
            self.added.append(AddedQuestion(asked, number, place, confirmed=self.everything))
        else:
            self._refuse(cells["text"], "decide-elsewhere", id=place)

    def _before(self, number: str) -> str:
        """The item behind which a line of a number stands; the last one where no number tells."""
        before = str(int(number) - 1) if number.isdigit() else ""
        found = next((item.id for item in self.schema.items if item.marker == before), None)
        return found or self.schema.items[-1].id


def _as_it_is(item: Item) -> dict[str, list[str]]:
    """What the cells of an item show where nobody changed anything, in either language."""
    return {
        "parts": ["\n".join(shown_part(aspect, words) for aspect in item.judged) for words in _both()],
        "delegable": [
            words.entry("drafting", "choices", f"delegable-{item.delegable.value}") for words in _both()
        ],
        "not-applicable": [
            words.entry("drafting", "choices", f"not-applicable-{item.not_applicable.value}")
            for words in _both()
        ],
    }


def _is_changed(name: str, texts: Mapping[str, str], shown: Mapping[str, Sequence[str]]) -> bool:
    """Whether a cell says something else than as drafted; where nobody kept that, than the questionnaire now."""
    text = squeeze(texts.get(name, ""))
    if not text:
        return False
    drafted = texts.get(DRAFTED + name)
    known = [drafted] if drafted else shown.get(name, ())
    return _lines(texts[name]) not in [_lines(each) for each in known]


def _lines(text: str) -> list[str]:
    return [squeeze(line) for line in text.split("\n") if squeeze(line)]


def _both() -> Iterator[Wording]:
    return map(wording, Language)


@cache
def _said(group: str, value: str = "") -> frozenset[str]:
    """How something is said, squeezed; the words of the lists among them."""
    told = load_data("checker.data", "decisions.yaml")[group]
    named = f"{group.replace('_', '-')}-{value}" if value else group
    shown = {squeeze(words.entry("drafting", "choices", named)) for words in _both()}
    return frozenset(map(squeeze, told[value] if value else told)) | shown


@cache
def _points() -> dict[str, EditionDraft]:
    return {
        squeeze(words.entry("drafting", "points", each.value)): each
        for each in EditionDraft
        for words in _both()
    }


def _columns(row: Sequence[str], group: str, names: Sequence[str]) -> dict[str, int]:
    earlier = load_data("checker.data", "decisions.yaml")["earlier_heads"] if group != "drafted" else {}
    heads = {squeeze(head): name for name in names for head in earlier.get(name, ())}
    heads |= {squeeze(words.entry("drafting", group, name)): name for words in _both() for name in names}
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        if name := heads.get(squeeze(value)):
            found.setdefault(name, column)
    return found
