"""The company under two names in Latin letters."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from checker.reading.answers import read_answers
from checker.rules.support.latin_names import latin_variants
from questionnaire.schema import Schema
from tests.conftest import make_return


@pytest.mark.parametrize(
    ("company", "text", "found"),
    [
        ("Arrow Forging, S.A.", "Arrow Forge, Lda. answers within 5 days.", ["Arrow Forge, Lda."]),
        ("Arrow Forging, S.A.", "Arrow Forging, S.A. answers within 5 days.", []),
        ("Arrow Forging, S.A.", "The haulier is Arrow Logistics Ltd.", []),
        ("Delta Rim Tooling Pvt. Ltd.", "Delta Rim Toolings India Ltd. sells.", ["Delta Rim Toolings India Ltd."]),
        ("Delta Rim Tooling Pvt. Ltd.", "Delta Rim gives parts.", []),
        ("North Aluminium Foundry", "North Foundry Aluminium gave 40 books.", ["North Foundry Aluminium"]),
        ("Nord Wheel (Thailand) Co., Ltd.", "Nord Wheel Co., Ltd. gave 40 books.", []),
    ],
)  # fmt: skip
def test_names_that_are_meant_for_the_company(
    company: str, text: str, found: list[str], schema: Schema
) -> None:
    source = replace(make_return({"P4.S2.I4": text}), company=company)
    assert [name for _, name in latin_variants(read_answers(schema, source))] == found
