"""Narrative reports: headings as people and office programs really break them."""

from __future__ import annotations

from pathlib import Path

import pytest

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.reading import read_return
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema, question_hash


def read(text: str, schema: Schema) -> Return:
    return read_content(text.encode(), "报告.txt", "0" * 64, schema)


def texts(source: Return) -> dict[str, str]:
    return {answer.item: answer.text for answer in source.answers}


FRONT = "示例轻合金有限公司\n\n2024 年度 ESG 报告\n\n第一部分 公司管治\n\n一、风险管控\n\n"


def test_company_and_year_come_from_the_front(schema: Schema) -> None:
    source = read(FRONT + "（一）全面风险管理工作情况\n答案甲。\n", schema)
    assert (source.company, source.year) == ("示例轻合金有限公司", 2024)
    assert texts(source) == {"P1.S1.I1": "答案甲。"}
    assert source.answers[0].where.line == 10


def test_a_label_before_the_company_is_no_part_of_its_name(schema: Schema) -> None:
    front = FRONT.replace("示例轻合金有限公司", "公司名称：示例轻合金有限公司")
    assert read(front + "（一）全面风险管理工作情况\n答案甲。\n", schema).company == "示例轻合金有限公司"


@pytest.mark.parametrize(
    "signed", ["以上情况属实。填报人：李四", "（盖章）", "填报人：李四  日期：2025年1月3日"]
)
def test_who_signs_answers_nothing(schema: Schema, signed: str) -> None:
    source = read(FRONT + f"（一）全面风险管理工作情况\n答案甲。\n{signed}\n", schema)
    assert texts(source) == {"P1.S1.I1": "答案甲。"}
    assert signed in (source.profile.value("preface") or "")


def test_an_answer_that_begins_like_a_signature_stays(schema: Schema) -> None:
    source = read(FRONT + "（一）全面风险管理工作情况\n负责人：张三，评估风险2次。\n", schema)
    assert texts(source) == {"P1.S1.I1": "负责人：张三，评估风险2次。"}


def test_the_first_clause_of_a_question_at_its_number_stands_for_it(schema: Schema) -> None:
    source = read(
        FRONT + "（一）全面风险管理工作情况\n答案甲。\n"
        "（二）面向董事会、管理层和全体员工开展风险管理专业知识培训的情况\n答案乙。\n",
        schema,
    )
    assert texts(source) == {"P1.S1.I1": "答案甲。", "P1.S1.I2": "答案乙。"}


@pytest.mark.parametrize(
    "front",
    [
        "中信戴卡集团2024年度ESG问卷",
        "编制部门：中信戴卡股份有限公司办公室",
        "请所属企业填报；由集团办理的事项，请写明集团部门。",
    ],
)
def test_a_form_names_no_company_by_the_words_of_the_group(schema: Schema, front: str) -> None:
    body = FRONT.partition("报告")[2] + "（一）全面风险管理工作情况\n答案甲。\n"
    assert read(front + body, schema).company == ""


@pytest.mark.parametrize(
    "heading",
    [
        "（一）全面风险管理工作情况",
        "(一) 全面风险管理工作情况",
        "(一）全面风险管理工作情况：",
        "（ 一 ）全面风险管理\n\n工作情况",
        "### （一）全面风险管理工作情况",
        "**（一）全面风险管理工作情况**",
        "　　（一）　全面风险管理工作情况　",
        "全面风险管理工作情况",
    ],
)
def test_headings_in_many_shapes(schema: Schema, heading: str) -> None:
    source = read(f"{FRONT}{heading}\n答案甲。\n\n", schema)
    assert texts(source) == {"P1.S1.I1": "答案甲。"}
    assert question_hash(source.answers[0].question or "") == schema.by_id["P1.S1.I1"].question_hash


def test_an_answer_on_the_heading_line(schema: Schema) -> None:
    assert texts(read(f"{FRONT}（一）全面风险管理工作情况。公司每年评估。", schema)) == {
        "P1.S1.I1": "公司每年评估。"
    }


