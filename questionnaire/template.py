"""The workbook that the clerk fills, made from the schema: guide, company profile, questionnaire.

Every word of it comes from the schema and ``data/template.yaml``, which the reader uses too.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from frameworks.ground.errors import OutputError
from questionnaire import aspect_sheet, figure_sheet, options, status
from questionnaire.answers import Answer, Return
from questionnaire.bilingual import bilingual
from questionnaire.schema import Aspect, Item, Schema
from questionnaire.vocabulary import EvidenceKind, FigureNeed, Need

if TYPE_CHECKING:
    from frameworks.figures import Figure

RISKY = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet may take what begins with these for a formula
A3 = 8  # so many columns on A4 nobody can read
LABEL = 36  # the widest column of labels
HEADER_NAME = 60  # characters of the company in the printed header; Excel's limit for all of it is 255
CELL_LIMIT = 32_767  # characters in one cell of Excel
LIST_ROWS = 1_000  # rows that drop-downs and borders cover beyond the questions: clerks insert rows
LINE_HEIGHT = 15.0  # points

_SAID = (EvidenceKind.YES_NO, EvidenceKind.DATE)  # a yes, a no or a day is no number to be written

# Same input, same bytes: XlsxWriter otherwise writes the time of day into the file
_CREATED = datetime(2025, 1, 1)


def words(*, english: bool = False) -> dict[str, Any]:
    """The words of the workbook."""
    return bilingual("template", english=english)


def columns_of(schema: Schema) -> list[dict[str, Any]]:
    """The columns of the questionnaire's sheet; one for options only where items are answered by ticking."""
    columns = words(english=schema.is_english)["columns"]
    return [column for column in columns if schema.has_options or column["id"] != "option"]


def build_workbook(
    schema: Schema,
    *,
    profile: Mapping[str, str] | None = None,
    source: Return | None = None,
    rows: Iterable[Figure] | None = None,
    by_aspect: bool = False,
) -> bytes:
    """The workbook as bytes: blank, or filled with what a report held.

    Args:
        schema: the questionnaire.
        profile: values to fill in, by id of the profile field.
        source: a return whose answers are filled in.
        rows: what the sheet for key figures asks; the main figures of the edition's own frameworks when not given.
        by_aspect: with a sheet on which every aspect has its line; a source that has such lines has it too.

    Raises:
        OutputError: an answer is longer than a cell can hold.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    values = dict(profile or {})
    if source is not None:
        values |= dict(source.profile.values)
        values |= {"company": source.company, "year": str(source.year or "")}
    year = _year(values, schema)
    asked = figure_sheet.chosen(schema, year) if rows is None else tuple(rows)
    with xlsxwriter.Workbook(buffer, settings) as book:
        book.set_properties({"title": schema.edition.title, "created": _CREATED})
        formats = _Formats(book)
        english = schema.is_english
        text = words(english=english)
        sheets = {key: book.add_worksheet(name) for key, name in text["sheets"].items()}
        _profile(sheets["profile"], schema, formats, values)
        statuses = _questions(sheets["questionnaire"], schema, formats, values, source)
        _guide(sheets["guide"], schema, formats, statuses)
        lines = source.lines if source is not None else ()
        if by_aspect or lines:
            sheet = book.add_worksheet(aspect_sheet.words(english=english)["sheet"])
            aspect_sheet.write_sheet(sheet, schema, formats, lines)
        if asked:
            figures = book.add_worksheet(figure_sheet.words(english=english)["sheet"])
            figure_sheet.write_sheet(figures, year, formats, asked, english=english)
        _lists(sheets["lists"], text)
        sheets["questionnaire"].activate()
    return buffer.getvalue()


def _year(values: Mapping[str, str], schema: Schema) -> int:
    """The reporting year filled in, else that of the questionnaire."""
    given = values.get("year", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 else schema.edition.year


def guidance(item: Item, *, english: bool = False) -> str:
    """What a full answer holds, one aspect a line; of an item in the same language."""
    text = words(english=english)["guidance"]
    lines = [_aspect_line(aspect, text) for aspect in item.judged]
    return "\n".join([*lines, text["policy"][item.delegable.value]])


def _aspect_line(aspect: Aspect, text: Mapping[str, Any]) -> str:
    marks = text["after"][aspect.after.value] if aspect.after else ""
    marks += text[aspect.need.value] if aspect.need is not Need.REQUIRED else ""
    counts = aspect.figure is FigureNeed.REQUIRED and aspect.evidence not in _SAID
    if counts or aspect.kpi:
        marks += text["figure"]
    return f"· {aspect.hint or aspect.ask}{marks}"


def counts(schema: Schema, said: Mapping[str, Any]) -> str:
    """The line that says how large the questionnaire is."""
    sections = sum(len(part.sections) for part in schema.parts)
    line: str = said["guide"]["counts"]
    return line.format(parts=len(schema.parts), sections=sections, items=len(schema.items))


class _Formats:
    """Cell formats, named by what they are for."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top", "text_wrap": True}
        box = {**base, "border": 1, "border_color": "#BFC7CE"}
        self.title = book.add_format(
            {**base, "font_size": 16, "bold": True, "font_color": "#1F4E5F", "text_wrap": False}
        )
        self.text = book.add_format(base)
        self.strong = book.add_format({**base, "bold": True, "font_color": "#1F4E5F"})
        self.head = book.add_format(
            {**box, "bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF", "valign": "vcenter",
             "align": "center"}
        )  # fmt: skip
        self.fixed = book.add_format({**box, "bg_color": "#F2F5F7"})
        self.hint = book.add_format({**box, "bg_color": "#F2F5F7", "font_color": "#5F6B73", "font_size": 9})
        given = {**box, "bg_color": "#FFFDF0", "locked": False, "num_format": "@"}
        self.input = book.add_format(given)
        self.quoted = book.add_format({**given, "quote_prefix": True})  # stays text when somebody edits it
        self.number = book.add_format({**box, "bg_color": "#FFFDF0", "locked": False})
        self.status = book.add_format({**box, "bg_color": "#F2F5F7", "align": "center", "bold": True})
        self.statuses = {
            "blank": book.add_format({"bg_color": "#F8D7DA", "font_color": "#9B1C28"}),
            "done": book.add_format({"bg_color": "#CFE8D5", "font_color": "#23633A"}),
            "figure": book.add_format({"bg_color": "#FFF3CD", "font_color": "#7A5B00"}),
        }
        self.note = book.add_format({**base, "font_color": "#5F6B73", "text_wrap": False})
        # a long title runs on over the blank cells beside it
        self.part = book.add_format(
            {**base, "bold": True, "bg_color": "#D9E5EA", "font_color": "#1F4E5F", "text_wrap": False}
        )


