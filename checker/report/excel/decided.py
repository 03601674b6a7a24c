"""What a person filled into the workbook of open decisions, read back; what is not understood is told by its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from checker.report.excel.part_lines import part_of, shown_part
from checker.wording import Language, Wording, wording
from frameworks.ground.errors import ReturnError, SchemaError
from frameworks.ground.yaml import load_data
from questionnaire.answers import Place
from questionnaire.cells import clean_text, one_line, squeeze
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
    found = _Reading(path.name, schema, own)
    for sheet, rows in read_named_tables(path):
        found.read(sheet, rows)
    if not found.known:
        raise ReturnError("no-decisions", file=path.name)
    return Decisions(tuple(found.items), found.edition, tuple(found.refused))


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

    def __init__(self, file: str, schema: Schema, own: Mapping[str, Any]) -> None:
        self.file = file
        self.schema = schema
        self.own = own
        self.known = False
        self.items: list[ItemDecision] = []
        self.edition = EditionDecision()
        self.refused: list[Refusal] = []
        self.sheet = ""

    def read(self, sheet: str, rows: Sequence[Sequence[str]]) -> None:
        """Takes what a sheet says, where it is one of ours."""
        self.sheet = sheet
        for number, row in enumerate(rows[:HEADER_DEPTH]):
            columns = _columns(row, "columns", ("id", "question", *FILLED))
            whole = _columns(row, "edition-columns", EDITION_COLUMNS)
            if "id" in columns and any(name in columns for name in FILLED):
                take = self._item
            elif len(whole) == len(EDITION_COLUMNS):
                columns, take = whole, self._point
            else:
                continue
            self.known = True
            for at, cells in enumerate(rows[number + 1 :], number + 1):
                texts = {name: clean_text(cells[c]) if c < len(cells) else "" for name, c in columns.items()}
                take(texts, {name: f"{letters(column)}{at + 1}" for name, column in columns.items()})
            return

    def _refuse(self, cell: str, code: str, **params: Any) -> None:
        self.refused.append(Refusal(Place(file=self.file, sheet=self.sheet, cell=cell), code, params))

    def _item(self, texts: Mapping[str, str], cells: Mapping[str, str]) -> None:
        if not any(texts.get(name) for name in FILLED):
            return
        name = one_line(texts["id"]).upper()
        item = self.schema.by_id.get(name)
        if item is None or name not in self.own:
            self._refuse(cells["id"], "decide-elsewhere" if item else "decide-no-item", id=name[:QUOTED])
        elif any(each.item == name for each in self.items):
            self._refuse(cells["id"], "decide-twice", id=name)
        elif texts.get("question") and squeeze(texts["question"]) != squeeze(item.question):
            self._refuse(cells["question"], "decide-other-question", id=name)
        else:
            self._decide(item, texts, cells)

    def _decide(self, item: Item, texts: Mapping[str, str], cells: Mapping[str, str]) -> None:
        parts = None
        if text := texts.get("parts"):
            parts = () if squeeze(text) in _said("keep") else self._parts(item, text, cells["parts"])
        decision = ItemDecision(
            item.id,
            parts,
            self._policy("delegable", Delegable, texts, cells),
            self._policy("not-applicable", NotApplicablePolicy, texts, cells),
        )
        if problem := problem_of(self.own[item.id], decision):
            where = next(cells[name] for name in FILLED if texts.get(name))
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
    ) -> Policy | None:
        text = texts.get(column)
        if not text:
            return None
        said, *reason = _REASON.split(text, 1)
        head = squeeze(said)
        if head in _said("keep"):
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
        decided = (*self.edition.decided, point)
        parents, year = self.edition.parents, self.edition.year
        if squeeze(text) not in _said("keep"):
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
    heads = {squeeze(words.entry("drafting", group, name)): name for words in _both() for name in names}
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        if name := heads.get(squeeze(value)):
            found.setdefault(name, column)
    return found
