"""A text of twice the length costs about twice the work, in every rule: calls are counted, no clock is looked at."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from checker.checking.engine import context_of
from checker.reading.answers import ReturnReading, read_answers
from checker.rules import RULES
from checker.rules.contract import Scope
from questionnaire.schema import Schema
from tests.conftest import look, make_return

LENGTH = 12_000  # characters of the shorter return
MOST = 3.2  # times the work for twice the text: buckets that fill up count; a comparison of all pairs comes near 4
IDLE = 20_000  # calls that a rule may make whatever the text
THINGS = (
    "外购电力",
    "天然气",
    "柴油",
    "废矿物油",
    "废乳化液",
    "铝渣",
    "包装材料",
    "光伏发电",
    "蒸汽",
    "氮气",
)

Sentence = Callable[[random.Random], str]


def figures(of: random.Random) -> str:
    shop, line, thing = of.choice("一二三四五"), of.randint(1, 99), of.choice(THINGS)
    amount, change = of.randint(1000, 999999) / 100, of.randint(1, 99) / 10
    return (
        f"{shop}车间{line}号线{thing}用量{amount}吨，同比下降{change}%，投入{of.randint(10, 9999) / 10}万元。"
    )


def dates(of: random.Random) -> str:
    day, later = (f"{of.choice((2023, 2024))}年{of.randint(1, 12)}月{of.randint(1, 28)}日" for _ in range(2))
    number, thing = of.randint(1, 99), of.choice(THINGS)
    return of.choice((
        f"{day}召开第{number}次安全会议，{number}人参加。",
        f"{day}通过ISO14001认证审核，{later}取得证书，有效期至{later}。",
        f"《{thing}管理办法第{number}号》于{day}发布。", f"{day}组织{thing}泄漏演练，{later}完成整改。",
    ))  # fmt: skip


def people(of: random.Random) -> str:
    total, women = of.randint(300, 400), of.randint(50, 90)
    return of.choice((
        f"员工总数{total}人，其中女职工{women}人。",
        f"全厂{total}人，在册员工{total}人中男{total - women}人、女{women}人。",
        f"培训{of.randint(1, 99)}次，{total}人次参加。", f"未发生工伤事故，{of.randint(1, 9)}起轻伤已处理。",
    ))  # fmt: skip


def gases(of: random.Random) -> str:
    one, other = of.randint(10**6, 10**7) / 100, of.randint(10**6, 10**7) / 100
    return f"温室气体排放总量{one}吨CO2e，范围一、范围二合计{other}吨CO2e。"


def rows(of: random.Random) -> str:
    parts = [of.randint(100, 99999) / 10 for _ in range(3)]
    numbers = "\t".join(map(str, (*parts, round(sum(parts), 1))))
    return f"{of.choice(THINGS)}{of.randint(1, 999)}\t{numbers}\n"


def lines(of: random.Random) -> str:
    if not of.randint(0, 6):
        return f"{of.choice(THINGS)}（吨）\n"
    return f"{of.choice(THINGS)}{of.choice('甲乙丙丁戊己')} {of.randint(10, 9999) / 10}\n"


def lists(of: random.Random) -> str:
    thing, unit = of.choice(THINGS), of.choice(("吨", "万元", "千瓦时"))
    return (
        f"{thing}（{unit}）：{of.choice('甲乙丙')}线{of.randint(10, 9999) / 10}、合格率{of.randint(1, 99)}%，"
    )


def standards(of: random.Random) -> str:
    number, title = of.randint(1000, 59999), f"{of.choice(THINGS)}管理规定{of.randint(1, 999)}"
    return f"按ISO {number}和《{title}》开展检查，大大降低了消耗。"


def delegations(of: random.Random) -> str:
    one, other, times = of.choice(THINGS), of.choice(THINGS), of.randint(2, 9)
    return (
        f"{one}第{of.randint(1, 999)}项由中信戴卡统一管理，{other}参照总部制度执行，本公司每年检查{times}次。"
    )


def whole(schema: Schema, sentence: Sentence, length: int, items: int) -> ReturnReading:
    of = random.Random(7)
    answers = {}
    for item in list(schema.items)[:items]:
        text = ""
        while len(text) < length / items:
            text += sentence(of)
        answers[item.id] = text
    return read_answers(schema, make_return(answers))


def calls(work: Callable[[], object]) -> int:
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def by_rule(schema: Schema, sentence: Sentence, length: int, items: int) -> Iterator[tuple[str, int]]:
    read: list[ReturnReading] = []
    yield "reading", calls(lambda: read.append(whole(schema, sentence, length, items)))
    for name, rule in RULES.items():
        context = context_of(rule, read[0])

        def run(rule: object = rule, context: object = context) -> None:
            if rule.SCOPE is Scope.RETURN:
                list(rule.check(read[0], context))
            else:
                for reading in read[0].items:
                    look(rule, reading, context)

        yield name, calls(run)


@pytest.mark.slow
@pytest.mark.parametrize("items", [2, 72], ids=["in two answers", "in all answers"])
@pytest.mark.parametrize(
    "sentence", [figures, dates, people, gases, rows, lines, lists, standards, delegations]
)
def test_twice_the_text_is_twice_the_work(sentence: Sentence, items: int, schema: Schema) -> None:
    dict(by_rule(schema, sentence, 1000, items))  # what is kept from the first run on
    short, long = (dict(by_rule(schema, sentence, length, items)) for length in (LENGTH, 2 * LENGTH))
    grown = {name: round(long[name] / short[name], 2) for name in long if long[name] > IDLE}
    assert grown
    assert {name: ratio for name, ratio in grown.items() if ratio > MOST} == {}