def _guide(sheet: Any, schema: Schema, formats: _Formats, statuses: list[str]) -> None:
    from xlsxwriter.utility import xl_range_abs

    text = words(english=schema.is_english)
    guide = text["guide"]
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    _put(sheet, 0, 0, guide["title"], formats.title)
    sheet.set_row(0, 30)
    _put(sheet, 1, 0, schema.edition.title, formats.strong)
    sheet.merge_range(1, 0, 1, 1, "", formats.strong)
    _put(sheet, 1, 0, f"{schema.edition.title}　{counts(schema, text)}", formats.strong)
    columns = [each["id"] for each in columns_of(schema)]
    column = columns.index("status")
    area = xl_range_abs(1, column, LIST_ROWS - 1, column)
    cells = f"'{text['sheets']['questionnaire']}'!{area}"
    done = text["status"]["done"]
    shown = text["status"]["counted"].format(done=done, count=statuses.count(done), total=len(schema.items))
    _put(sheet, 3, 0, guide["progress"], formats.strong)
    sheet.write_formula(3, 1, status.counted(cells, len(schema.items), text), formats.strong, shown)
    ticked = [guide["options"]] if schema.has_options else []
    for row, (name, line) in enumerate([*guide["lines"][:1], *ticked, *guide["lines"][1:]], start=5):
        _put(sheet, row, 0, name, formats.strong)
        _put(sheet, row, 1, line, formats.text)
        sheet.set_row(row, LINE_HEIGHT * (_lines(line, 90) + 0.6))
    _print(sheet, landscape=False)


def _profile(sheet: Any, schema: Schema, formats: _Formats, values: Mapping[str, str]) -> None:
    text = words(english=schema.is_english)
    headings = text["headings"]
    for column, (key, width) in enumerate((("field", 22), ("value", 50), ("hint", 50))):
        sheet.set_column(column, column, width)
        _put(sheet, 0, column, headings[key], formats.head)
    for row, field in enumerate(schema.edition.profile, start=1):
        _put(sheet, row, 0, field.label, formats.fixed)
        given = values.get(field.id, "")
        _put(sheet, row, 1, given, formats.quoted if given.startswith(RISKY) else formats.input)
        _put(sheet, row, 2, field.hint, formats.hint)
        sheet.set_row(row, LINE_HEIGHT * max(1.5, min(10, _lines(values.get(field.id, ""), 50) + 0.5)))
        if field.choices:
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(field.choices)})
    last, told = len(schema.edition.profile) + 1, text["edition"]
    for column, given in enumerate((told["label"], schema.edition.id, told["hint"])):
        _put(sheet, last, column, given, formats.hint if column == 2 else formats.fixed)
    sheet.freeze_panes(1, 0)
    _print(sheet, landscape=False)


