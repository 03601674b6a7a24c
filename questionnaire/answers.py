"""What came back: one subsidiary's return, as every reader hands it on and every rule sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from questionnaire.schema import ProfileFlag


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: a cell of a workbook (``D17``) or a line of a text (from 1)."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None


class Choice(StrEnum):
    """What the clerk chose in the workbook's column 依托/不涉及."""

    DELEGATED = "delegated"
    NOT_APPLICABLE = "not-applicable"


class Problem(StrEnum):
    """Why a cell's value cannot be read."""

    EXCEL_ERROR = "excel-error"  # #REF!, #N/A …
    UNCALCULATED = "uncalculated"  # a formula whose result was never stored


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one item."""

    item: str  # id
    text: str  # clean (``questionnaire.cells``); lines by \n, table cells by \t
    where: Place
    choice: Choice | None = None
    reason: str = ""  # what stands beside the choice
    department: str = ""
    remark: str = ""
    question: str | None = (
        None  # the question as it stands in the file; None when the file does not repeat it
    )
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One row of the sheet for key figures, as it was filled in."""

    id: str  # of the figure in the catalogue
    where: Place  # the cell of this year's value
    value: str
    last: str = ""
    unit: str = ""
    boundary: str = ""
    source: str = ""
    reason: str = ""  # why it changed
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Text of the file that no item took."""

    text: str
    where: Place


@dataclass(frozen=True, slots=True)
class Profile:
    """What the company says about itself; a flag that was not answered is absent."""

    values: tuple[tuple[str, str], ...] = ()  # profile field id → text as given
    flags: tuple[tuple[ProfileFlag, bool], ...] = ()

    def value(self, field_id: str) -> str:
        """The text given for a profile field, or an empty one."""
        return dict(self.values).get(field_id, "")

    def flag(self, flag: ProfileFlag) -> bool | None:
        """Yes, no, or None where nothing was said."""
        return dict(self.flags).get(flag)


@dataclass(frozen=True, slots=True)
class Return:
    """One subsidiary's filled questionnaire.

    ``answers`` is in the order of the file and can hold an item twice (rule duplicate-answer) or not at all.
    """

    file: str  # name as the user gave it
    sha256: str
    company: str
    year: int | None
    answers: tuple[Answer, ...]
    profile: Profile = field(default_factory=Profile)
    unmatched: tuple[Unmatched, ...] = ()
    figures: tuple[KeyFigure, ...] = ()

    def of(self, item_id: str) -> tuple[Answer, ...]:
        """The answers given to an item."""
        return tuple(answer for answer in self.answers if answer.item == item_id)
