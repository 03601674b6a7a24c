"""A list of questions to a draft edition that can be used; two editions beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from frameworks.ground.errors import OutputError
from frameworks.ground.output import save_folder
from questionnaire.answers import Answer, Choice, Place, Profile, Return
from questionnaire.drafting.comparison import Comparison, Fate, carried_over, compare
from questionnaire.drafting.draft_edition import Made, draft_edition
from questionnaire.drafting.drafts import draft
from questionnaire.drafting.files import read_content
from questionnaire.drafting.questions import Listing, Question
from questionnaire.editions import Editions
from questionnaire.loader import check_file
from questionnaire.reading.content import read_content as read_return
from questionnaire.schema import Item, Schema, question_hash
from questionnaire.template import build_workbook, guidance
from questionnaire.vocabulary import Delegable, EditionDraft, ItemDraft, Need, NotApplicablePolicy
from tests.questionnaire.test_question_lists import in_word

EDITIONS = Path(__file__).parent / "editions"


@pytest.fixture(scope="module")
def made() -> Made:
    listing = read_content(in_word(), "问卷.docx", "")
    return draft_edition(listing, "问卷", "qinghe-2025", "问卷.docx", None, "青禾集团")


@pytest.fixture(scope="module")
def drafted(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Schema:
    folder = tmp_path_factory.mktemp("drafts") / "qinghe-2025"
    save_folder(folder, made.files)
    assert check_file(folder) == []
    return Editions.of(str(folder)).first


def test_a_draft_is_an_edition(drafted: Schema) -> None:
    assert (drafted.edition.id, drafted.edition.year) == ("qinghe-2025", 2025)
    assert drafted.edition.parent.name == "青禾集团"
    assert [section.title for section in drafted.parts[0].sections] == [
        "公司治理",
        "环境",
        "员工",
        "供应链与社区",
    ]
    assert len({item.key for item in drafted.items}) == len(drafted.items) == 20
    assert all(set(item.draft) == {ItemDraft.ASPECTS, ItemDraft.POLICY} for item in drafted.items)
    assert all(item.question_hash == question_hash(item.question) for item in drafted.items)
    spans = [
        (aspect.ask, item.question[slice(*aspect.at)])
        for item in drafted.items
        for aspect in item.aspects
        if aspect.at
    ]
    assert spans
    assert all(ask == words for ask, words in spans)


def test_its_template_comes_back(drafted: Schema) -> None:
    content = build_workbook(drafted, profile={"company": "示例公司"})
    source = read_return(content, "填报表.xlsx", "0", drafted)
    assert {answer.item for answer in source.answers} == set(drafted.by_id)


def test_known_questions_are_taken_over(schema: Schema, tmp_path: Path) -> None:
    same, near = schema.by_id["P1.S3.I4"], schema.by_id["P1.S3.I3"]
    reworded = near.question.replace("廉洁从业及商业道德", "反腐败与廉洁从业")
    listing = Listing((Question("年度用水量（吨）"), Question(same.question), Question(reworded)), "清单")
    made = draft_edition(listing, "清单", "dicastal-2024", "清单.txt", 2026, "")
    assert made.edition.id == "dicastal-2024-new"  # a known id is another edition's
    folder = tmp_path / "new"
    save_folder(folder, made.files)
    assert check_file(folder) == []
    found = Editions.of(str(folder)).first
    adopted = found.by_id["P1.S1.I2"]
    assert (adopted.key, adopted.draft, adopted.delegable) == (same.key, (), same.delegable)
    assert [aspect.ask for aspect in adopted.aspects] == [aspect.ask for aspect in same.aspects]
    year = "2026"  # cues are taken as written, so that they mean this edition's year
    assert any(year in cue for aspect in adopted.aspects for cue in aspect.cues)
    assert found.proofs["P1.S1.I2"].classes[0] == "P1.S1.I2.a"
    codes = {link.code for link in found.all_links(2026).links if link.item == "P1.S1.I2"}
    assert "gri:2-26" in codes
    likely = next(each for each in made.draft.items if each.source.text == reworded)
    assert likely.like is not None
    assert likely.like.item.id == near.id
    assert found.by_id["P1.S1.I1"].aspects[0].cues == ()


def test_a_folder_that_holds_anything_is_left_alone(made: Made, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.raises(OutputError):
        save_folder(tmp_path, made.files)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
    empty = tmp_path / "empty"
    empty.mkdir()
    save_folder(empty, {"a.yaml": b"1"})
    assert (empty / "a.yaml").read_bytes() == b"1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "mine.yaml"]


@pytest.fixture(scope="module")
def years() -> Comparison:
    old = Editions.of("dicastal-2024").first
    return compare(old, Editions.of(str(EDITIONS / "dicastal-2025")).first)


def test_two_years(years: Comparison) -> None:
    counts = {fate: len(years.of(fate)) for fate in Fate}
    assert counts == {Fate.SAME: 70, Fate.MOVED: 0, Fate.REWORDED: 1, Fate.ADDED: 1, Fate.DROPPED: 1}
    (reworded,) = years.of(Fate.REWORDED)
    assert reworded.new is not None
    assert reworded.new.id == "P3.S2.I2"
    assert not reworded.carries


def test_moved_questions_are_found(schema: Schema) -> None:
    old = schema.items
    listing = Listing(tuple(Question(item.question) for item in (old[5], old[0], old[9])))
    made = draft_edition(listing, "清单", "short", "a.txt", 2025, "")
    found = compare(schema, Schema(edition=made.edition, parts=made.draft.parts))
    pairs = {
        pair.new.id: (pair.old and pair.old.id, pair.fate) for pair in found.pairs if pair.new is not None
    }
    assert pairs == {
        "P1.S1.I1": (old[5].id, Fate.MOVED), "P1.S1.I2": (old[0].id, Fate.MOVED), "P1.S1.I3": (old[9].id, Fate.MOVED),
    }  # fmt: skip
    assert len(found.of(Fate.DROPPED)) == len(old) - 3


def test_last_years_answers_go_over(years: Comparison) -> None:
    place = Place("去年.xlsx")
    answers = (
        Answer("P1.S1.I1", "去年的答案。", place, remark="旧备注"),
        Answer("P1.S1.I2", "", place, choice=Choice.DELEGATED, reason="集团办理"),
        Answer("P3.S2.I2", "题目改了。", place),
        Answer("P6.S2.I4", "不再问。", place),
        Answer("P1.S2.I1", "", place),
    )
    profile = Profile(values=(("company", "示例公司"), ("employees", "480"), ("kind", "生产型工厂")))
    source = Return("去年.xlsx", "0", "示例公司", 2024, answers, profile)
    found = carried_over(source, years, 2025, "【旧】", "【改】")
    told = [(answer.item, answer.text, answer.reason, answer.remark) for answer in found.answers]
    assert told == [
        ("P1.S1.I1", "去年的答案。", "", "旧备注 【旧】"), ("P1.S1.I2", "", "集团办理", "【旧】"),
    ]  # fmt: skip
    assert found.year == 2025
    assert dict(found.profile.values) == {"company": "示例公司", "kind": "生产型工厂"}


def test_needs_are_those_of_the_schema(drafted: Schema) -> None:
    wanted = [aspect.need for aspect in drafted.by_id["P1.S1.I5"].aspects]
    assert wanted == [Need.REQUIRED, Need.EXAMPLE, Need.EXAMPLE, Need.EXAMPLE]


def items_of(*questions: str) -> tuple[Item, ...]:
    return draft(Listing(tuple(map(Question, questions))), "清单").parts[0].sections[0].items


def test_an_ask_says_neither_whom_it_asks_nor_the_year_of_all() -> None:
    first, second = items_of(
        "2025年贵公司参与社区公益的主要项目、投入金额（万元）。", "2024年和2025年用水量。"
    )
    assert [aspect.ask for aspect in first.aspects] == [
        "参与社区公益的主要项目",
        "参与社区公益的投入金额（万元）",
    ]
    assert [aspect.hint for aspect in first.aspects] == ["参与社区公益的主要项目", "投入金额（万元）"]
    assert "2024年" in second.aspects[0].ask


def test_a_draft_keeps_the_numbers_of_the_list(tmp_path: Path) -> None:
    listing = read_content(
        "一、治理\n1. 举报渠道。\n二、环境\n2. 用电量。\n3. 用水量。".encode(), "a.txt", ""
    )
    made = draft_edition(listing, "清单", "qinghe", "a.txt", 2025, "")
    save_folder(tmp_path / "qinghe", made.files)
    schema = Editions.of(str(tmp_path / "qinghe")).first
    assert [schema.label(item.id) for item in schema.items] == ["1 治理", "2 环境", "3 环境"]
    assert EditionDraft.SECTIONS not in made.edition.draft
    anew = read_content("一、治理\n1. 举报渠道。\n二、环境\n1. 用电量。\n2. 用水量。".encode(), "b.txt", "")
    again = draft_edition(anew, "清单", "qinghe", "b.txt", 2025, "")
    assert [each.item.marker for each in again.draft.items] == ["（一）", "（一）", "（二）"]
    alone = read_content("一、治理\n1. 举报渠道。\n2. 案件数量。".encode(), "c.txt", "")
    assert draft_edition(alone, "清单", "q", "c.txt", 2025, "").edition.draft == (EditionDraft.PARENT,)


def test_the_parent_is_taken_from_the_head_until_somebody_decides() -> None:
    listing = read_content(
        "青禾集团有限公司2025年度调查问卷\n1. 举报渠道。\n2. 用电量。".encode(), "a.txt", ""
    )
    edition = draft_edition(listing, "清单", "q", "a.txt", None, "").edition
    assert edition.parent.names == ("青禾集团有限公司", "青禾集团")
    assert EditionDraft.PARENT in edition.draft


def test_policies_are_proposed_by_kind() -> None:
    rules, cases, waste, supply = items_of(
        "请说明反舞弊的制度名称、培训的场次。", "是否发生贿赂案件？", "固废的处置方式。", "供应商准入的要求。"
    )
    assert (rules.delegable, rules.not_applicable) == (
        Delegable.WITH_EXPLANATION,
        NotApplicablePolicy.NO,
    )
    assert [aspect.delegable for aspect in rules.aspects] == [None, Delegable.NO]  # figures are one's own
    assert cases.delegable is waste.delegable is Delegable.NO
    assert (supply.delegable, supply.not_applicable) == (
        Delegable.WITH_EXPLANATION,
        NotApplicablePolicy.WITH_REASON,
    )


def test_guidance_asks_for_a_number_only_where_one_is_written() -> None:
    (item,) = items_of("是否发生超标排放？请说明证书有效期、排放量（吨）。")
    assert [line for line in guidance(item).split("\n") if "〔数〕" in line] == [
        "· 排放量（吨）〔选是的〕〔数〕"
    ]


def test_a_list_with_more_sections_than_ids_have_room_for() -> None:
    questions = tuple(Question(f"第 {number} 项指标的数量", section=f"议题{number}") for number in range(150))
    made = draft_edition(Listing(questions), "清单", "many", "a.xlsx", 2025, "")
    assert [len(section.items) for section in made.draft.parts[0].sections] == [99, 51]
    twice = draft_edition(
        Listing((Question("用水量"), Question("用水量"))), "清单", "twice", "a.txt", 2025, ""
    )
    assert len({each.item.key for each in twice.draft.items}) == 2
