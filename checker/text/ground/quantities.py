"""Finds true figures in Chinese text: value, unit, kind, exactness.

One expression walks the text once: what holds digits and is no figure (titles, dates, standards, ordinals, codes,
frozen words) is recognised by the same walk and passed over. Tables, words and units are data.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from checker.text.ground.durations import Measure, may_have_parts, with_parts
from checker.text.ground.english import english_stretches
from checker.text.ground.english_figures import find_english_figures
from checker.text.ground.figure_walk import DASH, walker
from checker.text.ground.fold import simplified
from checker.text.ground.hedges import hedge, more, more_than
from checker.text.ground.minus import SIGNED, below_nought
from checker.text.ground.numbers import (
    ARABIC,
    CHINESE,
    COMMA,
    LONGEST_EXPONENT,
    MIXED,
    POWER,
    arabic,
    chinese,
    factor,
    number,
    plain,
    spread,
    table,
)
from checker.text.ground.open_figures import (
    KINDS,
    counts_one,
    currency_of,
    formal_folded,
    is_announced,
    is_value,
    rows,
    scale_behind,
    sign_meaning,
)
from checker.text.ground.passages import BAR
from checker.text.ground.table_figures import CellFigure, cell_figures, is_year, listed_figures
from checker.text.ground.unit_words import kind_of, same_units
from frameworks.ground.yaml import load_data

_LINE = re.compile(r"[^\n]+")
_NOTHING = "\0"
_WIDTH = {0xFF05: 0x25, 0xFF0E: 0x2E}


class Quantity(NamedTuple):
    """A figure as it stands in a text.

    ``value`` is a decimal string in the written unit without its scale (130万元 → 1300000 元), a range is "5..8";
    ``exact`` is exact, approx, lower, upper, range or vague.
    """

    text: str
    start: int
    end: int
    value: str
    unit: str
    kind: str
    exact: str


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All figures of a text in order, without overlaps; those of table cells take their unit from the head."""
    if not text:
        return ()
    folded = formal_folded(simplified(text).translate(_WIDTH))
    found = list(_english(text, folded))
    for match in walker().finditer(_without_english(folded)):
        if match.lastgroup in ("number", "word"):
            continue  # it holds digits and is no figure
        quantity = _quantity(match, text, folded)
        if quantity is not None:
            found.append(quantity)
    drawn = rows(folded)
    if "\t" in drawn:
        found += _besides(found, cell_figures(drawn), text)  # a cell that is a number holds nothing else
    if listed := tuple(listed_figures(folded)):
        places = {figure.start for figure in listed}
        found = [each for each in found if each.unit or each.start not in places]
        found += _besides(found, listed, text)
    found.sort(key=lambda quantity: quantity.start)
    return tuple(_with_parts(found, text, folded) if may_have_parts(folded) else found)


def between(quantities: Sequence[Quantity], begin: int, end: int) -> Sequence[Quantity]:
    """Those of some figures, in order, that begin in a stretch."""
    first, last = (bisect_left(quantities, place, key=lambda each: each.start) for place in (begin, end))
    return quantities[first:last]


def _with_parts(found: Sequence[Quantity], text: str, folded: str) -> Iterator[Quantity]:
    """The figures, those that are parts of one as one."""
    parts = [
        Measure(each.start, each.end, each.value, each.unit, each.kind, at, at)
        for at, each in enumerate(found)
    ]
    for start, end, value, unit, kind, first, last in with_parts(parts, folded):
        exact = next((each.exact for each in found[first:last] if each.exact != "exact"), found[last].exact)
        yield Quantity(text[start:end], start, end, value, unit, kind, exact)


def _besides(found: Iterable[Quantity], told: Iterable[CellFigure], text: str) -> list[Quantity]:
    """Figures whose unit is told once for all, but for those that are found."""
    known = {each.start for each in found}
    return [
        Quantity(text[start:end], start, end, plain(value), unit, kind_of(unit), "exact")
        for start, end, value, unit in told
        if start not in known
    ]


def _english(text: str, folded: str) -> Iterator[Quantity]:
    """The figures of the English sentences; tables are read like all others."""
    for start, end in english_stretches(folded):
        for at, stop in _prose(folded, start, end):
            for figure in find_english_figures(folded, at, stop):
                yield Quantity(text[figure.start : figure.end], *figure)


def _without_english(folded: str) -> str:
    """The text with its English sentences blanked, letter for letter."""
    for start, end in english_stretches(folded):
        for at, stop in _prose(folded, start, end):
            folded = folded[:at] + _NOTHING * (stop - at) + folded[stop:]
    return folded


