"""The words of plans: what names the time to come, whose plan it is, and what makes it none."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data


class PlanWords(Struct, frozen=True):
    """Expressions for the words of plans, by what they say of one."""

    intends: re.Pattern[str]
    not_intends: re.Pattern[str]
    moves: re.Pattern[str]
    strong: re.Pattern[str]
    in_turn: re.Pattern[str]
    finishes: re.Pattern[str]
    done: re.Pattern[str]
    still_open: re.Pattern[str]
    endless: re.Pattern[str]
    empties: re.Pattern[str]
    rules: re.Pattern[str]
    may_move: re.Pattern[str]
    allows: re.Pattern[str]  # 未休的年休假可以顺延至次年
    conditions: re.Pattern[str]
    maybes: re.Pattern[str]
    terms: re.Pattern[str]
    others: re.Pattern[str]
    carried_out: re.Pattern[str]
    gathering: re.Pattern[str]
    begins: re.Pattern[str]
    soon: re.Pattern[str]
    agreed: re.Pattern[str]
    due: re.Pattern[str]  # by when, with the feast or the season before which it is to be done
    step: re.Pattern[str]  # of what is meant to be done, no time told
    season: re.Pattern[str]  # of the year to come where the sentence says that it is agreed
    behind: re.Pattern[str]
    led: re.Pattern[str]
    ours: re.Pattern[str]
    years: re.Pattern[str]
    instead: re.Pattern[str]
    goes_on: re.Pattern[str]
    by_then: re.Pattern[str]
    announced: re.Pattern[str]  # of a clause in which somebody else makes his plan known
    disposes: re.Pattern[str]
    counted: re.Pattern[str]
    parent: str  # a word for any company above


def _somebody_else(data: dict[str, Any]) -> str:
    """What opens a clause, or stands in it, when the plan is somebody else's."""
    offices = rf"{either(data['seats'])}[一-龥]{{0,6}}?{either(data['offices'])}"
    others = rf"(?:{either(data['others'])}|{offices})"
    dealers, tells = either(data["dealers"]), either(data["tells_us"])
    named = rf"(?:{others}|{dealers})"
    soon = rf"(?:20\d\d|{either([*data['coming'], *data['next_in_turn']])}|{tells})"
    far = rf"(?!{either(data['ours'])})[一-龥]{{1,4}}?"
    when = rf"\s*(?:(?:20\d\d\s?年|{either([*data['coming'], *data['next_in_turn']])})(?:\d{{1,2}}月)?[底初内起]?)?"
    return (
        rf"{when}{either(data['pronouns'])}|{when}[由待等]?{either(data['local'])}?{others}|{when}[由待等]?(?:{far})?{dealers}[A-Z甲乙丙]?(?:公司|厂)?{soon}"
        rf"|\s*{far}{either(data['above'])}(?!{either(data['towards'])})"
        rf"|[^，,。；;]*?由[^，,。；;]{{1,14}}?{either(data['as_one'])}|[^，,。；;]{{0,8}}?{named}{tells}|[^，,。；;]*?由{named}[^，,。；;]{{0,8}}?(?:{either(data['carries_out'])}|{tells})"
        rf"|\s*{data['works']}{either(data['says'])}"
        rf"|[^，,。；;]*?{either(data['laws'])}[^，,。；;]{{0,8}}?{either(data['in_force'])}"
    )


@cache
def coming_year(year: int) -> re.Pattern[str]:
    """The year to come as it is written."""
    data = _data()
    digits = "〇一二三四五六七八九"
    chinese = "".join("[〇零○]" if letter == "0" else digits[int(letter)] for letter in str(year))
    return re.compile(
        rf"(?<![\d.])(?:{year}|(?<!\d){year % 100:02})\s?{either(data['year_of'])}?年(?!\s?[至到—–~～-]+\s?20\d\d)"
        rf"|(?<![\d.]){year}(?=\s?(?:[上下]半年|第?[一二三四]季|H[12]))|[（(]{year}[）)]"
        rf"|(?<![\d.]){year}\s?[./-]\s?\d{{1,2}}(?!\d)"
        rf"|(?<![\d.]){year}\s?Q[1-4]|FY\s?(?:{year}|{year % 100:02})(?!\d)"
        rf"|{chinese}年|(?<!发){either([*data['coming'], *data['next_in_turn']])}"
    )


