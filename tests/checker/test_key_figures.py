"""The sheet for key figures: written, read again, checked, and counted for aspects and disclosures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from checker.checking.engine import check
from checker.finding import AspectState, ItemState, Report
from checker.reading.carriers import DisclosureState
from checker.reading.disclosures import load_reader
from checker.reading.key_figures import parse_number
from checker.report.excel.gaps import render
from checker.report.json import as_data
from checker.report.view import build_view
from checker.translation import shown_report
from checker.wording import Language, wording
from frameworks.figures import load_figures
from questionnaire.answers import Problem, Return
from questionnaire.editions import newest
from questionnaire.figure_sheet import chosen, offered, read_sheet, words
from questionnaire.reading import read_return
from questionnaire.reading.files.grid import reference
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT

SHEET = "关键绩效"
Fill = dict[str, dict[str, object]]


@pytest.fixture
def fill(schema: Schema, tmp_path: Path) -> Callable[..., Return]:
    """A return whose sheet holds some figures; keys are figure ids, then columns."""

    def run(figures: Fill, *, answers: dict[str, str] | None = None, employees: str = "") -> Return:
        book = openpyxl.load_workbook(io.BytesIO(build_workbook(schema, profile={"employees": employees})))
        sheet = book[SHEET]
        columns = {column["id"]: at for at, column in enumerate(words()["columns"], start=1)}
        rows = {sheet.cell(row, 1).value: row for row in range(3, sheet.max_row + 1)}
        for figure, values in figures.items():
            for column, value in values.items():
                sheet.cell(rows[figure], columns[column]).value = value
        questions = book["问卷"]
        for row in range(2, questions.max_row + 1):
            if text := (answers or {}).get(str(questions.cell(row, 1).value)):
                questions.cell(row, 5).value = text
        path = tmp_path / "填报表.xlsx"
        book.save(path)
        return read_return(path, schema)

    return run


@pytest.fixture
def findings(fill: Callable[..., Return], schema: Schema) -> Callable[..., list[tuple[str, str, str]]]:
    def run(figures: Fill, **options: object) -> list[tuple[str, str, str]]:
        report = check(schema, fill(figures, **options), strict=True)
        return [
            (f.rule, f.variant, f.where.cell or "") for f in report.findings if f.variant.startswith("kpi-")
        ]

    return run


def _values(**figures: object) -> Fill:
    """Figures by id, with - for the dot of an id written __."""
    return {key.replace("__", ".").replace("_", "-"): {"value": value} for key, value in figures.items()}


def test_the_template_offers_what_is_in_force(schema: Schema) -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(schema)))
    sheet = book[SHEET]
    ids = [sheet.cell(row, 1).value for row in range(3, sheet.max_row + 1)]
    assert ids == [figure.id for figure in offered(2024, ["hkex", "gri"])]
    assert not any(load_figures().by_id[name].detail for name in ids)
    assert [cell.value for cell in sheet[2]][4:6] == ["本年（2024）", "上年（2023）"]
    assert "hkex:A1.2" in {
        code for row in sheet.iter_rows(min_row=3) for code in str(row[9].value).split("、")
    }
    later = openpyxl.load_workbook(io.BytesIO(build_workbook(schema, profile={"year": "2025"})))[SHEET]
    codes = {code for row in later.iter_rows(min_row=3) for code in str(row[9].value).split("、")}
    assert "hkex:D28(a)（未核实）" in codes
    assert "hkex:A1.2" not in codes


def test_a_plant_is_only_asked_what_its_frameworks_ask(schema: Schema) -> None:
    def ids(*frameworks: str) -> set[str]:
        book = openpyxl.load_workbook(
            io.BytesIO(build_workbook(schema, rows=chosen(schema, 2024, frameworks)))
        )
        return {str(row[0].value) for row in book[SHEET].iter_rows(min_row=3)}

    own, hkex, mainland = ids(), ids("hkex"), ids("cn-ex")
    assert not own & {"board.female", "patents.granted", "payables.overdue", "ghg.scope3.c1"}
    assert {"board.female", "hired.female", "safety.serious"} <= ids("gri") - hkex
    assert {"patents.granted", "payables.overdue", "safety.insured"} <= mainland
    assert not mainland & {"staff.male", "water.cod"}
    assert {"output", "revenue", "ghg.total"} <= hkex  # what intensities are made of
    assert len(hkex) < len(own) < len(ids("hkex", "gri", "cn-ex")) == len(load_figures().figures)


def test_every_row_and_unit_of_the_first_template_is_still_read() -> None:
    """A template that was filled before rows and units were added: by id, by name, in every unit it knew."""
    known = load_figures()
    table = (ROOT / "tests" / "cases" / "figures" / "first-template.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        name, label, unit = line.split("\t")
        assert known.conversion(known.by_id[name], unit) is not None, line
        heads = [column["label"].partition("（")[0] for column in words()["columns"][:5]]
        for row in ([name, "", "", unit, "5"], ["", "", label, unit, "5"]):
            found = read_sheet("旧表.xlsx", SHEET, [heads, row], lambda cell: None, reference)
            assert found is not None
            assert [figure.id for figure in found[0]] == [name], line


def test_a_blank_sheet_says_nothing(fill: Callable[..., Return], schema: Schema) -> None:
    source = fill({})
    assert source.figures == ()
    assert source.unmatched == ()
    assert {finding.rule for finding in check(schema, source, strict=True).findings} == {
        "blank-answer",
        "profile-doubtful",
    }


def test_what_is_filled_in_is_read_with_its_cell(fill: Callable[..., Return]) -> None:
    source = fill({"staff": {"value": 503, "last": "498", "boundary": "全厂", "source": "人力资源系统"}})
    (figure,) = source.figures
    assert (figure.id, figure.value, figure.last, figure.unit) == ("staff", "503", "498", "人")
    assert (figure.boundary, figure.source) == ("全厂", "人力资源系统")
    assert figure.where.sheet == SHEET
    assert (figure.where.cell or "").startswith("E")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (_values(staff=503, staff__male=400, staff__female=103), []),
        (_values(staff=503, staff__male=400, staff__female=100), [("sum-mismatch", "kpi-sum")]),
        (_values(staff=503, staff__male=400), []),  # a part is still blank
        (_values(staff=503, staff__male=600), [("sum-mismatch", "kpi-sum")]),
        (_values(**{"ghg__scope1": 6120.4, "ghg__scope2": 18930.3, "ghg__total": 25050.7}), []),
        (_values(**{"ghg__scope1": 6120, "ghg__scope2": 18930.3, "ghg__total": 25050}), []),  # as stated
        (_values(**{"ghg__scope1": 6639.93, "ghg__scope2": 18930.33, "ghg__total": 25571}), []),  # rounded up
        (_values(**{"ghg__scope1": 6639.93, "ghg__scope2": 18930.33, "ghg__total": 25570}), []),
        (
            _values(**{"ghg__scope1": 6639.93, "ghg__scope2": 18930.33, "ghg__total": 25572}),
            [("sum-mismatch", "kpi-sum")],
        ),
        (_values(energy__oil=-5), [("figure-out-of-range", "kpi-negative")]),
        (_values(ghg__reduced=-5), []),  # more was emitted than before
        (_values(output=120, waste__hazardous=12.6, waste__hazardous__intensity=0.105), []),
        (
            _values(output=120, waste__hazardous=12.6, waste__hazardous__intensity=1.05),
            [("sum-mismatch", "kpi-ratio")],
        ),
        (_values(staff=500, trained=480, trained__share=96), []),
        (_values(staff=500, trained=480, trained__share=0.96), []),  # a cell formatted as per cent
        (_values(staff=500, trained=480, trained__share="96%"), []),
        (_values(staff="约500"), [("figure-missing", "kpi-number")]),
        (_values(ghg__scope1="1.234,5", ghg__scope2="2.000,5", ghg__total=3235), []),
        (_values(staff=500, training__hours=18250, training__average="36,5"), []),
        (_values(staff="1,234", safety__deaths=0), []),
        # 12,5 has a decimal comma: nothing tells what 1,234 means
        (_values(waste__hazardous="12,5", staff="1,234"), [("figure-missing", "kpi-number")]),
        (_values(staff="2000,500"), [("figure-missing", "kpi-number")]),
        (_values(safety__deaths="无"), [("figure-missing", "kpi-number")]),
        (_values(safety__deaths=0), []),
        (_values(ghg__scope3="不涉及"), []),
        ({"staff": {"value": 503, "unit": None}}, [("unit-missing", "kpi-unit")]),
        ({"staff": {"value": 503, "unit": "吨"}}, [("unit-missing", "kpi-unit-unknown")]),
        (
            _values(waste__harmless=20, waste__total=32.6) | {"waste.hazardous": {"value": 12600, "unit": "千克"}},
            [],
        ),
        ({"water.withdrawn": {"value": 9000, "last": 6000}}, [("plan-actual-gap", "kpi-change")]),
        ({"water.withdrawn": {"value": 9000, "last": 6000, "reason": "新增一条生产线"}}, []),
        ({"water.withdrawn": {"value": 7000, "last": 6000}}, []),
        ({"complaints": {"value": 3, "last": 1}}, []),  # too few to say anything
        ({"staff": {"value": "=1/0"}}, [("unreadable-cell", "kpi-uncalculated")]),
    ],
)  # fmt: skip
def test_checks(
    findings: Callable[..., list[tuple[str, str, str]]], figures: Fill, expected: list[tuple[str, str]]
) -> None:
    assert [(rule, variant) for rule, variant, _ in findings(figures)] == expected


def test_employees_stand_on_two_sheets(findings: Callable[..., list[tuple[str, str, str]]]) -> None:
    assert findings(_values(staff=503), employees="503") == []
    assert [f[:2] for f in findings(_values(staff=503), employees="530")] == [
        ("figure-conflict", "kpi-profile")
    ]


def test_a_figure_given_twice(fill: Callable[..., Return], schema: Schema) -> None:
    from msgspec.structs import replace

    source = fill(_values(staff=503))
    for value, count in (("503", 0), ("530", 1)):
        again = replace(source.figures[0], value=value)
        report = check(schema, replace(source, figures=(*source.figures, again)), strict=True)
        assert sum(f.variant == "kpi-twice" for f in report.findings) == count


def test_a_row_that_is_no_figure_is_listed(schema: Schema, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(schema)))
    book[SHEET].append(["", "", "食堂用餐人次", "人次", 1200])
    path = tmp_path / "填报表.xlsx"
    book.save(path)
    source = read_return(path, schema)
    assert source.figures == ()
    assert [unmatched.text for unmatched in source.unmatched] == ["食堂用餐人次\t人次\t1200"]


def test_a_figure_satisfies_its_aspect(fill: Callable[..., Return], schema: Schema) -> None:
    answers = {"P3.S5.I1": "铝灰渣、废乳化液入危废库，双人双锁，委托持证单位处置。"}
    state = {}
    for figures in ({}, _values(waste__hazardous=12.6)):
        report = check(schema, fill(figures, answers=answers), strict=True)
        item = next(item for item in report.items if item.id == "P3.S5.I1")
        aspect = next(a for a in item.aspects if a.id == "P3.S5.I1.e")
        lacking = [f for f in report.findings if f.rule == "figure-missing" and f.aspect == aspect.id]
        state[bool(figures)] = (aspect.state, len(lacking), item.state)
    assert state[False] == (AspectState.DISCLOSED, 1, ItemState.PARTIAL)
    assert state[True] == (AspectState.DISCLOSED, 0, ItemState.PARTIAL)


def test_figures_answer_disclosures(fill: Callable[..., Return], schema: Schema) -> None:
    figures = load_figures()
    reader = load_reader(schema, newest().all_links(2024))
    asked = [f.id for f in figures.by_code["hkex:B2.2"]]
    report = check(schema, fill({figure: {"value": 0} for figure in asked}), strict=True)
    found = {result.code: result for result in reader.cover(report, "hkex")}
    assert found["hkex:B2.2"].state is DisclosureState.MET
    (carrier,) = found["hkex:B2.2"].proof
    assert (carrier.evidence, carrier.where and carrier.where.sheet) == ("0 天", SHEET)
    assert found["hkex:B1.1"].state is DisclosureState.NOT_ASKED
    part = check(schema, fill(_values(staff=503)), strict=True)
    found = {result.code: result for result in reader.cover(part, "hkex")}
    assert found["hkex:B1.1"].state is DisclosureState.PARTLY
    assert "女性员工" in {carrier.ask for carrier in found["hkex:B1.1"].waiting}


def test_a_figure_that_cannot_be_converted_is_given_and_not_met(
    fill: Callable[..., Return], schema: Schema
) -> None:
    figures = load_figures()
    reader = load_reader(schema, newest().all_links(2024))
    asked = {f.id: {"value": 5} for f in figures.by_code["hkex:B2.2"]}
    states = []
    for unit in ("天", "吨", None):
        report = check(schema, fill({name: {**cells, "unit": unit} for name, cells in asked.items()}))
        (result,) = (found for found in reader.cover(report, "hkex") if found.code == "hkex:B2.2")
        states.append((result.state, [carrier.evidence for carrier in result.waiting]))
    assert states == [
        (DisclosureState.MET, []),
        (DisclosureState.PARTLY, ["5 吨"]),
        (DisclosureState.PARTLY, ["5 天"]),
    ]


def test_a_plants_own_heat_value_goes_before_the_default(fill: Callable[..., Return], schema: Schema) -> None:
    gas = {"energy.gas": {"value": 100, "unit": "万立方米"}}
    amounts = []
    for own in ({}, {"factor.gas": {"value": 360}}, {"factor.gas": {"value": 36000}}):
        report = check(schema, fill(gas | own), strict=True)
        (amount,) = (figure.amount for figure in report.figures if figure.id == "energy.gas")
        assert amount is not None
        amounts.append(round(amount))
    assert amounts == [10814, 10000, 10814]  # one that cannot be is not taken


def test_every_quantitative_kpi_can_be_met_by_the_sheet_or_the_answers(
    fill: Callable[..., Return], schema: Schema
) -> None:
    """With every figure filled in, no quantitative KPI of Part C stays unasked or open."""
    report = check(schema, fill({f.id: {"value": 10} for f in offered(2024, ["hkex", "gri"])}), strict=True)
    reader = load_reader(schema, newest().all_links(2024))
    for result in reader.cover(report, "hkex"):
        if result.disclosure.kind == "quantitative":
            assert result.state is DisclosureState.MET, result.code


def _reports(fill: Callable[..., Return], schema: Schema) -> Iterator[Report]:
    bad = _values(staff=503, staff__male=600, trained__share=5, trained=480, output="多") | {
        "water.withdrawn": {"value": 9000, "last": 6000},
        "packaging": {"value": 5, "unit": "人"},
        "complaints": {"value": 5, "unit": None},
        "fines": {"value": "=1/0"},
    }
    yield check(schema, fill(bad, employees="1"), strict=True)


@pytest.mark.parametrize("language", Language)
def test_every_finding_has_words_a_place_and_open_disclosures(
    fill: Callable[..., Return], schema: Schema, language: Language
) -> None:
    for report in _reports(fill, schema):
        data = as_data(report, wording(language))
        found = [f for f in data["findings"] if f["where"]["sheet"] == SHEET]
        assert len(found) == 8
        for finding in found:
            assert finding["message"]
            assert finding["mend"]
            assert "{" not in finding["message"] + finding["mend"]
        assert any("hkex:B1.1" in finding["disclosures"] for finding in found)
        sheet = openpyxl.load_workbook(
            io.BytesIO(render([report], lambda _: schema, wording(language)))
        ).worksheets[1]
        assert sheet.max_row > 8


def test_findings_on_figures_are_told_in_english(fill: Callable[..., Return], schema: Schema) -> None:
    """Names of figures, their parts and the units to choose from; a unit that the sheet gives stays as it is."""
    words = wording(Language.EN)
    for report in _reports(fill, schema):
        found = [f for f in shown_report(report, schema, words).findings if f.variant.startswith("kpi-")]
        told = " ".join(f"{text.message} {text.mend}" for text in map(words.finding, found))
        assert len(found) == 8
        assert set(re.findall("[\u4e00-\u9fff]", told)) == {"人"}


def test_each_figure_stands_under_its_own_name_and_cell(fill: Callable[..., Return], schema: Schema) -> None:
    bad: Fill = {
        "recalled": {"value": 150},
        "staff": {"value": 502.5},
        "water.withdrawn": {"value": 9000, "last": 6000},
    }
    report = check(schema, fill(bad), strict=True)
    groups = [g for g in build_view(report, schema, wording()).groups if g.item is None and SHEET in g.label]
    rows = {figure.id: f"E{at}" for at, figure in enumerate(chosen(schema, 2024), start=3)}
    places = {group.label: [line.place.rpartition(" ")[2] for line in group.lines] for group in groups}
    assert places == {
        "关键绩效：取水量": [rows["water.withdrawn"]],
        "关键绩效：员工总数": [rows["staff"]],
        "关键绩效：因安全与健康理由回收的产品占比": [rows["recalled"]],
    }


def test_the_two_catalogues_hold_the_same_variants() -> None:
    from frameworks.ground.yaml import load_data

    chinese, english = (load_data("checker.messages", f"kpi.{x}.yaml")["findings"] for x in ("zh", "en"))
    assert chinese.keys() == english.keys()
    assert {f"kpi-{problem.value}" for problem in Problem} <= chinese.keys()


@pytest.mark.parametrize(
    ("text", "value", "slack"),
    [("1,204", "1204", "0.5"), ("12.60", "12.60", "0.005"), ("９８％", "98", "0.5"), ("-3", "-3", "0.5")],
)  # fmt: skip
def test_numbers_keep_their_precision(text: str, value: str, slack: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.slack) == (Decimal(value), Decimal(slack))


@pytest.mark.parametrize("text", ["", "约500", "503人", "一百", "1e999", "12-13", "NaN"])
def test_words_are_no_number(text: str) -> None:
    assert parse_number(text) is None
