"""No year stands bare in a questionnaire: cues count from the edition's own, so that next year's means next year's."""

from __future__ import annotations

import re

import pytest

from questionnaire.cues import compile_cue, expand
from questionnaire.folders import builtin, builtin_editions, sources_of

HEAD = (
    "id:",
    "title:",
    "year:",
    "source:",
    "extends:",
    "edition:",
)  # what an edition is, and where it came from
YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)")


@pytest.mark.parametrize("edition", builtin_editions())
def test_no_year_stands_bare(edition: str) -> None:
    found = [
        f"{name}: {line}"
        for name, source in sources_of(builtin(edition))
        for line in source.decode().splitlines()
        if YEAR.search(line) and not line.startswith(HEAD)
    ]
    assert not found


@pytest.mark.parametrize(
    ("year", "first", "gone"),
    [
        (2024, "到2030", "到2025"),
        (2025, "到2030", "到2025"),
        (2027, "到2030", "到2025"),
        (2028, "到2035", "到2030"),
    ],
)
def test_milestones_lie_ahead_of_the_edition(year: int, first: str, gone: str) -> None:
    (words,) = compile_cue(expand("(力争|到{milestone})", {}, year)).near
    assert words[:2] == ("力争", first)
    assert gone not in words


def test_the_word_around_a_milestone_goes_with_every_year() -> None:
    assert expand("(碳)+(减半|{milestone}年)", {}, 2024).startswith("(碳)+(减半|2030年|2035年|")
    assert expand("@目标", {"目标": ("力争", "到{milestone}")}, 2024).startswith("(力争|到2030|到2035|")
