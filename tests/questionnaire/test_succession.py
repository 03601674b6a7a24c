"""Which question of another edition is which of this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire.answers import Return
from questionnaire.editions import Editions
from questionnaire.loader import read_schema
from questionnaire.schema import Schema, question_hash
from questionnaire.succession import Asked, LastYear, same_items
from tests.conftest import make_return

EDITIONS = Path(__file__).parent / "editions"
USAGE, TRAINING, WASTE = "年度用电量（万千瓦时）。", "反腐败培训的场次和人次。", "危险废弃物的处置方式。"


def edition(folder: Path, *questions: str, extends: str = "") -> Schema:
    """An edition of a few questions, all in one section; of those that it adds where it extends another."""
    folder.mkdir()
    head = f"id: {folder.name}\ntitle: 问卷\nyear: 2025\nsource: 试题\n"
    items = [
        f"{{id: P1.S1.I{number}, key: {folder.name}.q{number}, marker: （{number}）, question: {question},"
        f" question_hash: '{question_hash(question)}', delegable: 'no', delegable_reason: 无,"
        f" not_applicable: 'no', aspects: [{{id: P1.S1.I{number}.a, ask: {question}}}]}}"
        for number, question in enumerate(questions, 3 if extends else 1)
    ]
    if extends:
        lines = "\n".join(f"- {{after: P1.S1.I2, item: {item}}}" for item in items)
        (folder / "edition.yaml").write_text(head + f"extends: {extends}\n", encoding="utf-8")
        (folder / "changes.yaml").write_text(f"added:\n{lines}\n", encoding="utf-8")
    else:
        listed = "\n".join(f"  - {item}" for item in items)
        (folder / "edition.yaml").write_text(head + "profile: []\n", encoding="utf-8")
        part = f"part: 1\ntitle: 一\nsections:\n- section: 1\n  title: 一\n  items:\n{listed}\n"
        (folder / "part1.yaml").write_text(part, encoding="utf-8")
    return read_schema(folder)


def test_unrelated_editions_share_words_alone(tmp_path: Path) -> None:
    old = edition(tmp_path / "old", USAGE, TRAINING)
    new = edition(tmp_path / "new", TRAINING, WASTE)
    assert same_items(Asked.of(old), new) == {"P1.S1.I2": "P1.S1.I1"}
    assert same_items(Asked.of(new), new) == {item.id: item.id for item in new.items}


def test_editions_of_one_line_keep_their_ids() -> None:
    editions = Editions.of(str(EDITIONS))
    old, new = editions.by_id("dicastal-2024"), editions.by_id("dicastal-2025")
    found = same_items(Asked.of(old), new)
    retired, successor = next(iter(new.retired.items()))
    assert found[retired] == successor
    reworded = [
        item for item in new.items if item.id in old.by_id and item.question != old.by_id[item.id].question
    ]
    assert reworded and all(found[item.id] == item.id for item in reworded)
    back = same_items(Asked.of(new), old)
    assert back[reworded[0].id] == reworded[0].id
    assert not {item.id for item in new.items if item.id not in old.by_id} & back.keys()


def test_what_two_of_one_base_add_is_their_own(tmp_path: Path) -> None:
    edition(tmp_path / "base", USAGE, TRAINING)
    one = edition(tmp_path / "one", WASTE, extends="base")
    other = edition(tmp_path / "other", "员工申诉渠道。", extends="base")
    assert set(same_items(Asked.of(one), other)) == {"P1.S1.I1", "P1.S1.I2"}


def test_last_years_answers_under_this_years_items(tmp_path: Path) -> None:
    old = edition(tmp_path / "old", USAGE, TRAINING)
    new = edition(tmp_path / "new", TRAINING, WASTE)
    source: Return = make_return(
        {"P1.S1.I1": "用电612万千瓦时。", "P1.S1.I2": "培训3场，412人次。"}, "示例公司"
    )
    told = LastYear(source, Asked.of(old)).told_by(new)
    assert [(each.item, each.text) for each in told.answers] == [("P1.S1.I1", "培训3场，412人次。")]


@pytest.mark.parametrize(("kept", "told"), [("", "2024年捐款12万元。"), ("已答。", "已答。")])
def test_a_successor_without_an_answer_has_that_of_what_is_asked_no_more(kept: str, told: str) -> None:
    editions = Editions.of(str(EDITIONS))
    old, new = editions.by_id("dicastal-2024"), editions.by_id("dicastal-2025")
    retired, successor = next(iter(new.retired.items()))
    source = make_return({retired: "2024年捐款12万元。", successor: kept}, "示例公司")
    answers = LastYear(source, Asked.of(old)).told_by(new).answers
    assert [each.text for each in answers if each.item == successor and each.text] == [told]
