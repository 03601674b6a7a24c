"""The cue language."""

from __future__ import annotations

import pytest

from questionnaire.cues import CueSyntaxError, compile_cue


@pytest.mark.parametrize(
    ("cue", "sentence", "answer", "found"),
    [
        ("举报电话", "设有举报电话", "", ("举报电话",)),
        ("(董事|监事)+(培训|讲座)", "董事参加讲座", "", ("董事", "讲座")),
        ("(董事|监事)+(培训|讲座)", "董事出席会议", "培训", ()),
        ("审计+!(被审计单位)", "开展审计3项", "", ("审计",)),
        ("审计+!(被审计单位)", "为被审计单位提供审计意见", "", ()),
        ("人次&培训", "共503人次", "廉洁培训。共503人次", ("人次", "培训")),
        ("人次&培训", "共503人次", "共503人次", ()),
    ],
)
def test_finds(cue: str, sentence: str, answer: str, found: tuple[str, ...]) -> None:
    assert compile_cue(cue).find(sentence, answer) == found


@pytest.mark.parametrize("cue", ["", "(a|b", "a)+b", "(a||b)", "!(a)", "a+", "a&!(b)", "((a))"])
def test_what_cannot_be_read_is_refused(cue: str) -> None:
    with pytest.raises(CueSyntaxError):
        compile_cue(cue)
