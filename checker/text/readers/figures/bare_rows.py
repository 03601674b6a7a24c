"""A line without a unit among lines that bring theirs: 天然气｜96万m³ / 柴油｜186 / 汽油｜4.2吨."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from checker.text.ground.labelled_lines import LabelledLine, labelled_lines
from checker.text.ground.lexicon import either
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

UNITED = 2  # lines with units beside which one without is a slip

_YEAR = re.compile(r"(?:19|20)\d\d")


def find_bare_rows(text: str) -> Iterator[Span]:
    """Such lines, in runs of lines that hold one number each."""
    run: list[LabelledLine] = []
    for _, _, line in labelled_lines(text):
        if line is None:
            yield from _of_run(text, run)
            run = []
        else:
            run.append(line)
    yield from _of_run(text, run)


def _of_run(text: str, run: Sequence[LabelledLine]) -> Iterator[Span]:
    bare = [line for line in run if not line.unit]
    if len(bare) != 1 or len(run) - 1 < UNITED:
        return
    (line,) = bare
    if _used().search(line.label) is not None and _YEAR.fullmatch(line.number) is None:
        yield span(text, line.start, line.end)


@cache
def _used() -> re.Pattern[str]:
    """What is used, made or paid, and is measured in more units than one."""
    data = load_data("checker.data", "unitless.yaml")
    return re.compile(rf"(?:{either([*data['rows'], *data['measured'], *data['prose']])})(?:[（(].*)?\Z")
