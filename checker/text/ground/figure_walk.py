"""The expression by which figures are found: one walk over a text, in which what is no figure is passed over too."""

from __future__ import annotations

import re
from functools import cache

from checker.text.ground.hedges import no_word_before
from checker.text.ground.lexicon import either
from checker.text.ground.numbers import ARABIC, CHINESE, COMMA, MIXED, table
from checker.text.ground.open_figures import expressions, signs
from checker.text.ground.unit_words import divisible_expression, units_expression
from frameworks.ground.yaml import load_data

_BLANK, _BLANK_OF_LINE = r"\s?", r"[^\S\n]?"
_COINS = (
    r"(?P<coins>(?:零?(?P<dimes>[\d一二三四五六七八九])角)?(?:零?(?P<cents>[\d一二三四五六七八九])分(?!之))?)"
)
DASH = r"\s?(?:[-—–−~～－]{1,2}|至|到)\s?"


@cache
def walker() -> re.Pattern[str]:
    """All that holds digits; the groups that match say what it is, ``number`` and ``word`` that it is no figure."""
    data = load_data("checker.data", "masks.yaml")
    words = either(data["words"])
    at_digit, elsewhere = (
        "|".join(f"(?:{entry['re']})" for entry in data["patterns"] if entry.get("first") != other)
        for other in ("other", "digit")
    )
    vague = "|".join(sorted(table()["vague"], key=len, reverse=True))
    scale = "|".join(
        word + "(?![瓦克米焦卡赫伏帕])" if word == "千" else word
        for word in sorted(table()["scales"], key=len, reverse=True)
    )
    behind = "".join(table()["more"])
    units = units_expression()
    parted = either(load_data("checker.data", "units.yaml")["parted"])
    scales = rf"(?:{scale})(?:\s?[{behind}]\s?[万亿])?"
    hedges = [word for entry in table()["before"] if entry["keep"] for word in entry["words"]]
    keep = "|".join(no_word_before(word) + word for word in hedges)
    first = (
        rf"(?:(?=\d)(?:{MIXED}|{COMMA}(?=\s?[万亿千百]?\s?(?:{divisible_expression()}))"
        rf"|(?<![\d.,])(?<![\d.,] )\d(?: \d){{2,8}}(?! ?[\d.,])|{ARABIC})|[½¼¾⅛]|{CHINESE})"
    )
    after = "|".join(
        sorted((word for entry in table()["after"] for word in entry["words"]), key=len, reverse=True)
    )
    masks = rf"(?=\d)(?P<number>{at_digit})|(?!\d)(?P<word>{elsewhere}|{words})"
    figures = "|".join(
        (
            rf"(?P<per>百分之百|百分百|[百千]分之(?:{CHINESE}|{ARABIC})(?:{DASH}(?:百分之)?(?:{CHINESE}|{ARABIC}))?)",
            r"(?P<fraction>[⅓⅔]|(?:[一二三四五六七八九十]{1,3}分之[一二三四五六七八九十两]{1,3}|(?<![\d/.])\d{1,3}/\d{1,3}(?=的|以上|左右|是|为)|(?<=[占降减约达为])\d{1,2}/\d{1,2}(?![\d/.])))",
            rf"(?P<parted>(?<![\d/.])\d{{1,3}}(?:(?:又|\s)\d{{1,2}})?/\d{{1,2}}\s?(?P<punit>{parted}))",
            rf"(?P<tenths>(?<![\d.])(?:[一二两三四五六七八九\d]成?{DASH})?"
            r"(?:[一二两三四五六七八九](?:[一二三四五六七八九]|点[一二三四五六七八九])?|(?<![\d.])\d(?:\.\d)?)"
            r"成(?:半|[一二三四五六七八九](?![成十百个名次起同致样些定般]))?(?:(?![立为功本果长员品分绩就套熟交都型人])|(?<=[超过近逾约达占有].成)(?=员工|人员|职工)|(?<=\d成)(?=员工|人员|职工)))",
            rf"(?P<vague>(?:{vague})(?:\s?(?:{scale}))?\s?(?P<vunit>{units}))",
            r"(?P<proportion>(?<![\d:：])\d{1,4}(?:\.\d{1,4})?\s?[:：]\s?\d{1,4}(?:\.\d{1,4})?(?![\d:：]))",
            rf"(?:(?P<hedge>{keep})\s?)?(?:(?P<sign>{signs()})\s?)?(?P<figure>"
            rf"(?P<a>{first})(?:\s?(?P<ascale>{scales}))?(?:\s?(?P<aunit>%|{units})?{DASH}"
            rf"(?P<b>{first}))?"
            rf"(?:\s?[{behind}])?(?:\s?(?P<scale>{scales})??)(?:\s?[{behind}])?\s?(?P<unit>{units}))"
            rf"(?:(?<=元){_COINS})?"
            rf"(?:\s?(?P<after>{after}))?",
            *expressions(ARABIC, scale),
            rf"(?P<bare>(?<![\d.,A-Za-z#])(?:{ARABIC})(?![\dA-Za-z#]))",
        )
    )
    # what any of them can begin with: the walk skips all other characters at the speed of a character class
    begin = (
        r"(?=[\d《〔\[（(第~“\"‘'「每全再又有这同首百千一二两三四五六七八九十零〇数几上近约大将接估成人¥￥$＄€£฿A-Za-z①-⑳½¼¾⅛⅓⅔廿卅俩仨"
        r"\s\-•·类范阶等项附图表方热电举拨号多万亿专逐合知另某哪其下前后新进从任唯单早双二半])"
    )
    # of those what a figure can begin with: at the others only masks are tried
    figure = r"(?=[\d½¼¾⅛⅓⅔百千每半零〇一二两三四五六七八九十廿卅俩仨人¥￥$＄€£฿A-Z" + "".join(
        sorted({word[0] for word in (*table()["vague"], *hedges)})
    )
    # a number at the end of a row and the next row's first letter are no figure
    return re.compile(f"{begin}(?:{masks}|{figure}])(?:{figures.replace(_BLANK, _BLANK_OF_LINE)}))")
