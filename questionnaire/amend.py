"""Answers put into a copy of the subsidiary's own workbook, with all else as it was.

Only the part of the sheet that holds the answers is changed, and only in the answers' cells: styles, formulas,
drawings, comments, lists, names, other sheets and macros stay byte for byte, which no library that reads and writes
a whole workbook can do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from frameworks.ground.errors import OutputError, ReturnError
from frameworks.ground.output import Look, foreign, save
from questionnaire.answers import Answer, Problem, Return
from questionnaire.cells import clean_text, squeeze
from questionnaire.reading import read_bytes, read_return, run_apart
from questionnaire.reading.files.archive import open_archive
from questionnaire.reading.files.sniff import Kind, sniff
from questionnaire.reading.files.spreadsheet import sheet_parts
from questionnaire.schema import Schema
from questionnaire.template import CELL_LIMIT
from questionnaire.writing.cells import CellText, at_of, with_texts
from questionnaire.writing.package import Copy, Draft, calculate_anew, drop_chain

Texts = Mapping[str, Mapping[str, str]]  # sheet → cell → what it is to hold


def amend(
    source: Path,
    answers: Mapping[str, str],
    target: Path,
    schema: Schema,
    *,
    look: Look = foreign,
    force: bool = False,
) -> tuple[OutputError, ...]:
    """Writes a copy of a workbook with answers put into their cells.

    Args:
        source: the subsidiary's workbook (.xlsx, .xlsm and their templates).
        answers: texts by item id; an empty one clears the cell.
        target: where the copy goes; never the source.
        schema: the questionnaire that the workbook answers.
        look: judges a file that stands at the target.
        force: whether the user gives up what stands there.

    Returns:
        What the copy could not keep and which answers had no cell of their own, as errors that are not raised
        (``checker.wording`` puts them into sentences); nothing where all went well.

    Raises:
        ReturnError: the source cannot be read as a return.
        OutputError: it cannot be amended, or the target not be written; nothing is written then.
    """
    content = read_bytes(source)
    check_kind(content, source)
    told = read_return(source, schema)
    texts, notes = cells_of(told, answers, schema)
    copy = changed(content, source.name, texts)
    check_suffix(copy, target)
    _check_copy(told, read_copy(copy.content, source, schema), answers)
    save(target, copy.content, [source], look=look, force=force)
    return (*notes, *losses(copy, source))


def changed(content: bytes, file: str, texts: Texts) -> Copy:
    """A workbook with texts in some cells, made in the worker that reads strangers' files.

    Raises:
        ReturnError: the workbook is damaged, or ended the worker.
    """
    found: Copy = run_apart(edit, content, file, {sheet: dict(cells) for sheet, cells in texts.items()})
    return found


def edit(content: bytes, file: str, texts: dict[str, dict[str, str]]) -> Copy:
    """The same in this process."""
    with open_archive(content, file) as archive:
        archive.check_declarations()
        parts = sheet_parts(archive)
        draft = Draft(archive)
        formulas: list[tuple[str, str]] = []
        for sheet, cells in texts.items():
            wanted = {at_of(cell): CellText(text) for cell, text in cells.items()}
            data, over = with_texts(draft.read(parts[sheet]), file, wanted)
            draft.write(parts[sheet], data)
            formulas += [(sheet, cell) for cell in cells if at_of(cell) in over]
        if formulas:
            drop_chain(draft)
        calculate_anew(draft)
        return Copy(draft.packed(), draft.suffix, draft.signed, formulas=tuple(formulas))


def cells_of(
    told: Return, answers: Mapping[str, str], schema: Schema
) -> tuple[dict[str, dict[str, str]], list[OutputError]]:
    """The texts by sheet and cell, and what is to be said of answers without a cell of their own.

    Raises:
        OutputError: an item is unknown, or its answer longer than a cell can hold.
    """
    texts: dict[str, dict[str, str]] = {}
    notes: list[OutputError] = []
    for item, given in answers.items():
        if item not in schema.by_id:
            raise OutputError("amend-unknown", file=told.file, item=item)
        text = clean_text(given)
        if len(text) > CELL_LIMIT:
            raise OutputError("answer-too-long", item=item, length=len(text))
        places = told.of(item)
        label = schema.label(item)
        if not places or not _is_writable(places[0]):
            code = "amend-no-row" if not places else "amend-shared"
            notes.append(OutputError(code, file=told.file, item=label))
            continue
        first = places[0]
        cells = texts.setdefault(first.where.sheet or "", {})
        cells.update(dict.fromkeys(first.cells[1:], ""))
        cells[first.cells[0]] = text
        notes += [
            OutputError("amend-twice", file=told.file, item=label, cell=first.cells[0], other=other.where)
            for other in places[1:]
        ]
    return texts, notes


def read_copy(content: bytes, source: Path, schema: Schema) -> Return:
    """The copy as a return, without the words of its pictures, which are the original's."""
    from questionnaire.reading.content import read_content

    found: Return = run_apart(partial(read_content, schema=schema), content, source.name, "")
    return found


def losses(copy: Copy, source: Path) -> list[OutputError]:
    """What the copy could not keep."""
    found = [OutputError("amend-signature", file=source.name)] if copy.signed else []
    cells = [f"「{sheet}」{cell}" for sheet, cell in copy.formulas]
    return found + ([OutputError("amend-formula", file=source.name, cells=cells)] if cells else [])


def check_suffix(copy: Copy, target: Path) -> None:
    """Refuses a name that does not fit the kind of workbook.

    Raises:
        OutputError: names the suffix that does.
    """
    if target.suffix.lower() != copy.suffix:
        raise OutputError("amend-suffix", file=str(target), suffix=copy.suffix)


def check_kind(content: bytes, source: Path) -> None:
    """Refuses what is no workbook whose sheets can be changed one by one.

    Raises:
        ReturnError: it has a password, or is no file that can be read at all.
        OutputError: it is of another kind.
    """
    kind = sniff(content, source.name)
    if kind is Kind.ENCRYPTED:
        raise ReturnError("encrypted", file=source.name)
    if kind is not Kind.WORKBOOK:
        raise OutputError("amend-kind", file=source.name, kind=kind.value)


def _check_copy(before: Return, after: Return, answers: Mapping[str, str]) -> None:
    """Refuses a copy in which an answer reads otherwise than it was given, or another one has changed.

    Raises:
        OutputError: names the first item.
    """
    if len(before.answers) != len(after.answers):
        raise OutputError("amend-unsafe", file=before.file, item="")
    met: set[str] = set()
    for old, new in zip(before.answers, after.answers, strict=True):
        written = old.item in answers and old.item not in met and _is_writable(old)
        met.add(old.item)
        expected = squeeze(clean_text(answers[old.item])) if written else squeeze(old.text)
        found = squeeze(new.text)
        same = expected.endswith(found) and bool(found) == bool(expected) if written else found == expected
        if new.item != old.item or not same:
            raise OutputError("amend-unsafe", file=before.file, item=old.item)


def _is_writable(answer: Answer) -> bool:
    return bool(answer.cells) and answer.problem is not Problem.MERGED
