"""Which disclosures each question answers: decided for HKEX and GRI, checked against what is in force."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from frameworks.catalogues import load_catalogues
from frameworks.relation import Relation
from questionnaire.editions import newest
from questionnaire.link_file import LinkFile, grounds, read_links
from questionnaire.links import Links
from questionnaire.loader import check_file
from questionnaire.schema import Schema

EDITION = "dicastal-2024"


@pytest.fixture(scope="module")
def links() -> Links:
    return newest().all_links(2024)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_link_is_in_force_in_its_year(year: int) -> None:
    found = newest().all_links(year)
    assert found.links
    assert all(load_catalogues().find(link.code, year) for link in found.links)


DECIDED = ("hkex", "gri", "cn-ex")


def test_what_is_decided_has_no_confidence_and_the_rest_says_that_it_is_a_draft(links: Links) -> None:
    for link in links.links:
        decided = link.code.partition(":")[0] in DECIDED
        assert decided == (link.confidence == ""), link


def test_every_decided_link_has_its_ground(schema: Schema) -> None:
    from frameworks.figures import load_figures

    source = (files("questionnaire.schemas") / EDITION / "disclosures.yaml").read_bytes()
    found = read_links(source, schema, load_catalogues(), load_figures())
    bare = [
        f"{item}.{aspects} → {code}"
        for item, aspects, code, ground in grounds(found.links)
        if code.startswith((*(f"{each}:" for each in DECIDED), "hkex-2024:")) and len(ground) < 2
    ]
    assert not bare, "write why, in a few words: {relation: ground}\n" + "\n".join(bare)


def test_a_code_of_two_editions_can_be_bound_to_one(links: Links) -> None:
    """From 2025 greenhouse gas stands in Part D: what is said of it answers A1 no more."""
    later = newest().all_links(2025)
    asked = {code: {link.item for link in links.by_code[code]} for code in ("hkex:A1.GD", "hkex:A1.5")}
    assert "P3.S3.I1" in asked["hkex:A1.5"]
    assert "P3.S3.I1" not in {link.item for link in later.by_code["hkex:A1.5"]}
    carbon = [link for link in later.by_code["hkex:A1.GD"] if "P3.S5.I1.b" in link.aspects]
    assert not carbon
    assert any("P3.S5.I1.b" in link.aspects for link in links.by_code["hkex:A1.GD"])


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("P3.S3.I3.a", "gri:305-3"),  # a product's footprint is no inventory
        ("P2.S2.I1.b", "gri:405-2"),
        ("P2.S3.I2.a", "gri:404-3"),
        ("P4.S1.I2.a", "gri:416-1"),
        ("P4.S2.I2.b", "gri:417-1"),
        ("P1.S1.I3.f", "hkex:B4.GD"),  # human rights are more than child labour
        ("P1.S1.I3.f", "gri:408-1"),
        ("P3.S4.I2.e", "hkex:D19(b)"),  # tells it, and is not asked for it
    ],
)
def test_what_does_not_answer_is_no_gap(links: Links, place: str, code: str) -> None:
    assert code not in links.open_with(place[:-2], place)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("P1.S3.I1.b", "gri:205-3"),
        ("P1.S3.I3.f", "gri:205-2"),
        ("P2.S4.I2.a", "gri:403-2"),
        ("P3.S5.I1.e", "gri:306-1"),
        ("P4.S2.I4.b", "hkex:B6.5"),
        ("P3.S1.I2.a", "gri:305-2"),
        ("P3.S5.I1.b", "gri:305-2"),
        ("P1.S1.I3.d", "hkex:A3.1"),
    ],
)
def test_what_answers_in_part_says_so(links: Links, place: str, code: str) -> None:
    found = {link.relation for link in links.by_code[code] if place in link.aspects}
    assert found == {Relation.PARTIAL}


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("P3.S3.I1.d", "hkex:D23"),
        ("P3.S3.I1.c", "hkex:D37"),
        ("P3.S3.I1.d", "hkex:D39"),
        ("P1.S1.I3.h", "hkex:D24(a)"),
        ("P1.S1.I1.a", "hkex:D27(c)"),
    ],
)
def test_part_d_is_answered_in_part(place: str, code: str) -> None:
    found = {link.relation for link in newest().all_links(2025).by_code[code] if place in link.aspects}
    assert found == {Relation.PARTIAL}


def test_the_year_decides(links: Links, schema: Schema) -> None:
    later = newest().all_links(2025)
    assert "hkex-2024" in links.editions
    assert "hkex-2025" in later.editions
    assert "hkex:A1.2" in links.by_code
    assert "hkex:D20" not in links.by_code
    assert "hkex:A1.2" not in later.by_code
    assert "hkex:D20" in later.by_code


def test_what_stays_open_with_an_aspect(links: Links) -> None:
    chosen = links.chosen(["hkex", "gri"])
    assert chosen.editions == ("hkex-2024", "gri-2021")
    assert chosen.open_with("P1.S3.I3", "P1.S3.I3.a") == ("hkex:B7.3", "gri:205-2")
    assert set(chosen.open_with("P1.S3.I4", None)) == {"hkex:B7.2", "gri:2-26", "gri:2-25", "gri:205-3"}
    assert chosen.open_with("P4.S3.I1", None) == ()  # brand: only background
    assert chosen.open_with(None, None) == ()
    assert "cn-ex:art-55" in links.chosen(["cn-ex"]).open_with("P1.S3.I3", "P1.S3.I3.a")


def test_codes_beside_key_figures_of_items_exist(schema: Schema) -> None:
    codes = {kpi.code for item in schema.items for kpi in item.kpis if kpi.code}
    assert codes <= load_catalogues().by_code.keys()


def test_another_edition_names_none() -> None:
    bare = Schema(edition=newest().edition, parts=newest().parts)
    assert bare.all_links(2024) == bare.links() == Links(2024)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str, str], Path]:
    def make(old: str, new: str) -> Path:
        for entry in (files("questionnaire.schemas") / EDITION).iterdir():
            if not entry.name.endswith(".yaml"):
                continue
            text = entry.read_text(encoding="utf-8")
            if entry.name == "disclosures.yaml":
                assert old in text
                text = text.replace(old, new, 1)
            (tmp_path / entry.name).write_text(text, encoding="utf-8")
        return tmp_path

    return make


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("hkex:B7.3: {full", "hkex:B7.33: {full", "code-unknown"),
        ("hkex:B7.3: {full", "hkex:B7.3: {whole", "link-relation"),
        ("  P1.S3.I3:\n    abc:", "  P1.S3.I3:\n    ab+c:", "link-no-aspect"),
        ("  P1.S3.I3:\n    abc:", "  P1.S3.I3:\n    a+:", "link-no-aspect"),
        ("nil:\n- hkex:B6.1", "nil:\n- hkex:B6.11", "code-unknown"),
        ("targets:\n- hkex:A1.5", "targets:\n- hkex:A1.55", "code-unknown"),
        ("    hkex:A1.GD: {nil", "    hkex:A1.GG: {nil", "code-unknown"),
        ("  - hkex:B1.1\n", "  - hkex:B1.11\n", "code-unknown"),
        ("  P1.S3.I3:\n    abc:", "  P1.S3.I3:\n    xyz:", "link-no-aspect"),
        ("  P1.S3.I3:", "  P1.S3.I9:", "link-no-item"),
        ("air.nox:", "air.nix:", "figure-unknown"),
        ("[P3.S5.I1.a]", "[P3.S5.I1.z]", "link-no-aspect"),
        ("frameworks: [hkex, gri]", "frameworks: [hkex, gry]", "framework-unknown"),
    ],
)
def test_mistakes_are_named_with_their_line(
    folder: Callable[[str, str], Path], old: str, new: str, code: str
) -> None:
    path = folder(old, new)
    text = (path / "disclosures.yaml").read_text(encoding="utf-8")
    errors = check_file(path)
    assert [error.code for error in errors] == [code]
    assert errors[0].file == "disclosures.yaml"
    marked = text.splitlines()[(errors[0].line or 1) - 1]
    assert new.splitlines()[-1].strip() in marked or marked in text.partition(new)[2]
    assert [e.code for e in check_file(path / "disclosures.yaml")] == [code]


def test_what_an_edition_no_longer_asks_leaves_its_links(schema: Schema) -> None:
    answers: dict[str, str | dict[str, str]] = {"hkex:A4.1": {"partial": "气候风险的影响"}}
    found = LinkFile(edition="later", links={"P1.S1.I3": {"b+hz": answers, "z+h": answers, "b+z": answers}})
    assert set(found.asked(schema).links["P1.S1.I3"]) == {"b+h", "b+"}
