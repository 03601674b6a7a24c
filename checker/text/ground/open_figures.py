"""Figures without a unit that a list knows: open measure words, currencies, rhythms, announced and bare values."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from checker.text.ground.numbers import factor
from frameworks.ground.yaml import load_data

_FORMAL_LETTERS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟圆")
_STOP = "。；;\n\t"
_PIPES = re.compile(r"\|\s?\|")


# kind and unit of what each expression finds
KINDS = {
    "money": ("money", "元"),
    "coin": ("money", "元"),
    "every": ("count_times", "次"),
    "days": ("time", "日"),
    "parts": ("ratio", ""),
    "english": ("count_thing", ""),
    "measured": ("count_thing", ""),
    "scaled": ("count_thing", ""),
    "zero": ("number", ""),
}


def expressions(arabic: str, scale: str) -> tuple[str, ...]:
    """What the walk tries behind the figures whose unit is known, in order; each has a group of its name."""
    data = _data()
    currency = either(data["currencies"])
    every = either(data["every"])
    english = either(data["english_scales"])
    amount = rf"(?:{arabic})(?:,\d{{1,2}}(?![\d.,]))?"
    return (
        rf"(?P<money>(?=[¥￥$＄€£฿人A-Z])(?:{signs()}|(?<![A-Za-z])(?:{currency}))\s?{amount}(?:\s?(?:{scale}|{english}))?)",
        rf"(?P<coin>{amount}(?:\s?(?:{scale}|{english}))?\s?(?:(?:{currency})(?![A-Za-z])|[€£]))",
        rf"(?P<every>每半?(?:{every})(?:(?<!周)[一二三四五六]|两)(?![{data['not_done']}])[\u4e00-\u9fff]"
        rf"|半年一(?![{data['not_done']}])[\u4e00-\u9fff])",
        r"(?P<days>(?<![\d.])\d{1,3}\.\d{1,2}\s?日|(?<=缩短[为至到])\d{1,3}\s?日)",
        r"(?P<parts>(?<=[（(])\d{1,6}\s?/\s?\d{1,6}(?=[）)]))",
        rf"(?P<english>(?<![\d.,A-Za-z#-])(?:{arabic})(?:\s|-(?={either(data['english_times'])}))[a-z]{{3,15}}(?![A-Za-z]))",
        rf"(?P<measured>(?<![\d.,A-Za-z#/&-])(?<![A-Za-z] )(?:{arabic})(?:\s?(?:{scale}))?[余多来+]?\s?"
        rf"(?![{data['no_measure']}])[\u4e00-\u9fff])",
        rf"(?P<scaled>(?:(?<![\d.,A-Za-z#/-])(?:{arabic})\s?(?:[千百]?[余多来]?[万亿]|[wW](?![A-Za-z]))"
        r"|(?<![\d.,A-Za-z#/-])\d{1,2}[万千]\d|[一二两三四五六七八九][一二三四五六七八九十百千]{0,6}[余多来]?[万亿])[+多余]?"
        r"(?=\s?(?:[，,。；;、）)]|$)))",
        r"(?P<zero>(?<=[为是])零(?=\s?(?:[，,。；;、）)]|$)))",
    )


def formal_folded(text: str) -> str:
    """The text with numerals as on cheques (壹佰零陆) in everyday ones, letter for letter.

    >>> formal_folded("壹佰零陆万元")
    '一百零六万元'
    """
    if _FORMAL_LETTERS.isdisjoint(text):
        return text
    return _formal().sub(
        lambda match: "".join(_data()["formal"].get(one, one) for one in match.group()), text
    )


def is_announced(before: str) -> bool:
    """Whether the words of its sentence announce a bare number: 打分：甲 91、乙 88."""
    sentence = re.split(f"[{_STOP}]", before)[-1]
    return any(word in sentence for word in _data()["announce"])


def is_value(number: str, before: str) -> bool:
    """Whether a bare number with a point is a value; a clause's or an edition's is none."""
    before = before.rstrip(" ")
    return (
        "." in number
        and bool(before)
        and "\u4e00" <= before[-1] <= "\u9fff"
        and not before.endswith(tuple(_data()["not_value"]))
    )


def counts_one(before: str, after: str) -> bool:
    """Whether 一 with a measure word stands behind its noun at the end of a clause: 危废库一座，."""
    ends = not after or after in "，,。；;、）)\n"
    return ends and "\u4e00" <= before <= "\u9fff" and before not in _data()["not_noun"]


def currency_of(written: str) -> str:
    """The currency that a code or a sign in a figure names, as a unit; empty where none does."""
    code = max((code for code in _data()["currencies"] if code in written), key=len, default="")
    sign = max((sign for sign in _data()["signs"] if sign in written), key=len, default="")
    return code or str(_data()["signs"].get(sign, ""))


def scale_behind(behind: str) -> int:
    """What the scale behind a number multiplies it with: 万, 百多万, w, million."""
    for word, worth in _data()["english_scales"].items():
        if word in behind:
            return int(worth)
    return factor("万" if behind[:1] in ("w", "W") else behind)


def sign_meaning(sign: str) -> str:
    """The unit that a sign before an amount means, 元 or another currency."""
    return str(_data()["signs"].get(sign, ""))


@cache
def signs() -> str:
    """What stands before an amount and names its currency."""
    return either(_data()["signs"])


def rows(text: str) -> str:
    """A table drawn with pipes as one with tabs, letter for letter; other text as it is."""
    if text.count("|") < 3:
        return text
    broken = _PIPES.sub(lambda match: "\n" + "|".rjust(len(match.group()) - 1), text)
    return broken.replace("|", "\t")


@cache
def _formal() -> re.Pattern[str]:
    digits = "".join(_data()["formal_digits"])
    letters = "".join(letter for letter in _data()["formal"] if letter != "圆")
    longer = rf"[{letters}]{{2,12}}(?:[万亿][{letters}]{{1,12}}){{0,3}}"
    return re.compile(
        rf"{longer}(?=[万亿元整])|(?:{longer}[万亿]?|[{letters}]{{1,12}})圆(?=[整正{digits}]|[，。；、）)]|$)"
        rf"|(?<![{_data()['not_formal']}])[{digits}](?=[万亿元])|(?<=[元圆角零])[{digits}](?=[角分])"
    )


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "open_figures.yaml")
    return data
