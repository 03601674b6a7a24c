"""What promises something for the year to come, and what only speaks of it (``tests/cases/text/plans.yaml``)."""

from __future__ import annotations

import pytest

from checker.text.readers.time.promises import find_promises
from tests.checker.text.test_text_cases import load

BEFORE = "公司全年运行平稳，召开会议12次。"
PARENT = ("集团", "总部", "戴卡")


@pytest.mark.parametrize("kind", ["promise", "none"])
def test_plans(kind: str) -> None:
    wrong = [
        sentence
        for sentence in load("plans.yaml")[kind]
        if bool(find_promises(BEFORE + sentence, 2023, PARENT)) != (kind == "promise")
    ]
    assert wrong == []


def test_a_promise_is_quoted_with_its_figures() -> None:
    (found,) = find_promises("更换破损滤袋120条，2024年3月。", 2023)
    assert found.quote.text == "更换破损滤袋120条，2024年3月"
    assert [each.value for each in found.quantities if each.kind != "date"] == ["120"]
