"""Who the parent is: its names and the words that stand for it, and where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from frameworks.yamlfile import load_data


@cache
def grammar() -> dict[str, Any]:
    """The word classes of reliance."""
    data: dict[str, Any] = load_data("checker.data", "delegation.yaml")
    return data


@dataclass(frozen=True)
class Agents:
    """The parent's names, and the company's own, in which the parent's may stand."""

    names: tuple[str, ...]
    own_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str], own_names: Iterable[str] = ()) -> Agents:
        """Longest names first; of an unknown parent's name its usual short forms are added."""
        given = {name for name in names if name}
        if len(given) == 1:
            given |= {f"{name}{end}" for name in given for end in ("公司", "集团", "股份有限公司")}
        ordered = tuple(sorted(given, key=lambda name: (-len(name), name)))
        return cls(
            ordered, tuple(sorted({name for name in own_names if len(name) > 2}, key=len, reverse=True))
        )

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the parent is named, its own company's names masked; generic words only where they can be it."""
        if not text:
            return
        masked = text
        for own in self.own_names:
            masked = masked.replace(own, "\0" * len(own))
        specific, generic = _patterns(self.names)
        taken = []
        for match in specific.finditer(masked):
            if masked[match.end() : match.end() + 2] not in ("客户",) and not _inside(masked, match.end()):
                taken.append(match.span())
        if not any(word in masked for word in grammar()["agents"]["speaker_is_group"]):
            for match in generic.finditer(masked):
                if not any(start <= match.start() < end for start, end in taken):
                    taken.append(match.span())
        yield from sorted(taken)


def _inside(text: str, end: int) -> bool:
    """戴卡集团内 is a place in the group, not the group."""
    return text[end : end + 1] == "内"


@lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = grammar()["agents"]
    specific = "|".join(map(re.escape, names)) or "(?!)"
    before = "".join(f"(?<!{re.escape(word)})" for word in words["not_before"])
    after = "|".join(map(re.escape, words["not_after"]))
    generic = "|".join(sorted(map(re.escape, words["generic"]), key=len, reverse=True))
    return re.compile(specific), re.compile(rf"{before}(?:{generic})(?!{after})")
