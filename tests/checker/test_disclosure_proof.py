"""What proves a disclosure: the company's own words, of the right kind, of the year, and undisputed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.finding import Report
from checker.reading.carriers import DisclosureResult, DisclosureState
from checker.reading.disclosures import Reader, load_reader
from checker.reading.disputed import disputes_of
from checker.reading.proving import Shortfall, find_statement
from checker.reading.searched import Text
from checker.reading.wanted import wanted_of
from frameworks.catalogues import load_catalogues
from frameworks.figures import load_figures
from questionnaire.editions import newest
from questionnaire.schema import Schema

MET, PARTLY, DELEGATED = DisclosureState.MET, DisclosureState.PARTLY, DisclosureState.DELEGATED
OPEN = DisclosureState.OPEN
Cover = Callable[..., dict[str, DisclosureResult]]


@pytest.fixture(scope="module")
def reader(schema: Schema) -> Reader:
    return load_reader(schema, newest().all_links(2024))


@pytest.fixture
def cover(check_answers: Callable[..., Report], schema: Schema) -> Cover:
    def run(
        answers: dict[str, str], framework: str = "hkex", year: int = 2024
    ) -> dict[str, DisclosureResult]:
        found = load_reader(schema, newest().all_links(year)).cover(check_answers(answers), framework)
        return {result.code: result for result in found}

    return run


RISKS = (
    "新兴风险、气候变化及能源转型风险，均依托中信戴卡。\n"
    "安全生产风险主要为火灾、机械伤害，公司建立双重预防机制，制定综合、专项及现场处置方案并组织演练。"
)


@pytest.mark.parametrize(
    ("framework", "year", "code"),
    [
        ("hkex", 2024, "hkex:A4.GD"),
        ("hkex", 2024, "hkex:A4.1"),
        ("gri", 2024, "gri:201-2"),
        ("cn-ex", 2024, "cn-ex:art-22"),
        ("hkex", 2025, "hkex:D20"),
        ("hkex", 2025, "hkex:D27(a)"),
        ("hkex", 2025, "hkex:D24(a)"),
    ],
)
def test_measures_against_fire_prove_nothing_on_climate_that_is_left_to_the_parent(
    cover: Cover, framework: str, year: int, code: str
) -> None:
    found = cover({"P1.S1.I3": RISKS}, framework, year)[code]
    assert not found.proof
    assert found.state in (DELEGATED, OPEN)
    assert found.waiting


INVENTORY = (
    "2024年聘请第三方完成公司2023年碳排放核查，具体数据如下：\n"
    "直接排放（tCO2e）\t能源间接排放（tCO2e）\t合计（tCO2e）\n"
    "5120.40\t14230.10\t19350.50"
)


def test_an_inventory_of_another_year_is_shown_as_such(cover: Cover) -> None:
    found = cover({"P3.S1.I2": INVENTORY})["hkex:A1.2"]
    assert found.state is OPEN
    shown = next(carrier for carrier in found.carriers if carrier.item == "P3.S1.I2")
    assert (shown.lacks, shown.rules) == (Shortfall.OTHER_YEAR, ("stale-period",))
    assert "5120.40" in shown.evidence
    assert "直接排放" in shown.evidence  # the row with the head that names it
    own = cover({"P3.S1.I2": INVENTORY.replace("2023年碳", "2024年碳").replace("2024年聘请", "公司聘请")})
    assert own["hkex:A1.2"].state is PARTLY


def test_a_figure_with_two_values_proves_nothing(
    check_answers: Callable[..., Report], reader: Reader
) -> None:
    report = check_answers(
        {
            "P3.S5.I1": "公司加强危险废物管理，2024年危险废物产生量12.6吨，委托有资质单位处置。",
            "P3.S1.I2": "公司落实废弃物管理要求，2024年危险废物产生量15.2吨，完善台账。",
        }
    )
    assert "figure-conflict" in {finding.rule for finding in report.findings}
    disputed = {
        item: [report_answer(report, item)[each.start : each.end] for each in found]
        for item, found in disputes_of(report).items()
    }
    assert {text for texts in disputed.values() for text in texts} == {"12.6吨", "15.2吨"}
    lines = {result.code: result for result in reader.cover(report, "hkex")}
    shown = [carrier for carrier in lines["hkex:A1.3"].carriers if carrier.rules]
    assert [(carrier.lacks, carrier.rules) for carrier in shown] == [
        (Shortfall.CONTESTED, ("figure-conflict",))
    ]
    assert lines["hkex:A1.3"].state is OPEN
    # what is said besides stands undisputed
    assert lines["hkex:A1.6"].proof
    assert not any("12.6" in carrier.evidence for carrier in lines["hkex:A1.6"].proof)


def report_answer(report: Report, item: str) -> str:
    return next(each.answer for each in report.items if each.id == item)


def test_only_the_percentage_of_a_misused_ratio_is_disputed(check_answers: Callable[..., Report]) -> None:
    report = check_answers({"P3.S5.I1": "仅保留3台柴油叉车，其他4台均为电动叉车，由此减少温室气体排放57%。"})
    (dispute,) = disputes_of(report)["P3.S5.I1"]
    assert report_answer(report, "P3.S5.I1")[dispute.start : dispute.end] == "57%"


def test_a_quote_leaves_the_disputed_figure_out(cover: Cover) -> None:
    text = "公司控制温室气体排放，仅保留3台柴油叉车，其他4台均为电动叉车，由此减少温室气体排放57%。"
    found = cover({"P3.S5.I1": text}, "cn-ex")["cn-ex:art-27"]
    assert any("电动叉车" in carrier.evidence for carrier in found.proof)
    assert not any("57%" in carrier.evidence for carrier in found.proof)


def test_of_a_quote_that_begins_with_what_is_handed_over_the_own_words_remain(cover: Cover) -> None:
    text = "气候变化风险均依托中信戴卡。环保风险主要为危废和废气，公司已制定应急预案并备案。"
    for result in cover({"P1.S1.I3": text}).values():
        assert not any("依托" in carrier.evidence for carrier in result.proof)


@pytest.mark.parametrize(("code", "state"), [("gri:306-1", PARTLY), ("gri:306-2", OPEN)])
def test_a_tonnage_is_no_management_approach(cover: Cover, code: str, state: DisclosureState) -> None:
    bare = cover({"P3.S5.I1": "2024年产生危险废物12.6吨，较上年减少1.1吨。"}, "gri")[code]
    assert bare.state is state  # what is generated is a part of the first
    assert {carrier.lacks for carrier in bare.carriers if carrier.lacks} == {Shortfall.STATEMENT}
    told = cover({"P3.S5.I1": "2024年产生危险废物12.6吨，全部委托有资质单位处置。"}, "gri")[code]
    assert told.state is PARTLY
    assert any("有资质单位" in carrier.evidence for carrier in told.proof)


def test_a_share_of_recalls_is_no_recall_procedure(cover: Cover) -> None:
    found = cover({"P4.S1.I2": "公司执行来料、过程、成品三级检验。不合格产品回收率150%。"})["hkex:B6.4"]
    assert found.state is not MET
    assert all("150%" not in carrier.evidence for carrier in found.proof)


@pytest.mark.parametrize("code", ["cn-ex:art-29", "cn-ex:art-23"])
def test_tonnes_prove_no_narrative_article(cover: Cover, code: str) -> None:
    found = cover({"P3.S1.I1": "2024年范围一排放6120吨二氧化碳当量。"}, "cn-ex")[code]
    assert not any("6120" in carrier.evidence for carrier in found.proof)


def test_a_saving_is_no_total_and_a_total_no_saving(cover: Cover) -> None:
    answers = {"P3.S2.I1": "公司实施空压机变频、照明LED改造，年节电52万千瓦时，推行能源定额管理。"}
    assert cover(answers)["hkex:A2.1"].state is OPEN
    saved = cover(answers, "gri")
    assert saved["gri:302-4"].state is MET
    assert saved["gri:302-1"].state is OPEN


def test_a_target_is_no_consumption(cover: Cover) -> None:
    text = "公司制定节水管理办法，2024年用水目标为9万吨以内，每月追踪。"
    assert cover({"P3.S2.I2": text})["hkex:A2.2"].state is OPEN
    told = cover({"P3.S2.I2": text.replace("每月追踪", "实际用水8.7万吨，每月追踪")})["hkex:A2.2"]
    assert told.state is PARTLY


def test_a_scope_is_proved_by_its_own_figure(cover: Cover) -> None:
    answers = {"P3.S5.I1": "公司控制温室气体排放，2024年范围一排放2.03万吨二氧化碳当量。"}
    lines = cover(answers, "gri")
    assert lines["gri:305-1"].state is MET
    assert lines["gri:305-2"].state is OPEN


def test_a_figure_of_the_year_before_is_none_of_this_year(cover: Cover) -> None:
    text = "公司制定节水规划并逐月追踪用水目标，2024年取水量已降4%（2023年20.2万立方米）。"
    assert cover({"P3.S2.I2": text})["hkex:A2.2"].state is OPEN
    own = text.replace("（2023年20.2万立方米）", "，全年用水19.4万立方米（上年20.2万立方米）")
    found = cover({"P3.S2.I2": own})["hkex:A2.2"]
    assert found.state is PARTLY
    assert "19.4" in found.proof[0].evidence


def test_a_target_states_though_it_holds_nothing_but_an_amount(cover: Cover) -> None:
    text = (
        "用水风险分析：所在地缺水，2024年4月完成断水风险分析。《用水管理规定》按车间核定定额，编制节水规划。\n"
        "目标：2026年单件用水比2022年下降10%。追踪：每月抄表统计，2024年用水11.2万吨。"
    )
    assert cover({"P3.S2.I2": text})["hkex:A2.4"].state is MET


def test_an_intensity_is_a_figure_of_its_own_year(cover: Cover) -> None:
    text = "能效目标：单件电耗由2022年的9.3kWh/件降至2025年的8.7kWh/件，2024年实际8.9kWh/件。"
    assert cover({"P3.S2.I1": text}, "gri")["gri:302-3"].state is MET
    assert cover({"P3.S2.I1": text.partition("，2024")[0]}, "gri")["gri:302-3"].state is OPEN


def test_an_intensity_is_told_before_its_amount(cover: Cover) -> None:
    """So much for each piece, as clerks write it; what is only aimed at, or no intensity, is none."""
    for text in (
        "每件电耗目标22.5度以内。今年每件合21.9度，达了。",
        "加工车轮425万只，用电1,862万千瓦时，单耗4.38千瓦时。",
    ):
        assert cover({"P3.S2.I1": text}, "gri")["gri:302-3"].state is PARTLY, text
    for text in ("每件电耗目标22.5度以内，管上头每班抄表。", "空压机换了3台变频，年节电52万千瓦时。"):
        assert cover({"P3.S2.I1": text}, "gri")["gri:302-3"].state is OPEN, text


def test_a_column_that_the_question_names_is_a_figure(cover: Cover) -> None:
    table = "项目时间\t名称\t人次\t内容\n2024.5.6\t廉洁教育\t210\t廉洁从业规定"
    found = cover({"P1.S3.I3": table}, "gri")["gri:205-2"]
    assert found.state is PARTLY
    (told,) = (carrier for carrier in found.proof if carrier.ask == "人次")
    assert not told.lacks
    assert told.evidence == "2024.5.6\t廉洁教育\t210\t廉洁从业规定"


def test_one_kind_of_waste_does_not_tell_of_the_other(cover: Cover) -> None:
    lines = cover({"P3.S5.I1": "2024年产生危险废物112吨，全部交有资质单位处置；一般工业固废回收利用。"})
    assert lines["hkex:A1.3"].state is MET
    assert lines["hkex:A1.4"].state is OPEN


def test_what_stands_under_another_question_counts_with_its_place(cover: Cover) -> None:
    answers = {
        "P1.S3.I4": "公司对举报人信息严格保密，严禁打击报复，制定《举报人保护办法》。",
        "P1.S3.I1": "公司公布举报电话和举报信箱，对贿赂、勒索、欺诈、洗钱行为零容忍，2024年无贪污诉讼案件。",
    }
    found = cover(answers)["hkex:B7.2"]
    moved = [
        carrier for carrier in found.proof if carrier.item == "P1.S3.I4" and "举报电话" in carrier.evidence
    ]
    assert moved
    assert moved[0].where is not None
    assert moved[0].where.cell == "E3"


def test_a_nil_on_the_very_subject_answers_wholly(cover: Cover) -> None:
    text = "不合格产品按退货程序处理。2024年没有重大质量问题，也未发生因安全与健康原因的产品召回事件。"
    found = cover({"P4.S1.I2": text})["hkex:B6.1"]
    assert found.state is MET
    assert "安全与健康" in found.proof[0].evidence
    other = cover({"P4.S1.I2": "不合格产品按退货程序处理。2024年未发生火灾事故。"})["hkex:B6.1"]
    assert other.state is OPEN


def test_the_limb_on_compliance_is_said_to_be_unasked(cover: Cover) -> None:
    lines = cover({})
    told = {code for code, result in lines.items() if result.unasked}
    assert told == {f"hkex:{number}.GD" for number in ("A1", "B1", "B2", "B6", "B7")}


def test_a_waste_target_has_to_be_about_waste(cover: Cover) -> None:
    answers = {
        "P3.S1.I1": "公司制定《危险废物管理制度》和减废工作计划，年度目标为万元产值能耗下降3%。",
        "P3.S5.I1": "危险废物全部交有资质单位处置；一般工业固体废物分类回收利用。",
    }
    assert cover(answers)["hkex:A1.6"].state is PARTLY
    answers["P3.S1.I1"] = "公司制定《危险废物管理制度》和减废工作计划，目标为危险废物产生量下降3%。"
    assert cover(answers)["hkex:A1.6"].state is MET


@pytest.mark.parametrize(
    ("code", "figure", "fits"),
    [
        ("hkex:A1.3", "12吨", True),
        ("hkex:A1.3", "12吨标准煤", False),
        ("hkex:A1.3", "12%", False),
        ("hkex:A2.2", "8.7万立方米", True),
        ("hkex:A1.2", "1.86万吨二氧化碳当量", True),
        ("hkex:A1.2", "57%", False),
        ("hkex:B5.2", "48家", True),
        ("hkex:B5.2", "24项", False),
        ("hkex:B6.2", "7起", True),
        ("hkex:B8.2", "378小时", True),
        ("hkex:B8.2", "11次", False),
        ("hkex:B2.2", "64小时", True),
        ("hkex:B2.2", "3年", False),
    ],
)
def test_a_figure_has_to_be_of_the_unit(code: str, figure: str, fits: bool) -> None:
    from checker.text.ground.quantities import find_quantities

    disclosure = load_catalogues().find(code, 2024)
    assert disclosure is not None
    (quantity,) = find_quantities(figure)
    assert wanted_of(disclosure, code, load_figures(), frozenset()).fits(quantity) is fits


def test_the_quote_is_the_sentence_about_it_and_not_a_heading() -> None:
    text = Text("双碳工作措施如下：\n推进光伏发电和设备电气化。食堂改造完成。")
    found = find_statement(text, "双碳工作措施如下", frozenset({"光伏"}))
    assert found.quote == "推进光伏发电和设备电气化"
    assert find_statement(Text("共节约12吨。"), "共节约12吨", frozenset()).shortfall is Shortfall.STATEMENT


def test_what_is_answered_as_asked_is_owed_by_nobody(
    capsys: pytest.CaptureFixture[str], check_answers: Callable[..., Report], reader: Reader
) -> None:
    from checker.report.disclosure_terminal import print_coverage
    from checker.report.disclosure_view import build_coverage
    from checker.wording import wording

    edition = reader.catalogues.edition("hkex", 2024)
    assert edition is not None
    text = "公司每月抄表，追踪用水目标的完成情况，2024年用水11.2万吨。"
    handed = {
        "P3.S2.I1": "动力能源均依托中信戴卡。",
        "P3.S1.I1": "公司制定《能源管理办法》，节能目标为能耗下降3%。",
        "P1.S3.I4": "举报渠道由中信戴卡统一受理。",
    }
    view = build_coverage(reader, edition, [check_answers({"P3.S2.I2": text, **handed})], wording())
    assert "A2.2" in {row.number for row in view.asked_in_part}
    print_coverage(view, "中信戴卡", "填报", wording())
    out = capsys.readouterr().out
    complete = out.partition("已按问卷答全，问卷只问到一部分")[2].partition("问卷没有问到")[0]
    assert "  A2.2  " in complete
    waits = out.partition("尚不能披露")[2].partition("已按问卷答全")[0]
    assert "  A2.2  " not in waits
    # what is left to the parent waits for the parent; where it may not be left to it, for the company
    block = waits.partition("  B7.2  ")[2].partition("  B7.3  ")[0]
    of_company, of_parent = block.split("等 中信戴卡（示例公司 依托）")
    assert "举报渠道" in of_parent
    assert "举报渠道" not in of_company
    block = waits.partition("  A2.3  ")[2].partition("  A2.4  ")[0]
    assert "等 中信戴卡" not in block
    assert "等 示例公司" in block
    assert "不可依托" in block


@pytest.mark.parametrize(
    ("code", "item", "answer", "state"),
    [
        ("hkex:B2.2", "P2.S4.I1", "全年轻伤1起，因工伤损失工作日12天。", MET),
        ("hkex:B2.2", "P2.S4.I4", "报告期内未发生轻伤及以上事故。", MET),
        ("hkex:B1.1", "P2.S1.I1", "年末在册员工486人，劳动合同签订率100%。", PARTLY),
        ("hkex:B1.2", "P2.S1.I6", "全年新招52人，离职率6.2%。", PARTLY),
        ("hkex:B4.1", "P1.S1.I3", "人权方面，录用时核验身份证件。", MET),
        ("hkex:B5.1", "P5.S1.I1", "在册供应商143家。", PARTLY),
    ],
)
def test_what_no_question_asks_is_found_where_it_is_told(
    cover: Cover, code: str, item: str, answer: str, state: DisclosureState
) -> None:
    assert cover({})[code].state is DisclosureState.NOT_ASKED
    found = cover({item: answer})[code]
    assert found.state is state
    assert found.proof[0].item == item
    assert found.proof[0].evidence in answer


@pytest.mark.parametrize(
    ("code", "item", "answer"),
    [
        ("hkex:B2.2", "P2.S4.I1", "2022年因工伤损失工作日12天。"),
        ("hkex:B2.2", "P2.S4.I1", "目标为损失工作日不超过12天。"),
        ("hkex:B1.2", "P2.S1.I6", "力争离职率降到5%。"),
        ("hkex:B1.1", "P2.S1.I1", "公司尊重每一位员工。"),
        ("hkex:B5.1", "P5.S1.I1", "供应商由总部统一管理。"),
    ],
)
def test_an_aim_another_year_or_bare_words_tell_nothing_unasked(
    cover: Cover, code: str, item: str, answer: str
) -> None:
    assert cover({item: answer})[code].state is DisclosureState.NOT_ASKED


def test_a_stated_nil_of_offences_is_the_limb_on_compliance(cover: Cover) -> None:
    told = "2024年识别新法规14项，合规性评价1次，未发现违法违规，未受到环保处罚。"
    assert cover({"P3.S1.I2": told})["hkex:A1.GD"].unasked is None
    other = cover({"P3.S1.I2": "识别新法规14项。", "P4.S1.I1": "产品未发生违规行为。"})["hkex:A1.GD"]
    assert other.unasked is not None
