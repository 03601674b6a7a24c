"""Wrong key figures are found, each at its own cell and once; right ones are passed over in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from checker.checking.engine import check
from checker.finding import Finding
from checker.wording import Language, wording
from frameworks.figures import load_figures
from frameworks.ground.yaml import read_yaml
from questionnaire.answers import Profile
from questionnaire.schema import Schema
from tests.conftest import make_return
from tests.files.figures import cells_of, figures_of

TABLE = Path(__file__).parent.parent / "cases" / "figures" / "seeded.yaml"
SEEDED = read_yaml(TABLE.read_bytes(), TABLE.name).data
LEAST = 60


def found_in(case: dict[str, Any], schema: Schema) -> list[Finding]:
    """What is said of a case's figures, and of nothing else."""
    profile = Profile((("employees", case.get("employees", "")),))
    source = replace(make_return({}, profile=profile), figures=figures_of(case["figures"]))
    before = None
    if "before" in case:
        before = replace(make_return({}), year=2023, figures=figures_of(case["before"]))
    report = check(schema, source, last_year=before, strict=True)
    return [finding for finding in report.findings if finding.variant.startswith("kpi-")]


@pytest.mark.parametrize("name", SEEDED["wrong"])
def test_a_wrong_figure_is_found_at_its_own_cell(name: str, schema: Schema) -> None:
    case = SEEDED["wrong"][name]
    cells = cells_of(case["figures"])
    found = [(finding.rule, cells[finding.where.cell or ""]) for finding in found_in(case, schema)]
    assert found == [(case["rule"], case["at"])]


@pytest.mark.parametrize("name", SEEDED["right"])
def test_of_a_right_figure_nothing_is_said(name: str, schema: Schema) -> None:
    found = found_in(SEEDED["right"][name], schema)
    assert not [(finding.rule, finding.variant, finding.params) for finding in found]


VALUES = st.one_of(
    st.integers(-10, 10**9).map(str),
    st.floats(allow_nan=False).map(repr),
    st.sampled_from(
        ["", "0", "不涉及", "约5", "1,234", "12,5", "96%", "1e99", "-0", "99999999999999999999999", "１２"]
    ),
    st.text(max_size=6),
)
SPELLINGS = st.one_of(
    st.sampled_from(
        sorted({unit for figure in load_figures().figures for unit in load_figures().offer(figure)})
    ),
    st.sampled_from(["", "/", "吨/", "/万元", "吨/吨/吨"]),
    st.text(max_size=4),
)
CELLS = st.fixed_dictionaries(
    {"value": VALUES, "last": VALUES, "unit": SPELLINGS, "boundary": st.text(max_size=5)}
)
SHEETS = st.dictionaries(st.sampled_from(sorted(load_figures().by_id)), CELLS, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SHEETS, SHEETS)
def test_whatever_is_filled_in_no_rule_crashes(
    schema: Schema, now: dict[str, Any], then: dict[str, Any]
) -> None:
    """Strictly run, a rule's error would be raised; every finding can be told in both languages."""
    for finding in found_in({"figures": now, "before": then}, schema):
        for language in Language:
            assert wording(language).finding(finding).message


def test_the_table_is_large_enough() -> None:
    assert min(len(SEEDED["wrong"]), len(SEEDED["right"])) >= LEAST