def _questions(
    sheet: Any, schema: Schema, formats: _Formats, values: Mapping[str, str], source: Return | None
) -> list[str]:
    """Writes the questionnaire and returns what its rows say of themselves."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    text = words(english=schema.is_english)
    columns = columns_of(schema)
    year = _year(values, schema)
    statuses: list[str] = []
    at = {column["id"]: index for index, column in enumerate(columns)}
    widest = max(_width(schema.label(item.id)) for item in schema.items) + 3
    for index, column in enumerate(columns):
        width = min(LABEL, max(column["width"], widest)) if column["id"] == "label" else column["width"]
        sheet.set_column(index, index, width)
        _put(sheet, 0, index, column["label"], formats.head)
    sheet.set_row(0, 24)
    row = 1
    title = ""
    for part, _, item in schema.walk():
        if part.title != title:
            title = part.title
            for at_column in range(len(columns)):
                _put(sheet, row, at_column, "", formats.part)
            _put(sheet, row, at["label"], title, formats.part)
            row += 1
        for answer in (source.of(item.id) if source else ()) or (None,):
            given = _question_row(sheet, row, at, schema, item, formats, answer)
            keys = ("answer", "choice", "reason", *(("option",) if item.options else ()))
            cells = status.Row(*(xl_rowcol_to_cell(row, at[key]) for key in keys))
            years = (year, year - 1)
            statuses.append(status.status(given, item, years, text))
            told = status.formula(cells, item, years, text)
            sheet.write_formula(row, at["status"], told, formats.status, statuses[-1])
            row += 1
    last = row + LIST_ROWS
    sheet.data_validation(1, at["choice"], last, at["choice"], {
        "validate": "list",
        "source": f"='{text['sheets']['lists']}'!$A$1:$A$2",
        "input_title": text["choice_prompt"]["title"],
        "input_message": text["choice_prompt"]["text"],
    })  # fmt: skip
    _colours(sheet, at["status"], last, formats, text)
    sheet.freeze_panes(1, at["question"])
    sheet.autofilter(0, 0, row - 1, len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_header("&C" + text["header"].format(company=values.get("company", "")[:HEADER_NAME].replace("&", "&&"),
                                                     year=values.get("year", "")))  # fmt: skip
    sheet.set_footer("&C" + text["footer"])
    _print(sheet, landscape=True)
    sheet.set_paper(A3)
    return statuses


def _colours(sheet: Any, column: int, last: int, formats: _Formats, text: Mapping[str, Any]) -> None:
    """Colours of the statuses, by the words that are there as well."""
    said = text["status"]
    for key in ("blank", "done", "delegated", "not-applicable", "figure", "yes", "no"):
        style = formats.statuses.get(key, formats.statuses["figure"])
        rule = {"type": "cell", "criteria": "==", "value": f'"{said[key]}"', "format": style}
        sheet.conditional_format(1, column, last, column, rule)


def _question_row(
    sheet: Any,
    row: int,
    at: Mapping[str, int],
    schema: Schema,
    item: Item,
    formats: _Formats,
    answer: Answer | None,
) -> status.Row:
    """Writes one row and returns what it holds."""
    text = words(english=schema.is_english)
    guide = guidance(item, english=schema.is_english)
    _put(sheet, row, at["id"], item.id, formats.fixed)
    _put(sheet, row, at["label"], schema.label(item.id), formats.fixed)
    _put(sheet, row, at["question"], (answer and answer.question) or item.question, formats.fixed)
    _put(sheet, row, at["guidance"], guide, formats.hint)
    choice = text["choices"][answer.choice.value] if answer and answer.choice else ""
    given = {
        "answer": answer.text if answer else "",
        "choice": choice,
        "reason": answer.reason if answer else "",
        "department": answer.department if answer else "",
        "remark": answer.remark if answer else "",
    }
    if "option" in at:
        given["option"] = options.label_of(answer.option, item.question) if answer and answer.option else ""
    if item.options:
        rule = {"validate": "list", "source": options.labels(item)}
        sheet.data_validation(row, at["option"], row, at["option"], rule)
    for key, value in given.items():
        if len(value) > CELL_LIMIT:
            raise OutputError("answer-too-long", item=item.id, length=len(value))
        asked = key != "option" or item.options
        plain = formats.input if asked else formats.fixed
        _put(sheet, row, at[key], value, formats.quoted if value.startswith(RISKY) else plain)
    widths = {column["id"]: column["width"] for column in text["columns"]}
    lines = max(_lines(guide, widths["guidance"]), _lines(item.question, widths["question"]),
                _lines(given["answer"], widths["answer"]), 3)  # fmt: skip
    sheet.set_row(row, min(LINE_HEIGHT * (lines + 0.4), 400))  # Excel's own limit is 409 points
    return status.Row(given["answer"], given["choice"], given["reason"], given.get("option", ""))


def _lists(sheet: Any, text: Mapping[str, Any]) -> None:
    """A hidden sheet for the drop-down: a list inside the rule may not be longer than 255 characters."""
    for row, label in enumerate(text["choices"].values()):
        sheet.write_string(row, 0, label)
    sheet.hide()


def _print(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)


def _put(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Writes text as text: foreign words never become a formula, a link or a number."""
    if not text:
        sheet.write_blank(row, column, None, style)
    elif sheet.write_string(row, column, text, style):
        raise OutputError("answer-too-long", item=f"{row + 1}", length=len(text))


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; a Chinese character is two units wide."""
    return sum(max(1, -(-_width(line) // max(1, int(width) - 2))) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
