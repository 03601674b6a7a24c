"""Fields of a Word document: which of their text shows, and what a form's check boxes and lists say.

ECMA-376 part 1, 17.16: ``fldChar`` marks where a field begins, where its code ends and its result stands, and where it
ends. A form's field keeps its state beside its beginning (``ffData``); a box and a list have no text at all, and
neither has an equation.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from questionnaire.cells import is_prompt
from questionnaire.reading.files.field_codes import shown_by
from questionnaire.reading.files.formats import number_of

TICKED: Final = "☑"
UNTICKED: Final = "☐"
EMPTY: Final = "\u2002"  # Word fills an empty text field with five of these
OFF = frozenset({"0", "false", "off", "none"})


class FormField(Struct):
    """What ``ffData`` says."""

    kind: str = ""  # checkBox, ddList, textInput
    checked: bool | None = None
    preset: str = ""
    chosen: str = ""
    entries: list[str] = field(default_factory=list)

    def start(self, name: str, value: str) -> None:
        """An element inside ``ffData`` begins."""
        if name in ("checkBox", "ddList", "textInput"):
            self.kind = name
        elif name == "checked":
            self.checked = value not in OFF
        elif name == "default":
            self.preset = value
        elif name == "result":
            self.chosen = value
        elif name == "listEntry":
            self.entries.append(value)

    @property
    def shown(self) -> str:
        """What the screen shows; a list shows its first entry until another is chosen."""
        if self.kind == "checkBox":
            on = self.checked if self.checked is not None else self.preset not in OFF | {""}
            return TICKED if on else UNTICKED
        if self.kind != "ddList":
            return ""
        at = number_of(self.chosen or self.preset or "0")
        entry = self.entries[at] if 0 <= at < len(self.entries) else ""
        return "" if is_prompt(entry) else entry


class _Field(Struct):
    owner: object  # the paragraph in which it began
    in_code: bool = True
    form: FormField = field(default_factory=FormField)
    has_result: bool = False  # text that was shown
    code: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """What it shows that is not among its text."""
        return self.form.shown if self.form.kind else shown_by("".join(self.code))

    @property
    def is_silent(self) -> bool:
        """Whether text inside it does not show: its code, or what stands for a box or a list."""
        return self.in_code or self.form.kind in ("checkBox", "ddList")


class Fields:
    """The fields that are open."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def mark(self, kind: str, owner: object) -> str:
        """A ``fldChar``; returns what the field shows that ends here, besides its text."""
        if kind == "begin":
            self._open.append(_Field(owner))
        elif kind == "separate" and self._open:
            self._open[-1].in_code = False
        elif kind == "end" and self._open:
            ended = self._open.pop()
            return "" if ended.has_result else ended.shown
        return ""

    def code(self, words: str) -> None:
        """Words of a field's code."""
        if self._open:
            self._open[-1].code.append(words)

    @property
    def form(self) -> FormField | None:
        """The state of the innermost field, to be filled."""
        return self._open[-1].form if self._open else None

    def hides(self, words: str) -> bool:
        """Whether words do not show; they are kept until it is sure that the field is whole."""
        for each in self._open:
            if each.is_silent:
                each.unshown.append(words)
                return True
            each.has_result = True
        return bool(self._open) and self._open[-1].form.kind == "textInput" and not words.strip(EMPTY)

    def close(self, owner: object) -> str:
        """What fields show that began in a paragraph and neither reached their result nor ended in it.

        Such a field is broken; nothing of the paragraph, and nothing after it, may be lost for that.
        """
        if not self._open:
            return ""
        shown = ""
        for each in [each for each in self._open if each.owner is owner and each.is_silent]:
            shown += each.shown + "".join(each.unshown)
            self._open.remove(each)
        return shown
