"""Coverage by disclosure: states from aspects and figures, one return and many, one command for the reviewer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from checker.cli import main
from checker.finding import AspectState, Report
from checker.reading.carriers import DisclosureResult, DisclosureState, Reach, together
from checker.reading.disclosures import Reader, load_reader
from checker.report.json import as_data
from checker.wording import wording
from frameworks.catalogues import read_framework
from questionnaire.editions import newest
from questionnaire.schema import Schema
from tests.conftest import ROOT, make_return
from tests.frameworks.test_catalogues import TEN_LINES

SAMPLES = ROOT / "samples"
MET, PARTLY, DELEGATED = DisclosureState.MET, DisclosureState.PARTLY, DisclosureState.DELEGATED
ASIDE, OPEN, NOT_ASKED = DisclosureState.NOT_APPLICABLE, DisclosureState.OPEN, DisclosureState.NOT_ASKED


@pytest.fixture(scope="module")
def reader(schema: Schema) -> Reader:
    return load_reader(schema, newest().all_links(2024))


@pytest.fixture
def cover(check_answers: Callable[..., Report], reader: Reader) -> Callable[..., dict[str, DisclosureResult]]:
    def run(answers: dict[str, str], framework: str = "hkex") -> dict[str, DisclosureResult]:
        return {found.code: found for found in reader.cover(check_answers(answers), framework)}

    return run


@pytest.mark.parametrize(
    ("answers", "code", "state"),
    [
        ({}, "hkex:B7.3", OPEN),
        ({}, "hkex:B4.1", NOT_ASKED),
        ({}, "hkex:B1.1", NOT_ASKED),
        (
            {"P4.S2.I4": "公司依法查询和使用客户信息，客户资料加密保存，2024年未发生客户信息泄露事件。"},
            "hkex:B6.5",
            MET,
        ),
        (
            {"P4.S1.I2": "公司执行来料、过程、成品三级检验；不合格产品按召回程序追溯批次、通知客户并回收。"},
            "hkex:B6.4",
            MET,
        ),
        ({"P1.S3.I3": "2024年4月面向全体员工开展廉洁从业培训，503人次参加。"}, "hkex:B7.3", PARTLY),
        ({"P3.S2.I1": "动力能源均依托中信戴卡。"}, "hkex:A2.1", DELEGATED),
        ({"P4.S2.I4": "不涉及，公司不持有客户个人信息。"}, "hkex:B6.5", ASIDE),
        # words alone are no figure
        ({"P3.S5.I1": "公司加强危险废物管理，减少有害废弃物的产生。"}, "hkex:A1.3", OPEN),
        ({"P3.S5.I1": "2024年产生危险废物12.6吨，较上年减少1.1吨。"}, "hkex:A1.3", MET),
        # a stated nil is a figure, wherever it stands in the sentence
        ({"P1.S3.I1": f"公司坚决杜绝贿赂，{'加强教育引导，' * 9}2024年无贪污诉讼案件。"}, "hkex:B7.1", MET),
        ({"P1.S3.I1": "公司坚决杜绝贿赂，加强教育引导。"}, "hkex:B7.1", OPEN),
        # one of several items suffices
        ({"P6.S2.I3": "组织员工开展志愿服务6次，参加126人次，共378小时。"}, "hkex:B8.2", MET),
    ],
)
def test_states(
    cover: Callable[..., dict[str, DisclosureResult]],
    answers: dict[str, str],
    code: str,
    state: DisclosureState,
) -> None:
    assert cover(answers)[code].state is state


def test_what_carries_it_is_quoted_and_what_it_waits_for_named(
    cover: Callable[..., dict[str, DisclosureResult]],
) -> None:
    found = cover({"P1.S3.I3": "2024年4月面向全体员工开展廉洁从业培训，503人次参加。"})["hkex:B7.3"]
    assert any("全体员工" in carrier.evidence for carrier in found.proof)
    assert all(carrier.where is not None for carrier in found.proof)
    assert {carrier.ask for carrier in found.waiting} == {
        "面向董事会开展廉洁从业及商业道德培训",
        "面向管理层",
    }


def test_emissions_are_found_in_the_item_wherever_they_stand(
    cover: Callable[..., dict[str, DisclosureResult]],
) -> None:
    text = "按ISO 14001要求落实气候变化和碳排放法规的各项措施。\n2024年范围一排放6,120吨二氧化碳当量。"
    found = cover({"P3.S1.I2": text})["hkex:A1.2"]
    assert found.state is PARTLY
    assert any("6,120" in carrier.evidence for carrier in found.proof)


def test_every_line_of_hkex_2024_is_there(cover: Callable[..., dict[str, DisclosureResult]]) -> None:
    found = cover({})
    assert len(found) == 55
    assert {code for code, result in found.items() if result.reach is Reach.NONE} == {
        "hkex:B14.materiality", "hkex:B14.quantitative", "hkex:B14.consistency", "hkex:B15",
        "hkex:B4.GD", "hkex:B4.1", "hkex:B4.2", "hkex:B5.4",
    }  # fmt: skip
    assert {code for code, result in found.items() if result.reach is Reach.SHEET} == {
        "hkex:B1.1", "hkex:B1.2", "hkex:B2.2", "hkex:B5.1",
    }  # fmt: skip


def test_many_returns_are_met_only_together() -> None:
    assert together([MET, MET, ASIDE]) is MET
    assert together([MET, OPEN]) is PARTLY
    assert together([DELEGATED, OPEN]) is OPEN
    assert together([DELEGATED, ASIDE]) is DELEGATED
    assert together([ASIDE]) is ASIDE
    assert together([NOT_ASKED, NOT_ASKED]) is NOT_ASKED


def test_a_draft_says_so(cover: Callable[..., dict[str, DisclosureResult]]) -> None:
    assert cover({}, "sasac")["sasac:G2"].draft
    assert not cover({}, "cn-ex")["cn-ex:art-55"].draft
    assert not cover({})["hkex:B7.3"].draft


def test_findings_name_what_stays_open(check_answers: Callable[..., Report]) -> None:
    report = check_answers({"P1.S3.I3": "2024年4月面向全体员工开展廉洁从业培训，503人次参加。"})
    found = {finding.aspect: finding.disclosures for finding in report.findings if finding.item == "P1.S3.I3"}
    assert found["P1.S3.I3.h"] == ("hkex:B7.3", "gri:205-2")
    assert report.frameworks == ("hkex-2024", "gri-2021")
    assert as_data(report, wording())["frameworks"] == ["hkex-2024", "gri-2021"]


def test_the_year_decides_what_stays_open(schema: Schema) -> None:
    from msgspec.structs import replace

    from checker.checking.engine import check

    source = make_return({"P3.S4.I1": ""})
    codes = {}
    for year in (2024, 2025):
        report = check(schema, replace(source, year=year), strict=True, frameworks=["hkex"])
        codes[year] = next(f.disclosures for f in report.findings if f.item == "P3.S4.I1")
        assert report.frameworks == (f"hkex-{year}",)
    board = {"hkex:B13(i)", "hkex:B13(iii)"}
    assert set(codes[2024]) == {*board, "hkex:A4.GD"}
    assert set(codes[2025]) == {*board, "hkex:D19(a)", "hkex:D19(b)", "hkex:D27(a)", "hkex:D27(b)"}


def test_what_was_not_verified_says_so_in_every_report(schema: Schema) -> None:
    from msgspec.structs import replace

    from checker.checking.engine import check
    from checker.report.html import render as render_html
    from checker.report.view import build_view

    source = replace(make_return({"P3.S4.I1": ""}), year=2025)
    report = check(schema, source, strict=True, frameworks=["hkex"])
    assert "hkex:D19(a)" in report.unverified
    view = build_view(report, schema, wording())
    codes = {code for row in view.rows if row.item == "P3.S4.I1" for code in row.disclosures}
    climate = {f"hkex:{number}（未核实）" for number in ("D19(a)", "D19(b)", "D27(a)", "D27(b)")}
    assert codes == {"hkex:B13(i)", "hkex:B13(iii)", *climate}
    assert "hkex:D19(a)（未核实）" in render_html([report], lambda _: schema, wording()).decode()
    assert "hkex:D19(a)" in as_data(report, wording())["unverified"]


def test_a_framework_of_ten_lines_is_covered_without_code(
    tmp_path: Path, reader: Reader, check_answers: Callable[..., Report]
) -> None:
    from msgspec.structs import replace

    path = tmp_path / "ours-1.yaml"
    path.write_text(TEN_LINES, encoding="utf-8")
    joined = replace(reader, catalogues=reader.catalogues.joined([read_framework(path)]))
    report = check_answers({"P1.S3.I3": "2024年4月面向全体员工开展廉洁从业培训，503人次参加。"})
    training, child_labour = joined.cover(report, "ours")
    assert (training.state, training.via) == (PARTLY, "hkex:B7.3")
    assert child_labour.state is NOT_ASKED


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "填报"
    target.mkdir()
    for name in ("middling.xlsx", "poor.xlsx"):
        (target / name).write_bytes((SAMPLES / name).read_bytes())
    return target


def test_one_command_says_what_each_kpi_waits_for(
    run: Callable[..., tuple[int, str, str]], folder: Path
) -> None:
    code, out, _ = run("frameworks", "hkex", "--returns", folder)
    assert code == 0
    short = out.partition("尚不能披露")[2].partition("问卷没有问到")[0]
    block = short.partition("A1.3  ")[2].partition("A1.4  ")[0]
    assert "等 白杨铸造（示例）有限公司" in block
    assert "控制有害废弃物产生" in block
    gap = out.partition("问卷没有问到")[2].partition("已可披露")[0]
    assert all(f"  {number}  " in gap for number in ("B4.GD", "B4.1", "B4.2", "B15"))


def test_the_same_as_data_and_as_workbook(
    run: Callable[..., tuple[int, str, str]], folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "披露覆盖.xlsx"
    code, out, _ = run("frameworks", "hkex", "--returns", folder, "--format", "json", "-o", target)
    assert code == 0
    data = json.loads(out)
    assert (data["format"], data["edition"], data["year"]) == ("esgcheck-frameworks/1", "hkex-2024", 2024)
    assert len(data["disclosures"]) == 55
    for row in data["disclosures"]:
        for found in row["returns"]:
            for carrier in found["carriers"]:
                if carrier["state"] == AspectState.DISCLOSED:
                    assert carrier["evidence"]
                    assert carrier["where"]["cell"]
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["披露总表", "依据与待补", "问卷未问"]
    assert book["披露总表"].max_row == 55 + 2


def test_the_report_of_one_return_has_the_sheet(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    target = tmp_path / "缺口.xlsx"
    run("check", SAMPLES / "poor.xlsx", "--framework", "hkex", "-o", target)
    sheet = openpyxl.load_workbook(target)["披露覆盖"]
    codes = [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert len(codes) == 55
    assert "hkex-2024" in str(sheet["A1"].value)


def test_the_sheet_says_which_rules_could_not_dispute_anything(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    target = tmp_path / "缺口.xlsx"
    run("check", SAMPLES / "poor.xlsx", "--ignore", "stale-period", "--for", "office", "-o", target)
    assert "没有运行「非报告期信息」" in str(openpyxl.load_workbook(target)["披露覆盖"]["A1"].value)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["frameworks"], 0, "hkex-2025"),
        (["frameworks", "hkex", "--year", "2025"], 0, "未核实"),
        (["frameworks", "hkex-2024"], 0, "A1.2"),
        (["frameworks", "hkx"], 2, "hkex"),
        (["frameworks", "hkex", "--year", "2010"], 2, "2010"),
        (["check", SAMPLES / "good.xlsx", "--framework", "hkx"], 2, "hkex"),
        (["frameworks", "gri", "--returns", SAMPLES / "fehlt.xlsx"], 3, "fehlt.xlsx"),
    ],
)
def test_exit_codes(
    run: Callable[..., tuple[int, str, str]], arguments: list[object], code: int, said: str
) -> None:
    found, out, err = run(*arguments)
    assert found == code
    assert said in out + err


def test_a_catalogue_of_ones_own_by_its_path(
    run: Callable[..., tuple[int, str, str]], folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ours-1.yaml"
    path.write_text(TEN_LINES, encoding="utf-8")
    code, out, _ = run("frameworks", path, "--returns", folder)
    assert code == 0
    assert "经 hkex:B7.3" in out
    assert run("schema", path)[0] == 0


def test_a_return_of_another_year_is_named(run: Callable[..., tuple[int, str, str]], folder: Path) -> None:
    _, _, err = run("frameworks", "hkex", "--returns", folder, "--year", "2025")
    assert "2025" in err
    assert "middling.xlsx" in err
