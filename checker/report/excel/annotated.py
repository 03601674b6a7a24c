"""A copy of the return with the findings in it: a status and the findings beside each answer, a note on it.

Everything else of the clerk's workbook stays as it is, byte for byte; what we write is known again when the copy is
checked, and is no answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from checker.finding import Finding, ItemResult, Question, Report, Severity
from checker.report.causes import causes_of
from checker.report.excel.style import SEVERITY_FILL, STATE_FILL
from checker.report.view import question_text
from checker.wording import Language, Wording
from frameworks.ground.errors import OutputError
from frameworks.ground.output import Look, foreign, save
from questionnaire.amend import check_kind, check_suffix, losses
from questionnaire.answers import Place, Reply
from questionnaire.cells import one_line
from questionnaire.reading import read_bytes, run_apart
from questionnaire.reading.layout.annotation import KINDS
from questionnaire.template import CELL_LIMIT
from questionnaire.template import words as template_words
from questionnaire.writing.marks import Headings, Mark, SheetMarks, mark_up
from questionnaire.writing.package import Copy

NOTE_LIMIT = 1_500  # letters of a note: more does not fit on a screen; the column beside holds all
NAMED = 8  # findings beside the answers' sheets that one sentence names
FINE = "EAF4EC"  # the colour of an answer without findings


def write_annotated(
    report: Report,
    source: Path,
    target: Path,
    words: Wording,
    *,
    look: Look = foreign,
    force: bool = False,
    replies: Mapping[str, Reply] = MappingProxyType({}),
) -> tuple[OutputError, ...]:
    """Writes the copy.

    Args:
        report: what the check of the source found.
        source: the workbook that was checked.
        target: where the copy goes; never the source.
        words: the language of what is written.
        look: judges a file that stands at the target.
        force: whether the user gives up what stands there.
        replies: what the clerk says to questions of the report, by their ids; written where she would choose it.

    Returns:
        What the copy could not keep or hold, as errors that are not raised.

    Raises:
        ReturnError: the source cannot be read.
        OutputError: it is no workbook that can be changed, is another one than was checked, or the target cannot
            be written; nothing is written then.
    """
    content = read_bytes(source)
    check_kind(content, source)
    if hashlib.sha256(content).hexdigest() != report.sha256:
        raise OutputError("annotate-changed", file=source.name)
    copy: Copy = run_apart(mark_up, content, source.name, _marks(report, replies, words), _headings(words))
    check_suffix(copy, target)
    save(target, copy.content, [source], look=look, force=force)
    apart = [f for f in report.findings if _key(f.where) in copy.unseen or f.where.cell is None]
    cells = [f"「{sheet}」{cell}" for sheet, cell in copy.commented]
    notes = [*losses(copy, source)]
    notes += [OutputError("annotate-commented", file=source.name, cells=cells)] if cells else []
    if apart:
        notes.append(
            OutputError("annotate-apart", file=source.name, count=len(apart), names=_names(apart, words))
        )
    return tuple(notes)


def _headings(words: Wording) -> Headings:
    given, at = template_words()["annotation"], list(Language).index(words.language)
    return Headings(author=given["author"], **{kind: given[kind][at] for kind in KINDS})


def _marks(report: Report, replies: Mapping[str, Reply], words: Wording) -> dict[str, SheetMarks]:
    """What goes beside the answers, by sheet: every item has a status, every cell with findings a note."""
    sheets: dict[str, SheetMarks] = {}
    items = {_key(item.where): item for item in report.items if item.where and item.where.cell}
    rows: dict[tuple[str, int], list[Finding]] = {}
    cells: dict[tuple[str, str], list[Finding]] = {}
    names: dict[tuple[str, int], str] = {}
    for sheet, cell in items:
        names.setdefault((sheet, _row(cell)), cell)
    for finding in report.findings:
        sheet, cell = _key(finding.where)
        if cell:
            rows.setdefault((sheet, _row(cell)), []).append(finding)
            cells.setdefault((sheet, cell), []).append(finding)
            names.setdefault((sheet, _row(cell)), cell)
    asked: dict[tuple[str, int], Question] = {}
    for question in report.questions:
        sheet, cell = _key(question.where)
        if cell:  # one at a time: what waits first
            at = (sheet, _row(cell))
            waits = at not in asked or (_reply(asked[at], replies) and not _reply(question, replies))
            asked[at] = question if waits else asked[at]
            names.setdefault(at, cell)
    for (sheet, row), cell in names.items():
        found = rows.get((sheet, row), [])
        marks = sheets.setdefault(sheet, SheetMarks())
        mark = _mark(items.get((sheet, cell)), found, report, words)
        marks.rows[cell] = _with_question(mark, asked.get((sheet, row)), replies, words)
    for (sheet, cell), found in cells.items():
        lines = _said(found, words)
        sheets[sheet].notes[cell] = _note(lines, words)
    return sheets


def _mark(item: ItemResult | None, findings: Sequence[Finding], report: Report, words: Wording) -> Mark:
    """The status and the findings of a row."""
    counts = {each: sum(f.severity is each for f in findings) for each in Severity}
    said = [f"{words.word('severity', each.value)} {count}" for each, count in counts.items() if count]
    state = [words.word("states", item.state.value)] if item else []
    status = [
        *state,
        words.text("report", "pairs-separator").join(said) or words.text("report", "annotate-fine"),
    ]
    gravest = min((finding.severity for finding in findings), key=lambda each: each.rank, default=None)
    fill = SEVERITY_FILL[gravest] if gravest else STATE_FILL[item.state] if item else FINE
    lines = _said(findings, words)
    return Mark(_ours(status), fill.lstrip("#"), _ours(lines)[:CELL_LIMIT])


def _with_question(mark: Mark, asked: Question | None, replies: Mapping[str, Reply], words: Wording) -> Mark:
    """The mark with what the clerk is asked, and what she has said."""
    if asked is None:
        return mark
    given, at = template_words()["annotation"]["replies"], list(Language).index(words.language)
    reply = _reply(asked, replies)
    return replace(
        mark,
        question=f"{_ours([one_line(question_text(asked, words))])}〔{asked.id}〕",
        reply=given[reply.value][at] if reply else "",
        choices=tuple(given[choice.value][at] for choice in asked.choices),
    )


def _reply(asked: Question, replies: Mapping[str, Reply]) -> Reply | None:
    return replies.get(asked.id, asked.reply)


def _said(findings: Iterable[Finding], words: Wording) -> list[str]:
    """One line a cause, the gravest first: severity, name, what is wrong, what to write."""
    causes = sorted(causes_of(findings, words), key=lambda cause: cause.first.severity.rank)
    said = []
    for cause in causes:
        text = cause.worded(words)
        severity = words.word("severity", cause.first.severity.value)
        line = words.text(
            "report", "annotate-line", severity=severity, title=text.title,
            message=one_line(text.message), mend=one_line(text.mend),
        )  # fmt: skip
        said.append(line)
    return said


def _names(findings: Iterable[Finding], words: Wording) -> list[str]:
    """What findings are called, each with its sheet and cell."""
    names = []
    for each in findings:
        place = words.place(each.where).partition(" › ")[2]
        names.append(" ".join(filter(None, (place, words.finding(each).title))))
    names = list(dict.fromkeys(names))
    return [*names[:NAMED], *(["…"] if len(names) > NAMED else [])]


def _note(lines: Sequence[str], words: Wording) -> str:
    """The text of a note; what is too long for a screen ends with a word on where the rest is."""
    text = "\n".join([_headings(words).findings, _ours(lines)])
    if len(text) <= NOTE_LIMIT:
        return text
    return f"{text[:NOTE_LIMIT]}…\n{_ours([words.text('report', 'annotate-more')])}"


def _ours(lines: Iterable[str]) -> str:
    mark = template_words()["annotation"]["mark"]
    return "\n".join(f"{mark}{line}" for line in lines)


def _key(where: Place) -> tuple[str, str]:
    return where.sheet or "", where.cell or ""


def _row(cell: str) -> int:
    return int("".join(letter for letter in cell if letter.isdigit()))
