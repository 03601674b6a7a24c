r"""Fields of Word that show something and store no result: equations (``EQ \f(3,4)``) and signs (``SYMBOL 254``).

Before Word 2007 a fraction was written as an EQ field, and old forms still are; the switches are those of Word's
field reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from questionnaire.reading.files.formulas import fraction, root
from questionnaire.reading.files.scripts import lowered, power
from questionnaire.reading.files.symbols import sign

LONGEST = 1_000  # characters of a code
DEEPEST = 20  # switches inside each other
_EQUATION = re.compile(r"\s*EQ\s(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]{1,4}|\d{1,5})(?:.*?\\f\s*\"?([^\"\\]+))?", re.I | re.DOTALL)
_SWITCH = re.compile(r"\\([a-z]+)(\d*)", re.IGNORECASE)
_CIRCLES = frozenset("○〇Oo◯")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def shown_by(code: str) -> str:
    r"""What a field's code shows; empty for a field that stores its result.

    >>> shown_by(r" EQ \f(3,4) "), shown_by(r"eq \o\ac(○,2)"), shown_by(r'SYMBOL 254 \f "Wingdings" \s 12')
    ('3/4', '②', '☑')
    """
    if len(code) > LONGEST:
        return ""
    if found := _EQUATION.match(code):
        return _Equation(found.group(1).strip()).text()
    if found := _SYMBOL.match(code):
        number, font = int(found.group(1), 0), (found.group(2) or "Symbol").strip()
        return sign(font, f"{number:X}")
    return ""


class _Equation:
    """Reads the code of an equation from the left."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._at = 0

    def text(self) -> str:
        """The whole of it; what stands behind a closing bracket too many is kept as it is."""
        return self._argument("", 0) + self._code[self._at :]

    def _argument(self, ends: str, depth: int) -> str:
        """What stands before the next of some letters, which is left unread."""
        found = ""
        while self._at < len(self._code) and self._code[self._at] not in ends:
            switch = _SWITCH.match(self._code, self._at) if depth < DEEPEST else None
            if switch:
                found += self._object(found, depth)
            else:
                self._at += self._code[self._at] == "\\" and self._at + 1 < len(self._code)
                found += self._code[self._at]
                self._at += 1
        return found

    def _object(self, before: str, depth: int) -> str:
        names = list(self._switches())
        arguments = []
        if self._code[self._at : self._at + 1] == "(":
            while self._code[self._at : self._at + 1] not in (")", ""):
                self._at += 1
                arguments.append(self._argument(",;，；)", depth + 1).strip())
            self._at += 1
        return _object(names, arguments, before)

    def _switches(self) -> Iterator[str]:
        r"""The names of an object's switches: ``\s\up8`` is s, up."""
        while switch := _SWITCH.match(self._code, self._at):
            self._at = switch.end()
            yield switch.group(1).lower()
            if switch.group(1).lower() in ("lc", "rc", "bc"):  # the bracket itself follows
                self._at += 2 if self._code[self._at : self._at + 1] == "\\" else 1


def _object(names: list[str], arguments: list[str], before: str) -> str:
    kind, words = names[0], "".join(arguments)
    if kind == "f" and len(arguments) == 2:
        return (" " if before[-1:].isdigit() and words[:1].isdigit() else "") + fraction(*arguments)
    if kind == "r" and arguments:
        return root(arguments[0] if len(arguments) > 1 else "", arguments[-1])
    if kind == "s":
        return power(words) if "up" in names else lowered(words, before)
    if kind == "o" and len(arguments) == 2 and arguments[0] in _CIRCLES:
        number = int(arguments[1]) if re.fullmatch("[0-9]{1,2}", arguments[1]) else 0
        return _CIRCLED[number - 1] if 1 <= number <= len(_CIRCLED) else f"({arguments[1]})"
    if kind == "b":
        return f"({words})"
    if kind in ("a", "l"):
        return "，".join(arguments)
    return words
