"""The sheet on which every aspect has its line (分项填报): written from the schema, read again by the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from questionnaire.answers import AspectLine, Declared, Place, UnmatchedText
from questionnaire.bilingual import bilingual
from questionnaire.cells import squeeze
from questionnaire.schema import Schema
from questionnaire.vocabulary import FigureNeed

HEADER_DEPTH = 20  # rows in which the header row is looked for
LINE_HEIGHT = 15.0  # points
STYLES = {"id": "hint", "label": "fixed", "ask": "fixed", "hint": "hint", "lack": "status"}
FILLED = ("text", "figure", "unit", "period")
CONTENT = ("text", "figure")  # columns that say something; the unit may be the sheet's own


def words(*, english: bool = False) -> dict[str, Any]:
    """The words of the sheet."""
    return bilingual("aspects", english=english)


def write_sheet(sheet: Any, schema: Schema, formats: Any, lines: Iterable[AspectLine] = ()) -> None:
    """Writes the sheet, blank or with what a return says line by line.

    Args:
        sheet: a worksheet of the template.
        schema: the questionnaire.
        formats: those of the template.
        lines: what is filled in; of two on one aspect the last one counts.
    """
    told = words(english=schema.is_english)
    filled = {line.aspect: line for line in lines}
    columns = told["columns"]
    at = {column["id"]: index for index, column in enumerate(columns)}
    sheet.write_string(0, 0, told["intro"], formats.note)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column["width"])
        sheet.write_string(1, index, column["label"], formats.head)
    sheet.set_row(1, 24)
    row = 2
    for item in schema.items:
        for aspect in item.judged:
            units = [unit for unit in aspect.unit if unit not in told["no_units"]]
            if schema.is_english:  # what has no English spelling is left to the clerk
                units = [unit for unit in units if unit.isascii()]
            unit = units[0] if units and aspect.figure is not FigureNeed.NONE else ""
            given = {
                "id": aspect.id, "label": schema.label(item.id), "ask": aspect.ask,
                "hint": aspect.hint or aspect.ask, "unit": unit,
            }  # fmt: skip
            if (line := filled.get(aspect.id)) is not None:
                given |= {key: said for key in FILLED if (said := getattr(line, key))}
                given["state"] = told["states"][line.state.value]
            for index, column in enumerate(columns):
                style = getattr(formats, STYLES.get(column["id"], "input"))
                sheet.write_string(row, index, given.get(column["id"], ""), style)
            said = status_of(given, told)
            sheet.write_formula(row, at["lack"], _lack(row, at, told), formats.status, said)
            sheet.set_row(row, LINE_HEIGHT * (2.4 if max(map(len, given.values())) > 16 else 1.4))
            row += 1
    rule = {"validate": "list", "source": list(told["states"].values())}
    sheet.data_validation(2, at["state"], row + 50, at["state"], rule)
    for lack in told["lack"].values():
        rule = {"type": "cell", "criteria": "==", "value": f'"{lack}"', "format": formats.statuses["blank"]}
        sheet.conditional_format(2, at["lack"], row, at["lack"], rule)
    sheet.autofilter(1, 0, row - 1, len(columns) - 1)
    sheet.freeze_panes(2, at["hint"])
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def status_of(given: Mapping[str, str], told: Mapping[str, Any]) -> str:
    """What a line still lacks, as its formula says it."""
    said, lack = told["states"], told["lack"]
    if given.get("state") == said["disclosed"]:
        return "" if given.get("text", "").strip(" ") or given.get("figure") else str(lack["content"])
    return str(lack["reason"]) if given.get("state") and not given.get("text", "").strip(" ") else ""


def _lack(row: int, at: dict[str, int], told: Mapping[str, Any]) -> str:
    """The formula that says what a line still lacks."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    state, text, figure = (xl_rowcol_to_cell(row, at[key]) for key in ("state", "text", "figure"))
    said, lack = told["states"], told["lack"]
    return (
        f'=IF({state}="{said["disclosed"]}",IF(AND(TRIM({text})="",{figure}=""),"{lack["content"]}",""),'
        f'IF(AND({state}<>"",TRIM({text})=""),"{lack["reason"]}",""))'
    )


def read_sheet(
    file: str,
    name: str,
    rows: Sequence[Sequence[str]],
    schema: Schema,
    reference: Callable[[int, int], str],
) -> tuple[list[AspectLine], list[UnmatchedText]] | None:
    """The lines that were filled in, and rows with words that are none; None for a sheet that is another.

    Args:
        file: the workbook's name.
        name: the sheet's name.
        rows: its cells as clean text.
        schema: the questionnaire, which knows the aspects.
        reference: a cell's name from 0-based row and column.
    """
    found = _header(rows)
    if found is None:
        return None
    header, columns = found
    known = {aspect.id: item.id for item in schema.items for aspect in item.aspects}
    states = {
        squeeze(said): Declared(key)
        for english in (False, True)
        for key, said in words(english=english)["states"].items()
    }
    lines: list[AspectLine] = []
    loose: list[UnmatchedText] = []
    for index, row in enumerate(rows[header + 1 :], start=header + 1):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        said = any(cells.get(key) for key in CONTENT)
        if not (said or cells["state"]):
            continue
        where = Place(file, name, reference(index, columns["text"]))
        state = states.get(squeeze(cells["state"])) if cells["state"] else Declared.DISCLOSED
        if cells["id"] not in known or state is None:
            loose.append(
                UnmatchedText("\t".join(filter(None, (cells["state"], *map(cells.get, CONTENT)))), where)
            )
            continue
        kept = {key: cells.get(key, "") for key in FILLED}
        lines.append(AspectLine(known[cells["id"]], cells["id"], where, state, **kept))
    return lines, loose


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    names = {
        squeeze(name): column["id"]
        for column in words(english=True)["columns"]
        for name in (*column["names"], column["label"])
    }
    for index, row in enumerate(rows[:HEADER_DEPTH]):
        columns: dict[str, int] = {}
        for at, text in enumerate(row):
            if (key := names.get(squeeze(text))) is not None:
                columns.setdefault(key, at)
        if {"id", "state", "text"} <= columns.keys():
            return index, columns
    return None
