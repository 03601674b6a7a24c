"""What words are about, as weighted features: letters in pairs without words that any plan holds, and codes (RTO)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

CODE = 2.0  # weight of a code or of a thing with several names; a pair of letters weighs 1
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9/-]+|[A-Za-z]+(?=\s?\d)")
_RUN = re.compile(r"[一-龥]+")
_STANDARD = re.compile(r"\b(ISO|GB/T|IATF|SA|AEO)[\s/]*(\d{4,5})", re.IGNORECASE)


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
        found[f"={words.first[match.group().upper()]}"] = CODE
        return "\n"

    plain = words.names.sub(named, plain)
    for code in _CODE.findall(plain):
        found[f"={code.upper()}"] = CODE
    plain = words.off.sub("\n", plain)
    for run in _RUN.findall(plain):
        for at in range(len(run) - 1):
            found[run[at : at + 2]] = 1.0
        if len(run) == 1:
            found[run] = 0.3
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    first: dict[str, str]  # any name of a thing → its first
    names: re.Pattern[str]
    off: re.Pattern[str]  # what any plan holds


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "promises.yaml")
    first = {name.upper(): group[0] for group in data["names"] for name in group}
    plan = ("coming", "next_in_turn", "intends", "moves", "finishes", "endless", "empties", "general", "still_open",
            "done", "looks_back")  # fmt: skip
    return _Words(
        first,
        re.compile(either(name for group in data["names"] for name in group), re.IGNORECASE),
        re.compile(either(word for key in plan for word in data[key])),
    )
