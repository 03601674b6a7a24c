"""The catalogues: whole, in force year by year, honest about what was not verified; a new one needs no code."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from frameworks.catalogues import load_catalogues, read_catalogues, read_framework
from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.model import Disclosure
from frameworks.sources import catalogue_sources

# entries, verified, not verified over all editions of a framework, each code counted once
COUNTS = {
    "hkex": (86, 55, 31),
    "gri": (141, 141, 0),
    "ifrs-s1": (24, 1, 23),
    "ifrs-s2": (32, 14, 18),
    "tcfd": (11, 11, 0),
    "cn-ex": (21 + 38, 59, 0),
    "mof": (16, 16, 0),
    "cass": (11, 5, 6),
    "sasac": (14, 0, 14),
    "sdg": (17, 16, 1),
    "iso": (25 + 6, 21, 10),
    "hkfrs-s1": (24, 1, 23),
    "hkfrs-s2": (31, 13, 18),
    "cn-guide": (9 + 10, 12, 7),
    "eu-vs": (20, 0, 20),
    "saq": (43, 15, 28),
    "cdp": (18, 18, 0),
    "ecovadis": (21, 21, 0),
    "rba": (42, 5, 37),
    "tisax": (17, 9, 8),
}
LATER = {"ifrs-s2": {"29A-29C"}, "mof": {"climate-app"}}  # found after the research


def _codes(framework: str) -> dict[str, Disclosure]:
    return {d.id: d for edition in load_catalogues().editions_of(framework) for d in edition.disclosures}


def test_every_framework_is_there() -> None:
    assert set(load_catalogues().frameworks) == set(COUNTS)


@pytest.mark.parametrize("framework", COUNTS)
def test_counts_are_those_of_the_research(framework: str) -> None:
    codes = _codes(framework)
    verified = sum(disclosure.verified for disclosure in codes.values())
    assert (len(codes), verified, len(codes) - verified) == COUNTS[framework]


@pytest.mark.parametrize("name", ["hkex", "gri", "ifrs-s1", "ifrs-s2", "tcfd", "mof", "sasac", "sdg"])
def test_codes_are_those_of_the_research(name: str, shared: Path) -> None:
    text = (shared / "frameworks" / f"{name}.yaml").read_text(encoding="utf-8")
    drafted = {code.strip("'") for code in re.findall(r"^- code: (\S.*)$", text, re.MULTILINE)}
    ours = {re.sub(r"\((?:2020|2024|2025)\)$", "", code) for code in _codes(name)}
    assert ours - LATER.get(name, set()) == drafted


def test_hkex_moves_climate_to_part_d_in_2025() -> None:
    catalogues = load_catalogues()
    guide, code = (catalogues.edition("hkex", year) for year in (2024, 2025))
    assert guide is not None
    assert code is not None
    assert (guide.name, code.name) == ("hkex-2024", "hkex-2025")
    assert {"A1.2", "A4.GD", "A4.1"} == guide.by_id.keys() - code.by_id.keys()
    assert len(code.by_id) - len(guide.by_id) == 31 - 3
    assert "温室气体" in guide.by_id["A1.GD"].zh
    assert "温室气体" not in code.by_id["A1.GD"].zh


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("hkex:A1.2", (2021, 2024)),
        ("hkex:D20", (2025, 2030)),
        ("gri:302-1", (2018, 2025)),
        ("gri:304-1", (2018, 2024)),
        ("gri:101-1(2024)", (2025, 2030)),
        ("gri:102-5(2025)", (2026, 2030)),
        ("mof:climate-ch2", (2025, 2030)),
        ("mof:basic-ch2", (2024, 2030)),
        ("cn-ex:art-24", (2024, 2030)),
        ("ifrs-s2:6(a)", (2024, 2030)),
        ("cass:6.0-E", (2024, 2030)),
        # reports published from 2026-01-01 and 2027-01-01
        ("gri:102-1(2025)", (2026, 2030)),
        ("gri:103-2(2025)", (2026, 2030)),
        ("gri:305-1", (2018, 2025)),
        # guides 1 and 2 of January 2025, 3 to 5 of January 2026
        ("cn-guide:g2.emissions", (2024, 2030)),
        ("cn-guide:g3.kinds", (2025, 2030)),
        ("mof:climate-app", (2025, 2030)),
        ("iso:MoF 6101", (2025, 2030)),
        ("hkfrs-s1:17", (2026, 2030)),
        ("hkfrs-s2:6(a)", (2026, 2030)),
        ("ifrs-s2:29A-29C", (2027, 2030)),
        ("eu-vs:B3", (2025, 2030)),
    ],
)
def test_what_is_in_force_in_a_year(code: str, years: tuple[int, int]) -> None:
    catalogues = load_catalogues()
    held = [year for year in range(2018, 2031) if catalogues.find(code, year)]
    assert (held[0], held[-1]) == years


@pytest.mark.parametrize(
    ("framework", "names"),
    [
        # the editions of 2023, 2024, 2025, 2026, 2027
        ("hkex", ["hkex-2024", "hkex-2024", "hkex-2025", "hkex-2025", "hkex-2025"]),
        ("cn-guide", [None, "cn-guide-2025", "cn-guide-2026", "cn-guide-2026", "cn-guide-2026"]),
        ("ifrs-s2", [None, "ifrs-s2-2023", "ifrs-s2-2023", "ifrs-s2-2023", "ifrs-s2-2025"]),
        ("hkfrs-s2", [None, None, None, "hkfrs-s2-2025", "hkfrs-s2-2025"]),
        ("eu-vs", [None, None, "eu-vs-2025", "eu-vs-2025", "eu-vs-2026"]),
    ],
)
def test_the_edition_of_each_year(framework: str, names: list[str | None]) -> None:
    editions = [load_catalogues().edition(framework, year) for year in range(2023, 2028)]
    assert [edition.name if edition else None for edition in editions] == names


def test_the_amendment_of_ifrs_s2_changes_what_it_names_alone() -> None:
    before, after = load_catalogues().editions_of("ifrs-s2")
    changed = {name for name in before.by_id if before.by_id[name] != after.by_id[name]}
    assert changed == {"29(a)(i)(3)", "29(a)(ii)-(vi)"}
    assert after.by_id.keys() - before.by_id.keys() == {"29A-29C"}


def test_hkfrs_takes_over_every_paragraph_with_its_mark() -> None:
    for number in ("1", "2"):
        (edition,) = load_catalogues().editions_of(f"hkfrs-s{number}")
        base = load_catalogues().editions_of(f"ifrs-s{number}")[0]
        assert edition.disclosures == base.disclosures
        assert {each.source for each in edition.disclosures} <= {source.id for source in edition.sources}


def test_what_nobody_read_is_not_verified() -> None:
    for edition in load_catalogues().editions:
        read = {source.id for source in edition.sources if source.read}
        for disclosure in edition.disclosures:
            assert not disclosure.verified or not disclosure.source or disclosure.source in read, (
                disclosure.id
            )


def test_a_reused_number_carries_its_year() -> None:
    catalogues = load_catalogues()
    assert {"gri:306-3(2016)", "gri:306-3(2020)"} <= catalogues.by_code.keys()
    for bare in ("gri:306-3", "gri:102-8", "gri:103-1", "gri:101-1"):
        assert bare not in catalogues.by_code
        assert catalogues.near(bare)[0].startswith(f"{bare}(")


def test_every_disclosure_has_words_in_both_languages_and_a_source() -> None:
    for edition in load_catalogues().editions:
        assert edition.sources, edition.name
        assert edition.binding, edition.name
        for disclosure in edition.disclosures:
            assert re.search("[一-鿿]|ISO|GHG", disclosure.zh), disclosure.id
            assert not re.search("[一-鿿]", disclosure.en), disclosure.id
            assert not re.search("[一-鿿]", disclosure.clause_en or disclosure.clause), disclosure.id
            assert disclosure.source or edition.extends, disclosure.id


def test_a_framework_of_ten_lines_needs_no_code(write: Callable[[str], Path]) -> None:
    path = write(TEN_LINES)
    assert len(TEN_LINES.splitlines()) == 10
    edition = read_framework(path)
    catalogues = load_catalogues().joined([edition])
    assert [d.id for d in catalogues.in_force("ours", 2024)] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("kind: narrative", "kind: story", "schema-bad-choice", 8, 45),
        ("basis:", "bases:", "schema-unknown-key", 6, 8),
        ("verified: true", "", "schema-missing-key", 10, 3),
        ("edition: '1'", "edition: '1'\nextends: hkex-2042", "framework-no-base", 3, 10),
        (
            "edition: '1'",
            "edition: '1'\nextends: hkex-2024\nrepealed: [A9.9]",
            "framework-not-in-base",
            4,
            12,
        ),
        ("id: '1.2'", "id: '1.1'", "schema-inconsistent", 1, 1),
        ("hkex:B7.3", "hkex:B7.9", "code-unknown", 9, 21),
    ],
)
def test_mistakes_are_named_with_line_and_column(
    write: Callable[[str], Path], old: str, new: str, code: str, line: int, column: int
) -> None:
    assert old in TEN_LINES
    with pytest.raises(SchemaErrors) as caught:
        read_framework(write(TEN_LINES.replace(old, new)))
    assert (code, line, column) in [(e.code, e.line, e.column) for e in caught.value.errors]


@pytest.mark.parametrize("name", [name for name, _ in catalogue_sources()])
def test_each_catalogue_stands_alone_as_a_file(name: str) -> None:
    path = Path(str(files("frameworks.data").joinpath(name)))
    assert read_framework(path).name == name.removesuffix(".yaml")


def test_an_unreadable_catalogue_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        read_framework(tmp_path / "none.yaml")


def test_dates_that_cannot_be_are_refused() -> None:
    source = TEN_LINES.replace(
        "verified: true", "verified: true, valid_from: 2025-01-01, valid_to: 2024-01-01"
    )
    with pytest.raises(SchemaErrors):
        read_catalogues([("t.yaml", source.encode())])


def test_publication_counts_by_the_day_the_report_is_out() -> None:
    edition = load_catalogues().edition("gri", 2024)
    assert edition is not None
    assert edition.counts_on(2024) == date(2025, 4, 30)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def save(text: str) -> Path:
        path = tmp_path / "ours-1.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return save


TEN_LINES = """\
framework: ours
edition: '1'
zh: 客户供应商问卷
en: A customer's supplier questionnaire
valid_from: 2024-01-01
basis: financial-year
disclosures:
- {id: '1.1', zh: 反腐培训, en: Training, kind: narrative, obligation: voluntary, verified: false,
   same_as: [{code: 'hkex:B7.3', ground: 同问培训}]}
- {id: '1.2', zh: 童工, en: Child labour, kind: mixed, obligation: mandatory, verified: true}
"""
