"""The crosswalk and the key figures: every code exists, every link has a ground."""

from __future__ import annotations

import pytest

from frameworks.catalogues import load_catalogues
from frameworks.crosswalk import load_crosswalk, read_crosswalk
from frameworks.figures import load_figures, read_figures
from frameworks.ground.errors import SchemaErrors
from frameworks.relation import Relation

CROSSWALK = """\
groups:
- id: g
  zh: 理由
  en: ground
  both: true
  verified: false
  links:
  - {from: 'hkex:B7.1', to: 'gri:205-3', relation: full}
"""


def test_every_link_has_a_ground() -> None:
    for link in load_crosswalk().links:
        assert link.ground_zh
        assert link.ground_en
        assert link.source != link.target


def test_links_read_in_both_directions_where_the_group_says_so() -> None:
    answering = load_crosswalk().answering
    assert "hkex:B7.1" in {link.source for link in answering("gri:205-3")}
    assert "gri:205-3" in {link.source for link in answering("hkex:B7.1")}
    assert "hkex:D28(a)" not in {link.source for link in answering("hkex:A1.2")}


def test_part_d_follows_ifrs_s2() -> None:
    links = [x for x in load_crosswalk().links if x.source.startswith("hkex:D") and "ifrs" in x.target]
    assert len({link.source for link in links}) == 31


@pytest.mark.parametrize(("code", "paragraph"), [("hkex:D35", "29(g)"), ("hkex:D36", "32")])
def test_pay_and_industry_metrics_answer_ifrs_s2_in_part(code: str, paragraph: str) -> None:
    (link,) = (x for x in load_crosswalk().links if (x.source, x.target) == (code, f"ifrs-s2:{paragraph}"))
    assert link.relation is Relation.PARTIAL
    assert "S2" in link.ground_zh


def test_hkfrs_answers_ifrs_paragraph_by_paragraph() -> None:
    found = {(x.source, x.target) for x in load_crosswalk().links if x.target.startswith("hkfrs")}
    assert len(found) == 24 + 31
    assert all(source.removeprefix("ifrs") == target.removeprefix("hkfrs") for source, target in found)


def test_an_unknown_code_is_named_with_its_line() -> None:
    with pytest.raises(SchemaErrors) as caught:
        read_crosswalk(CROSSWALK.replace("205-3", "205-33").encode(), load_catalogues())
    (error,) = caught.value.errors
    assert (error.code, error.line, error.column) == ("code-unknown", 8, 29)
    assert "gri:205-3" in error.params["near"]


def test_hkex_figures_cover_every_quantitative_kpi_of_part_c() -> None:
    catalogues, figures = load_catalogues(), load_figures()
    edition = catalogues.edition("hkex", 2024)
    assert edition is not None
    for disclosure in edition.disclosures:
        if disclosure.kind == "quantitative":
            asked = figures.by_code.get(edition.code(disclosure), ())
            assert any(f.answers[edition.code(disclosure)] is Relation.FULL for f in asked), disclosure.id


def test_mistakes_in_figures_are_named() -> None:
    figure = "{id: a, group: g, zh: 甲, en: a, unit: kg, answers: {'hkex:X': full}, sums: [[b]], substances: [mud]}"
    units = "{t: {kinds: [mass], offer: [吨, 码]}, x: {kinds: [mass/luck], offer: [吨/码]}}"
    with pytest.raises(SchemaErrors) as caught:
        read_figures(f"units: {units}\nfigures:\n- {figure}\n".encode(), load_catalogues())
    found = {(error.code, error.params["value"]) for error in caught.value.errors}
    unknown = {"kg", "b", "mud", "码", "mass/luck", "吨/码"}
    assert found == {("code-unknown", "hkex:X"), *(("figure-unknown", value) for value in unknown)}
