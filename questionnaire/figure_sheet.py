"""The sheet for key figures (关键绩效): written from the catalogue of figures, and read again by the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from questionnaire.answers import KeyFigure, Place, Problem, UnmatchedText
from questionnaire.bilingual import bilingual
from questionnaire.cells import fold, squeeze

if TYPE_CHECKING:
    from frameworks.figures import Figure
    from questionnaire.schema import Schema

HEADER_DEPTH = 20  # rows in which the header row is looked for
LINE_HEIGHT = 15.0  # points
STYLES = {
    "id": "hint", "group": "fixed", "figure": "fixed", "value": "number", "last": "number", "codes": "hint",
}  # fmt: skip
_DRESSED = re.compile(
    r"[¥￥]?\s*(?P<open>\()?(?P<number>[-+]?[¥￥]?\d[\d,]*(?:\.\d+)?(?:E[+-]?\d+)?)(?P<close>\))?"
    r"\s*(?P<unit>\D.*)?"
)  # as number formats show a figure: ¥3,000.00, (1,200), 1,200吨
_BRACKETED = re.compile(r"[（(].*[）)]")
_YEAR = re.compile(r"[（(]?20\d\d[）)]?年?")


def words(*, english: bool = False) -> dict[str, Any]:
    """The words of the sheet."""
    return bilingual("keyfigures", english=english)


def offered(year: int, frameworks: Iterable[str] = (), details: Iterable[str] = ()) -> tuple[Figure, ...]:
    """The figures that something in force in the year asks for, with those by which they are checked or converted.

    Args:
        year: the reporting year.
        frameworks: whose disclosures are looked at; all of them where there are none.
        details: those of them of which every detail is asked, too.
    """
    from frameworks.catalogues import load_catalogues
    from frameworks.figures import load_figures

    catalogues, known = load_catalogues(), load_figures()
    wanted, fully = set(frameworks), set(details)

    def asked(figure: Figure) -> bool:
        names = fully if figure.detail else wanted | fully
        codes = [
            c for c in figure.answers if (not wanted and not figure.detail) or c.partition(":")[0] in names
        ]
        return any(catalogues.find(code, year) for code in codes)

    found = {figure.id for figure in known.figures if asked(figure)}
    found.update(
        name for f in known.figures if f.id in found and f.ratio for name in (f.ratio.of, *f.ratio.per)
    )
    converted = {name for f in known.figures if f.id in found for name in f.substances}
    found.update(
        f.id for f in known.figures if f.sets and f.sets.substance in converted and (fully or not f.detail)
    )
    return tuple(figure for figure in known.figures if figure.id in found)


def chosen(schema: Schema, year: int, frameworks: Iterable[str] = ()) -> tuple[Figure, ...]:
    """The rows for a questionnaire: all of the frameworks named, else the main ones of its own.

    Raises:
        SchemaError: there is no framework of a name.
    """
    named = tuple(frameworks)
    wanted = schema.links(year, named).defaults
    return offered(year, wanted, wanted if named else ())


def write_sheet(
    sheet: Any, year: int, formats: Any, rows: Iterable[Figure], *, english: bool = False
) -> None:
    """Writes the blank sheet.

    Args:
        sheet: a worksheet of the template.
        year: the reporting year.
        formats: those of the template.
        rows: the figures, one a row.
        english: in English words.
    """
    from frameworks.catalogues import load_catalogues
    from frameworks.figures import load_figures

    told = words(english=english)
    columns = told["columns"]
    catalogues, figures = load_catalogues(), load_figures()
    sheet.write_string(0, 0, told["intro"], formats.note)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column["width"])
        sheet.write_string(1, at, column["label"].format(year=year, last=year - 1), formats.head)
    sheet.set_row(1, 24)
    at_unit = [column["id"] for column in columns].index("unit")
    for row, figure in enumerate(rows, start=2):
        held = {code: found for code in figure.answers if (found := catalogues.find(code, year))}
        codes = [code if found.verified else code + told["unverified"] for code, found in held.items()]
        given = {
            "id": figure.id, "group": figures.group(figure, english=english),
            "figure": figure.name(english=english), "unit": figures.offer(figure, english=english)[0],
            "codes": (", " if english else "、").join(codes),
        }  # fmt: skip
        for at, column in enumerate(columns):
            text = given.get(column["id"], "")
            style = getattr(formats, STYLES.get(column["id"], "input"))
            if text:
                sheet.write_string(row, at, text, style)
            else:
                sheet.write_blank(row, at, None, style)
        choices = list(figures.offer(figure, english=english))
        rule = {"validate": "list", "source": choices, "error_type": "information"}
        sheet.data_validation(row, at_unit, row, at_unit, rule)
        sheet.set_row(row, LINE_HEIGHT * (2.4 if len(given["codes"]) > 34 else 1.4))
    sheet.freeze_panes(2, 3)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def read_sheet(
    file: str,
    name: str,
    rows: Sequence[Sequence[str]],
    problem: Callable[[str], Problem | None],
    reference: Callable[[int, int], str],
) -> tuple[list[KeyFigure], list[UnmatchedText]] | None:
    """The figures given on a sheet, and rows with a value that are none; None for a sheet that is another.

    Args:
        file: the workbook's name.
        name: the sheet's name.
        rows: its cells as clean text.
        problem: why the value of a cell cannot be read, by its name.
        reference: a cell's name from 0-based row and column.
    """
    found = _header(rows)
    if found is None:
        return None
    header, columns = found
    figures: list[KeyFigure] = []
    loose: list[UnmatchedText] = []
    for index, row in enumerate(rows[header + 1 :], start=header + 1):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        where = Place(file, name, reference(index, columns["value"]))
        fault = problem(where.cell or "")
        if not (cells["value"] or cells.get("last") or fault):
            continue
        figure = _figure(cells)
        if figure is None:
            loose.append(UnmatchedText("\t".join(text for text in row if text), where))
            continue
        cells |= _without_units(figure, cells)
        kept = {key: cells.get(key, "") for key in ("value", "last", "unit", "boundary", "source", "reason")}
        last = Place(file, name, reference(index, columns["last"])) if "last" in columns else None
        figures.append(KeyFigure(id=figure, where=where, problem=fault, last_where=last, **kept))
    return figures, loose


def is_aside(text: str) -> bool:
    """Whether words say that a figure does not apply."""
    return fold(text).strip().lower() in words()["aside"]


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    names = {
        squeeze(name): column["id"]
        for column in words(english=True)["columns"]
        for name in (*column["names"], _BRACKETED.sub("", column["label"]))
    }
    for index, row in enumerate(rows[:HEADER_DEPTH]):
        columns: dict[str, int] = {}
        for at, text in enumerate(row):
            key = names.get(squeeze(_YEAR.sub("", text)))
            if key is not None:
                columns.setdefault(key, at)
        if {"figure", "value", "unit"} <= columns.keys():
            return index, columns
    return None


def _figure(cells: dict[str, str]) -> str | None:
    from frameworks.figures import load_figures

    known = load_figures()
    if cells.get("id") in known.by_id:
        return cells["id"]
    return _by_name(known.figures).get(squeeze(cells["figure"]))


def _without_units(figure: str, cells: dict[str, str]) -> dict[str, str]:
    """Value, last year's value and unit of a row whose numbers carry their unit themselves (1,200吨).

    Empty where they do not, where the unit is none of the figure's, or where the two would differ.
    """
    from frameworks.figures import load_figures

    known = load_figures()
    kind = known.by_id[figure]
    found = {key: split for key in ("value", "last") if (split := number_and_unit(cells.get(key, "")))}
    own = {unit for _, unit in found.values() if unit}
    bare = [key for key in ("value", "last") if cells.get(key) and not found.get(key, ("", ""))[1]]
    column = cells.get("unit", "")
    if not own:
        return {key: number for key, (number, _) in found.items()}
    unit = own.pop()
    conversion = known.conversion(kind, unit)
    if own or conversion is None:
        return {}
    if (
        bare
        and not all(is_aside(cells[key]) for key in bare)
        and known.conversion(kind, column) != conversion
    ):
        return {}  # the other number stands in the column's unit
    return {key: number for key, (number, _) in found.items()} | {"unit": unit}


def number_and_unit(text: str) -> tuple[str, str] | None:
    """Number and unit of a cell that holds one number; None for words."""
    match = _DRESSED.fullmatch(fold(text).strip())
    if match is None or (match.group("open") is None) != (match.group("close") is None):
        return None
    number = match.group("number").replace("¥", "").replace("￥", "")  # whether 元 or 万元, the column says
    unit = (match.group("unit") or "").strip()
    if unit == "%":  # read with the number
        number, unit = number + unit, ""
    return (f"-{number}" if match.group("open") else number), unit


def _by_name(figures: Iterable[Figure]) -> dict[str, str]:
    return {squeeze(name): figure.id for figure in figures for name in (figure.en, figure.zh)}
