"""Who the parent is: its names and the words that stand for it, and where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from checker.text.lexicon import either
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
        words = _words(self.names)
        if not any(word in text for word in words.tests):
            return
        masked = text
        for own in self.own_names:
            masked = masked.replace(own, "\0" * len(own))
        taken = [
            match.span()
            for match in words.specific.finditer(masked)
            if not masked.startswith(words.not_the_parent, match.end())
        ]
        if not any(word in masked for word in words.speaker_is_group):
            covered = {place for first, behind in taken for place in range(first, behind)}
            for match in words.generic.finditer(masked):
                start, end = match.span()
                if match.group() in words.standing_alone and not words.stands_alone(masked, match):
                    continue
                if masked.startswith(words.not_after, end) or masked.endswith(words.not_before, 0, start):
                    continue
                if start not in covered:
                    taken.append((start, end))
        yield from sorted(taken)


@dataclass(frozen=True, slots=True)
class _Words:
    tests: tuple[str, ...]  # one of them stands in every text that names the parent
    specific: re.Pattern[str]
    generic: re.Pattern[str]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    not_the_parent: tuple[str, ...]  # 戴卡集团内 is a place in the group, 戴卡客户 is somebody else
    speaker_is_group: tuple[str, ...]
    standing_alone: frozenset[str]  # the parent only at a clause's beginning or behind one of standing_after
    standing_after: tuple[str, ...]
    superiors: frozenset[str]
    authority: tuple[str, ...]

    def stands_alone(self, text: str, match: re.Match[str]) -> bool:
        """Whether no name runs into the words that begin here, and no authority's goes on behind them."""
        if match.group() in self.superiors and text.startswith(self.authority, match.end()):
            return False
        return not text[: match.start()][-1:].isalnum() or text.endswith(
            self.standing_after, 0, match.start()
        )


@lru_cache(maxsize=64)
def _words(names: tuple[str, ...]) -> _Words:
    words = grammar()["agents"]
    generic = sorted((*words["generic"], *words["standing_alone"]), key=len, reverse=True)
    known = sorted({*names, *generic}, key=len)
    tests = [word for place, word in enumerate(known) if not any(short in word for short in known[:place])]
    return _Words(
        tests=tuple(tests),
        specific=re.compile(either(names)),
        generic=re.compile(either(generic)),
        not_before=tuple(words["not_before"]),
        not_after=tuple(words["not_after"]),
        not_the_parent=tuple(words["not_the_parent"]),
        speaker_is_group=tuple(words["speaker_is_group"]),
        standing_alone=frozenset(words["standing_alone"]),
        standing_after=tuple(words["standing_after"]),
        superiors=frozenset(words["superiors"]),
        authority=tuple(words["authority"]),
    )
