"""A number in the digits of a format: scaled, rounded, grouped, a fraction or an exponent, between its words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import pairwise

from questionnaire.reading.files.codes import Piece, Section, Sort

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_LARGEST = Decimal(10) ** 40
_EXACT = 15  # digits that a spreadsheet keeps


def plain(value: Decimal) -> str:
    """All the digits that a spreadsheet keeps, without grouping; an exponent beyond them alone.

    >>> plain(Decimal("1204.50"))
    '1204.5'
    """
    if value and not -_EXACT <= value.adjusted() < _EXACT:
        mantissa, _, power = f"{value.normalize():E}".partition("E")
        return f"{mantissa}E{int(power):+03}"
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def show_digits(value: Decimal, section: Section) -> str:
    """A number that is not negative, in one section of a format."""
    pieces = section.pieces
    if section.has(Sort.GENERAL, Sort.TEXT):
        return "".join(
            plain(value) if piece.sort in (Sort.GENERAL, Sort.TEXT) else piece.text for piece in pieces
        ).strip()
    if value > _LARGEST:
        return plain(value)
    scaled = value * Decimal(100) ** sum(piece.sort is Sort.PERCENT for piece in pieces)
    if section.has(Sort.EXPONENT):
        return _scientific(scaled, pieces)
    if (slash := _fraction_slash(pieces)) is not None:
        return _fraction(scaled, pieces, slash)
    pieces, steps, grouped = _commas(pieces)
    return _decimal(scaled.scaleb(-3 * steps), pieces, grouped).strip()


def _commas(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], int, bool]:
    """The pieces without commas that group or divide by a thousand, how often it is divided, whether it is grouped."""
    kept: list[Piece] = []
    steps = 0
    grouped = False
    last = max((at for at, piece in enumerate(pieces) if piece.sort is Sort.DIGIT), default=-1)
    for at, piece in enumerate(pieces):
        if piece.sort is not Sort.COMMA:
            kept.append(piece)
            continue
        before = next((p for p in reversed(pieces[:at]) if p.sort is not Sort.COMMA), None)
        after = next((p for p in pieces[at + 1 :] if p.sort is not Sort.COMMA), None)
        if before is None or before.sort is not Sort.DIGIT:
            kept.append(Piece(Sort.LITERAL, ","))
        elif at > last or (after is not None and after.sort is Sort.POINT):
            steps += 1
        else:
            grouped = True
    return tuple(kept), steps, grouped


def _decimal(value: Decimal, pieces: tuple[Piece, ...], grouped: bool) -> str:
    """Digits to places; those too many stand before the first place, literal pieces where they are (``0"."0``)."""
    point = next((at for at, piece in enumerate(pieces) if piece.sort is Sort.POINT), len(pieces))
    whole_places = [at for at, piece in enumerate(pieces[:point]) if piece.sort is Sort.DIGIT]
    part_places = [at for at, piece in enumerate(pieces) if at > point and piece.sort is Sort.DIGIT]
    rounded = value.quantize(Decimal(1).scaleb(-len(part_places)), context=_WIDE)
    whole, _, part = format(rounded, "f").partition(".")
    shown = {at: piece.text for at, piece in enumerate(pieces)}
    shown.update(_whole(whole.lstrip("0"), whole_places, pieces, grouped))
    shown.update(_part(part, part_places, pieces))
    if not whole_places and point < len(pieces):
        shown[point] = whole.lstrip("0") + shown[point]
    if part_places and not any(shown[at] for at in part_places):
        shown[point] = ""  # Excel leaves the point of 5. under 0.##; it says nothing
    return "".join(shown[at] for at in sorted(shown))


def _whole(digits: str, places: list[int], pieces: tuple[Piece, ...], grouped: bool) -> dict[int, str]:
    found: dict[int, str] = {}
    count = 0
    for at in reversed(places):
        digit = digits[-1:] or ("0" if pieces[at].text == "0" else "")
        digits = digits[:-1]
        found[at] = digit
        if digit and grouped and count and count % 3 == 0:
            found[at] = digit + ","
        count += bool(digit)
    if places and digits:
        rest = ""
        for digit in reversed(digits):
            rest = digit + ("," if grouped and count % 3 == 0 else "") + rest
            count += 1
        found[places[0]] = rest + found[places[0]]
    return found


def _part(digits: str, places: list[int], pieces: tuple[Piece, ...]) -> dict[int, str]:
    found = dict(zip(places, digits, strict=False))
    for at in reversed(places):
        if pieces[at].text == "0" or found[at] != "0":
            break
        found[at] = ""
    return found


def _scientific(value: Decimal, pieces: tuple[Piece, ...]) -> str:
    """``0.00E+00``; with several places before the point the exponent goes by their number."""
    cut = next(at for at, piece in enumerate(pieces) if piece.sort is Sort.EXPONENT)
    front, back = pieces[:cut], pieces[cut + 1 :]
    point = next((at for at, piece in enumerate(front) if piece.sort is Sort.POINT), cut)
    step = max(1, sum(piece.sort is Sort.DIGIT for piece in front[:point]))
    places = sum(piece.sort is Sort.DIGIT for piece in front[point:])
    power = value.adjusted() // step * step if value else 0
    mantissa = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), context=_WIDE)
    if mantissa >= Decimal(10) ** step:  # 9.999 rounds to 10.00
        power += step
        mantissa = mantissa.scaleb(-step)
    width = max(1, sum(piece.sort is Sort.DIGIT and piece.text == "0" for piece in back))
    sign = "-" if power < 0 else "+" if pieces[cut].text.endswith("+") else ""
    words = "".join(piece.text for piece in back if piece.sort is not Sort.DIGIT)
    return f"{_decimal(mantissa, front, False)}E{sign}{str(abs(power)).zfill(width)}{words}".strip()


def _fraction_slash(pieces: tuple[Piece, ...]) -> int | None:
    """Where the slash of a fraction stands: the first with digits behind it."""
    found = (
        at
        for at, (one, two) in enumerate(pairwise(pieces))
        if one.sort is Sort.SLASH and (two.sort is Sort.DIGIT or two.text.isdigit())
    )
    return next(found, None)


def _fraction(value: Decimal, pieces: tuple[Piece, ...], cut: int) -> str:
    """``# ??/??`` to the nearest with so many digits below, ``# ?/16`` to sixteenths; a whole number stands alone."""
    top = cut
    while top and pieces[top - 1].sort is Sort.DIGIT:
        top -= 1
    end = cut + 1
    while end < len(pieces) and (pieces[end].sort is Sort.DIGIT or pieces[end].text.isdigit()):
        end += 1
    below = "".join(piece.text for piece in pieces[cut + 1 : end])
    exact = Fraction(value)
    if set(below) & set("#?") or not below.strip("0"):
        near = exact.limit_denominator(10 ** min(len(below), 6) - 1)
    else:
        near = Fraction(round(exact * int(below)), int(below))
    before = [piece for piece in pieces[:top] if piece.sort is not Sort.DIGIT or piece.text]
    mixed = any(piece.sort is Sort.DIGIT for piece in before)
    whole = near.numerator // near.denominator if mixed else 0
    rest = near - whole
    lead = "".join(piece.text for piece in before if piece.sort is not Sort.DIGIT).strip()
    tail = "".join(piece.text for piece in pieces[end:])
    low = rest.denominator if set(below) & set("#?") or not below.strip("0") else int(below)
    broken = f"{rest.numerator * low // rest.denominator}/{low}" if rest or not mixed else ""
    shown = " ".join(text for text in (str(whole) if whole or not broken else "", broken) if text)
    return f"{lead}{shown}{tail}".strip()
