"""Which lines of a list only stand above questions, and which questions stand below them without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from questionnaire.drafting.lines import BULLETS, Line


def heading_shapes(lines: Sequence[Line]) -> set[str]:
    """The looks of numbers that only headings have: several short lines, behind each of which another count begins."""
    by_shape: dict[str, list[bool]] = {}
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        begins = after is None or (after.shape != line.shape and (after.count == 1 or not after.label))
        if line.shape:
            by_shape.setdefault(line.shape, []).append(line.is_title and begins)
    return {shape for shape, told in by_shape.items() if len(told) > 1 and all(told)}


def bare_questions(lines: Sequence[Line]) -> dict[int, Line]:
    """The lines without a number that are the questions of a section, with the heading above them.

    A section has no number in it; its lines are several bullets, or one that asks.
    """
    found: dict[int, Line] = {}
    heads = [
        at
        for at, line in enumerate(lines)
        if line.is_title and not line.text.startswith(tuple(BULLETS)) and not re.search("[：:]", line.text)
    ]
    for at, stop in pairwise([*heads, len(lines)]):
        below = lines[at + 1 : stop]
        if not below or below[0].label:
            continue
        end = next((n for n, line in enumerate(below) if line.label), len(below))
        marked = [line for line in below[:end] if line.text.startswith(tuple(BULLETS))]
        if len(marked) > 1:
            found.update((line.number, lines[at]) for line in marked)
        elif below[0].text.endswith(("？", "?")):
            found[below[0].number] = lines[at]
    return found
