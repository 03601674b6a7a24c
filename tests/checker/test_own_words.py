"""What is judged by the words of its ask alone: another ask's fact is no proof, and states agree with findings."""

from __future__ import annotations

from functools import cache

import pytest

from checker.checking.engine import check
from checker.finding import ItemResult, Report
from questionnaire.answers import Answer, Place, Profile, Return
from questionnaire.loader import read_schema
from questionnaire.schema import Schema
from questionnaire.vocabulary import Option

EDITION = """\
id: anhe-2025
title: 安禾水务问卷
year: 2025
source: 虚构
parent: {name: 安禾水务}
profile:
- {id: company, label: 公司名称}
- {id: year, label: 报告年度}
- {id: employees, label: 员工总数}
"""
# question, and for each aspect: ask, then its evidence, figure and unit where it is a figure
FIGURE = "evidence: figure, figure: required, unit:"
ITEMS: dict[str, tuple[str, ...]] = {
    "请填写2025年能源用量。": (
        f"外购电力用量, {FIGURE} [万千瓦时]", f"天然气用量, {FIGURE} [万立方米]", f"柴油用量, {FIGURE} [吨]",
        f"外购蒸汽用量, {FIGURE} [吨]",
    ),
    "取水总量（立方米）及单位产品耗水量（立方米/吨）。": (
        f"取水总量（立方米）, {FIGURE} [立方米]", f"单位产品耗水量（立方米/吨）, {FIGURE} [立方米, 吨]",
    ),
    "请分别说明一般固废和危险废物的产生量及处置去向。": (
        f"一般固废的产生量, {FIGURE} [吨]", f"危险废物的产生量, {FIGURE} [吨]",
        "一般固废的处置去向", "危险废物的处置去向",
    ),
    "请说明污水处理方式及执行的排放标准。": ("污水处理方式", "执行的排放标准"),
    "社区公益的主要项目、投入金额（万元）及志愿服务时长（小时）。": (
        "社区公益的主要项目", f"社区公益的投入金额（万元）, {FIGURE} [万元]",
        f"社区公益的志愿服务时长（小时）, {FIGURE} [小时]",
    ),
    "请说明隐患排查治理和职业病防护的做法，以及工伤起数。": (
        "隐患排查治理的做法", "职业病防护的做法", f"工伤起数, {FIGURE} [起]",
    ),
    "请说明节水的主要措施及取得的成效。": (
        "节水的主要措施", f"节水取得的成效, {FIGURE} [case-specific]",
    ),
    "是否取得管理体系认证？如是，请提供证书编号、覆盖范围和有效期。": (
        "是否取得管理体系认证, evidence: yes-no", "证书编号, after: 'yes'", "覆盖范围, after: 'yes'",
        "有效期, evidence: date, figure: required, unit: [date], after: 'yes'",
    ),
    "员工总数，以及按性别、用工形式（劳动合同、劳务派遣）划分的人数。": (
        f"员工总数, {FIGURE} [人]", f"按性别划分的人数, {FIGURE} [人]",
        f"按用工形式（劳动合同、劳务派遣）划分的人数, {FIGURE} [人]",
    ),
    "请说明举报渠道（如电话、邮箱）以及对举报人的保护措施。": (
        "举报渠道", "对举报人的保护措施", "电话, need: example", "邮箱, need: example",
    ),
    "请按性别、年龄说明2025年末员工人数构成。": (
        f"员工人数按性别构成, {FIGURE} [人]", f"员工人数按年龄构成, {FIGURE} [人]",
    ),
    "2025年危险废物产生量（吨）及处置方式。": (f"危险废物产生量（吨）, {FIGURE} [吨]", "处置方式"),
    "请说明供应商的考察方式和2025年考察的家数。": ("供应商的考察方式", f"考察的家数, {FIGURE} [家]"),
    "2025年公益捐赠金额（万元）、志愿服务人次。": (
        f"公益捐赠金额（万元）, {FIGURE} [万元]", f"志愿服务人次, {FIGURE} [人次]",
    ),
    "一般固废和危险废物的产生量及处置方式。": (
        f"一般固废的产生量, {FIGURE} [吨]", f"危险废物的产生量, {FIGURE} [吨]", "处置方式",
    ),
    "请列出反商业贿赂的制度名称和发布日期。": (
        "反商业贿赂的制度名称", "发布日期, evidence: date, figure: required, unit: [date]",
    ),
}  # fmt: skip
TABLE = (
    "能源\t单位\t2025年\n外购电力\t万千瓦时\t1,286.4\n天然气\t万立方米\t38.6\n柴油\t吨\t52\n外购蒸汽\t吨\t0"
)
ENERGY, WATER, WASTE, SEWAGE, DEEDS, SAFETY, SAVING, CERTIFIED, STAFF = (f"P1.S1.I{n}" for n in range(1, 10))
REPORTS, AGES, HAZARDOUS, SUPPLIERS, GIFTS, WASTES, RULES = (f"P1.S1.I{n}" for n in range(10, 17))
WHOLLY = ("请列出反商业贿赂的制度名称和发布日期。",)  # may be left to the parent whole


