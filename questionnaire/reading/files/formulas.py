"""Formulas of Office documents as one line of text: fractions with a stroke, powers raised.

ECMA-376 part 1, 22.1: a formula is a tree of objects (``sSup``, ``f``, ``rad`` …) with their arguments (``e``,
``num``, ``den``, ``sup`` …); text stands in ``t``. What an object's properties say is kept in ``…Pr`` before them.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from questionnaire.reading.files.scripts import lowered, power

LONG = 200  # letters of an argument that is put in brackets unread

_PROPERTIES = frozenset({"chr", "begChr", "endChr", "sepChr", "type"})
_OPERATORS = frozenset("+-−–±×·⋅*/÷=<>≤≥≈ ")
_WITHOUT_TEXT = frozenset({"del", "moveFrom", "instrText", "delText"})


class _Part(Struct):
    """One element while it is read."""

    name: str
    parts: list[tuple[str, str]] = field(default_factory=list)  # name of the argument, its text
    said: dict[str, str] = field(default_factory=dict)  # what its properties say

    def of(self, name: str) -> str:
        """The argument of a name; empty where it is absent."""
        return next((text for part, text in self.parts if part == name), "")

    def all(self, name: str) -> list[str]:
        """The arguments of a name."""
        return [text for part, text in self.parts if part == name]


class Formula:
    """Follows the elements of one formula, from ``oMath`` to its end."""

    def __init__(self) -> None:
        self.text = ""  # once it is closed
        self.begins_with_fraction = False
        self._open: list[_Part] = [_Part("oMath")]

    def start(self, name: str, value: str) -> None:
        """An element begins; ``value`` is its ``val``."""
        self._open.append(_Part(name))
        if name in _PROPERTIES:
            self._open[-2].said[name] = value

    def end(self) -> bool:
        """An element ends; True when it was the formula itself."""
        part = self._open.pop()
        text = _TEXTS.get(part.name, _joined)(part)
        if not self._open:
            self.text = text
            self.begins_with_fraction = next((name for name, said in part.parts if said), "") == "f"
            return True
        above = self._open[-1]
        if part.name.endswith("Pr"):
            above.said.update(part.said)
        elif text and part.name not in _WITHOUT_TEXT:
            above.parts.append((part.name, text))
        return False

    def words(self, data: str) -> None:
        """Text."""
        if self._open[-1].name == "t":
            self._open[-1].parts.append(("", data))


def _joined(part: _Part) -> str:
    text = ""
    for name, words in part.parts:
        gap = " " if name == "f" and text[-1:].isdigit() and words[:1].isdigit() else ""  # 2 1/4
        text += gap + words
    return text


def _fraction(part: _Part) -> str:
    over, under = part.of("num"), part.of("den")
    if part.said.get("type") == "noBar":
        return f"({over}|{under})"
    return fraction(over, under)


def fraction(over: str, under: str) -> str:
    """A fraction on one line.

    >>> fraction("3", "4"), fraction("a+b", "c")
    ('3/4', '(a+b)/c')
    """
    return f"{_whole(over)}/{_whole(under)}"


def root(degree: str, inside: str) -> str:
    """A root on one line; a square root has no degree."""
    return f"{power(degree)}√{_whole(inside)}"


def _whole(text: str) -> str:
    if len(text) > LONG:
        return f"({text})"
    closed = text[:1] in "(（" and text[-1:] in ")）" and text.count("(") + text.count("（") == 1
    return f"({text})" if not closed and _OPERATORS.intersection(text) else text


def _scripted(part: _Part) -> str:
    base = part.of("e")
    return f"{base}{lowered(part.of('sub'), base)}{power(part.of('sup'))}"


def _before(part: _Part) -> str:
    return f"{power(part.of('sup'))}{part.of('sub')}{part.of('e')}"


def _root(part: _Part) -> str:
    return root(part.of("deg"), part.of("e"))


def _bracketed(part: _Part) -> str:
    said = part.said
    inside = said.get("sepChr", "|").join(part.all("e"))
    return f"{said.get('begChr', '(')}{inside}{said.get('endChr', ')')}"


def _sum(part: _Part) -> str:
    below = f"_({sub})" if (sub := part.of("sub")) else ""
    return f"{part.said.get('chr', '∫')}{below}{power(part.of('sup'))}{part.of('e')}"


def _limit(part: _Part) -> str:
    return f"{part.of('e')}_({part.of('lim')})"


def _function(part: _Part) -> str:
    return f"{part.of('fName')} {part.of('e')}"


def _accent(part: _Part) -> str:
    return part.of("e") + (part.said.get("chr", "\u0302") if part.name == "acc" else "\u0305")


def _rows(part: _Part) -> str:
    return "；".join(part.all("mr" if part.name == "m" else "e"))


def _row(part: _Part) -> str:
    return "，".join(part.all("e"))


_TEXTS: dict[str, Callable[[_Part], str]] = {
    "f": _fraction, "sSup": _scripted, "sSub": _scripted, "sSubSup": _scripted, "sPre": _before, "rad": _root,
    "d": _bracketed, "nary": _sum, "limLow": _limit, "limUpp": _limit, "func": _function, "acc": _accent,
    "bar": _accent, "m": _rows, "eqArr": _rows, "mr": _row,
}  # fmt: skip
