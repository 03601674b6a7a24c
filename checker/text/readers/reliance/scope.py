"""Whom a parent's answer reaches: all its companies, those it names, or nobody in particular."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from checker.text.ground.quantities import find_quantities
from checker.text.ground.similarity import squeeze
from frameworks.ground.yaml import load_data

LEAST = 4  # letters at the beginning of a name by which a company is known in a list
QUOTE = 160  # characters of a sentence that are quoted
_SENTENCE = re.compile(r"[^。；;！!\n]{1,2000}[。；;！!]?")
_CLAUSE = re.compile(r"[^，,。；;！!：:\n]{1,2000}")
_PHRASE = re.compile(r"[^，,。；;：:\n（）()]{1,2000}")


def covered(text: str, company: str, parents: tuple[str, ...] = ()) -> str:
    """The sentence by which an answer covers all companies of the group or this one by name; empty otherwise."""
    name = _known_by(company, parents)
    for sentence in _SENTENCE.findall(text):
        for clause in _CLAUSE.findall(sentence):
            if any(word in clause for word in _data()["without"]):
                continue
            if (name and name in squeeze(clause)) or _all_members(clause):
                return str(sentence).strip()[:QUOTE]
    return ""


def limited(text: str, parents: tuple[str, ...] = ()) -> str:
    """The words that limit an answer to companies that it names; empty otherwise."""
    if others := _others_left_out().search(text):
        return others.group(0)
    for phrase in _PHRASE.findall(text):
        if _lists_members(phrase, parents):
            return str(phrase).strip()[:QUOTE]
    for found in _limits().finditer(text):
        parts = [part.strip() for part in re.split(r"[、，,和及与]", found.group("list"))]
        listed = found.group("count") or any(part.endswith(tuple(_data()["name_end"])) for part in parts)
        if listed:
            return found.group(0)
    return ""


def sends_back(text: str) -> str:
    """The words by which the parent leaves all of an item to its companies; empty when it says more itself."""
    sentences = [str(sentence) for sentence in _SENTENCE.findall(text)]
    back = {sentence: found.group(0) for sentence in sentences if (found := _back().search(sentence))}
    own = (sentence for sentence in sentences if sentence not in back)
    if not back or any(find_quantities(sentence) for sentence in own):
        return ""
    return next(iter(back.values()))


def is_pending(text: str) -> bool:
    """Whether an answer only says that it will come later."""
    return any(word in text for word in _data()["pending"]) and not find_quantities(text)


def above() -> tuple[str, ...]:
    """How the parent calls its own parent."""
    return tuple(_data()["above"])


def _lists_members(phrase: str, parents: tuple[str, ...]) -> bool:
    """Whether it lists a company of the group, known by the parent's name in it: 本部、北美戴卡."""
    names = [squeeze(name) for name in _joint().split(phrase)]
    ends = (*_data()["name_end"], *parents)
    return len(names) > 1 and any(
        name not in parents and name.endswith(ends) and any(parent in name for parent in parents)
        for name in names
    )


def plain_name(company: str) -> str:
    """A company's name without its legal form and what stands in brackets.

    >>> plain_name("华北轮毂（示例）有限公司")
    '华北轮毂'
    """
    return _legal().sub("", company).strip() or company


def _known_by(company: str, parents: tuple[str, ...]) -> str:
    """The beginning of a company's name without the parent's own; empty when too short to be one's own."""
    name = _legal().sub("", squeeze(company))
    for parent in sorted(map(squeeze, parents), key=len, reverse=True):
        if parent and name != parent:
            name = name.removeprefix(parent)
    return name[:LEAST] if len(name) >= LEAST else squeeze(company)


def _all_members(clause: str) -> bool:
    return any(not _is_outsider(found.group(0)) for found in _members().finditer(clause))


def _is_outsider(words: str) -> bool:
    return any(word in words for word in _data()["outsiders"])


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(either(_data()["joints"]))


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(rf"[（(][^（）()]{{0,20}}[）)]|{either(_data()['legal_forms'])}?公司$")


@cache
def _members() -> re.Pattern[str]:
    data = _data()
    member, belonging, every = (either(data[key]) for key in ("member", "belonging", "every"))
    some = "".join(f"(?<!{re.escape(word)})" for word in data["some"])
    return re.compile(
        rf"(?:{either(data['whole'])})"
        rf"|(?:{every})[^，。；、]{{0,6}}?(?:{member})"
        rf"|{some}(?:{belonging})(?:各|的|[^，。；、]{{1,4}}?家)?(?:{member})"
        rf"|{some}(?:{either(data['plain'])})"
    )


@cache
def _limits() -> re.Pattern[str]:
    data = _data()
    return re.compile(
        rf"(?:{either(data['limits'])})(?P<list>[^。；;，,\n]{{2,200}}?)"
        rf"(?:(?P<count>{either(data['list_end'])})|(?=[。；;，,\n]|$))"
    )


@cache
def _others_left_out() -> re.Pattern[str]:
    data = _data()
    member = either([*data["member"], *data["bodies"]])
    others, without = (either(data[key]) for key in ("others", "without"))
    return re.compile(
        rf"(?:{others})(?:{member})[^，,。；;\n]{{0,8}}?(?:{without})"
        r"|除(?:上述|以上|此|前述)[^，,。；;\n]{0,12}外[^。；;\n]{0,8}?(?:未|不|没有)[^，,。；;\n]{0,12}"
    )


def names_nobody(name: str) -> bool:
    """Whether what looks like a company's name names none, but the one above: 统一按股份公司.

    >>> names_nobody("碳中和目标以集团公司"), names_nobody("青峰集团公司")
    (True, False)
    """
    for word in _data()["nameless"]:
        if name.endswith(word):
            before = name.removesuffix(word)
            return not before or before.endswith(tuple(_data()["leading"]))
    return False


@cache
def _back() -> re.Pattern[str]:
    data = _data()
    member, alone, give, look = (either(data[key]) for key in ("member", "alone", "give", "look"))
    whose = f"(?:{either([*data['every'], *data['belonging']])})"
    return re.compile(
        rf"(?:{give})[^，。；]{{0,6}}(?:{member})[^，。；]{{0,8}}(?:{alone})"
        rf"|(?:{look}){whose}[^，。；]{{0,4}}(?:{member})[^，。；]{{0,8}}"
        rf"|(?:{look})(?:{either(data['plain'])})"
    )


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "ledger.yaml")
    return data