def _part() -> str:
    lines = ["part: 1", "title: 问卷", "sections:", "- section: 1", "  title: 环境", "  items:"]
    for number, (question, asks) in enumerate(ITEMS.items(), start=1):
        policy = "'yes'" if question in WHOLLY else "with-explanation"
        lines += [f"  - id: P1.S1.I{number}", f"    key: q.0a1b2c3d4e0{number:x}", f"    marker: （{number}）",
                  f"    question: {question}", f"    delegable: {policy}",
                  "    delegable_reason: 见通知。",
                  "    not_applicable: with-reason"]  # fmt: skip
        lines += ["    options: true"] if "是否" in question else []
        lines += ["    aspects:"]
        for letter, ask in zip("abcd", asks, strict=False):
            words, _, rest = ask.partition(", ")
            lines.append(
                f"    - {{id: P1.S1.I{number}.{letter}, ask: {words}, hint: {words}{rest and ', '}{rest}}}"
            )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    folder = tmp_path_factory.mktemp("edition")
    (folder / "edition.yaml").write_text(EDITION, encoding="utf-8")
    (folder / "part1.yaml").write_text(_part(), encoding="utf-8")
    return read_schema(folder)


@cache
def _place(item: str) -> Place:
    return Place("甲.xlsx", "问卷", f"F{item.rpartition('I')[2]}")


def report(own: Schema, answers: dict[str, str], option: Option | None = None, employees: str = "") -> Report:
    """The report on a return of some answers."""
    given = tuple(
        Answer(item, text, _place(item), option=option if own.by_id[item].options else None)
        for item, text in answers.items()
    )
    profile = Profile((("employees", employees),) if employees else ())
    return check(own, Return("甲.xlsx", "0" * 64, "甲水厂", 2025, given, profile), strict=True)


def result(found: Report, item: str) -> ItemResult:
    """An item of a report."""
    return next(each for each in found.items if each.id == item)


def states(found: ItemResult) -> str:
    """A letter an aspect: D disclosed, F disclosed without its figure, N not applicable, M missing."""
    return "".join(
        "F"
        if each.lacks_figure
        else {"disclosed": "D", "not_applicable": "N", "missing": "M"}[each.state.value]
        for each in found.aspects
    )


@pytest.mark.parametrize(
    ("item", "answer", "expected"),
    [
        # of several amounts each goes by its own name
        (ENERGY, "电 856\n天然气 12", "DDMM"),
        (ENERGY, "外购电力1,286万千瓦时，柴油52吨，不使用天然气和蒸汽。", "DDDD"),
        (ENERGY, TABLE, "DDDD"),
        # a total is no intensity
        (WATER, "取水12万吨。", "DM"),
        (WATER, "取水总量18.6万立方米，单位产品耗水量5.8立方米/吨。", "DD"),
        (WATER, "取水总量2.4万立方米。本公司没有产品，不适用单位产品耗水量。", "DN"),
        # an amount tells nothing of where it went
        (WASTE, "一般固废50吨，危险废物8吨。", "DDMM"),
        (WASTE, "一般固废50吨卖给再生资源公司；危险废物8吨交有资质单位处置。", "DDDD"),
        # 达标 is no standard
        (SEWAGE, "污水经处理达标后排放。", "DM"),
        (SEWAGE, "污水经厌氧加好氧处理，执行GB 18918一级A标准。", "DD"),
        # a nil answers what is asked of its matter
        (DEEDS, "为村小学捐赠净水器12台，投入8.5万元；无志愿服务活动。", "DDD"),
        (DEEDS, "2025年未参与社区公益，无投入。", "DDD"),
        (DEEDS, "参加社区慰问，捐款5万元。", "DDM"),
        (SAFETY, "2025年未发生工伤。每月组织隐患排查治理，整改隐患42项。", "DMD"),
        (STAFF, "员工总数300人，其中男180人，女120人；劳动合同290人，劳务派遣10人。", "DDD"),
        (STAFF, "员工300人。", "DMM"),
        # the kind of value that is asked for is an answer without its name
        (REPORTS, "jubao@anhe.example，0510-88001234", "DMDD"),
        (REPORTS, "邮箱 jubao@anhe.example。对举报人信息严格保密。", "DDMD"),
        (REPORTS, "严禁向被举报人透露。", "MDMM"),
        (AGES, "30岁以下50人，30—50岁130人，50岁以上26人", "MD"),
        (AGES, "男150人，女56人", "DM"),
        (SUPPLIERS, "发问卷加现场审核，全年共37家。", "DD"),
        (SUPPLIERS, "委托第三方评估，全年共37家。", "DD"),
        (SUPPLIERS, "由采购部组织公司内部人员讨论，全年共37家。", "MD"),
        (SUPPLIERS, "没有发问卷，全年共37家。", "MD"),
        # a denial of the matter answers what follows from it, of several only one of all
        (HAZARDOUS, "2025年未产生危险废物。", "DD"),
        (HAZARDOUS, "2025年未发生危险废物泄漏，产生8吨。", "DM"),
        (WASTES, "一般固废50吨，未产生危险废物。", "DDM"),
        (GIFTS, "未捐款；组织志愿者215人次。", "DD"),
        (GIFTS, "未招工；组织志愿者215人次。", "MD"),
    ],
)  # fmt: skip
def test_each_part_has_its_own_words(item: str, answer: str, expected: str, own: Schema) -> None:
    assert states(result(report(own, {item: answer}), item)) == expected


