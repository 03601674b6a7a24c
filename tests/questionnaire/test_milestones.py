"""No year stands bare in a questionnaire: cues count from the edition's own, so that next year's means next year's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from questionnaire.cues import compile_cue, expand
from questionnaire.editions import newest
from questionnaire.folders import builtin, builtin_editions, sources_of
from questionnaire.loader import read_schema
from questionnaire.schema import Schema

HEAD = (
    "id:",
    "title:",
    "title_en:",
    "year:",
    "source:",
    "extends:",
    "edition:",
)  # what an edition is, and whence
LATER = """\
id: dicastal-2026
extends: dicastal-2024
title: 后年的问卷
year: 2026
source: 测试
"""
YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)")


@pytest.mark.parametrize("edition", builtin_editions())
def test_no_year_stands_bare(edition: str) -> None:
    found = [
        f"{name}: {line}"
        for name, source in sources_of(builtin(edition))
        for line in source.decode().splitlines()
        if YEAR.search(line) and not line.startswith((*HEAD, "#"))
    ]
    assert not found


def test_an_edition_that_extends_another_counts_from_its_own_year(tmp_path: Path) -> None:
    """Next year of the older edition is a past reduction in the newer one, and no target."""
    (tmp_path / "edition.yaml").write_text(LATER, encoding="utf-8")
    base, later = newest(), read_schema(tmp_path)
    assert (base.edition.year, later.edition.year) == (2024, 2026)
    found = {year: _years(schema) for year, schema in ((2024, base), (2026, later))}
    assert min(found[2024]) == 2024
    assert min(found[2026]) == 2026
    assert later.by_id.keys() == base.by_id.keys()


def _years(schema: Schema) -> set[int]:
    cues = " ".join(cue for item in schema.items for aspect in item.aspects for cue in aspect.cues)
    return {int(year) for year in YEAR.findall(cues)}


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
