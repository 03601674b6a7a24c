"""Finds true figures in Chinese text: value, unit, kind, exactness.

One expression walks the text once: what holds digits and is no figure (titles, dates, standards, ordinals, codes,
frozen words) is recognised by the same walk and passed over. Tables, words and units are data.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.numbers import arabic, chinese, plain, table
from checker.text.ground.open_figures import (
    KINDS,
    counts_one,
    currency_of,
    expressions,
    formal_folded,
    is_announced,
    is_value,
    rows,
)
from frameworks.ground.yaml import load_data

_WIDTH = {0xFF05: 0x25, 0xFF0E: 0x2E}

_ARABIC = (
    r"\d{1,3}(?:[,，]\d{3}){1,5}(?:\.\d{1,8})?|\d{1,3}(?:[ \u00a0]\d{3}){1,4}(?!\d)(?:\.\d{1,8})?"
    r"|\d{1,18}(?:\.\d{1,8})?"
)
_CHINESE = r"[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,14}"
_DASH = r"\s?(?:[-—–−~～－]{1,2}|至|到)\s?"


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
    found: list[Quantity] = []
    for match in _walker().finditer(folded):
        if match.lastgroup in ("number", "word"):
            continue  # it holds digits and is no figure
        quantity = _quantity(match, text, folded)
        if quantity is not None:
            found.append(quantity)
    drawn = rows(folded)
    if "\t" in drawn:
        known = {quantity.start for quantity in found}  # a cell that is a number holds nothing else
        found += [quantity for quantity in _table_figures(text, drawn) if quantity.start not in known]
        found.sort(key=lambda quantity: quantity.start)
    return tuple(found)


@cache
def _walker() -> re.Pattern[str]:
    data = load_data("checker.data", "masks.yaml")
    words = either(data["words"])
    at_digit, elsewhere = (
        "|".join(f"(?:{entry['re']})" for entry in data["patterns"] if entry.get("first") != other)
        for other in ("other", "digit")
    )
    vague = "|".join(sorted(table()["vague"], key=len, reverse=True))
    scale = "|".join(sorted(table()["scales"], key=len, reverse=True))
    more = "".join(table()["more"])
    units = _units_expression()
    keep = "|".join(word for entry in table()["before"] if entry["keep"] for word in entry["words"])
    after = "|".join(
        sorted((word for entry in table()["after"] for word in entry["words"]), key=len, reverse=True)
    )
    masks = rf"(?=\d)(?P<number>{at_digit})|(?!\d)(?P<word>{elsewhere}|{words})"
    figures = "|".join(
        (
            rf"(?P<per>百分之百|百分百|[百千]分之(?:{_CHINESE}|{_ARABIC})(?:{_DASH}(?:百分之)?(?:{_CHINESE}|{_ARABIC}))?)",
            r"(?P<fraction>(?:[一二三四五六七八九十]{1,3}分之[一二三四五六七八九十两]{1,3}|(?<![\d/.])\d{1,3}/\d{1,3}(?=的|以上|左右|是|为)|(?<=[占降减约达为])\d{1,2}/\d{1,2}(?![\d/.])))",
            r"(?P<tenths>[一二两三四五六七八九](?:[一二三四五六七八九]|点[一二三四五六七八九])?成半?(?:(?![立为功本果长员品分绩就套熟交都型人])|(?<=[超过近逾约达占有].成)(?=员工|人员|职工)))",
            rf"(?P<vague>(?:{vague})(?:\s?(?:{scale}))?\s?(?P<vunit>{units}))",
            r"(?P<proportion>(?<![\d:：])\d{1,4}(?:\.\d{1,4})?\s?[:：]\s?\d{1,4}(?:\.\d{1,4})?(?![\d:：]))",
            rf"(?:(?P<hedge>{keep})\s?)?(?:人民币\s?|[¥￥$＄€]\s?|RMB\s?|US\$)?(?P<figure>"
            rf"(?P<a>{_ARABIC}|{_CHINESE})(?:\s?(?P<ascale>{scale}))?(?:\s?(?P<aunit>%|{units})?{_DASH}"
            rf"(?P<b>{_ARABIC}|{_CHINESE}))?"
            rf"(?:\s?[{more}])?(?:\s?(?P<scale>{scale})??)(?:\s?[{more}])?\s?(?P<unit>{units}))"
            rf"(?:\s?(?P<after>{after}))?",
            *expressions(_ARABIC, scale),
            rf"(?P<bare>(?<![\d.,A-Za-z#])(?:{_ARABIC})(?![\dA-Za-z#]))",
        )
    )
    # what any of them can begin with: the walk skips all other characters at the speed of a character class
    begin = (
        r"(?=[\d《〔\[（(第~“\"‘'「每全再又有这同首百千一二两三四五六七八九十零〇数几上近约大将接估成人¥￥$＄€A-Za-z①-⑳"
        r"\s\-•·类范阶等项附图表方热电举拨号多万亿专逐合知另某哪其下前后新进从任唯单早双二半])"
    )
    return re.compile(f"{begin}(?:{masks}|{figures})")


@cache
def _kinds() -> dict[str, str]:
    data = load_data("checker.data", "units.yaml")
    return {unit: kind for kind, units in data["kinds"].items() for unit in units}


@cache
def _units_expression() -> str:
    data = load_data("checker.data", "units.yaml")
    units = sorted(_kinds(), key=len, reverse=True)
    latin = [
        re.escape(unit) + r"(?![A-Za-z])" if unit[-1].isascii() and unit[-1].isalpha() else re.escape(unit)
        for unit in units
    ]
    below = sorted({*data["denominators"], *units}, key=len, reverse=True)
    below_latin = [
        re.escape(unit) + r"(?![A-Za-z])" if unit[-1].isascii() and unit[-1].isalpha() else re.escape(unit)
        for unit in below
    ]
    return rf"(?:{'|'.join(latin)})(?:\s?[/／]\s?(?:{'|'.join(below_latin)})){{0,2}}"


def _quantity(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    groups = match.groupdict()
    if groups["per"]:
        return _per(match, text)
    if groups["fraction"]:
        return _made(match, text, _fraction(match.group()), "", "ratio", "exact")
    if groups["tenths"]:
        return _tenths(match, text)
    if groups["vague"]:
        unit = groups["vunit"]
        return _made(match, text, "", unit, _kind(unit), "vague")
    if groups["proportion"]:
        return _proportion(match, text, folded)
    if (name := match.lastgroup or "") in KINDS:
        return _open(match, text, name)
    if groups["bare"]:
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
    if digits is None or (name in ("measured", "english") and _is_year(digits.group())):
        return None
    scales = [word for word in table()["scales"] if word in written]
    value = _number(digits.group(), max(scales, key=len, default=""))
    if name in ("money", "coin"):
        unit = currency_of(written) or unit
    elif name == "measured":
        unit = written[-1]
    elif name == "english":
        unit = written.split()[-1]
    exact = "approx" if _more().search(written[digits.end() :]) else "exact"
    return _made(match, text, plain(value), unit, kind, exact) if value is not None else None


def _figure(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    groups = match.groupdict()
    first, second, unit = groups["a"], groups["b"], groups["unit"]
    if first == "一" and not second and not groups["scale"] and unit in _articles():
        before = folded[match.start() - 1 : match.start()] if match.start() else ""
        if not counts_one(before, folded[match.end() : match.end() + 1]):
            return None
    if unit == "年" and _is_year(first):
        return None
    if not first[0].isdigit() and _frozen(match, folded):
        return None
    scale = groups["scale"] or ("" if second else groups["ascale"]) or ""
    low = _number(first, groups["ascale"] or scale if second else scale)
    if low is None:
        return None
    exact = "exact"
    if groups["hedge"] or _more().search(match.group("figure")):
        exact = "approx"
    exact = (
        _hedge(groups["after"], "after")
        or _hedge(folded[max(0, match.start() - 4) : match.start()], "before")
        or exact
    )
    value = plain(low)
    if second:
        high = _number(second, scale)
        if high is None:
            return None
        value, exact = f"{plain(low)}..{plain(high)}", "range"
    return _made(
        match, text, value, unit.replace(" ", "") if unit.startswith("t") else unit, _kind(unit), exact
    )


def _made(match: re.Match[str], text: str, value: str, unit: str, kind: str, exact: str) -> Quantity:
    start, end = match.span()
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quantity(text[start:end], start, end, value, unit, kind, exact)


def _per(match: re.Match[str], text: str) -> Quantity | None:
    written = match.group()
    unit = "‰" if written.startswith("千") else "%"
    if written in ("百分之百", "百分百"):
        return _made(match, text, "100", "%", "share", "exact")
    parts = [part for part in re.split(rf"[百千]分之|{_DASH}", written) if part]
    values = [_number(part, "") for part in parts]
    if any(value is None for value in values):
        return None
    value = "..".join(plain(value) for value in values if value is not None)
    return _made(match, text, value, unit, "share", "range" if len(parts) > 1 else "exact")


def _tenths(match: re.Match[str], text: str) -> Quantity | None:
    written = match.group().rstrip("半")
    value = chinese(written[0])
    if value is None:
        return None
    half = Decimal(5) if match.group().endswith("半") else Decimal(0)
    return _made(match, text, plain(value * 10 + half), "%", "share", "approx")


def _fraction(written: str) -> str:
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
    if _is_year(match.group()):
        return None
    before = folded[max(0, match.start() - _SENTENCE) : match.start()]
    after = folded[match.end() : match.end() + 3].lstrip()
    told = before.rstrip(" ：:约").endswith(tuple(table()["bare_before"]))
    announced = not told and (is_value(match.group(), before) or is_announced(before))
    if not told and not announced:
        return None
    if after and not re.match(r"[，,。；;、）)\n]|至|到|提|上|下|降|升|增|减|，|$|左右|以上|以下", after):
        return None
    value = _number(match.group(), "")
    kind = "score" if announced else "number"
    return _made(match, text, plain(value), "", kind, "exact") if value is not None else None


def _table_figures(text: str, folded: str) -> list[Quantity]:
    """Numbers that fill a table cell; the unit is read from the head of their column."""
    found: list[Quantity] = []
    head: list[str] = []
    offset = 0
    for line in folded.split("\n"):
        if "\t" not in line:
            head = []
            offset += len(line) + 1
            continue
        cells = line.split("\t")
        numeric = [bool(_CELL.fullmatch(cell.strip())) for cell in cells]
        if not any(numeric) and not _repeats(head, cells):
            head = [f"{head[at] if at < len(head) else ''} {cell}" for at, cell in enumerate(cells)]
        position = offset
        for at, cell in enumerate(cells):
            if numeric[at] and not _is_year(cell.strip()):
                start = position + len(cell) - len(cell.lstrip())
                end = start + len(cell.strip())
                unit = _head_unit(head[at]) if at < len(head) else ""
                unit = unit or _head_unit(cells[0] if at else "")
                value = _number(cell.strip(), "")
                if value is not None:
                    found.append(
                        Quantity(text[start:end], start, end, plain(value), unit, _kind(unit), "exact")
                    )
            position += len(cell) + 1
        offset += len(line) + 1
    return found


def _repeats(head: list[str], cells: list[str]) -> bool:
    """Whether a line without numbers only repeats the head (a second header of a joined table)."""
    return bool(head) and [cell.strip() for cell in cells] == [cell.strip() for cell in head]


_SENTENCE = 40  # characters before a bare number in which a word may announce it
_DIGITS = re.compile(rf"(?:{_ARABIC})")
_CELL = re.compile(rf"(?:{_ARABIC})")
_BRACKET = re.compile(r"[（(]([^（）()]{1,20})[）)]")


@cache
def _head_unit(head: str) -> str:
    """The unit that a column head names: in brackets, behind a slash, or as its own word."""
    kinds: dict[str, str] = _kinds()
    for written in [*_BRACKET.findall(head), head.strip()]:
        unit = written.strip().removeprefix("单位").lstrip("：: ")
        for scale in map(str, ("", *table()["scales"])):
            if unit.startswith(scale) and unit[len(scale) :] in kinds:
                return str(unit)
        if "/" in unit and unit.split("/")[0].strip() in kinds:
            return str(unit)
        if unit.replace(" ", "") in kinds:
            return str(unit.replace(" ", ""))
    words = [unit for unit in kinds if len(unit) > 1 and unit in head]
    return max(words, key=len) if words else ""


def _number(text: str, scale: str) -> Decimal | None:
    value = arabic(text) if text[:1].isdigit() else chinese(text)
    return None if value is None else value * table()["scales"].get(scale, 1)


def _kind(unit: str) -> str:
    if not unit:
        return "number"
    kinds = _kinds()
    if unit in kinds:
        return kinds[unit]
    if "/" in unit or "／" in unit:
        return "concentration" if unit.replace(" ", "") in kinds else "rate"
    bare = unit.lstrip("万亿千百十")
    return kinds.get(bare, kinds.get(unit.replace(" ", ""), "number"))


def _hedge(words: str | None, side: str) -> str:
    if not words:
        return ""
    words = words.rstrip()
    if not words.endswith(_hedges(side)):
        return ""
    matching = [
        (len(word), str(entry["exact"]))
        for entry in table()[side]
        for word in entry["words"]
        if words.endswith(word)
    ]
    return max(matching)[1] if matching else ""  # the longest: 不超过 before 超过


@cache
def _hedges(side: str) -> tuple[str, ...]:
    return tuple(word for entry in table()[side] for word in entry["words"])


@cache
def _more() -> re.Pattern[str]:
    return re.compile(f"[{''.join(table()['more'])}]")


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


def _is_year(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("19", "20") and text.isdigit()
