"""Disclosures as sheets: one sheet in the report of a return, a workbook of its own for many."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from checker.finding import AspectState, Report
from checker.reading.carriers import DisclosureState
from checker.reading.disclosures import load_reader
from checker.reading.disputed import RULES
from checker.report.disclosure_view import (
    BLANK,
    CompanyRow,
    CoverageView,
    DisclosureRow,
    Words,
    build_coverage,
)
from checker.report.excel.paper import Paper
from checker.report.excel.style import (
    AS_TEXT,
    ASPECT_FILL,
    CREATED,
    Formats,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.report.kinds import Kind, mark
from checker.wording import Wording
from questionnaire.schema import Schema

PROOFS = 6  # quotes in one cell; the sheet of details holds all
FILL = {
    DisclosureState.MET: ASPECT_FILL[AspectState.DISCLOSED],
    DisclosureState.PARTLY: "#FFF3CD",
    DisclosureState.DELEGATED: ASPECT_FILL[AspectState.DELEGATED],
    DisclosureState.NOT_APPLICABLE: ASPECT_FILL[AspectState.NOT_APPLICABLE],
    DisclosureState.OPEN: ASPECT_FILL[AspectState.MISSING],
    DisclosureState.NOT_ASKED: "#ECEFF1",
}
COVERAGE_COLUMNS = (
    ("code", 16), ("title", 34), ("kind", 11), ("obligation", 18), ("state", 12), ("proof", 56), ("waiting", 50),
    ("note", 26), ("clause", 24), ("verified", 9),
)  # fmt: skip
COMPANY_COLUMN = ("company", 24)
MATRIX_COLUMNS = (
    ("code", 16), ("title", 34), ("kind", 11), ("obligation", 18), ("state", 12), ("reach", 18), ("verified", 9),
)  # fmt: skip
DETAIL_COLUMNS = (
    ("code", 16), ("company", 24), ("state", 12), ("label", 24), ("ask", 34), ("relation", 10),
    ("aspect-state", 11), ("quote", 56), ("where", 16), ("note", 24),
)  # fmt: skip
UNASKED_COLUMNS = (
    ("code", 16), ("title", 44), ("kind", 11), ("obligation", 18), ("reach", 24), ("note", 40), ("verified", 9),
)  # fmt: skip


def views_of(report: Report, schema: Schema, words: Wording) -> list[CoverageView]:
    """The frameworks by which a report was judged."""
    links = schema.all_links(report.year or schema.edition.year)
    reader = load_reader(schema, links)
    found = []
    for name in report.frameworks:
        edition = reader.catalogues.edition(name.rpartition("-")[0], links.year)
        if edition is not None:
            found.append(build_coverage(reader, edition, [report], words))
    return found


def coverage_sheet(sheet: Any, formats: Formats, papers: Sequence[Paper], words: Wording) -> None:
    """Every disclosure with its state, the words that carry it and what it waits for; by company for several."""
    say = Words(words)
    views = [(paper, view) for paper in papers for view in views_of(paper.report, paper.schema, words)]
    editions = say("separator").join(dict.fromkeys(view.edition for _, view in views))
    intro, not_run = (
        say("sheet-intro", editions=editions),
        {rule for each in papers for rule in each.report.not_run},
    )
    if left_out := [words.rule_title(rule) for rule in RULES if rule in not_run]:
        intro += BLANK + say("rules-left-out", rules=say("separator").join(left_out))
    put(sheet, 0, 0, intro, formats.grey)
    columns = (*COVERAGE_COLUMNS, *((COMPANY_COLUMN,) if len(papers) > 1 else ()))
    _heads(sheet, 1, columns, formats, say)
    index = 2
    for paper, view in views:
        for row in view.rows:
            (company,) = row.companies
            proof = [*company.proof[:PROOFS]]
            if len(company.proof) > PROOFS:
                proof.append(say("more", count=len(company.proof) - PROOFS))
            values = (
                row.code, row.title, row.kind, row.obligation, row.state_word, "\n".join(proof),
                "\n".join(company.waiting), _note(row, say), row.clause, _verified(row, say),
                paper.view.company,
            )[: len(columns)]  # fmt: skip
            _line(sheet, index, values, columns, formats, {4: FILL[row.state]})
            index += 1
    _finish(sheet, 1, index, len(columns), 2)


def render_coverage(view: CoverageView, words: Wording) -> bytes:
    """Many returns: the matrix, the proof of every cell, what nobody was asked."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, **AS_TEXT}
    say = Words(words)
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": view.heading, "category": mark(Kind.COVERAGE), "created": CREATED})
        formats = Formats(book)
        _matrix(book.add_worksheet(say("sheet-matrix")), formats, view, say)
        _details(book.add_worksheet(say("sheet-details")), formats, view, say)
        _unasked(book.add_worksheet(say("sheet-unasked")), formats, view, say)
    return buffer.getvalue()


