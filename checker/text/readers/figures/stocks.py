"""What a site keeps, counted (配备AED 8台): the noun, its measure word and how many, for comparing two answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

_CLAUSE = re.compile(r"[^，,、。；;：:！？!?（）()\n\t|｜]{2,40}")


class Stock(Struct, frozen=True):
    """Things of one kind at a site; ``held`` where a verb, or what they are, says that they are all there."""

    noun: str
    unit: str
    number: int
    held: bool
    quote: Span


def find_stocks(text: str) -> Iterator[Stock]:
    """The things of clauses that hold nothing but a verb of having, a noun and its number; 厂里3台AED."""
    words = _words()
    if words.trigger.search(text) is None:
        return
    for named in words.named_behind.finditer(text):
        noun = words.names[named["noun"]]
        yield Stock(noun.lower(), named["unit"], int(named["number"]), True, span(text, *named.span()))
    for clause in _CLAUSE.finditer(text):
        found = words.stock.fullmatch(clause.group().strip())
        if found is None or words.narrow.search(found.group()):
            continue
        noun = words.names.get(found["noun"], found["noun"])
        start = clause.start() + len(clause.group()) - len(clause.group().lstrip())
        quote = span(text, start, start + found.end())
        held = found["verb"] != "" or (found["noun"] in words.names and found.start("noun") == 0)
        yield Stock(noun.lower(), found["unit"], int(found["number"]), held, quote)


class _Words(Struct, frozen=True):
    trigger: re.Pattern[str]
    stock: re.Pattern[str]
    named_behind: re.Pattern[str]
    narrow: re.Pattern[str]
    names: dict[str, str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "facts.yaml")["stocks"]
    units, verbs = either(data["units"]), either(data["verbs"])
    return _Words(
        re.compile(rf"\d\s?{units}"),
        re.compile(
            rf"(?:{either(data['opening'])}){{0,2}}(?P<verb>(?:{verbs}){{0,2}})了?\s?"
            rf"(?P<noun>[A-Za-z]{{2,12}}|[\u4e00-\u9fff]{{3,10}}?)\s?共?\s?(?P<number>\d{{1,4}})\s?(?P<unit>{units})"
        ),
        re.compile(
            rf"(?:{either(data['whole'])})[有的共]{{0,2}}\s?(?P<number>\d{{1,4}})\s?(?P<unit>{units})\s?"
            rf"(?P<noun>{either(name for names in data['names'] for name in names)})"
        ),
        re.compile(either(data["narrow"])),
        {name: names[0] for names in data["names"] for name in names},
    )
