"""Paragraphs, runs and content controls of a Word document while they are read."""

from __future__ import annotations

from msgspec import Struct, field

from questionnaire.cells import is_prompt
from questionnaire.reading.files.fields import OFF, TICKED, UNTICKED
from questionnaire.reading.files.scripts import lowered, raised
from questionnaire.reading.files.symbols import is_symbol_font, shown_in


class Paragraph(Struct):
    """One paragraph."""

    pieces: list[str] = field(default_factory=list)
    style: str = ""
    number: str = ""
    level: int | None = None
    in_properties: bool = False
    removed: bool = False  # text of it is deleted or hidden: without any other it is not there at all

    @property
    def last(self) -> str:
        """The last letters so far."""
        return self.pieces[-1] if self.pieces else ""


class Run(Struct):
    """Letters that look alike."""

    pieces: list[str] = field(default_factory=list)
    hidden: bool = False
    script: str = ""  # superscript, subscript
    font: str = ""  # a symbol font in which the letters are set

    def look(self, name: str, value: str, font: str) -> None:
        """A property of it: ``vanish``, ``vertAlign``, ``rFonts``."""
        if name == "vanish":
            self.hidden = value not in OFF
        elif name == "vertAlign":
            self.script = value
        elif is_symbol_font(font):
            self.font = font

    def shown(self, words: str, before: str) -> str:
        """Its words as the screen shows them."""
        if self.font:
            words = shown_in(self.font, words)
        if self.script == "superscript":
            return raised(words)
        return lowered(words, before) if self.script == "subscript" else words


class Control(Struct):
    """A content control: a check box, a list, a prompt, or only a frame around text."""

    is_prompt: bool = False
    is_box: bool = False
    is_list: bool = False
    ticked: bool = False
    is_written: bool = False  # the box's state was
    is_hiding: bool = False

    def start(self, name: str, value: str) -> None:
        """A property of it."""
        if name == "showingPlcHdr":
            self.is_prompt = value not in OFF
        elif name == "checkbox":
            self.is_box = True
        elif name == "checked":
            self.ticked = value not in OFF
        else:
            self.is_list = True

    def open(self) -> bool:
        """Its content begins; whether that is a prompt, and nothing that was given."""
        self.is_hiding = self.is_prompt and not self.is_box
        return self.is_hiding

    def close(self) -> bool:
        """Its content ends; whether it was hidden."""
        was, self.is_hiding = self.is_hiding, False
        return was

    def shown(self, words: str) -> str:
        """What words inside it say.

        The sign of a ticked box is anything its maker chose (☒, ✓, ●): the state is what is meant.
        """
        if self.is_box:
            words = "" if self.is_written else TICKED if self.ticked else UNTICKED
            self.is_written = True
        return "" if self.is_list and is_prompt(words) else words
