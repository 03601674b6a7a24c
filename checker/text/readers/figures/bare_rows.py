"""A line without a unit among lines that bring theirs: 天然气｜96万m³ / 柴油｜186 / 汽油｜4.2吨."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.text.ground.lexicon import either
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

UNITED = 2  # lines with units beside which one without is a slip

_ROW = re.compile(
    r"(?m)^[ \t]*[-•·]?[ \t]*(?P<label>[^\d\n：:｜|，。；]{1,16}(?:[（(][^（）()\n]{1,12}[）)])?)[ \t]*[：:｜|][ \t]*"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)[ \t]*(?P<unit>[万亿]?[^\d\s，。；、（）()｜|]{0,8})[ \t]*[。；;]?[ \t]*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_bare_rows(text: str) -> Iterator[Span]:
    """Such lines, in runs of lines that hold one number each."""
    run: list[re.Match[str]] = []
    for row in _ROW.finditer(text):
        if run and text[run[-1].end() : row.start()].strip(" \t\r") != "\n":
            yield from _of_run(text, run)
            run = []
        run.append(row)
    yield from _of_run(text, run)


def _of_run(text: str, run: list[re.Match[str]]) -> Iterator[Span]:
    bare = [row for row in run if not row["unit"]]
    if len(bare) != 1 or len(run) - 1 < UNITED:
        return
    (row,) = bare
    if _used().search(row["label"]) is not None and _YEAR.fullmatch(row["number"]) is None:
        yield span(text, row.start("label"), row.end("number"))


@cache
def _used() -> re.Pattern[str]:
    """What is used, made or paid, and is measured in more units than one."""
    data = load_data("checker.data", "unitless.yaml")
    return re.compile(rf"(?:{either([*data['rows'], *data['measured'], *data['prose']])})(?:[（(].*)?\s*\Z")