def test_a_certificate_is_no_number(own: Schema) -> None:
    found = report(own, {CERTIFIED: "已取得认证，有效期至2027年5月31日。"}, Option.YES)
    assert states(result(found, CERTIFIED)) == "DMMD"
    found = report(
        own, {CERTIFIED: "编号 001EMS2300456，覆盖制水全过程，有效期至2027年5月31日。"}, Option.YES
    )
    assert states(result(found, CERTIFIED)) == "DDDD"


def test_words_without_the_figure_leave_an_item_open(own: Schema) -> None:
    """The words are there, the figure is not: that is told once, and the item is not called answered."""
    found = report(own, {SAVING: "对滤池反冲洗水回收利用，并更换老旧管网的阀门，节水取得了显著的成效。"})
    item = result(found, SAVING)
    assert (item.state.value, states(item)[1]) == ("partial", "F")
    told = [(each.rule, each.evidence) for each in found.findings if each.item == SAVING]
    assert ("figure-missing", ("节水取得了显著的成效",)) in told
    assert "vague-claim" not in dict(told)


def test_a_figure_without_its_unit_is_told_as_such(own: Schema) -> None:
    found = report(own, {ENERGY: "电 856\n天然气 12"})
    rules = {each.rule: each for each in found.findings if each.item == ENERGY}
    assert set(rules) == {"aspect-missing", "unit-missing"}
    assert rules["unit-missing"].params["count"] == 2
    assert result(found, ENERGY).state.value == "partial"


def test_what_contradicts_its_option_is_not_answered(own: Schema) -> None:
    found = report(own, {CERTIFIED: "证书编号 001EMS2300456，覆盖制水，有效期至2027年5月31日。"}, Option.NO)
    assert "option-contradicted" in {each.rule for each in found.findings}
    assert result(found, CERTIFIED).state.value == "partial"


def test_what_must_be_mended_is_not_answered(own: Schema) -> None:
    found = report(own, {STAFF: "员工总数300人，其中男200人，女120人；劳动合同290人，劳务派遣10人。"})
    assert "sum-mismatch" in {each.rule for each in found.findings}
    assert result(found, STAFF).state.value == "partial"


def test_a_copy_is_one_finding(own: Schema) -> None:
    words = "公司大力推进节水工作，更换了一批设备，取得了显著的成效，用水量大幅下降，员工意识明显增强。"
    found = report(own, {SEWAGE: words, SAFETY: words})
    assert [each.rule for each in found.findings if each.item == SAFETY] == ["copied-within-return"]


def test_the_head_count_of_an_answer_is_that_of_the_profile(own: Schema) -> None:
    answer = {STAFF: "员工总数300人，其中男180人，女120人；劳动合同290人，劳务派遣10人。"}
    found = [
        each for each in report(own, answer, employees="310").findings if each.rule == "profile-doubtful"
    ]
    assert [(each.item, each.variant) for each in found] == [(STAFF, "employees-other")]
    assert not [each for each in report(own, answer, employees="300").findings if each.item == STAFF]


def test_an_explained_delegation_that_names_all_wants_nothing_more(own: Schema) -> None:
    words = (
        "污水处理方式和排放标准由安禾水务生产部统一规定（依据《安禾水务污水处理规程》，2021年起），"
        "本公司按规程执行GB 18918一级A标准，负责每日监测。"
    )
    found = report(own, {SEWAGE: words})
    assert [each.variant for each in found.findings if each.rule == "delegated-item"] in (
        [],
        ["explained-whole"],
    )


@pytest.mark.parametrize(
    ("answer", "severity"),
    [
        ("执行安禾水务《反商业贿赂管理办法》，由安禾水务发布，本公司全文转发。", "notice"),
        ("见安禾水务。", "warning"),
    ],
)
def test_what_is_wholly_the_parents_wants_its_source_alone(answer: str, severity: str, own: Schema) -> None:
    found = [each for each in report(own, {RULES: answer}).findings if each.rule == "delegated-item"]
    variants = {"notice": "explained-whole", "warning": "yes"}
    assert [(each.severity.value, each.variant) for each in found] == [(severity, variants[severity])]
