"""Returns that lie open on the desk: read and checked in the guarded worker, mended in copies, kept until it closes."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, field

from checker.checking.day import today
from checker.checking.files import check_sent, read_sent
from checker.checking.settings import Settings, load_in
from checker.checking.waivers import apply, settle
from checker.desk.uploads import Upload
from checker.finding import Report
from checker.report.excel.annotated import write_annotated
from checker.wording import Wording
from frameworks.ground.errors import InputError, OutputError
from questionnaire.amend import amend
from questionnaire.answers import Reply, Return
from questionnaire.cells import clean_text
from questionnaire.editions import Editions
from questionnaire.reading.files.sniff import Kind
from questionnaire.succession import Asked, LastYear
from questionnaire.template import build_workbook

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")  # workbooks that a copy can be made of
NO_PLACE = ("amend-no-row", "amend-shared")  # the answer was not written


class Draft(Struct):
    """One return on the desk. What the user called it is only shown; all paths are ours.

    Attributes:
        name: the file's name, as it is shown and as reports give it.
        room: folder of its files.
        source: the workbook into whose copies mends are put: the file itself, or what was made of a report.
        report: of the latest copy.
        copy: the latest copy; ``source`` before anything is mended.
        before: last year's return.
        report_read: what was read of a file that is no workbook of Excel; its text without a place is shown.
        mends: answers given in the page, by item.
        replies: what was said in the page to questions of the report, by their ids.
        notes: what the latest copy could not keep.
    """

    id: str
    name: str
    room: Path
    source: Path
    report: Report
    copy: Path
    before: LastYear | None = None
    report_read: Return | None = None
    mends: dict[str, str] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    notes: tuple[InputError, ...] = ()
    annotated: Path | None = None  # the latest copy with its findings in it
    origin: Path | None = None  # where it lies in the user's folder
    taken: Path | None = None  # the copy that the user has on her side

    @property
    def saved(self) -> bool:
        """Whether the user has all mends on her side."""
        return self.copy in (self.source, self.taken)

    @property
    def saved_name(self) -> str:
        """What a copy is called, less the suffix."""
        return self.name.rpartition(".")[0] or self.name


class Drafts(Struct):
    """What lies open."""

    room: Path
    editions: Editions
    folder: Path | None  # whose settings hold
    lock: threading.Lock
    _open: dict[str, Draft] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Draft]:
        """The newest first."""
        return reversed(tuple(self._open.values()))

    @property
    def unsaved(self) -> bool:
        """Whether mends would be lost."""
        return any(not draft.saved for draft in self)

    def get(self, draft_id: str) -> Draft | None:
        """The draft of an id."""
        return self._open.get(draft_id)

    def add(self, upload: Upload, last_year: Upload | None = None) -> Draft:
        """Checks a file and keeps it.

        Raises:
            ReturnError: it, or last year's, cannot be read as a return.
        """
        with self.lock:
            before = self._before(last_year) if last_year else None
            report = self._check(upload.content, upload.name, before)
            draft_id = secrets.token_hex(6)
            room = self.room / draft_id
            room.mkdir()
            source, read = self._source(upload, report, room)
            draft = Draft(draft_id, upload.name, room, source, report, source, before, read)
            self._open[draft_id] = draft
        return draft

    def compare(self, draft: Draft, last_year: Upload) -> None:
        """Checks a draft anew, beside last year's return.

        Raises:
            ReturnError: that one cannot be read.
        """
        with self.lock:
            before = self._before(last_year)
            draft.report = self._check(draft.copy.read_bytes(), draft.name, before)
            draft.before = before

    def mend(self, draft: Draft, item: str, text: str, words: Wording) -> None:
        """Puts an answer into a copy of the workbook and checks that.

        Raises:
            InputError: the answer has no place in the workbook, or cannot be written; the draft is as it was.
        """
        with self.lock:
            self._change(draft, {**draft.mends, item: clean_text(text)}, draft.replies, words)

    def reply(self, draft: Draft, question: str, reply: Reply, words: Wording) -> None:
        """Puts what was said to a question into the columns of a copy, where later checks read it.

        Raises:
            InputError: it cannot be written; the draft is as it was.
        """
        with self.lock:
            self._change(draft, draft.mends, {**draft.replies, question: reply}, words)

    def latest(self, draft: Draft) -> tuple[Path, bytes]:
        """The latest copy and what it holds; a mend in another tab, which would take it away, waits."""
        with self.lock:
            return draft.copy, draft.copy.read_bytes()

    def annotate(self, draft: Draft, words: Wording) -> tuple[Path, tuple[InputError, ...]]:
        """The latest copy with the findings in it, and what it could not hold.

        Raises:
            InputError: it cannot be annotated.
        """
        with self.lock:
            return _written(draft, lambda target: write_annotated(draft.report, draft.copy, target, words))

    def _change(self, draft: Draft, mends: dict[str, str], replies: dict[str, Reply], words: Wording) -> None:
        """A copy of the source with all mends and replies, checked."""
        schema = self.editions.by_id(draft.report.questionnaire)
        copy, notes = _written(draft, lambda target: amend(draft.source, mends, target, schema))
        for note in notes:
            if note.code in NO_PLACE:
                raise note
        report = self._check(copy.read_bytes(), draft.name, draft.before)
        if replies:
            plain = copy
            copy, _ = _written(
                draft, lambda target: write_annotated(report, plain, target, words, replies=replies)
            )
            plain.unlink()
            report = self._check(copy.read_bytes(), draft.name, draft.before)
        if draft.copy != draft.source:
            draft.copy.unlink()
        draft.copy, draft.report, draft.notes = copy, report, notes
        draft.mends, draft.replies = mends, replies

    def _source(self, upload: Upload, report: Report, room: Path) -> tuple[Path, Return | None]:
        """The workbook that mends are put into; for another kind of file the one made of it, and what was read."""
        if report.reading.kind == Kind.WORKBOOK.value:
            suffix = Path(upload.name).suffix.lower()
            source = room / f"source{suffix if suffix in SUFFIXES else SUFFIXES[0]}"
            source.write_bytes(upload.content)
            return source, None
        read, (schema, _) = read_sent(upload.content, upload.name, self.editions)
        source = room / f"source{SUFFIXES[0]}"
        source.write_bytes(build_workbook(schema, source=read))
        return source, read

    def _before(self, upload: Upload) -> LastYear:
        """Last year's return, with what it was asked."""
        source, choice = read_sent(upload.content, upload.name, self.editions)
        return LastYear(source, Asked.of(choice.schema))

    def _check(self, content: bytes, name: str, before: LastYear | None) -> Report:
        """By the settings in the user's folder."""
        settings = load_in(self.folder) if self.folder else Settings()
        report = check_sent(content, name, self.editions, before, settings.rules)
        return settle([apply(report, settings.waivers, today())])[0]


def _written(
    draft: Draft, write: Callable[[Path], tuple[OutputError, ...]]
) -> tuple[Path, tuple[InputError, ...]]:
    """A new file in the draft's room, under the suffix that its content asks for, and what is to be said of it.

    Raises:
        InputError: it cannot be written; under the name that the user knows.
    """
    target = draft.room / f"{secrets.token_hex(4)}{draft.copy.suffix}"
    try:
        try:
            notes = write(target)
        except OutputError as error:
            if error.code != "amend-suffix":
                raise
            target = target.with_suffix(str(error.params["suffix"]))
            notes = write(target)
    except InputError as error:
        error.file = draft.name  # not ours
        raise
    for note in notes:
        note.file = draft.name
    return target, notes
