"""What words are about, as weighted features: letters in pairs without words that any plan holds, and codes (RTO)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

CODE = 2.0  # weight of a code; a pair of letters weighs 1
COMMON = 0.5  # of a pair that many answers hold
FEW = 0.3  # of a noun that says little
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9-]+|[A-Za-z]+(?=\s?\d)")
_NUMBERED = re.compile(r"(?<![\d.月])(\d{1,2})\s?[#＃号](?!文|令)|[#＃](\d{1,2})(?!\d)")  # 2号炉, 2#炉
_RUN = re.compile(r"[一-龥]+")
_STANDARD = re.compile(r"(?<![A-Za-z])(ISO|GB/T|IATF|SA|AEO)[\s/]*(\d{4,5})", re.IGNORECASE)


@lru_cache(maxsize=4096)
def features(text: str) -> dict[str, float]:
    """Weights by feature.

    >>> sorted(features("计划完成喷涂线RTO改造"))
    ['=RTO', '喷涂', '涂线']
    """
    words = _words()
    plain = _STANDARD.sub(lambda match: f"{match[1].upper()}{match[2]}", simplified(text))
    found: dict[str, float] = {}

    def named(match: re.Match[str]) -> str:
        first = words.first[match.group().upper()]
        weight = CODE if first.isascii() else max(1.0, (len(first) - 1) / 2)
        found[f"={first}"] = COMMON if first in words.common_names else weight
        return "\n"

    def weak(match: re.Match[str]) -> str:
        found[match.group()] = FEW
        return "\n"

    plain = words.names.sub(named, plain)
    for code in _CODE.findall(plain):
        found[f"={code.upper()}"] = CODE
    for match in _NUMBERED.finditer(plain):
        found[f"=#{match[1] or match[2]}"] = 1.0
    plain = words.weak.sub(weak, words.off.sub("\n", plain))
    for run in _RUN.findall(words.joints.sub("\n", plain)):
        for at in range(len(run) - 1):
            pair = run[at : at + 2]
            found[pair] = COMMON if pair in words.common else 1.0
    return found


def letters(text: str) -> frozenset[str]:
    """The Chinese letters of what words are about."""
    words = _words()
    rest = words.joints.sub("", words.off.sub("", simplified(text)))
    return frozenset("".join(_RUN.findall(rest)))


class _Words(Struct, frozen=True):
    first: dict[str, str]  # any name of a thing → its first
    names: re.Pattern[str]
    off: re.Pattern[str]  # what any plan holds
    weak: re.Pattern[str]
    joints: re.Pattern[str]
    common: frozenset[str]
    common_names: frozenset[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "promises.yaml")
    first = {name.upper(): group[0] for group in data["names"] for name in group}
    plan = ("coming", "next_in_turn", "intends", "moves", "finishes", "endless", "empties", "general", "still_open",
            "done", "looks_back")  # fmt: skip
    return _Words(
        first,
        re.compile(either(name for group in data["names"] for name in group), re.IGNORECASE),
        re.compile(either(word for key in plan for word in data[key] if len(word) > 1)),
        re.compile(either(data["weak"])),
        re.compile(either(data["joints"])),
        frozenset(data["common"].split()),
        frozenset(data["common_names"]),
    )
