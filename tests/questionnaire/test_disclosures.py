"""Which disclosures each question answers: decided for HKEX and GRI, checked against what is in force."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from frameworks.catalogues import load_catalogues
from questionnaire.editions import newest
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


def test_hkex_and_gri_are_decided_and_the_rest_says_that_it_is_a_draft(links: Links) -> None:
    for link in links.links:
        decided = link.code.partition(":")[0] in ("hkex", "gri")
        assert decided == (link.confidence == ""), link


def test_the_draft_is_kept(shared: Path) -> None:
    """Every link of the draft was decided or kept: 911, and 5 that it did not have."""
    text = (files("questionnaire.schemas") / EDITION / "disclosures.yaml").read_text(encoding="utf-8")
    pairs = set()
    item = ""
    for line in text.partition("\nlinks:\n")[2].partition("\nfigures:\n")[0].splitlines():
        if line.startswith("  P"):
            item = line.strip(" :")
        elif line.startswith("      "):
            pairs.add((item, line.strip().rpartition(": ")[0].strip("'")))
    assert len(pairs) == 911 + 5


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
        ("hkex:B7.3: full", "hkex:B7.33: full", "code-unknown"),
        ("hkex:B7.3: full", "hkex:B7.3: whole", "link-relation"),
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
