"""Files that stand where we write: which are ours of the same kind, which hold what a person filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checker.report.excel.filled import Carry, Entry, read_entries
from checker.report.kinds import WITH_GAPS, Kind, is_untouched, kinds_of, large_kinds
from frameworks.ground.errors import OutputError, ReturnError, SchemaError
from frameworks.ground.output import Look, Occupant, Standing
from questionnaire.reading import SUFFIXES, read_bytes, read_tables
from questionnaire.reading.files import limits

if TYPE_CHECKING:
    from questionnaire.editions import Editions
    from questionnaire.schema import Schema

EDITED = frozenset(Kind) - {Kind.JSON, Kind.HTML}  # kinds in which people work
_WORKBOOK = (b"PK", b"\xd0\xcf\x11\xe0")  # how workbooks begin, encrypted ones too
_FOLDER_INPUTS = (*SUFFIXES, ".yaml", ".yml", ".gz")  # what a folder named as an input is read for
_COMMENTS = (b"xl/comments", b"xl/threadedComments", b"xl/media/")


def look_for(kind: Kind) -> Look:
    """Judges what stands where a file of a kind is to be written."""
    return partial(_judge, kind)


def look_for_template(editions: Editions) -> Look:
    """The same for a template: a blank one gives way, one that is filled does not."""
    return partial(_judge_template, editions)


def inputs_of(given: Iterable[Path | None], targets: Iterable[Path]) -> list[Path]:
    """The files that are read: those named, and of folders named those targets that are read with them.

    Our own reports in such a folder are no inputs: nobody's answers are in them.
    """
    named = [path for path in given if path is not None]
    folders = [path.resolve() for path in named if path.is_dir()]
    files = [path for path in named if not path.is_dir()]
    for target in targets:
        try:
            read = target.suffix.lower() in _FOLDER_INPUTS and target.is_file()
        except OSError:  # a name that no system takes is said when it is written
            continue
        if read and any(target.resolve().is_relative_to(folder) for folder in folders):
            files += [] if _kinds(target) else [target]
    return files


def entries_in(target: Path, *, force: bool) -> Carry:
    """What was filled into the gap list that is about to be replaced.

    Raises:
        OutputError: it cannot be read, so that its entries would be lost; by force it is replaced and kept.
    """
    if not target.is_file():
        return Carry()
    content = _content(target)
    if not content.startswith(_WORKBOOK):
        return Carry()
    try:
        return Carry(read_entries(target, ours=bool(kinds_of(content) & WITH_GAPS)))
    except ReturnError as error:
        if force:
            return Carry()
        raise OutputError("output-list-unreadable", file=str(target)) from error


def _judge(kind: Kind, path: Path) -> Occupant:
    if path.stat().st_size > limits.FILE_BYTES:
        return _judge_large(kind, path)
    content = _content(path)
    found = kinds_of(content)
    same = kind in found
    if same and kind in WITH_GAPS:
        return Occupant(Standing.OURS, keep=not is_untouched(content))
    filled = _filled(path, content, found)
    if filled and (kind not in WITH_GAPS or kind is Kind.FOLLOWUP):  # which holds no list's entries
        return Occupant(Standing.FILLED, "output-filled-list", {"count": len(filled), "wanted": kind.value})
    if same:
        edited = kind in EDITED and not is_untouched(content)
        return Occupant(Standing.OURS, keep=edited)
    keep = bool(filled) or (filled is None and content.startswith(_WORKBOOK))
    if found:
        return Occupant(
            Standing.THEIRS, "output-other-kind", {"found": _name(found), "wanted": kind.value}, keep
        )
    return Occupant(Standing.THEIRS, "output-exists", {"wanted": kind.value}, keep)


def _judge_large(kind: Kind, path: Path) -> Occupant:
    """A file that is too large for anything of ours but the workbook of a large campaign."""
    found, untouched = large_kinds(path)
    if kind in found:
        return Occupant(Standing.OURS, keep=not untouched)
    if found:
        return Occupant(Standing.THEIRS, "output-other-kind", {"found": _name(found), "wanted": kind.value})
    return Occupant(Standing.THEIRS, "output-exists", {"wanted": kind.value})


def _judge_template(editions: Editions, path: Path) -> Occupant:
    judged = _judge(Kind.TEMPLATE, path)
    if judged.standing is Standing.FILLED or judged.code == "output-other-kind":
        return judged
    content = _content(path)
    edition = _blank_of(editions, path) if content.startswith(b"PK") else None
    if edition is None:
        return judged
    blank = edition and not any(part in content for part in _COMMENTS)
    return Occupant(Standing.OURS if blank else Standing.THEIRS, "output-filled-template", {}, judged.keep)


def _filled(path: Path, content: bytes, found: frozenset[Kind]) -> Sequence[Entry] | None:
    """What is filled in; None where that cannot be known."""
    if not content.startswith(_WORKBOOK):
        return ()
    try:
        return read_entries(path, ours=bool(found & WITH_GAPS))
    except ReturnError:
        return None


def _blank_of(editions: Editions, path: Path) -> bool | None:
    """Whether a template says nothing but what it said when it was made; None for what is no template of ours."""
    from frameworks.figures import load_figures
    from questionnaire.reading.content import read_rows
    from questionnaire.template import build_workbook, words
    from questionnaire.translation import in_english

    try:
        sheets = read_tables(path)
    except ReturnError:
        return None
    labels = {words(english=english)["edition"]["label"]: english for english in (False, True)}
    named: dict[str, str] = {}
    for row in (row for rows in sheets for row in rows if len(row) > 1):
        named.setdefault(row[0], row[1])
    label = next((label for label in labels if label in named), None)
    if label is None:
        return None
    try:
        schema = editions.by_id(named[label])
        schema = in_english(schema) if labels[label] else schema
    except SchemaError:
        return False  # of a questionnaire that is not at hand: taken for filled
    known = load_figures().by_id
    rows = [known[name] for name in named if name in known]  # those of whichever frameworks were chosen
    return any(
        _texts(sheets) == _texts(read_rows(made, path.name, ""))
        for by_aspect in (False, True)
        for made in [build_workbook(schema, profile=_profile(schema, named), rows=rows, by_aspect=by_aspect)]
    )


def _profile(schema: Schema, named: dict[str, str]) -> dict[str, str]:
    """What the command itself fills in."""
    return {
        field.id: named.get(field.label, "")
        for field in schema.edition.profile
        if field.id in ("company", "year")
    }


def _texts(sheets: Sequence[Sequence[Sequence[str]]]) -> list[dict[tuple[int, int], str]]:
    """The cells that hold a text, by sheet; what the workbook calculates is nobody's, and absent until it is."""
    from questionnaire.status import is_shown
    from questionnaire.template import words

    return [
        {
            (row, column): text.strip()
            for row, cells in enumerate(rows)
            for column, text in enumerate(cells)
            if text.strip() and not any(is_shown(text, words(english=english)) for english in (False, True))
        }
        for rows in sheets
    ]


def _kinds(path: Path) -> frozenset[Kind]:
    return large_kinds(path)[0] if path.stat().st_size > limits.FILE_BYTES else kinds_of(_content(path))


def _name(found: frozenset[Kind]) -> str:
    return Kind.REPORT.value if len(found) > 1 else min(found).value


def _content(path: Path) -> bytes:
    """The bytes of a file; none where it cannot be read."""
    try:
        return read_bytes(path)
    except ReturnError:
        return b""