def _prose(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text, start, end):
        if "\t" not in line.group() and line.group().count(BAR) < 2:
            yield line.span()


def _quantity(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    if match["per"]:
        return _per(match, text)
    if match["fraction"]:
        return _made(match, text, _fraction(match.group()), "", "ratio", "exact")
    if match["parted"]:
        return _parted(match, text)
    if match["tenths"]:
        return _tenths(match, text)
    if match["vague"]:
        unit = match["vunit"]
        return _made(match, text, "", unit, kind_of(unit), "vague")
    if match["proportion"]:
        return _proportion(match, text, folded)
    if (name := match.lastgroup or "") in KINDS:
        return _open(match, text, name)
    if match["bare"]:
        return _bare(match, text, folded)
    return _figure(match, text, folded)


def _open(match: re.Match[str], text: str, name: str) -> Quantity | None:
    kind, unit = KINDS[name]
    written = match.group()
    if name == "parts":
        return _made(match, text, written.replace(" ", ""), unit, kind, "exact")
    if name == "every":
        value = chinese(written[-2])
        return _made(match, text, plain(value), unit, kind, "exact") if value is not None else None
    digits = _DIGITS.search(written)
    if digits is None or (name in ("measured", "english") and is_year(digits.group())):
        return None
    behind = written[digits.end() :]
    worth = scale_behind(behind)
    value = number(digits.group())
    if name in ("money", "coin"):
        unit = currency_of(written) or unit
        if unit != "元" and worth == 1 and _THOUSANDTHS.fullmatch(digits.group()):
            return _made(match, text, "", unit, kind, "vague")  # €1.234: no currency has thousandths
    elif name == "measured":
        unit = written[-1]
    elif name == "english":
        unit = re.split(r"[\s-]", written)[-1]
    exact = more_than(behind)
    return _made(match, text, plain(value * worth), unit, kind, exact) if value is not None else None


def _figure(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    first, second, unit = match["a"], match["b"], match["unit"]
    if first == "一" and not second and not match["scale"] and not match["sign"] and unit in _articles():
        before = folded[match.start() - 1 : match.start()] if match.start() else ""
        if not counts_one(before, folded[match.end() : match.end() + 1]):
            return None
    if unit == "年" and is_year(first.replace(" ", "")):
        return None
    if not first[0].isdigit() and _frozen(match, folded):
        return None
    values = _values(match)
    if not values:
        return None
    numbers = match.group("figure")[match.end("b" if second else "a") - match.start("figure") :]
    exact = (
        "range" if len(values) > 1 else
        hedge(match["after"], "after")
        or hedge(folded[max(0, match.start() - 6) : match.start()], "before")
        or ("approx" if match["hedge"] else more_than(numbers))
    )  # fmt: skip
    value = "..".join(map(plain, values))
    if unit == "元":
        unit = sign_meaning(match["sign"] or "") or unit
    unit = same_units().get(unit, unit)
    return _made(
        match, text, value, unit.replace(" ", "") if unit.startswith("t") else unit, kind_of(unit), exact
    )


def _values(match: re.Match[str]) -> tuple[Decimal, ...]:
    """The value of a figure, lowest and highest of a range; nothing where it is no number."""
    first, second, near = match["a"] or "", match["b"], match["ascale"] or ""
    far = match["scale"] or ""
    if second:
        low, high = _number(first, near or far), _number(second, far)
        if low is None or high is None:
            return ()
        raised = _RAISED.search(second)
        if raised and not _RAISED.search(first):  # 1.5~2.5×10³
            low = arabic(f"{first}{raised.group()}") or low
        return low, high
    worth = factor(near + far)
    if (between := spread(first)) is not None:
        return between[0] * worth, between[1] * worth
    # 三亿五千余万: what stands before 余 is worth what stands behind it
    together = chinese(first + more().sub("", near + far)) if worth > 1 and _scaled(first) else None
    value = number(first)
    if value is None:
        return ()
    value = value * worth if together is None else together
    if not match["coins"]:
        return (value,)
    dimes, cents = (number(match[coin] or "") or Decimal(0) for coin in ("dimes", "cents"))
    return (value + dimes / 10 + cents / 100,)


def _made(match: re.Match[str], text: str, value: str, unit: str, kind: str, exact: str) -> Quantity:
    start, end = match.span()
    while end > start and text[end - 1].isspace():
        end -= 1
    if kind in SIGNED and value:
        start, value = below_nought(text, start, end, value)
    return Quantity(text[start:end], start, end, value, unit, kind, exact)


def _scaled(written: str) -> bool:
    return "万" in written or "亿" in written


def _per(match: re.Match[str], text: str) -> Quantity | None:
    written = match.group()
    unit = "‰" if written.startswith("千") else "%"
    if written in ("百分之百", "百分百"):
        return _made(match, text, "100", "%", "share", "exact")
    parts = [part for part in re.split(rf"[百千]分之|{DASH}", written) if part]
    values = [_number(part, "") for part in parts]
    if any(value is None for value in values):
        return None
    value = "..".join(plain(value) for value in values if value is not None)
    return _made(match, text, value, unit, "share", "range" if len(parts) > 1 else "exact")


def _tenths(match: re.Match[str], text: str) -> Quantity | None:
    """七成, 七成五, 七成半, 2成, 七八成 in per cent."""
    whole, _, rest = match.group().rpartition("成")
    whole = whole.replace("成", "")
    last = Decimal(5) if rest == "半" else chinese(rest) if rest else Decimal(0)
    ends = [number(end) for end in re.split(DASH, whole)]
    between = spread(whole) or (tuple(end for end in ends if end is not None) if len(ends) == 2 else ())
    if len(between) == 2:
        value = "..".join(plain(each * 10) for each in between)
        return _made(match, text, value, "%", "share", "range")
    tenths = number(whole)
    if tenths is None or last is None:
        return None
    return _made(match, text, plain(tenths * 10 + last), "%", "share", "approx")


def _parted(match: re.Match[str], text: str) -> Quantity | None:
    """1/2小时, 1又1/2小时."""
    unit = match["punit"]
    *whole, above, below = map(int, re.findall(r"\d+", match.group()))
    if not below:
        return None
    value = Decimal(sum(whole)) + Decimal(above) / Decimal(below)
    if value.as_tuple().exponent < -LONGEST_EXPONENT:  # type: ignore[operator]
        return _made(match, text, f"{sum(whole) * below + above}/{below}", unit, kind_of(unit), "exact")
    return _made(match, text, plain(value), unit, kind_of(unit), "exact")


def _fraction(written: str) -> str:
    written = {"⅓": "1/3", "⅔": "2/3"}.get(written, written)
    if "/" in written:
        return written
    below, _, above = written.partition("分之")
    return f"{plain(chinese(above) or Decimal(0))}/{plain(chinese(below) or Decimal(1))}"


def _proportion(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    """1:0.78 is a ratio where 比 or 例 stands before it; elsewhere a colon separates other things."""
    before = folded[max(0, match.start() - 8) : match.start()]
    if not any(word in before for word in ("比", "例", "按", "约为")):
        return None
    value = re.sub(r"\s", "", match.group()).replace("：", ":")
    return _made(match, text, value, "", "ratio", "exact")


def _bare(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    """A number without a unit counts only where the words before it say that it is a value."""
    if is_year(match.group()):
        return None
    before = folded[max(0, match.start() - _SENTENCE) : match.start()]
    after = folded[match.end() : match.end() + 3].lstrip()
    told = before.rstrip(" ：:约").endswith(tuple(table()["bare_before"]))
    announced = not told and (is_value(match.group(), before) or is_announced(before))
    if not told and not announced:
        return None
    if re.match(r",\d", folded[match.end() : match.end() + 2]) and "分别" not in before:
        return None  # 为12,5: one number or two
    if after and not (after[0] in "，,。；;、）)" or after.startswith(tuple(table()["bare_after"]))):
        return None
    value = _number(match.group(), "")
    kind = "score" if announced else "number"
    return _made(match, text, plain(value), "", kind, "exact") if value is not None else None


_RAISED = re.compile(f"{POWER}$")
_SENTENCE = 40  # characters before a bare number in which a word may announce it
_DIGITS = re.compile(rf"{MIXED}|{COMMA}|{ARABIC}|{CHINESE}")
_THOUSANDTHS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def _number(text: str, scales: str) -> Decimal | None:
    value = number(text)
    return None if value is None else value * factor(scales)


@cache
def _articles() -> frozenset[str]:
    return frozenset(load_data("checker.data", "units.yaml")["article_after_one"])


def _frozen(match: re.Match[str], folded: str) -> bool:
    """A Chinese numeral that is part of a longer word: 第 before it, or a unit that goes on as another word."""
    before = folded[max(0, match.start() - 1) : match.start()]
    after = folded[match.end() : match.end() + 1]
    return (before in ("第", "之", "同", "每") and match.group("a") == "一") or (
        match.group("unit") in ("次", "方", "分", "度")
        and after in ("性", "向", "别", "合", "能", "元", "析")
    )
