"""Stated nils (未发生安全事故, 零投诉, 不包括实习生): a disclosure, and a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from frameworks.yamlfile import load_data


@dataclass(frozen=True, slots=True)
class NilStatement:
    """The words that state a nil."""

    text: str
    start: int
    end: int


def find_nils(text: str) -> tuple[NilStatement, ...]:
    """All stated nils of a text, in order; overlapping ones are merged into the first."""
    if not _trigger().search(text):
        return ()
    spans = sorted(match.span() for pattern in _patterns() for match in pattern.finditer(text))
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(NilStatement(text[start:end], start, end) for start, end in kept)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for source in load_data("checker.data", "nil.yaml")["patterns"])


@cache
def _trigger() -> re.Pattern[str]:
    return re.compile("[未无零没不0０暂]")
