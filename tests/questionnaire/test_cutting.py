"""A question is cut into what it asks, by its own grammar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.drafting.cutting import cut
from questionnaire.drafting.kinds import kind_of
from tests.bench.cutting import INVENTED, RECALL, measured, other_lists, own_questions, shares

CASES = other_lists()


def test_this_questionnaire_is_cut_again() -> None:
    recall, invented = shares(*measured(own_questions()))
    assert recall >= RECALL
    assert invented <= INVENTED


@pytest.mark.parametrize("name", CASES)
def test_other_lists_are_cut(name: str) -> None:
    recall, invented = shares(*measured(CASES[name]))
    assert recall >= 0.88, [each for each in measured(CASES[name])[0] if each.lost]
    assert invented <= INVENTED


@pytest.mark.parametrize(
    ("question", "needs"),
    [
        ("风险管理流程，如风险识别、风险评估、风险应对等。", "reee"),
        ("福利（如医疗、年金、假期）", "reee"),
        ("包装材料用量的措施（如减量、回收等）", "r"),  # two examples only explain
        ("员工福利，包括医疗保险、企业年金等", "orr"),  # a head is the sum of its parts
        ("是否通过认证？如有，请提供证书编号。", "rr"),  # a condition is no example and binds
        ("请提供证书编号，如适用，请说明范围。", "ro"),
        ("按年论述（可按季度）", "ro"),
        ("", "r"),
        ("Training, such as courses, drills and talks", "reee"),
        ("Do you have a code? If yes, state its date.", "rr"),
    ],
)
def test_how_binding_the_words_are(question: str, needs: str) -> None:
    assert "".join(each.need.value[0] for each in cut(question)) == needs


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("是否包括实习生、兼职员工", ["是否包括实习生", "是否包括兼职员工"]),
        (
            "面向董事会、管理层和全体员工的培训",
            ["面向董事会的培训", "面向管理层的培训", "面向全体员工的培训"],
        ),
        ("受理和处理举报的流程", ["受理和处理举报的流程"]),  # two verbs with one object
        ("员工的诉求和建议", ["员工的诉求和建议"]),  # short nouns are one matter
        ("采取避免、减少、恢复或补偿等措施", ["采取避免、减少、恢复或补偿等措施"]),
        ("定性/定量目标", ["定性/定量目标"]),
        ("员工集体协议/女职工集体协议", ["员工集体协议", "女职工集体协议"]),
    ],
)
def test_what_is_one_matter_and_what_are_two(question: str, asks: list[str]) -> None:
    assert [each.ask for each in cut(question)] == asks


@pytest.mark.parametrize(
    ("question", "unit", "told"),
    [
        ("参训人次", "", ("figure", "required", ("人次",))),
        ("单位产品耗水量（立方米/吨）", "", ("figure", "required", ("立方米/吨",))),  # one unit
        ("处理能力（吨/日）", "", ("figure", "required", ("吨/日",))),
        (
            "电量（千瓦时/万千瓦时）",
            "",
            ("figure", "required", ("千瓦时", "万千瓦时")),
        ),  # of one kind: either
        ("取水量（万吨）", "", ("figure", "required", ("万吨",))),
        ("召回的批次", "", ("figure", "required", ("批", "批次"))),
        ("百万工时伤害率", "", ("figure", "required", ("case-specific",))),
        ("人均培训课时", "", ("figure", "required", ("小时",))),
        ("直接经济损失", "", ("figure", "required", ("万元",))),
        ("安全生产费用的主要用途", "", ("text", "none", ())),
        ("审核的完成时间", "", ("date", "required", ("date",))),
        ("天然气用量（立方米）", "", ("figure", "required", ("立方米",))),
        ("全年外购电量", "万千瓦时", ("figure", "required", ("万千瓦时",))),
        ("办结率", "", ("figure", "required", ("%",))),
        ("监测频率说明的制度", "", ("text", "none", ())),
        ("外购电力", "", ("figure", "required", ("千瓦时", "万千瓦时"))),
        ("装机容量", "", ("figure", "required", ("千瓦", "兆瓦"))),
        ("柴油", "", ("figure", "required", ("吨",))),
        ("培训投入", "", ("figure", "required", ("万元",))),
        ("审核家数", "", ("figure", "required", ("家",))),
        ("发现问题数", "", ("figure", "required", ("项", "个"))),
        ("是否发生安全事故", "", ("yes-no", "required", ())),
        ("证书有效期", "", ("date", "required", ("date",))),
        ("是否通过认证", "", ("yes-no", "none", ())),
        ("项目名称", "", ("list", "none", ())),
        ("培训成效", "", ("text", "expected", ("case-specific",))),
        ("Number of employees", "", ("figure", "required", ("人",))),
    ],
)
def test_what_proves_an_ask(question: str, unit: str, told: tuple[str, str, tuple[str, ...]]) -> None:
    kind = kind_of(cut(question)[0], unit)
    assert (kind.evidence.value, kind.figure.value, kind.unit) == told


YES, NO = "yes", "no"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "是否通过认证？如已通过，请提供证书编号和有效期；如否，请说明计划。",
            [("是否通过认证", ""), ("证书编号", YES), ("有效期", YES), ("计划", NO)],
        ),
        ("是否发生违法行为，如有请说明原因。", [("是否发生违法行为", ""), ("原因", YES)]),
        (
            "是否使用绿电？使用的请说明种类；未使用的请说明原因。",
            [("是否使用绿电", ""), ("种类", YES), ("原因", NO)],
        ),
        ("是否存在派遣用工？若有，人数及占比。", [("是否存在派遣用工", ""), ("人数", YES), ("占比", YES)]),
        (
            "是否将环境、社会标准纳入供应商准入？请说明准入流程。",  # one question behind one 是否
            [("是否将环境、社会标准纳入供应商准入", ""), ("准入流程", YES)],
        ),
        ("是否要求签署廉洁协议或行为准则？", [("是否要求签署廉洁协议或行为准则", "")]),
        (
            "培训的场次，是否覆盖管理层？",
            [("培训的场次", ""), ("是否覆盖管理层", "")],
        ),  # asks more than whether
        ("是否建立制度？是否经过审核？", [("是否建立制度", ""), ("是否经过审核", "")]),
        ("Do you have a code? If not, state your plan.", [("Do you have a code", ""), ("your plan", NO)]),
    ],
)
def test_what_is_asked_after_a_yes_or_a_no(question: str, told: list[tuple[str, str]]) -> None:
    assert [(each.ask, each.after.value if each.after else "") for each in cut(question)] == told


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        (
            "危险废物的产生量、贮存量和委托处置量",
            ["危险废物的产生量", "危险废物的贮存量", "危险废物的委托处置量"],
        ),
        ("培训总时长、人均学时、培训投入和覆盖率", ["培训总时长", "人均学时", "培训投入", "覆盖率"]),
        ("受理部门、本年度受理件数和办结率", ["受理部门", "本年度受理件数", "办结率"]),
        ("劳动合同签订率、社会保险参保率分别是多少？", ["劳动合同签订率", "社会保险参保率"]),
        (
            "民主管理情况，包括：（1）职代会召开次数；（2）提案数量及办理率。",
            ["民主管理情况", "职代会召开次数", "提案数量", "办理率"],
        ),
        ("请披露以下数据：（1）用电量；（2）用水量。", ["用电量", "用水量"]),
        ("负责人职务、成员部门及2025年召开会议的次数", ["负责人职务", "成员部门", "2025年召开会议的次数"]),
        (
            "反舞弊与商业道德方面的制度名称、举报渠道以及对举报人的保护措施",
            ["反舞弊与商业道德方面的制度名称", "举报渠道", "对举报人的保护措施"],
        ),
        ("产品召回的批次、召回原因及处置情况", ["产品召回的批次", "召回原因", "产品召回的处置情况"]),
        ("采取的主要措施（如余热回收等）及取得的成效", ["采取的主要措施（如余热回收等）", "取得的成效"]),
        ("污水处理方式、执行的排放标准、排放量", ["污水处理方式", "执行的排放标准", "排放量"]),
        (
            "请分别说明一般固废和危险废物的产生量及处置去向",
            ["一般固废的产生量", "危险废物的产生量", "一般固废的处置去向", "危险废物的处置去向"],
        ),
        (
            "包装减量、可回收或可降解材料使用方面的做法",
            ["包装减量方面的做法", "可回收或可降解材料使用方面的做法"],
        ),
        ("范围一、范围二排放量（吨）", ["范围一排放量（吨）", "范围二排放量（吨）"]),
        ("按性别、用工形式划分的人数", ["按性别划分的人数", "按用工形式划分的人数"]),
        ("供应商准入和评估时如何考虑环境", ["供应商准入时如何考虑环境", "供应商评估时如何考虑环境"]),
        ("再生纤维、有机棉的采购量及占原料的比重", ["再生纤维的采购量", "有机棉的采购量", "占原料的比重"]),
        ("钢材、水泥数量及涉案金额", ["钢材数量", "水泥数量", "涉案金额"]),
        ("节能项目、投入金额", ["节能项目", "投入金额"]),
        ("食物中毒、火灾等安全事故的起数", ["食物中毒、火灾等安全事故的起数"]),
        ("截至2025年12月31日，员工总数", ["员工总数"]),
        ("分析主要原因并提出改进措施", ["主要原因", "改进措施"]),
    ],
)
def test_what_a_list_shares_is_said_once(question: str, asks: list[str]) -> None:
    assert [each.ask for each in cut(question)] == asks


@given(
    st.text(
        alphabet="是否包括、，。；：（如）和及与等的在方面对将AB /,.;?() andincluding数量率年", max_size=60
    )
)
def test_whatever_is_asked_is_cut(question: str) -> None:
    cuts = cut(question)
    assert cuts
    assert len(cuts) <= 26
    for each in cuts:
        kind_of(each)
