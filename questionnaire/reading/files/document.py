"""A Word document's body as lines and tables, in order, as its screen shows it with all changes accepted.

Automatic numbers are written out; boxes and lists of forms say what was chosen; signs of symbol fonts, powers and
formulas keep their meaning. Text in content controls, tracked insertions and nested tables is kept where it stands;
deleted and hidden text, text boxes, notes and pictures are set aside and named.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind
from questionnaire.cells import clean_text
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import Archive, too_large
from questionnaire.reading.files.fields import Fields, FormField
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.formulas import Formula
from questionnaire.reading.files.numbering import Numbering
from questionnaire.reading.files.paragraphs import Control, Paragraph, Run
from questionnaire.reading.files.symbols import sign
from questionnaire.reading.files.word_tables import OpenTable, Table
from questionnaire.reading.files.xml import Depth, Names, attribute, walk

_CLOSING = "、）)】】．"  # behind these no blank follows a number
_PICTURES = frozenset({"pic", "imagedata", "chart", "relIds"})
_OBJECTS = frozenset({"OLEObject", "altChunk"})
_SET_ASIDE = {
    "txbxContent": OutsideKind.TEXT_BOX,
    "del": OutsideKind.DELETED,
    "moveFrom": OutsideKind.DELETED,
}


class Aside(Struct, frozen=True):
    """What is no text of the body."""

    kind: OutsideKind
    text: str = ""
    block: int = -1  # index of the block in which, or before which, it stands; -1: not known


class Line(Struct, frozen=True):
    """A line of a paragraph."""

    text: str
    label: str = ""  # the automatic number before it, with its blank

    @property
    def shown(self) -> str:
        """As the screen shows it."""
        return self.label + self.text


class Body(Struct):
    """What a document holds, in order."""

    blocks: list[Line | Table] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    paragraphs: int = 0  # all that were met, blank ones too


class DocumentReader:
    """Follows a document's elements."""

    def __init__(self, numbering: Numbering, file: str) -> None:
        self.body = Body()
        self.file = file
        self.numbering = numbering
        self._names, self._depth = Names(), Depth(file)
        self._paragraphs: list[Paragraph] = []
        self._tables: list[OpenTable] = []
        self._aside: list[tuple[OutsideKind, list[str], int]] = []  # kind, words, tables outside it
        self._runs: list[Run] = []  # a text box stands inside a run, and holds runs
        self._controls: list[Control] = []
        self._fields = Fields()
        self._form: FormField | None = None  # whose state is being read
        self._form_depth = 0
        self._formula: Formula | None = None
        self._alternates: list[bool] = []  # whether one way to show it was read already
        self._in_run_properties = False
        self._keep = ""  # the element whose text is wanted
        self._skip = 0  # inside a prompt
        self._past = 0  # open elements of what is passed over
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.down()
        name = self._names[tag]
        if self._past or self._passes_over(name):
            self._past += 1
        elif self._formula is not None:
            self._formula.start(name, attribute(attributes, "val"))
            self._keep = "t" if name == "t" else ""
        elif self._form is not None:
            self._form_depth += 1
            self._form.start(name, attribute(attributes, "val"))
        elif (found := _STARTS.get(name)) is not None:
            found(self, name, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth.up()
        name = self._names[tag]
        if self._past:
            self._past -= 1
        elif self._formula is not None:
            self._keep = ""
            if self._formula.end():
                self._formula_end(self._formula)
        elif self._form is not None:
            self._form = self._form if self._form_depth else None
            self._form_depth -= self._form_depth > 0
        elif name == self._keep:
            self._keep = ""
        elif (found := _ENDS.get(name)) is not None:
            found(self, name)

    def text(self, data: str) -> None:
        """Words."""
        if not self._keep or self._skip or self._past:
            return
        self._size += len(data)
        if self._size > limits.NARRATIVE:
            raise too_large(self.file, "text", self._size, limits.NARRATIVE)
        if self._keep == "instrText":
            self._fields.code(data)
        elif self._keep == "delText":
            if self._aside:
                self._aside[-1][1].append(data)
            if self._paragraphs:
                self._paragraphs[-1].removed = True
        elif self._formula is not None:
            self._formula.words(data)
        elif self._runs and not self._fields.hides(data):
            self._runs[-1].pieces.append(data)

    def _passes_over(self, name: str) -> bool:
        """What was before a tracked change, pinyin above the words, all but the first way to show a thing."""
        if name == "rt" or name.endswith("PrChange"):
            return True
        if name not in ("Choice", "Fallback") or not self._alternates:
            return False
        before, self._alternates[-1] = self._alternates[-1], True
        return before

    def _text_start(self, name: str, _: dict[str, str]) -> None:
        self._keep = name

    def _paragraph_start(self, _: str, __: dict[str, str]) -> None:
        self._paragraphs.append(Paragraph())
        self.body.paragraphs += not self._skip

    def _run_start(self, _: str, __: dict[str, str]) -> None:
        self._runs.append(Run())

    def _properties_start(self, name: str, _: dict[str, str]) -> None:
        if name == "rPr":
            self._in_run_properties = True
        elif self._paragraphs:
            self._paragraphs[-1].in_properties = True

    def _properties_end(self, name: str) -> None:
        if name == "rPr":
            self._in_run_properties = False
        elif self._paragraphs:
            self._paragraphs[-1].in_properties = False

    def _property(self, name: str, attributes: dict[str, str]) -> None:
        if not self._paragraphs or not self._paragraphs[-1].in_properties:
            return
        paragraph, value = self._paragraphs[-1], attribute(attributes, "val")
        if name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.number = value
        else:
            paragraph.level = number_of(value)

    def _look(self, name: str, attributes: dict[str, str]) -> None:
        if not self._in_run_properties or not self._runs or not self._paragraphs:
            return
        if self._paragraphs[-1].in_properties:
            return  # the look of the paragraph's mark
        themed = attribute(attributes, "asciiTheme")  # a theme's font goes before the named one
        font = "" if themed else attribute(attributes, "ascii")
        self._runs[-1].look(name, attribute(attributes, "val"), font)

    def _mark(self, name: str, attributes: dict[str, str]) -> None:
        if self._skip or not self._runs or not self._paragraphs or self._paragraphs[-1].in_properties:
            return
        mark = "\n"  # a new page begins a new line too
        if name in ("tab", "ptab"):
            mark = "\t"
        elif name == "noBreakHyphen":
            mark = "-"
        elif name in ("sym", "symEx"):
            mark = sign(attribute(attributes, "font"), attribute(attributes, "char"))
        if not self._fields.hides(mark):
            self._runs[-1].pieces.append(mark)

    def _field(self, _: str, attributes: dict[str, str]) -> None:
        if self._skip or not self._runs or not self._paragraphs:
            return
        shown = self._fields.mark(attribute(attributes, "fldCharType"), self._paragraphs[-1])
        if shown and not self._fields.hides(shown):
            self._runs[-1].pieces.append(shown)

    def _form_start(self, _: str, __: dict[str, str]) -> None:
        self._form = self._fields.form

    def _formula_start(self, _: str, __: dict[str, str]) -> None:
        self._formula = Formula()

    def _formula_end(self, formula: Formula) -> None:
        self._formula = None
        if self._skip or not self._paragraphs or self._fields.hides(formula.text):
            return
        before = self._paragraphs[-1].last
        apart = formula.begins_with_fraction and before[-1:].isdigit() and formula.text[:1].isdigit()
        self._run_end(Run([f" {formula.text}" if apart else formula.text]))

    def _formulas_end(self, _: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].pieces.append("\n")

    def _alternate_start(self, _: str, __: dict[str, str]) -> None:
        self._alternates.append(False)

    def _alternate_end(self, _: str) -> None:
        self._alternates.pop()

    def _control_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sdt":
            self._controls.append(Control())
        elif not self._controls:
            return
        elif name == "sdtContent":
            self._skip += self._controls[-1].open()
        else:
            self._controls[-1].start(name, attribute(attributes, "val"))

    def _control_end(self, name: str) -> None:
        if not self._controls:
            return
        if name == "sdt":
            self._controls.pop()
        else:
            self._skip -= self._controls[-1].close()

    def _aside_start(self, name: str, _: dict[str, str]) -> None:
        if not self._in_run_properties:
            self._aside.append((_SET_ASIDE[name], [], len(self._tables)))

    def _aside_end(self, _: str) -> None:
        if self._aside and not self._in_run_properties:
            kind, words, _tables = self._aside.pop()
            if text := clean_text("\n".join(words) if kind is OutsideKind.TEXT_BOX else "".join(words)):
                self._put_aside(kind, text)

    def _put_aside(self, kind: OutsideKind, text: str = "") -> None:
        self.body.aside.append(Aside(kind, text, len(self.body.blocks)))

    def _thing(self, name: str, _: dict[str, str]) -> None:
        if not self._skip:
            self._put_aside(OutsideKind.PICTURE if name in _PICTURES else OutsideKind.OBJECT)

    def _run_done(self, _: str) -> None:
        if self._runs:
            self._run_end(self._runs.pop())

    def _run_end(self, run: Run) -> None:
        words = "".join(run.pieces)
        if not words:
            return
        paragraph = self._paragraphs[-1] if self._paragraphs else Paragraph()
        if self._aside and self._aside[-1][0] is OutsideKind.DELETED:
            self._aside[-1][1].append(words)
            paragraph.removed = True
        elif run.hidden:
            self._put_aside(OutsideKind.HIDDEN_TEXT, clean_text(words))
            paragraph.removed = True
        else:
            if self._controls:
                words = self._controls[-1].shown(words)
            paragraph.pieces.append(run.shown(words, paragraph.last))

    def _paragraph_end(self, _: str) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.pieces) + self._fields.close(paragraph)
        if text.count("\t") < 2:
            text = text.replace("\t", " ")  # an indent; more of them make a table
        text = clean_text(text)
        if not text and (paragraph.removed or self._skip):
            return
        label = self.numbering.label(paragraph.style, paragraph.number, paragraph.level)
        if text:
            self._put(text, label if not label or label[-1] in _CLOSING else label + " ")
        elif label and self._tables:
            self._tables[-1].number_alone(label)

    def _put(self, text: str, label: str) -> None:
        """A finished paragraph goes into the text box, the cell or the body that it stands in."""
        if (
            self._aside
            and self._aside[-1][0] is OutsideKind.TEXT_BOX
            and (len(self._tables) == self._aside[-1][2])
        ):
            self._aside[-1][1].append(label + text)
        elif self._tables:
            self._tables[-1].lines.append(label + text)
        else:
            first, *others = text.split("\n")
            self.body.blocks += [Line(first, label), *map(Line, others)]

    def _table_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tbl":
            self._tables.append(OpenTable(self.file))
        elif self._tables:
            self._tables[-1].start(name, attribute(attributes, "val"))

    def _table_end(self, name: str) -> None:
        if not self._tables:
            return
        if name == "tc":
            self._tables[-1].cell_end()
        elif name == "tr":
            self._tables[-1].row_end()
        else:
            self._table_done(self._tables.pop().table)

    def _table_done(self, table: Table) -> None:
        if not table.cells:
            return
        if self._tables:  # a table inside a cell: its rows are lines of that cell
            self._tables[-1].lines.extend(table.lines())
        elif self._aside and self._aside[-1][0] is OutsideKind.TEXT_BOX:
            self._aside[-1][1].extend(table.lines())
        else:
            self.body.blocks.append(table)


