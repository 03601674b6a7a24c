"""A number format's code, taken apart: sections, what each applies to, and the pieces it shows (ECMA-376 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, auto

from msgspec import Struct

LONGEST = 255  # characters of a code; Excel's own limit
# built-in formats as Chinese Excel shows them: it writes their number alone (ECMA-376 18.8.30, zh-cn)
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0", 42: "¥#,##0;¥-#,##0",
    43: "#,##0.00;-#,##0.00", 44: "¥#,##0.00;¥-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|(?P<pad>_.|\*.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|b+|g+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,30}(?:\.\d{1,30})?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


class Sort(Enum):
    """What a piece of a code does."""

    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    SLASH = auto()
    EXPONENT = auto()
    GENERAL = auto()
    TEXT = auto()  # @
    DATE = auto()  # letters of a date or time, lower case
    ELAPSED = auto()  # [h]: hours beyond the day
    NOON = auto()


_SIGNS = {".": Sort.POINT, ",": Sort.COMMA, "%": Sort.PERCENT, "/": Sort.SLASH, "@": Sort.TEXT}


class Piece(Struct, frozen=True):
    """One piece as it stands."""

    sort: Sort
    text: str


class Section(Struct, frozen=True):
    """One part of a code between semicolons."""

    pieces: tuple[Piece, ...]
    sign: str = ""  # of the condition, empty without one
    limit: Decimal = Decimal(0)

    def has(self, *sorts: Sort) -> bool:
        """Whether it has a piece of one of these sorts."""
        return any(piece.sort in sorts for piece in self.pieces)

    @property
    def words(self) -> str:
        """Its literal text."""
        return "".join(piece.text for piece in self.pieces if piece.sort is Sort.LITERAL).strip()

    def takes(self, value: Decimal) -> bool:
        """Whether its condition holds."""
        return not self.sign or _COMPARE[self.sign](value, self.limit)

    @property
    def only_negative(self) -> bool:
        """Whether its condition leaves out zero and all above."""
        below = self.sign == "<" and self.limit <= 0
        return below or (self.sign in ("<=", "=") and self.limit < 0)


def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a code, at most four."""
    pieces: list[Piece] = []
    found: list[Section] = []
    sign, limit = "", Decimal(0)
    for match in _PIECE.finditer(code[:LONGEST]):
        if match.group("other") == ";":
            found.append(Section(tuple(pieces), sign, limit))
            pieces, sign, limit = [], "", Decimal(0)
        elif (bracket := match.group("bracket")) is not None and (told := _CONDITION.fullmatch(bracket)):
            sign, limit = told.group(1), Decimal(told.group(2))
        elif (piece := _piece(match)) is not None:
            pieces.append(piece)
    found.append(Section(tuple(pieces), sign, limit))
    return tuple(found[:4])


def _piece(match: re.Match[str]) -> Piece | None:
    """One piece; None for what shows nothing: colours, languages, gaps."""
    kind, text = match.lastgroup or "other", match.group()
    if kind in ("quoted", "escaped"):
        return Piece(Sort.LITERAL, match.group(kind))
    if kind == "pad":
        return Piece(Sort.LITERAL, " ") if text.startswith("_") else None
    if kind == "bracket":
        return _bracketed(match.group(kind))
    if kind == "other":
        return Piece(_SIGNS.get(text, Sort.LITERAL), text)
    sort = {"general": Sort.GENERAL, "noon": Sort.NOON, "exponent": Sort.EXPONENT, "digit": Sort.DIGIT}.get(
        kind
    )
    return Piece(Sort.DATE, text.lower()) if sort is None else Piece(sort, text)


def _bracketed(text: str) -> Piece | None:
    """``[$€-407]`` shows its currency, ``[h]`` the hours of a span; ``[Red]`` and ``[$-804]`` show nothing."""
    if text.startswith("$"):
        currency = text[1:].rpartition("-")[0] if "-" in text else text[1:]
        return Piece(Sort.LITERAL, currency) if currency else None
    return Piece(Sort.ELAPSED, text.lower()) if _ELAPSED.fullmatch(text) else None
