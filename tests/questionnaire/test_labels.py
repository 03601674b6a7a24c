"""Questions are known by their words, whatever number stands before them; the form's own words are nobody's answer."""

from __future__ import annotations

import pytest

from questionnaire.reading.content import read_content
from questionnaire.reading.layout.headings import edits
from questionnaire.reading.layout.labels import is_label, label_end
from questionnaire.schema import Schema
from questionnaire.template import guidance
from tests.files.package import book, rows, zipped

LABELS = (
    "{n}. ", "{n}、", "{n}", "（{n}）", "({n})", "{n})", "{circled}", "{han}、", "（{han}）", "1.3.{n} ", "第{n}题 ",
    "第{han}题：", "### {n}. ", "**{n}.** ", "问题{n}：", "Q{n}: ", "{id} ", "[{id}] ", "{id}：", "{label} ", "{n}．\t",
    "{id}\t{label}\t", "问：", "1-3-{n} ", "{label}：问题：", "", "第{n}题\n", "{n}.\n", "{id}\n", "{label}\n",
    "{id}\n{label}\n",
)  # fmt: skip


def _told(schema: Schema, label: str) -> tuple[str, dict[str, str]]:
    lines, expected = ["青松底盘（示例）有限公司2024年度ESG报告"], {}
    for number, item in enumerate(schema.items, start=1):
        before = label.format(
            n=number, circled=chr(0x2460 + number % 20), han="三", id=item.id, label=schema.label(item.id)
        )
        expected[item.id] = f"本公司第{number}件事已于2024年6月办结，见记录{number}号。"
        lines += [before + item.question, expected[item.id]]
    return "\n".join(lines), expected


@pytest.mark.parametrize("label", LABELS)
def test_the_text_of_a_question_tells_its_item(label: str, schema: Schema) -> None:
    text, expected = _told(schema, label)
    found = read_content(text.encode(), "报告.txt", "", schema)
    assert {answer.item: answer.text for answer in found.answers} == expected
    assert len(found.answers) == len(expected)
    assert not found.unmatched


def test_the_answer_may_follow_on_the_line_of_the_question(schema: Schema) -> None:
    lines = [f"{n}. {item.question}：本公司办结{n}件。" for n, item in enumerate(schema.items, start=1)]
    found = read_content("\n".join(lines).encode(), "报告.txt", "", schema)
    assert [answer.text for answer in found.answers] == [
        f"本公司办结{n}件。" for n in range(1, len(lines) + 1)
    ]


def test_an_edited_question_behind_a_number_is_known(schema: Schema) -> None:
    item = schema.by_id["P1.S3.I4"]
    edited = item.question.replace("举报渠道", "举报的渠道").replace("流程", "程序")
    text = f"1. {schema.by_id['P1.S3.I1'].question}\n没有发生案件。\n2. {edited}\n收到举报0件。"
    found = read_content(text.encode(), "报告.txt", "", schema)
    assert [(a.item, a.text) for a in found.answers] == [
        ("P1.S3.I1", "没有发生案件。"), ("P1.S3.I4", "收到举报0件。"),
    ]  # fmt: skip
    assert found.answers[1].question == edited


@pytest.mark.parametrize(
    "title", ["1.4 资源使用", "2. 资源使用", "## 第3部分 环境责任", "资源使用", "9", "P3.S2 资源使用"]
)
def test_a_heading_in_another_count_is_no_answer(title: str, schema: Schema) -> None:
    first, second = schema.by_id["P1.S3.I1"], schema.by_id["P3.S2.I1"]
    text = f"1. {first.question}\n没有发生案件。\n{title}\n\n5. {second.question}\n用水1204吨。"
    found = read_content(text.encode(), "报告.txt", "", schema)
    assert [answer.text for answer in found.answers] == ["没有发生案件。", "用水1204吨。"]


def test_hints_copied_along_are_no_answer(schema: Schema) -> None:
    item = schema.by_id["P1.S3.I1"]
    for before in ("", "填写要点：", "填写要点\n"):
        text = f"1. {item.question}\n{before}{guidance(item)}\n没有发生案件。"
        found = read_content(text.encode(), "报告.txt", "", schema)
        assert [answer.text for answer in found.answers] == ["没有发生案件。"]


def test_hints_copied_into_the_answer_cell_are_no_answer(schema: Schema) -> None:
    table = [["问题", "答案"]]
    for item in schema.items:
        table.append([item.question, guidance(item) + ("\n已办结3件。" if item.id.endswith("I1") else "")])
    found = read_content(zipped(book(rows(table))), "a.xlsx", "", schema)
    assert {answer.text for answer in found.answers} == {"已办结3件。", ""}


@pytest.mark.parametrize(
    "line",
    [
        "关于反对不正当竞争，坚决杜绝贿赂、勒索、欺诈、洗钱、垄断、不正当竞争行为的承诺书已由56人签署。",
        "2. 组织员工开展志愿服务120人次。",
        "2. 组织员工开展志愿服务，全年120人次。",
        "1. 全面风险管理工作情况良好。",
        "反贪污",
        "P1.S3.I1已说明的内容不再重复。",
        "1、反贪污制度3项",
        "3.",
    ],
)
def test_an_answer_s_own_words_stay_in_it(line: str, schema: Schema) -> None:
    text = f"（二）{schema.by_id['P1.S3.I2'].question}\n现行制度3项。\n{line}\n已执行。"
    found = read_content(text.encode(), "报告.txt", "", schema)
    assert [answer.text for answer in found.answers] == [f"现行制度3项。\n{line}\n已执行。"]


def test_numbers_that_run_on_into_words_are_no_labels() -> None:
    assert not any(label_end(text) for text in ("2024年", "3台叉车", "A级", "一批", "公司"))
    assert is_label("三、反贪污（一）", ("反贪污",))
    assert not is_label("关于", ("反贪污",))


@pytest.mark.parametrize("label", ["{n}. ", "{n}、", "（{n}）", "第{n}题：", "{id} "])
def test_numbers_before_the_questions_of_a_sheet_are_no_edits(label: str, schema: Schema) -> None:
    lines = [["问题", "答案"]]
    for n, item in enumerate(schema.items, start=1):
        lines.append([label.format(n=n, id=item.id) + item.question, f"办结{n}件。"])
    found = read_content(zipped(book(rows(lines))), "a.xlsx", "", schema)
    assert [answer.item for answer in found.answers] == [item.id for item in schema.items]
    assert not any(edits(a.question or "", schema.by_id[a.item]) for a in found.answers)