_D = DocumentReader
_STARTS: dict[str, Callable[[DocumentReader, str, dict[str, str]], None]] = {
    "p": _D._paragraph_start, "r": _D._run_start, "t": _D._text_start,
    "delText": _D._text_start, "instrText": _D._text_start,
    "pPr": _D._properties_start, "rPr": _D._properties_start,
    "fldChar": _D._field, "ffData": _D._form_start, "oMath": _D._formula_start,
    "AlternateContent": _D._alternate_start,
}  # fmt: skip
_STARTS |= dict.fromkeys(("pStyle", "numId", "ilvl"), _D._property)
_STARTS |= dict.fromkeys(("vanish", "vertAlign", "rFonts"), _D._look)
_STARTS |= dict.fromkeys(("tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "symEx"), _D._mark)
_STARTS |= dict.fromkeys(("tbl", "tr", "tc", "gridSpan", "gridBefore", "vMerge"), _D._table_start)
_STARTS |= dict.fromkeys(
    ("sdt", "sdtContent", "showingPlcHdr", "checkbox", "checked", "dropDownList", "comboBox"),
    _D._control_start,
)
_STARTS |= dict.fromkeys(_SET_ASIDE, _D._aside_start)
_STARTS |= dict.fromkeys(_PICTURES | _OBJECTS, _D._thing)
_ENDS: dict[str, Callable[[DocumentReader, str], None]] = {
    "p": _D._paragraph_end, "r": _D._run_done, "pPr": _D._properties_end, "rPr": _D._properties_end,
    "oMathPara": _D._formulas_end, "AlternateContent": _D._alternate_end,
}  # fmt: skip
_ENDS |= dict.fromkeys(("tbl", "tr", "tc"), _D._table_end)
_ENDS |= dict.fromkeys(("sdt", "sdtContent"), _D._control_end)
_ENDS |= dict.fromkeys(_SET_ASIDE, _D._aside_end)


def read_body(archive: Archive, part: str, numbering: Numbering) -> Body:
    """The body of a document.

    Raises:
        ReturnError: damaged, or beyond a limit.
    """
    walker = DocumentReader(numbering, archive.file)
    data = archive.read(part)
    if not data:
        raise ReturnError("damaged", file=archive.file)
    walk(data, archive.file, walker.start, walker.end, walker.text)
    return walker.body
