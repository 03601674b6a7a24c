"""The rows of one questionnaire sheet to answers, along its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec.structs import replace

from questionnaire.answers import (
    Answer,
    Choice,
    OutsideKind,
    OutsideText,
    Place,
    Problem,
    SheetLayout,
    UnmatchedText,
)
from questionnaire.cells import is_placeholder, squeeze
from questionnaire.numerals import NUMERALS, counted
from questionnaire.options import Tick, is_untouched, tick_in
from questionnaire.reading.files.grid import At, Sheet, letters, reference
from questionnaire.reading.layout import hints
from questionnaire.reading.layout.below import with_ends
from questionnaire.reading.layout.columns import Keys, Layout
from questionnaire.reading.layout.headings import without_marker
from questionnaire.reading.layout.misplaced import behind_question, beside_blanks, says_something
from questionnaire.reading.layout.outside import each, grouped
from questionnaire.status import is_shown
from questionnaire.template import words

NUMBER = 12  # letters of a row's number or its section's
CAPTION = 40  # letters; longer text above the questions is listed, shorter is a title
_MARKER_ALONE = re.compile(rf"[（(\[【]?\s?([{NUMERALS}]{{1,3}})\s?[）)\]】]")


class SheetAnswers:
    """Reads the rows below a header."""

    def __init__(self, file: str, sheet: Sheet, layout: Layout, keys: Keys) -> None:
        self.file, self.sheet, self.layout, self.keys = file, sheet, layout, keys
        self.columns = layout.columns
        self.answers: list[Answer] = []
        self.loose: list[UnmatchedText] = []
        self.item_rows: set[int] = set()
        self.misplaced: list[tuple[At, str]] = []  # what stands beside blank answers
        self._answered: dict[int, str] = {}  # row → item, for answers not below their questions
        self._across: list[tuple[At, str]] = []  # answers merged with other columns
        self._unknown: list[tuple[At, str]] = []  # what stands where an option belongs and is none
        self._ids = 0  # items found by their id: the template's own form
        self._part = self._section = 0
        self._loose_row = -2  # the last row that was loose

    def read(self) -> None:
        """Fills answers and what no item took."""
        last = -2  # the last row that belongs to an answer
        for row, cells in self.sheet.rows.items():
            if row < self.layout.first:
                self._above(row, cells)
                continue
            item, question = self._item(row)
            if item is not None and row in self._continued and self._same(item):
                self._join(row)
            elif item is not None:
                self.item_rows.add(row)
                self._add(row, item, question)
            elif self._titles(cells):
                last = -2
                continue
            elif self.answers and last == row - 1 and self._belongs(row, cells):
                self._join(row)
                self.item_rows.add(row)
            else:
                self._stray(row, cells)
                continue
            last = row
        if self.layout.below:
            self.answers = with_ends(self.answers, self.sheet, self.layout)
        else:
            self._beside_blanks()
        self.loose += self._doubts()

    @property
    def unmatched(self) -> list[UnmatchedText]:
        """What no item took and ``aside`` does not show."""
        cells = {reference(*at) for at, _ in self.misplaced}
        return [block for block in self.loose if block.where.cell not in cells]

    def aside(self) -> list[OutsideText]:
        """What was typed beside blank answers or as an option, and which answers are merged with other columns."""
        name = self.sheet.name
        beside = ((OutsideKind.MISPLACED, text, at) for at, text in self.misplaced)
        across = ((OutsideKind.MERGED_ACROSS, text, at) for at, text in self._across)
        unknown = ((OutsideKind.OPTION, text, at) for at, text in self._unknown)
        return [
            *each(beside, self.file, name),
            *each(unknown, self.file, name),
            *grouped(across, self.file, name),
        ]

    @property
    def is_template(self) -> bool:
        """Whether the sheet is laid out as the template lays it out."""
        return self.layout.how == "header" and self._ids == len(self.answers)

    @property
    def known_columns(self) -> set[int]:
        """Columns whose use is understood; under questions all of them are answers."""
        if self.layout.below:
            return {column for cells in self.sheet.rows.values() for column in cells}
        return set(self.columns.values()) | self.layout.others | set(self._numbers)

    @property
    def _numbers(self) -> list[int]:
        """Columns left of the key that only number the rows."""
        key = min(self.layout.keys)
        found: dict[int, int] = {}
        for row in self.item_rows:
            for column, text in self.sheet.rows[row].items():
                if column < key:
                    found[column] = max(found.get(column, 0), len(text))
        return [column for column, longest in found.items() if longest <= NUMBER]

    def taken(self) -> SheetLayout:
        """What was taken from where, for the report."""
        asked = self.columns.get("question", self.columns.get("label", self.columns.get("id", 0)))
        answers = "below" if self.layout.below else letters(self.columns["answer"])
        return SheetLayout(self.sheet.name, self.layout.how, letters(asked), answers, len(self.answers))

    @cached_property
    def _continued(self) -> dict[int, int]:
        """Rows that a merged key cell spans besides its first: one answer over several rows."""
        keys = self.layout.keys
        return {
            row: top
            for (row, column), (top, _) in self.sheet.covered.items()
            if column in keys and row != top
        }

    def _cell(self, row: int, key: str) -> str:
        column = self.columns.get(key)
        return "" if column is None else self.sheet.rows[row].get(column, "")

    def _same(self, item: str) -> bool:
        return bool(self.answers) and self.answers[-1].item == item

    def _item(self, row: int) -> tuple[str | None, str | None]:
        """The item of a row and its question as it stands there."""
        question = self._cell(row, "question")
        asked = without_marker(question) or None
        code = self._cell(row, "id")
        if code and (found := self.keys.by_id(code)):
            self._ids += row not in self._continued
            return found, asked
        if row in self.layout.items:
            return self.layout.items[row], asked if "question" in self.columns else None
        if question and (found := self.keys.by_question(question)):
            return found, asked
        label = self._cell(row, "label")
        found = (label and self.keys.by_label(label)) or self._by_marker(label) or self._by_marker(code)
        found = found or self.keys.by_number(label) or self.keys.by_number(code)
        return found or None, asked

    def _by_marker(self, text: str) -> str | None:
        """An item by its number under the part and section whose titles stand above: （三）."""
        found = _MARKER_ALONE.fullmatch(text) if text else None
        item = f"P{self._part}.S{self._section}.I{counted(found.group(1))}" if found else ""
        return item if item in self.keys.schema.by_id else None

    def _titles(self, cells: dict[int, str]) -> bool:
        """Notes headings of parts and sections; True when the row holds nothing else."""
        only = True
        for text in dict.fromkeys(cells.values()):
            part = self.keys.matcher.part(text) if len(text) < 60 else None
            section = self.keys.matcher.section(text, self._part) if len(text) < 60 and part is None else None
            if part is not None:
                self._part, self._section = part, 0
            elif section is not None:
                self._section = section
            elif not self.keys.is_title(text):
                only = False
        return only

    def _add(self, row: int, item: str, question: str | None) -> None:
        section = self.keys.schema.sections[item]
        self._part, self._section = section[0].part, section[1].section
        column = self.columns.get("answer", self.columns.get("question", 0))
        beside = self.sheet.own(row, self.columns.get("question", 0)) if self.layout.below else {}
        text = "\t".join(beside.values()) if self.layout.below else self._own(row, "answer")
        choice, option, ticked = self._own(row, "choice"), self._own(row, "option"), self._ticked(row, item)
        chosen = bool(choice or ticked)
        problem = self.sheet.problems.get((row, column))
        if not self.layout.below:
            self._answered[row] = item
            if self._shared(row, column):
                text, problem = "", Problem.MERGED
            self._note_across(row, column, text)
            if question and not (text or chosen or problem):
                behind = behind_question(question, self.keys.schema.by_id[item])
                question = question.removesuffix(behind).rstrip() if behind else question
        self.answers.append(
            Answer(
                item=item,
                text=self._said(text, item),
                where=self._place(row, column),
                choice=choice_of(choice) or (Choice.NOT_APPLICABLE if ticked and not ticked.option else None),
                option=ticked.option if ticked else None,
                reason=self._own(row, "reason"),
                department=self._own(row, "department"),
                remark=self._own(row, "remark"),
                question=question,
                problem=problem,
                cells=tuple(reference(row, at) for at in beside)
                if self.layout.below
                else (self.sheet.name_of(row, column),),
            )
        )
        typed = self._own(row, "status")
        # beside a blank answer it is asked about
        if typed and (text or chosen) and not is_shown(typed, words()):
            self.loose.append(UnmatchedText(typed, self._place(row, self.columns["status"])))
        if choice and choice_of(choice) is None:
            self.loose.append(UnmatchedText(choice, self._place(row, self.columns["choice"])))
        if option and ticked is None and not (is_placeholder(option) or is_untouched(option)):
            self._unknown.append(((row, self.columns["option"]), option))

    def _ticked(self, row: int, item: str) -> Tick | None:
        """What is ticked in the column of options."""
        options = self.keys.schema.by_id[item].options and self._own(row, "option")
        return tick_in(options) if options else None

    def _said(self, text: str, item: str) -> str:
        """An answer without the form's hints and, in another's form, without 答： before it."""
        if copied := hints.leading(lines := text.split("\n"), self.keys.schema.by_id[item]):
            text = "\n".join(lines[copied:])
        return without_prefix(text) if self.layout.how == "content" else text

    def _own(self, row: int, key: str) -> str:
        """A cell's text; empty where it only continues a merged cell of a column that means something else."""
        if not self.sheet.merges:
            return self._cell(row, key)
        column = self.columns.get(key)
        first = None if column is None else self.sheet.covered.get((row, column))
        if first is not None and first[1] != column and first[1] in self.columns.values():
            return ""
        return self._cell(row, key)

    def _shared(self, row: int, column: int) -> bool:
        """Whether the answer's cell continues the one of another item above."""
        first = self.sheet.covered.get((row, column))
        if first is None or first[0] == row or not self.sheet.cells.get(first):
            return False
        above = next((self._answered[r] for r in range(first[0], row) if r in self._answered), None)
        return above is not None and above != self._answered[row]

    def _note_across(self, row: int, column: int, text: str) -> None:
        """Notes an answer's cell that is merged with known columns right of it."""
        if not text or not self.sheet.merges or (row, column) in self.sheet.covered:
            return
        others = set(self.columns.values()) - {column}
        if any(self.sheet.covered.get((row, other)) == (row, column) for other in others):
            self._across.append(((row, column), text))

    def _beside_blanks(self) -> None:
        """Notes what stands beside answers that are blank."""
        blank = {
            (answer.where.cell, answer.item)
            for answer in self.answers
            if not (answer.text or answer.choice or answer.option or answer.problem)
        }
        column = self.columns["answer"]
        items = {row: self.keys.schema.by_id[item] for row, item in self._answered.items()}
        rows = [row for row, item in self._answered.items() if (reference(row, column), item) in blank]
        told = {reference(row, column) for row in self._answered} & {
            answer.where.cell for answer in self.answers if answer.text
        }
        written = [row for row in self._answered if reference(row, column) in told]
        self.misplaced += beside_blanks(
            self.sheet, self.layout, items, rows, written=written, form=self._ids > 0
        )

    def _belongs(self, row: int, cells: dict[int, str]) -> bool:
        """Whether a row without a key goes on with the answer above it."""
        if self.layout.below:
            return True
        if self._ids or any(cells.get(key) for key in self.layout.keys):
            return False  # in the template's own form a stray row is asked about
        return bool(self._cell(row, "answer")) and cells.keys() <= set(self.columns.values())

    def _join(self, row: int) -> None:
        answer = self.answers[-1]
        if self.layout.below:
            own = self.sheet.own(row)
            more = "\t".join(own.values())
            first = min(self.sheet.rows[row])
            taken = [reference(row, column) for column in own]
            problem = answer.problem or next(
                (found for at, found in self.sheet.problems.items() if at[0] == row), None
            )
        else:
            column = first = self.columns["answer"]
            more = "" if (row, column) in self.sheet.covered else self._cell(row, "answer")
            taken = [self.sheet.name_of(row, column)]
            problem = answer.problem or self.sheet.problems.get((row, column))
        if not answer.text and more:
            answer = replace(answer, where=self._place(row, first), text=without_prefix(more))
        elif more:
            answer = replace(answer, text=f"{answer.text}\n{more}")
        held = tuple(dict.fromkeys((*answer.cells, *taken)))
        self.answers[-1] = replace(answer, problem=problem, cells=held)

    def _above(self, row: int, cells: dict[int, str]) -> None:
        """Long text above the questions is nobody's answer, and is listed; titles are noted."""
        self._titles(cells)
        for column, text in cells.items():
            in_header = self.layout.how == "header" and row == self.layout.first - 1
            is_long = len(text) > CAPTION or (in_header and says_something(text))
            if is_long and (row, column) not in self.sheet.covered:
                self.loose.append(self._loose(text, row, column))

    def _stray(self, row: int, cells: dict[int, str]) -> None:
        """The content of a row without an item; rows that follow each other make one piece."""
        texts = [text for text in dict.fromkeys(cells.values()) if not self.keys.is_title(text)]
        if not texts:
            return
        line = "\t".join(texts)
        if self.loose and self._loose_row == row - 1:
            self.loose[-1] = replace(self.loose[-1], text=f"{self.loose[-1].text}\n{line}")
        else:
            answer = self.columns.get("answer", -1)
            column = answer if cells.get(answer) else min(cells)
            self.loose.append(self._loose(line, row, column))
        self._loose_row = row

    def _doubts(self) -> Iterator[UnmatchedText]:
        """Columns that could hold the answers as well: asked about, not guessed."""
        for column in self.layout.doubts:
            texts = [
                (row, text) for row in sorted(self.item_rows) if (text := self.sheet.rows[row].get(column))
            ]
            if texts:
                yield self._loose("\n".join(text for _, text in texts), texts[0][0], column)

    def _place(self, row: int, column: int) -> Place:
        return Place(self.file, self.sheet.name, reference(row, column))

    def _loose(self, text: str, row: int, column: int) -> UnmatchedText:
        """Words of no item, where Excel shows them: at the first cell of a merged area."""
        return UnmatchedText(text, Place(self.file, self.sheet.name, self.sheet.name_of(row, column)))


def choice_of(text: str) -> Choice | None:
    """What the clerk chose in the column 依托/不涉及."""
    if not text:
        return None
    key = squeeze(text[:40])
    for choice, names in words()["choice_names"].items():
        if any(key == squeeze(name) for name in names):
            return Choice(choice)
    return None


def without_prefix(text: str) -> str:
    """An answer without 答： before it."""
    head, colon, _ = text[:12].replace(":", "：").partition("：")
    if colon and head.strip() in words()["answer_prefixes"]:
        return text[len(head) + 1 :].strip()
    return text
