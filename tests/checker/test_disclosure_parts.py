"""Disclosures whose parts are known: told wholly when enough of them are, in whatever answer they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from checker.finding import Report
from checker.reading.carriers import DisclosureResult, DisclosureState
from checker.reading.disclosures import Reader, load_reader
from checker.reading.proving import Shortfall
from questionnaire.editions import newest
from questionnaire.schema import Schema

MET, PARTLY, DELEGATED = DisclosureState.MET, DisclosureState.PARTLY, DisclosureState.DELEGATED
OPEN, NOT_ASKED = DisclosureState.OPEN, DisclosureState.NOT_ASKED
Cover = Callable[[dict[str, str], str], dict[str, DisclosureResult]]


@pytest.fixture(scope="module")
def readers(schema: Schema) -> dict[int, Reader]:
    return {year: load_reader(schema, newest().all_links(year)) for year in (2024, 2025)}


@pytest.fixture
def cover(
    check_answers: Callable[..., Report], readers: dict[int, Reader]
) -> Callable[..., DisclosureResult]:
    def run(answers: dict[str, str], code: str, year: int = 2024) -> DisclosureResult:
        found = readers[year].cover(check_answers(answers), code.partition(":")[0])
        return next(result for result in found if result.code == code)

    return run


RULES = {"P1.S3.I2": "制定《廉洁从业管理办法》，纪检委员每季检查。"}
INNOVATION = {
    "P5.S2.I1": "设技术中心，立项、中期、结题三审。研发投入3,186万元，占营业收入2.7%。",
    "P5.S3.I1": "申请专利14件，授权8件。",
}
WATER = "2024年取水11.2万吨，每月抄表追踪用水目标。"


@pytest.mark.parametrize(
    ("answers", "code", "state"),
    [
        ({"P3.S2.I2": WATER}, "hkex:A2.2", PARTLY),  # no intensity
        ({"P3.S2.I2": WATER.replace("，每月", "，单件取水0.13立方米/件，每月")}, "hkex:A2.2", MET),
        ({"P3.S2.I1": "2024年用电1,386万千瓦时。"}, "hkex:A2.1", PARTLY),
        ({"P3.S2.I1": "2024年用电1,386万千瓦时，天然气62.4万立方米。"}, "hkex:A2.1", MET),
        # a row names the unit of its figures, an aim that of what was reached
        (
            {
                "P3.S2.I1": "用能\t2023\t2024\n外购电（万千瓦时）\t9,057\t9,284\n用气（万立方米）\t2,155\t2,188"
            },
            "hkex:A2.1",
            MET,
        ),
        ({"P3.S2.I1": "实绩：电 31,640 MWh；gas 5.28 million m³。"}, "hkex:A2.1", MET),
        ({"P3.S4.I2": "单位产品碳排放按月跟踪；目标20.9 kg/件，实际20.7。"}, "gri:305-4", MET),
        ({"P3.S4.I2": "单位产品碳排放按月跟踪；目标20.9 kg/件。"}, "gri:305-4", NOT_ASKED),
        ({"P3.S5.I1": "范围一47,305吨、范围二49,818吨，合计97,123吨二氧化碳当量。"}, "cn-ex:art-24", MET),
        ({"P3.S5.I1": "范围一47,305吨二氧化碳当量。"}, "cn-ex:art-24", PARTLY),
        # what no question asks for and answers tell
        ({"P1.S1.I3": "录用时核验身份证，不招用童工，加班自愿，不强迫劳动。"}, "hkex:B4.GD", MET),
        ({"P1.S1.I3": "录用时核验身份证，不招用童工。"}, "hkex:B4.GD", PARTLY),
        ({}, "hkex:B4.GD", NOT_ASKED),
        ({"P6.S1.I2": "本地采购1,830万元，占自采的71%。"}, "gri:204-1", MET),
        ({"P2.S2.I6": "集体合同2022年3月签，期限三年，覆盖工人412人。"}, "gri:2-30", MET),  # it still holds
        (
            {"P3.S5.I1": "废气经布袋除尘后排放。危险废物48.8吨，交持证单位。"},
            "hkex:A1.1",
            OPEN,
        ),  # waste is no emission
        ({"P1.S1.I3": "不用童工。"}, "gri:409-1", NOT_ASKED),  # no way round by another line: it was decided
        ({"P6.S1.I2": "本地采购1,830万元。"}, "gri:204-1", PARTLY),
        ({"P2.S4.I2": "岗中体检692人，职业病0例。"}, "gri:403-10", MET),
        ({"P2.S1.I3": "2024年受理歧视投诉0起。"}, "gri:406-1", MET),
        ({"P1.S3.I1": "2024年没有因不正当竞争被起诉或处罚。"}, "gri:206-1", MET),
        ({"P1.S1.I3": "不招18岁以下的，护照由本人保管。"}, "hkex:B4.GD", PARTLY),
        # one of the parts, both, all of them
        ({"P5.S1.I1": "对危废承运商逐家查许可证。"}, "hkex:B5.3", PARTLY),
        ({"P5.S1.I1": "对危废承运商逐家查许可证，对劳务外包商查工资单。"}, "hkex:B5.3", MET),
        (INNOVATION, "cn-ex:art-42", PARTLY),
        (INNOVATION | {"P4.S1.I1": "技术人员41人参与新品开发。"}, "cn-ex:art-42", MET),
        # a topic is judged like its article
        (INNOVATION, "cn-ex:topic-11", PARTLY),
        # a table that is drawn with wide strokes; what heads a column is said of its figures
        ({"P2.S3.I1": "类别｜场次｜人均学时\n管理人员｜14｜18\n技术员｜22｜24"}, "hkex:B3.2", PARTLY),
        ({"P3.S2.I1": "措施｜年省\n余热利用｜610 MWh\n变频｜145 MWh"}, "gri:302-4", MET),
        # what was reached is told in the unit in which its namesake was aimed at, in an earlier sentence
        ({"P3.S2.I1": "目标：电≤1,980kWh/t，气≤272m³/t。实绩：电1,951，气268.6。"}, "gri:302-3", MET),
        ({"P3.S2.I1": "目标：电≤1,980kWh/t，气≤272m³/t。人员：电6，气8。"}, "gri:302-3", PARTLY),
        # a number with a comma in it is one number, and no end of a clause
        ({"P2.S2.I6": "工资协议一年一签，最低档2,150→2,240元/月。"}, "gri:202-1", PARTLY),
        # how emissions were worked out; what a product's footprint rests on is another thing
        ({"P3.S3.I1": "外购电因子按0.5366tCO2/MWh算。"}, "hkex:B14.quantitative", PARTLY),
        ({"P3.S3.I3": "产品足迹的排放因子取自数据库。"}, "hkex:B14.quantitative", NOT_ASKED),
        # money given here and there is no account of the value that was made
        ({"P6.S2.I2": "向村小捐桌椅40套，1.6万元。"}, "gri:201-1", NOT_ASKED),
        ({"P6.S2.I2": "向村小捐桌椅40套，1.6万元。"}, "gri:203-1", PARTLY),
        # what the question asks only in part, and who does it
        ({"P2.S2.I2": "体检、班车、餐补人人有。"}, "gri:401-2", PARTLY),
        ({"P2.S2.I2": "体检、班车、餐补人人有，含派遣工。"}, "gri:401-2", MET),
        ({"P2.S4.I2": "应检213人，实检211人，疑似、确诊均0。"}, "gri:403-10", MET),
        ({"P2.S4.I2": "在岗体检211人，查出疑似噪声聋1人。"}, "gri:403-10", PARTLY),
        ({"P3.S5.I1": "废气：颗粒物4.1t、NOx 9.7t。"}, "gri:305-7", PARTLY),
        ({"P3.S5.I1": "废气：颗粒物4.1t、NOx 9.7t、SO2 0.4t。"}, "gri:305-7", MET),
        # nobody asks for the limb on compliance: it is named, and the line stands
        (
            {
                "P2.S4.I1": "安全生产责任书由总经理签到班组，共97份。",
                "P2.S4.I2": "每个岗位辨识危害因素，抛丸、喷漆岗位配供气面罩，每2小时轮换。",
                "P2.S4.I4": "车间装冷风机68台，夏天操作位实测不超33度。",
            },
            "hkex:B2.GD",
            MET,
        ),
    ],
)
def test_states(
    cover: Callable[..., DisclosureResult], answers: dict[str, str], code: str, state: DisclosureState
) -> None:
    found = cover(answers, code)
    assert found.state is state
    for carrier in found.proof:
        assert any(carrier.evidence in text for text in answers.values())


@pytest.mark.parametrize(
    ("answers", "code", "year", "state", "quote"),
    [
        # terse as plants abroad write: the unit leads the line
        (
            {"P3.S5.I1": "危废（t）：铝灰 1,240、废乳化液 186、漆渣 74 → 1,500。"},
            "hkex:A1.3",
            2024,
            MET,
            "1,240",
        ),
        ({"P3.S3.I1": "tCO2e：S1 12,219；S2 20,925。"}, "hkex:D28(b)", 2025, MET, "20,925"),
        # addends whose unit their total alone names
        (
            {"P3.S3.I3": "自己做了盘查：范围一 29,560、范围二 60,900，共 90,460 tCO₂e。"},
            "hkex:D28(a)",
            2025,
            MET,
            "29,560",
        ),
        # persons behind a word for them
        ({"P2.S1.I1": "在册 486：男 322 / 女 164。"}, "hkex:B1.1", 2024, PARTLY, "486"),
        # nothing behind a word for what happens
        ({"P4.S1.I2": "客户退回 1,204 件，整批召回 0。"}, "hkex:B6.1", 2024, MET, "召回 0"),
        # a sum leaves its currency to the one before it
        ({"P3.S3.I4": "资本性支出总盘 9,600 万泰铢，低碳 2,304 万。"}, "hkex:D33", 2025, MET, "2,304 万"),
        # ten thousands of nothing, where money is asked for
        ({"P3.S3.I4": "屋顶光伏120kWp 68.5万。"}, "hkex:D33", 2025, MET, "68.5万"),
        # a target of a year to come, whatever year it is measured against
        (
            {
                "P3.S3.I1": "目标：厂里领到的数是2030年Scope 1+2比2022年降42%。",
                "P3.S4.I2": "目标：每件20.9 kg。",
            },
            "hkex:D37",
            2025,
            MET,
            "42%",
        ),
    ],
)
def test_figures_whose_unit_stands_elsewhere(
    cover: Callable[..., DisclosureResult],
    answers: dict[str, str],
    code: str,
    year: int,
    state: DisclosureState,
    quote: str,
) -> None:
    found = cover(answers, code, year)
    assert (found.state, any(quote in carrier.evidence for carrier in found.proof)) == (state, True)


def test_the_limb_stays_named_beside_a_line_that_is_told(cover: Callable[..., DisclosureResult]) -> None:
    found = cover({"P1.S3.I1": "公司杜绝贿赂、勒索、欺诈、洗钱。", **RULES}, "hkex:B7.GD")
    assert found.state is PARTLY
    whole = {"P1.S3.I1": "供应、外协经办人38名签《拒收礼金承诺书》杜绝贿赂，发票逐张验真防欺诈。", **RULES}
    found = cover(whole, "hkex:B7.GD")
    assert (found.state, found.unasked is not None) == (MET, True)


def test_deeds_of_its_own_count_beside_what_the_parent_does(cover: Callable[..., DisclosureResult]) -> None:
    handed = {"P3.S3.I1": "双碳路径与目标依托中信戴卡统一制定。", "P3.S4.I2": "依托中信戴卡。"}
    assert cover(handed, "hkex:D22(a)", 2025).state is DELEGATED
    own = handed | {"P3.S2.I1": "更换永磁空压机3台，热处理炉门加装气帘，班组电表日清日结。"}
    found = cover(own, "hkex:D22(a)", 2025)
    assert found.state is PARTLY
    assert {carrier.item for carrier in found.proof} == {"P3.S2.I1"}


@pytest.mark.parametrize(
    "words",
    [
        "公司应当优先采购环保材料。",  # a duty
        "2022年优先采购环保材料一批。",
        "二〇二二年优先采购环保材料一批。",
    ],
)
def test_a_duty_or_another_year_tells_nothing(cover: Callable[..., DisclosureResult], words: str) -> None:
    told = {"P5.S1.I1": f"供应商现场考察21家。{words}"}
    own = {"P5.S1.I1": "供应商现场考察21家。辅料优先采购环保材料。"}
    assert cover(own, "hkex:B5.4").state is PARTLY
    assert cover(told, "hkex:B5.4").state is NOT_ASKED


def test_numbers_that_add_up_to_nothing_have_no_unit(cover: Callable[..., DisclosureResult]) -> None:
    answer = {"P3.S3.I3": "自己做了盘查：范围一 29,560、范围二 60,900，共 91,460 tCO₂e。"}
    assert not cover(answer, "hkex:D28(a)", 2025).proof


@pytest.mark.parametrize(
    ("item", "words", "code"),
    [
        ("P5.S1.I1", "对供应商的环境、劳工、廉洁审查今后将加强。", "hkex:B5.3"),  # a plan
        ("P3.S1.I2", "废弃物管理：法务持续关注。", "hkex:A1.6"),  # watched, no more
        ("P1.S3.I2", "廉洁风气持续向好，员工廉洁意识明显增强。", "hkex:B7.GD"),  # a bare claim
        (
            "P3.S1.I2",
            "废弃物管理：7月把压铸冷却水改成闭路，每天少补水60立方米。",
            "hkex:A1.6",
        ),  # of another subject
    ],
)
def test_plans_claims_and_what_is_out_of_place_prove_nothing(
    cover: Callable[..., DisclosureResult], item: str, words: str, code: str
) -> None:
    assert cover({item: words}, code).state is OPEN


def test_addends_that_do_not_add_up_are_told_and_disputed(cover: Callable[..., DisclosureResult]) -> None:
    found = cover(
        {"P3.S5.I1": "危险废物：铝灰渣284.0吨、废乳化液76.5吨，合计391.7吨，交持证单位。"}, "hkex:A1.3"
    )
    (proof,) = found.proof
    assert (found.state, proof.lacks, proof.rules) == (PARTLY, Shortfall.CONTESTED, ("sum-mismatch",))


def test_another_sentence_does_not_stand_in_for_a_disputed_total(
    cover: Callable[..., DisclosureResult],
) -> None:
    waste = "一般固废：废木托63t，废包装28t，生活垃圾71t，共152t。\n资源：铝屑回炉1,940t，材料利用率83.5%。"
    found = cover({"P3.S5.I1": waste}, "hkex:A1.4")
    (proof,) = (carrier for carrier in found.carriers if carrier.aspect == "P3.S5.I1.f")
    assert (found.state, proof.lacks, proof.rules) == (PARTLY, Shortfall.CONTESTED, ("sum-mismatch",))


def test_gas_is_no_water(cover: Callable[..., DisclosureResult]) -> None:
    found = cover({"P3.S2.I1": "实绩：气198万m³，0.86m³/件。"}, "hkex:A2.2")
    assert not found.proof


def test_a_fact_beside_what_is_handed_over_tells_nothing_of_it(
    cover: Callable[..., DisclosureResult],
) -> None:
    found = cover(
        {"P3.S4.I1": "均依托中信戴卡。", "P1.S1.I3": "气候：8月高温限电停产3天，靠夜班补回。"},
        "hkex:D19(b)",
        2025,
    )
    assert found.state is DisclosureState.DELEGATED


FINED = "8月因标签填写不全，被当地生态环境部门罚款2万元。"


@pytest.mark.parametrize(
    ("clean", "state"),
    [
        ("证照均在有效期内，全年未受到任何行政处罚。", OPEN),  # what is left of it is no answer
        ("证照均在有效期内，除此之外未受到其他行政处罚。", MET),
        ("证照均在有效期内，未发生安全生产行政处罚。", MET),  # of another kind
    ],
)
def test_a_fine_and_no_fine_at_all_prove_nothing(
    cover: Callable[..., DisclosureResult], clean: str, state: DisclosureState
) -> None:
    assert cover({"P1.S2.I1": clean}, "gri:2-27").state is MET
    assert cover({"P1.S2.I1": clean, "P3.S5.I1": FINED}, "gri:2-27").state is state


def test_a_certificate_with_impossible_dates_is_none(cover: Callable[..., DisclosureResult]) -> None:
    quality = {
        "P4.S1.I2": "成品逐件气密检验，不合格品隔离、评审、返工，召回0起。{}",
        "P4.S2.I1": "2024年投诉6件，均已关闭，每季走访前五大客户。",
    }

    def state(dates: str) -> DisclosureState:
        return cover({item: words.format(dates) for item, words in quality.items()}, "cn-ex:art-47").state

    assert state("IATF 16949证书于2024年6月12日换发，有效期至2027年6月11日。") is MET
    assert state("IATF 16949证书于2024年6月12日换发，有效期至2023年6月11日。") is PARTLY


def test_the_parts_of_an_edition_hold_in_its_years(readers: dict[int, Reader]) -> None:
    """From 2025 a target for greenhouse gas stands in Part D."""
    names = {
        year: {part.zh for part in reader.links.parts["hkex:A1.5"].of} for year, reader in readers.items()
    }
    assert "碳目标" in names[2024]
    assert "碳目标" not in names[2025]


def test_what_a_report_does_not_have_is_not_handed_over(
    readers: dict[int, Reader], check_answers: Callable[..., Report]
) -> None:
    without = replace(check_answers({}), items=())
    states = {found.state for found in readers[2025].cover(without, "hkex")}
    assert DisclosureState.DELEGATED not in states
