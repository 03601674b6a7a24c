"""One command says which edition and which obligation is used for a framework, year by year, for the issuer."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from checker.reading.disclosures import load_reader
from checker.report.disclosure_view import build_coverage
from checker.report.framework_list import YearRow, year_row
from checker.wording import Language, wording
from frameworks.catalogues import load_catalogues
from frameworks.obligation import Issuer
from frameworks.sources import catalogue_sources
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
EDITION = """\
id: dicastal-2026
extends: dicastal-2024
title: 2026 年问卷
year: 2026
source: 测试
issuer: {issuer}
"""

Run = Callable[..., tuple[int, str, str]]


def _row(framework: str, year: int, *issuers: Issuer) -> YearRow:
    return year_row(load_catalogues(), framework, year, issuers)


def test_all_frameworks_and_years_in_one_table(call: Run) -> None:
    code, out, _ = call("frameworks", "--year", "2023-2027", "--issuer", "large-cap")
    assert code == 0
    assert "发行人类别：大型股" in out
    assert "视发行人" not in out
    for edition in load_catalogues().editions:
        used = any(
            load_catalogues().edition(edition.framework, year) is edition for year in range(2023, 2028)
        )
        assert (f" {edition.name} " in out) is used, edition.name


def test_every_catalogue_is_listed_and_passes_schema(call: Run) -> None:
    _, out, _ = call("frameworks", "--year", "2026")
    for name, _ in catalogue_sources():
        assert f" {name.removesuffix('.yaml')} " in out
        code, _, err = call("schema", str(files("frameworks.data").joinpath(name)))
        assert code == 0, err


def test_the_same_as_data(call: Run) -> None:
    _, out, _ = call("frameworks", "--year", "2025-2026", "--issuer", "大型股", "--format", "json")
    data = json.loads(out)
    assert data["format"] == "esgcheck-editions/1"
    assert [(each["year"], each["issuer"]) for each in data["years"]] == [
        (2025, ["large-cap"]),
        (2026, ["large-cap"]),
    ]
    found = [{each["framework"]: each for each in year["frameworks"]} for year in data["years"]]
    assert [year["hkex"]["duties"][0] for year in found] == [
        {"obligation": "mandatory", "count": 10},
        {"obligation": "mandatory", "count": 37},
    ]
    assert [year["hkfrs-s2"]["edition"] for year in found] == [None, "hkfrs-s2-2025"]
    assert "disclosures" not in found[0]["hkex"]


def test_one_framework_as_data_has_every_disclosure(call: Run) -> None:
    _, out, _ = call("frameworks", "hkex", "--year", "2026", "--format", "json")
    (framework,) = json.loads(out)["years"][0]["frameworks"]
    rows = {row["code"]: row for row in framework["disclosures"]}
    assert len(rows) == framework["entries"] == 83
    assert sum(row["verified"] for row in rows.values()) == framework["verified"] == 52
    assert rows["hkex:D20"]["obligation"] == "by-issuer"
    assert rows["hkex:D20"]["obligations"] == {
        "large-cap": "mandatory",
        "main-board": "comply-or-explain",
        "gem": "voluntary",
    }
    assert "P1.S3.I3" in rows["hkex:B7.3"]["items"]


def test_years_in_which_nothing_changes_share_a_line(call: Run) -> None:
    _, out, _ = call("frameworks", "hkex", "--year", "2023-2027", "--issuer", "large-cap")
    rows = [line.split() for line in out.splitlines() if " hkex-" in line]
    assert [row[-6:][0] if "港交所" in row else row[0] for row in rows][1:] == ["2025", "2026–2027"]
    assert "2023–2024" in rows[0]


def test_the_year_changes_what_binds() -> None:
    large = Issuer.LARGE_CAP
    assert _row("hkex", 2023, large) == _row("hkex", 2024, large)
    assert _row("hkex", 2024, large) != _row("hkex", 2025, large)
    assert _row("hkex", 2025, large) != _row("hkex", 2026, large)
    assert _row("hkex", 2026, large) == _row("hkex", 2027, large)
    assert _row("hkex", 2025, Issuer.MAIN_BOARD) == _row("hkex", 2026, Issuer.MAIN_BOARD)
    assert _row("hkex", 2025) != _row("hkex", 2026)  # nobody said what the issuer is: told for every kind
    assert _row("cn-ex", 2023).edition is None


def test_an_issuer_that_nobody_stated_is_shown_as_such(call: Run) -> None:
    _, out, _ = call("frameworks", "hkex", "--year", "2026")
    assert "发行人类别：未说明" in out
    assert "大型股强制、其他主板不遵守就解释、GEM 自愿" in out.replace("\n", "").replace(" " * 7, "")


def test_the_edition_says_what_the_issuer_is(call: Run, tmp_path: Path) -> None:
    def page(issuer: str) -> str:
        folder = tmp_path / issuer.strip("[]").replace(", ", "-")
        folder.mkdir()
        (folder / "edition.yaml").write_text(EDITION.format(issuer=issuer), encoding="utf-8")
        code, out, _ = call("frameworks", "hkex", "--questionnaire", folder)
        assert code == 0
        return out

    assert "83 条：强制 37、不遵守就解释 45、自愿 1" in page("large-cap")
    assert "83 条：强制 10、不遵守就解释 45、自愿 28" in page("[gem, mainland]")


def test_a_kind_of_issuer_that_there_is_not_is_named(call: Run, tmp_path: Path) -> None:
    (tmp_path / "edition.yaml").write_text(EDITION.format(issuer="huge"), encoding="utf-8")
    code, _, err = call("frameworks", "hkex", "--questionnaire", tmp_path)
    assert code == 2
    assert "huge" in err
    assert "large-cap" in err


def test_the_page_says_the_share_verified_and_marks_the_rest(call: Run) -> None:
    _, out, _ = call("frameworks", "hkex", "--year", "2025")
    assert "已核实 52/83（63%）" in out
    assert "".join(out.split()).count("[未核实]") == 31


@pytest.mark.parametrize("language", Language)
def test_coverage_tells_the_duty_of_the_issuer(schema: Schema, language: Language, check_answers) -> None:  # type: ignore[no-untyped-def]
    kinds = {}
    for issuer in (Issuer.LARGE_CAP, Issuer.GEM):
        own = Editions().of_year(2026).of_issuer([issuer])
        reader = load_reader(own, own.all_links(2026))
        edition = reader.catalogues.edition("hkex", 2026)
        assert edition is not None
        view = build_coverage(reader, edition, [check_answers({})], wording(language))
        kinds[issuer] = {row.number: row.obligation for row in view.rows}
    words = wording(language)
    assert kinds[Issuer.LARGE_CAP]["D20"] == words.entry("frameworks", "obligations", "mandatory")
    assert kinds[Issuer.GEM]["D20"] == words.entry("frameworks", "obligations", "voluntary")


@pytest.mark.parametrize("year", ["1999", "20xx", "2023-", "2023-2025-2027", "2023-2101", ""])
def test_what_is_no_year_is_a_sentence(call: Run, year: str) -> None:
    code, _, err = call("frameworks", "--year", year)
    assert code == 2
    assert "只能写 2000 至 2100 的整数" in err


def test_returns_of_no_such_year_are_said(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "披露覆盖.xlsx"
    code, out, err = call(
        "frameworks", "hkex", "--returns", SAMPLES / "good.xlsx", "--year", "2025", "-o", target
    )
    assert (code, out) == (4, "")
    assert "没有一份是 2025 年度的" in err
    assert not target.exists()


def test_a_span_of_years_goes_with_no_returns(call: Run) -> None:
    code, _, err = call("frameworks", "hkex", "--returns", SAMPLES / "good.xlsx", "--year", "2023-2025")
    assert code == 2
    assert "一个年份" in err


@pytest.mark.parametrize(
    ("name", "edition"),
    [("港交所", "hkex-2024"), ("GRI 标准", "gri-2021"), ("国资委", "sasac-2023"), ("财政部", "mof-2025")],
)
def test_a_framework_by_the_name_that_people_have_for_it(call: Run, name: str, edition: str) -> None:
    code, out, _ = call("frameworks", name, "--year", "2024")
    assert code == 0
    assert edition in out
    _, out, _ = call("check", SAMPLES / "overseas.xlsx", "--framework", name)
    assert edition in out.splitlines()[1]


def test_a_name_of_several_frameworks_names_them(call: Run) -> None:
    for arguments in (
        ("frameworks", "交易所"),
        ("check", SAMPLES / "overseas.xlsx", "--framework", "交易所"),
    ):
        code, _, err = call(*arguments)
        assert code != 0
        assert "cn-ex" in err
        assert "cn-guide" in err
