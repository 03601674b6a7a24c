"""A number written in any of these ways is read back equal, in prose and in a cell of the key figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.key_figures import parse_number, uses_decimal_comma
from checker.text.ground.quantities import find_quantities
from checker.text.ground.tables import find_tables

Write = Callable[[Decimal], str]
DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")


def point(value: Decimal) -> str:
    return format(value, "f")


def grouped(mark: str, decimal: str = ".") -> Write:
    return lambda value: f"{value:,f}".translate(str.maketrans({",": mark, ".": decimal}))


def section(value: int) -> str:
    """1–9999 in Chinese, without a leading 零."""
    written, gap = "", False
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = value // 10**power % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return written


def han(value: Decimal) -> str:
    """一亿二千万零三十点五."""
    whole, _, decimals = format(value, "f").partition(".")
    number, written = int(whole), ""
    for worth, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // worth % 10000
        if part:
            written += ("零" if written and part < 1000 else "") + section(part) + unit
    return (written or "零") + (f"点{''.join(DIGITS[int(one)] for one in decimals)}" if decimals else "")


def powered(mark: str, raised: bool) -> Write:
    def write(value: Decimal) -> str:
        exponent = value.adjusted()
        mantissa = format(value.scaleb(-exponent), "f")
        return f"{mantissa}{mark}" + (str(exponent).translate(RAISED) if raised else str(exponent))

    return write


def mixed(value: Decimal) -> str:
    """12万3千: thousands behind ten thousands."""
    return f"{int(value) // 10000}万{int(value) // 1000 % 10}千"


whole = st.integers(1, 99_999_999).map(Decimal)
large = st.integers(1_000, 99_999_999).map(Decimal)
fine = st.builds(
    lambda number, places: Decimal(number).scaleb(-places), st.integers(1, 10**9), st.integers(1, 6)
)
# 2024,5吨 may be a year and five tonnes: that alone is left out
tenths = (
    st.integers(1, 9_999_999)
    .filter(lambda number: number % 10 and not 20000 <= number < 20400)
    .map(lambda number: Decimal(number) / 10)
)
cents = st.integers(1, 10**9).map(lambda number: Decimal(number) / 100)
thousands = st.integers(11, 99_999).filter(lambda n: n % 10).map(lambda number: Decimal(number * 1000))
longest = st.integers(1, 10**17 - 1).map(lambda number: Decimal(number).scaleb(-15))
share = st.integers(1, 999).map(lambda number: Decimal(number) / 10)
tens = st.integers(1, 9).map(lambda number: Decimal(number * 10))
odd_tens = st.integers(11, 99).filter(lambda n: n % 10).map(Decimal)

# how it is written, what is written so, the unit behind it, the words before it
WAYS: dict[str, tuple[Write, st.SearchStrategy[Decimal], str, str]] = {
    "plain": (point, whole, "吨", "产生"),
    "decimals": (point, fine, "吨", "产生"),
    "fifteen decimals": (point, longest, "吨", "产生"),
    "thousands": (grouped(","), large, "吨", "产生"),
    "thousands and decimals": (grouped(","), fine, "吨", "产生"),
    "wide commas": (grouped("，"), large, "吨", "产生"),
    "wide digits": (lambda value: point(value).translate(FULL), fine, "吨", "产生"),
    "blanks": (grouped(" "), large, "吨", "产生"),
    "hard blanks": (grouped("\u00a0"), fine, "吨", "产生"),
    "thin blanks": (grouped("\u202f"), fine, "吨", "产生"),
    "apostrophes": (grouped("'"), fine, "吨", "产生"),
    "curled apostrophes": (grouped("’"), large, "吨", "产生"),
    "decimal comma": (lambda value: point(value).replace(".", ","), tenths, "吨", "产生"),
    "points and a comma": (grouped(".", ","), tenths, "吨", "产生"),
    "blanks and a comma": (grouped(" ", ","), tenths, "吨", "产生"),
    "scanned": (lambda value: f"{value:,f}".replace(",", " , ").replace(".", " . "), tenths, "吨", "产生"),
    "ten thousands": (lambda value: f"{point(value / 10000)}万", whole, "元", "投入"),
    "hundred millions": (lambda value: f"{point(value / 10**8)}亿", whole, "元", "投入"),
    "mixed": (mixed, thousands, "元", "投入"),
    "chinese": (han, whole, "吨", "产生"),
    "chinese decimals": (han, share, "吨", "产生"),
    "formal": (lambda value: han(value).translate(FORMAL), whole, "元整", "投入人民币"),
    "of a hundred, chinese": (lambda value: f"百分之{han(value)}", share, "", "占"),
    "of a hundred": (lambda value: f"百分之{point(value)}", share, "", "占"),
    "minus": (lambda value: f"−{point(value)}", share, "%", "同比"),
    "hyphen": (lambda value: f"-{point(value)}", share, "%", "利润率为"),
    "负": (lambda value: f"负{point(value)}", share, "%", "利润率为"),
    "E+05": (lambda value: f"{value:E}", large, "吨", "产生"),
    "caret": (powered("×10^", raised=False), fine, "吨", "产生"),
    "raised": (powered("×10", raised=True), fine, "吨", "产生"),
    "tenths": (lambda value: f"{DIGITS[int(value) // 10]}成", tens, "", "占"),
    "arabic tenths": (lambda value: f"{int(value) // 10}成", tens, "，", "占"),
    "tenths and a digit": (lambda v: f"{DIGITS[int(v) // 10]}成{DIGITS[int(v) % 10]}", odd_tens, "。", "占"),
    "dollars": (lambda value: f"US${value:,f}", cents, "，", "捐"),
    "euros": (lambda value: f"€{grouped('.', ',')(value)}", tenths, "，", "捐"),
}
BELOW = ("minus", "hyphen", "负")


@pytest.mark.parametrize("way", WAYS)
def test_read_back_equal(way: str) -> None:
    write, values, unit, before = WAYS[way]

    @settings(max_examples=80, deadline=None, derandomize=True)
    @given(values)
    def run(value: Decimal) -> None:
        text = f"全年{before}{write(value)}{unit}"
        found = find_quantities(text)
        assert [Decimal(each.value) for each in found] == [-value if way in BELOW else value], text
        assert all(text[each.start : each.end] == each.text for each in found)

    run()


CELLS = [
    "plain", "decimals", "thousands", "thousands and decimals", "wide commas", "wide digits", "hard blanks",
    "thin blanks", "apostrophes", "decimal comma", "points and a comma", "blanks and a comma", "E+05", "caret",
    "raised",
]  # fmt: skip


@pytest.mark.parametrize("way", CELLS)
def test_a_key_figure_and_a_table_read_back_equal(way: str) -> None:
    write, values, _, _ = WAYS[way]

    @settings(max_examples=80, deadline=None, derandomize=True)
    @given(values)
    def run(value: Decimal) -> None:
        number = parse_number(write(value))
        assert number is not None
        assert number.value == value
        (table,) = find_tables(f"指标\t数值\n产量\t{write(value)}\n用量\t3.5")
        if not (len(write(value)) == 4 and write(value)[:2] in ("19", "20")):  # a year
            assert table.rows[0].cells[1].value == value

    run()


@pytest.mark.parametrize(
    ("cells", "text", "value"),
    [
        (["500"], "1,234", Decimal(1234)),
        (["12,5"], "12,5", Decimal("12.5")),
        (["1.234,5", "3235"], "1.234,5", Decimal("1234.5")),
        (["12,5"], "1,234", None),  # thousands or decimals: the clerk is asked
        (["12,5"], "1.234", None),
        (["12,5"], "12.4", Decimal("12.4")),
        (["1,234.5"], "1,234", Decimal(1234)),
        (["500"], "12,3456", None),
        (["500"], "2000,500", None),
        (["1,23,456"], "1,23,456", Decimal(123456)),
    ],
)
def test_the_sheet_tells_what_a_comma_means(cells: list[str], text: str, value: Decimal | None) -> None:
    number = parse_number(text, uses_decimal_comma(cells))
    assert (number and number.value) == value
