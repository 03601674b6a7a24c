"""What came back: one subsidiary's return, as every reader hands it on and every rule sees it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from questionnaire.vocabulary import Option, ProfileFlag


class Place(Struct, frozen=True):
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
    MERGED = "merged"  # the cell is part of one that answers the item above


class Answer(Struct, frozen=True):
    """The reply to one item."""

    item: str  # id
    text: str  # clean (``questionnaire.cells``); lines by \n, table cells by \t
    where: Place
    choice: Choice | None = None
    reason: str = ""  # what stands beside the choice
    department: str = ""
    remark: str = ""
    question: str | None = None  # as it stands in the file; None when the file does not repeat it
    problem: Problem | None = None
    sure: float | None = None  # how sure recognition is of its words (0–1), where they were read from a scan
    cells: tuple[str, ...] = ()  # that hold the text, in a workbook; a new one goes into the first
    option: Option | None = None  # ticked in a column of its own, where the item is answered by ticking


class KeyFigure(Struct, frozen=True):
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
    last_where: Place | None = None  # the cell of last year's value


class Declared(StrEnum):
    """What the clerk chose for one aspect on the sheet 分项填报."""

    DISCLOSED = "disclosed"
    DELEGATED = "delegated"
    NOT_APPLICABLE = "not-applicable"
    NIL = "nil"  # nothing of the kind happened


class AspectLine(Struct, frozen=True):
    """One line of the sheet on which every aspect has its own, as it was filled in."""

    item: str
    aspect: str  # id
    where: Place  # the cell of its text
    state: Declared
    text: str = ""
    figure: str = ""
    unit: str = ""
    period: str = ""


class Reply(StrEnum):
    """What a clerk may answer to a question of ours."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"


class Confirmation(Struct, frozen=True):
    """Her answer, in the column that the copy of her return offered for it."""

    question: str  # id; it names the words that it was asked about, so that it lapses when they change
    reply: Reply
    where: Place


class UnmatchedText(Struct, frozen=True):
    """Text of the file that no item took."""

    text: str
    where: Place


class OutsideKind(StrEnum):
    """Content of a file that is not an answer's text."""

    COMMENT = "comment"
    TEXT_BOX = "text-box"
    PICTURE = "picture"
    CELL_PICTURE = "cell-picture"  # a picture that is a cell's value
    PICTURE_READ = "picture-read"  # its words were recognised, and are no answer
    SCANNED = "scanned"  # the whole file is pictures: the answers themselves were recognised
    PICTURE_LEFT = "picture-left"  # recognition is at hand and did not get to it
    OBJECT = "object"  # an embedded file; never opened
    FOOTNOTE = "footnote"
    DELETED = "deleted"  # text that a tracked change took out
    HIDDEN_TEXT = "hidden-text"
    HIDDEN_ROW = "hidden-row"
    HIDDEN_COLUMN = "hidden-column"
    HIDDEN_SHEET = "hidden-sheet"
    UNDER_MERGE = "under-merge"  # a value that a merged area hides
    EXTRA_COLUMN = "extra-column"
    MISPLACED = "misplaced"  # text in another column beside a blank answer; one record a cell
    STRAY = "stray"  # text among the form's own words: header, instructions, the company's profile
    OPTION = "option"  # what stands in the column of options and is none; one record a cell
    MERGED_ACROSS = "merged-across"  # an answer's cell merged with columns that mean something else
    CUT = "cut"  # the end of an answer beyond any sensible length


class OutsideText(Struct, frozen=True):
    """Content that stands outside the answers: one kind at one sheet or document."""

    kind: OutsideKind
    texts: tuple[str, ...]  # what it says, where it says anything
    count: int
    where: Place  # of the first


class Picture(Struct, frozen=True):
    """A picture of the file and the words that recognition saw in it: to compare with answers, never one itself."""

    where: Place
    lines: tuple[tuple[str, float], ...] = ()  # words, and how sure the recogniser is of them (0–1)
    count: int = 1  # how often the file shows it

    @property
    def text(self) -> str:
        """All words, a line each."""
        return "\n".join(words for words, _ in self.lines)

    @property
    def confidence(self) -> float:
        """The least sure line's; 0 where nothing was read."""
        return min((sure for _, sure in self.lines), default=0.0)


class SheetLayout(Struct, frozen=True):
    """What was taken from where, when the layout is not the template's own."""

    sheet: str
    how: str  # header: by column names; content: by the questions themselves
    questions: str  # column letters, e.g. B
    answers: str  # column letters; "below" when answers stand under their question
    items: int


class Source(Struct, frozen=True):
    """How the file was read."""

    kind: str = ""  # what the bytes are: xlsx, xls, docx …
    reader: str = ""  # which reader gave the answers
    read: int = 0  # cells with a value that were read
    present: int = 0  # cells with a value that the file holds
    taken: tuple[SheetLayout, ...] = ()


class Profile(Struct, frozen=True):
    """What the company says about itself; a flag that was not answered is absent."""

    values: tuple[tuple[str, str], ...] = ()  # profile field id → text as given
    flags: tuple[tuple[ProfileFlag, bool], ...] = ()

    def value(self, field_id: str) -> str:
        """The text given for a profile field, or an empty one."""
        return dict(self.values).get(field_id, "")

    def flag(self, flag: ProfileFlag) -> bool | None:
        """Yes, no, or None where nothing was said."""
        return dict(self.flags).get(flag)


class Return(Struct, frozen=True):
    """One subsidiary's filled questionnaire.

    ``answers`` is in the order of the file and can hold an item twice (rule duplicate-answer) or not at all.
    """

    file: str  # name as the user gave it
    sha256: str
    company: str
    year: int | None
    answers: tuple[Answer, ...]
    profile: Profile = field(default_factory=Profile)
    unmatched: tuple[UnmatchedText, ...] = ()
    outside: tuple[OutsideText, ...] = ()
    source: Source = field(default_factory=Source)
    figures: tuple[KeyFigure, ...] = ()
    lines: tuple[AspectLine, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()
    pictures: tuple[Picture, ...] = ()  # whose words were recognised; empty without the extra ``ocr``

    def of(self, item_id: str) -> tuple[Answer, ...]:
        """The answers given to an item."""
        return tuple(answer for answer in self.answers if answer.item == item_id)