def test_every_question_broken_over_a_page(schema: Schema) -> None:
    """Any question torn anywhere by a page break leaves no half of itself in the answer."""
    lines = ["示例公司"]
    last = (0, 0)
    for number, (part, section, item) in enumerate(schema.walk()):
        if part.part != last[0]:
            lines.append(f"第{'一二三四五六'[part.part - 1]}部分 {part.title}")
        if (part.part, section.section) != last:
            lines.append(f"{'一二三四五六七'[section.section - 1]}、 {section.title}")
        last = (part.part, section.section)
        cut = 1 + number % max(1, len(item.question) - 1)
        lines += [
            f"{item.marker}{item.question[:cut]}",
            "",
            item.question[cut:],
            f"第 {number} 题的答案。",
            "",
        ]
    source = read("\n".join(lines), schema)
    assert texts(source) == {item.id: f"第 {number} 题的答案。" for number, item in enumerate(schema.items)}
    assert source.unmatched == ()


def test_sub_lists_and_tables_stay_inside_the_answer(schema: Schema) -> None:
    answer = "1、制度方面：\n(1) 制定办法；\n（二）其他说明事项\n项目\t数量\n甲\t3"
    assert texts(read(f"{FRONT}（一）全面风险管理工作情况\n{answer}\n", schema)) == {"P1.S1.I1": answer}


def test_an_edited_question_is_known_and_kept_as_written(schema: Schema) -> None:
    text = "（一）反对不正当竞争，坚决杜绝贿赂、欺诈、洗钱、垄断行为\n答案乙。\n"
    source = read(f"第一部分 公司管治\n三、反贪污\n{text}", schema)
    assert texts(source) == {"P1.S3.I1": "答案乙。"}
    assert source.answers[0].question == "反对不正当竞争，坚决杜绝贿赂、欺诈、洗钱、垄断行为"


def test_a_question_under_a_wrong_number_is_known_by_its_words(schema: Schema) -> None:
    question = schema.by_id["P1.S3.I4"].question
    text = f"（五）{question}\n答案丙。"
    assert texts(read(f"第一部分 公司管治\n三、反贪污\n{text}", schema)) == {"P1.S3.I4": "答案丙。"}


def test_a_sentence_torn_by_a_page_break_is_one_again(schema: Schema) -> None:
    torn = "公司在生产经营过程中坚持定期开展风险评估与排\n\n查，并形成台账。\n\n另起一段。"
    expected = "公司在生产经营过程中坚持定期开展风险评估与排查，并形成台账。\n另起一段。"
    assert texts(read(f"{FRONT}（一）全面风险管理工作情况\n{torn}", schema)) == {"P1.S1.I1": expected}


def test_text_under_a_section_before_any_question_is_listed(schema: Schema) -> None:
    source = read(f"{FRONT}无人认领的一段话。\n\n（一）全面风险管理工作情况\n答案。", schema)
    assert [(block.text, block.where.line) for block in source.unmatched] == [("无人认领的一段话。", 9)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(schema: Schema, codec: str) -> None:
    content = f"{FRONT}（一）全面风险管理工作情况\n答案甲。".encode(codec)
    assert texts(read_content(content, "r.txt", "0", schema)) == {"P1.S1.I1": "答案甲。"}


def test_a_text_without_questions_is_refused(schema: Schema) -> None:
    with pytest.raises(ReturnError) as caught:
        read("会议纪要\n\n今日讨论了三件事。", schema)
    assert caught.value.code == "no-questionnaire-text"


def test_the_real_return(schema: Schema, shared: Path) -> None:
    source = read_return(shared / "returns" / "ksm-2024.txt", schema)
    assert [answer.item for answer in source.answers] == [item.id for item in schema.items]
    assert source.unmatched == ()
    assert source.year == 2024
    for answer in source.answers:
        item = schema.by_id[answer.item]
        assert question_hash(answer.question or "") == item.question_hash
        assert not any(answer.text.startswith(item.question[-length:]) for length in range(2, 30))