def _matrix(sheet: Any, formats: Formats, view: CoverageView, say: Words) -> None:
    put(sheet, 0, 0, f"{view.heading}\u3000{view.totals}", formats.bare(bold=True))
    _heads(sheet, 1, MATRIX_COLUMNS, formats, say)
    for column, name in enumerate(view.companies, start=len(MATRIX_COLUMNS)):
        sheet.set_column(column, column, 20)
        put(sheet, 1, column, name, formats.head)
    for index, row in enumerate(view.rows, start=2):
        values = (
            row.code,
            row.title,
            row.kind,
            row.obligation,
            row.state_word,
            row.reach_word,
            _verified(row, say),
        )
        _line(sheet, index, values, MATRIX_COLUMNS, formats, {4: FILL[row.state]})
        for column, company in enumerate(row.companies, start=len(MATRIX_COLUMNS)):
            style = formats.get(bg_color=FILL[company.state], align="center")
            put(sheet, index, column, company.state_word, style)
    _finish(sheet, 1, len(view.rows) + 2, len(MATRIX_COLUMNS) + len(view.companies), 2)


def _details(sheet: Any, formats: Formats, view: CoverageView, say: Words) -> None:
    _heads(sheet, 0, DETAIL_COLUMNS, formats, say)
    index = 1
    for row in view.rows:
        for company in row.companies:
            for values, fill in _detail_lines(row, company, say):
                _line(sheet, index, values, DETAIL_COLUMNS, formats, {2: FILL[company.state], 6: fill})
                index += 1
    _finish(sheet, 0, index, len(DETAIL_COLUMNS), 1)


def _detail_lines(row: DisclosureRow, company: CompanyRow, say: Words) -> list[tuple[tuple[str, ...], str]]:
    return [
        (
            (
                row.code, company.company, company.state_word, carrier.label, carrier.ask, carrier.relation,
                carrier.state_word, carrier.quote, carrier.where,
                _joined(say, carrier.lacks, say("draft") if carrier.draft else ""),
            ),
            ASPECT_FILL[carrier.state],
        )
        for carrier in company.carriers
    ]  # fmt: skip


def _unasked(sheet: Any, formats: Formats, view: CoverageView, say: Words) -> None:
    _heads(sheet, 0, UNASKED_COLUMNS, formats, say)
    rows = view.of(DisclosureState.NOT_ASKED)
    for index, row in enumerate(rows, start=1):
        values = (
            row.code,
            row.title,
            row.kind,
            row.obligation,
            row.reach_word,
            row.note,
            _verified(row, say),
        )
        _line(sheet, index, values, UNASKED_COLUMNS, formats, {})
    _finish(sheet, 0, len(rows) + 1, len(UNASKED_COLUMNS), 1)


def _note(row: DisclosureRow, say: Words) -> str:
    asked_in_part = row.state is DisclosureState.PARTLY and not row.owed
    unasked = row.state is DisclosureState.NOT_ASKED or asked_in_part
    return _joined(say, row.note, row.reach_word if unasked else "", say("draft") if row.draft else "")


def _joined(say: Words, *parts: str) -> str:
    return say("clause-separator").join(dict.fromkeys(part for part in parts if part))


def _verified(row: DisclosureRow, say: Words) -> str:
    return say("verified") if row.verified else say("unverified")


def _heads(sheet: Any, at: int, columns: Sequence[tuple[str, int]], formats: Formats, say: Words) -> None:
    for column, (key, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        put(sheet, at, column, say(f"column-{key}"), formats.head)
    sheet.set_row(at, 22)


def _line(
    sheet: Any,
    index: int,
    values: Sequence[str],
    columns: Sequence[tuple[str, int]],
    formats: Formats,
    fills: dict[int, str],
) -> None:
    lines = 1
    for column, (value, (_, width)) in enumerate(zip(values, columns, strict=True)):
        style = formats.get(bg_color=fills[column], align="center") if column in fills else formats.get()
        put(sheet, index, column, value, style)
        lines = max(lines, line_count(value, width))
    sheet.set_row(index, row_height(lines))


def _finish(sheet: Any, head: int, end: int, columns: int, frozen: int) -> None:
    sheet.freeze_panes(head + 1, frozen)
    sheet.autofilter(head, 0, max(head + 1, end - 1), columns - 1)
    sheet.repeat_rows(head)
    print_setup(sheet, landscape=True)
