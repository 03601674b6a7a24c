"""Signs of the symbol fonts (Wingdings, Symbol …), which a document names by font and code, to Unicode."""

from __future__ import annotations

from functools import cache

from frameworks.ground.yaml import load_data

UNKNOWN = "\ufffd"  # a sign is there, and nobody can say which
_PRIVATE = 0xF000  # symbol fonts stand at U+F020 to U+F0FF


def sign(font: str, code: str) -> str:
    """What ``w:sym`` shows; empty for what is no code.

    >>> sign("Symbol", "F0A3"), sign("Wingdings 2", "F0A3"), sign("MS Gothic", "2611")
    ('≤', '☐', '☑')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if _PRIVATE <= number < _PRIVATE + 0x100:
        number -= _PRIVATE
    elif not is_symbol_font(font):
        return chr(number) if 0x20 <= number <= 0x10FFFF else ""
    return _table(_folded(font)).get(number, UNKNOWN)


def is_symbol_font(font: str) -> bool:
    """Whether a font shows signs in the place of letters."""
    return bool(font) and _folded(font) in _fonts()


def shown_in(font: str, text: str) -> str:
    """What letters set in a symbol font show; those without a known sign stay as they are.

    Chinese characters and what Word takes for them (× ± beside Chinese) are set in another font and stay too.
    """
    folded = _folded(font)
    table, letters = _table(folded), 0x80 if folded == "symbol" else 0x100
    found = []
    for letter in text:
        number = ord(letter)
        private = _PRIVATE <= number < _PRIVATE + 0x100
        known = table.get(number - _PRIVATE if private else number) if private or number < letters else None
        found.append(known or (UNKNOWN if private else letter))
    return "".join(found)


def _folded(font: str) -> str:
    return " ".join(font.lower().split())


@cache
def _fonts() -> dict[str, list[dict[str, str | int]]]:
    fonts: dict[str, list[dict[str, str | int]]] = load_data("questionnaire.data", "symbols.yaml")["fonts"]
    return fonts


@cache
def _table(font: str) -> dict[int, str]:
    return {
        int(str(stretch["from"]), 16) + at: letter
        for stretch in _fonts().get(font, ())
        for at, letter in enumerate(str(stretch["signs"]))
    }