@cache
def drawn_up(year: int) -> re.Pattern[str]:
    """A plan for the year to come that is drawn up already: 编制次年培训计划."""
    data = _data()
    return re.compile(
        rf"{either(data['drawn_up'])}{either(data['drawn_up_behind'])}?(?:{coming_year(year).pattern})度?[一-龥]{{0,10}}?{either(data['plans'])}"
    )


@cache
def other_year(year: int) -> re.Pattern[str]:
    """Any other year than the one to come."""
    return re.compile(
        rf"(?<!\d)(?!{year})(?:19|20)\d\d\s?年|(?<!\d)(?!{year % 100:02})[12]\d年(?!前)|{either(_data()['this_year'])}"
    )


@cache
def _data() -> dict[str, Any]:
    return dict(load_data("checker.data", "promises.yaml"))


@cache
def plan_words() -> PlanWords:
    """The words of the package."""
    data = _data()
    known = {
        name: re.compile(either(data[name]))
        for name in (
            "intends",
            "not_intends",
            "moves",
            "maybes",
            "done",
            "still_open",
            "endless",
            "empties",
        )
    }
    return PlanWords(
        finishes=re.compile(either([*data["finishes"], *data["acts"]])),
        strong=re.compile(either(word for word in data["intends"] if len(word) > 1)),
        in_turn=re.compile(either(data["next_in_turn"])),
        rules=re.compile(either(data["rules"])),
        allows=re.compile(either(data["allows"])),
        may_move=re.compile(either(data["allows"]) + either(data["moves"])),
        conditions=re.compile(
            rf"{either(data['conditions'])}|(?:\A|(?<=[，,。；;]))\s?如(?![期下上实何前今同])"
        ),
        terms=re.compile(either(data["terms"])),
        goes_on=re.compile(either(data["goes_on"])),
        by_then=re.compile(either([*data["by_then"], *data["coming"], *data["next_in_turn"]])),
        parent=data["parents"][0],
        disposes=re.compile(data["disposes"]),
        counted=re.compile(data["counted"]),
        announced=re.compile(
            rf"{either([*data['others'], *data['dealers']])}[^，,。；;]{{0,12}}?{either(data['announces'])}"
            rf"{either(data['to_us'])}?\s*\Z"
        ),
        instead=re.compile(rf"[由从][^，,。；;\n]{{2,24}}?{either(data['instead'])}"),
        others=re.compile(_somebody_else(data)),
        carried_out=re.compile(
            rf"[，,]\s*(?:具体)?由[^，,。；;]{{0,8}}?{either([*data['others'], *data['dealers']])}[^，,。；;]{{0,6}}?"
            rf"{either(data['carries_out'])}"
        ),
        gathering=re.compile(
            rf"{either(data['wide'])}[^，,。；;]{{0,12}}?{either(data['gatherings'])}[^，,。；;]{{0,12}}?{either(data['held'])}"
        ),
        begins=re.compile(rf"{either(data['coming'])}起|{either(data['begins'])}"),
        soon=re.compile(rf"{either(data['soon'])}(?:\d{{1,2}}月|{either(data['soon_times'])})"),
        agreed=re.compile(
            rf"{either(data['agreed'])}|{either(data['soon_times'])}[^，,。；;\n]{{0,4}}?{data['meant']}"
        ),
        due=re.compile(data["due"]),
        step=re.compile(data["step"]),
        season=re.compile(either(data["soon_times"])),
        behind=re.compile(rf"{either(data['behind'])}|(?<!\d)(?:19|20)\d\d"),
        years=re.compile(rf"{either(data['behind'])}|(?<!\d)(?:19|20)\d\d|\d{{1,2}}月"),
        ours=re.compile(either(data["ourselves"])),
        led=re.compile(rf"由[^，,。；;]{{1,14}}?{either(data['carries_out'])}"),
        **known,
    )
