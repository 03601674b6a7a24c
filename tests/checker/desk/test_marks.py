"""Quoted words are marked where they stand, and the pieces are always the whole answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.desk.marks import Quote, Segment, segments

ANSWER = "全年培训12次，408人次参加，效果明显。"


def test_words_are_marked_with_their_findings_number() -> None:
    assert segments(ANSWER, [Quote("效果明显", "warning", 2), Quote("408人次", "proof")]) == (
        Segment("全年培训12次，"),
        Segment("408人次", "proof"),
        Segment("参加，"),
        Segment("效果明显", "warning", (2,)),
        Segment("。"),
    )


def test_the_graver_mark_covers_the_other_and_both_numbers_stay() -> None:
    found = segments(ANSWER, [Quote("408人次参加", "error", 1), Quote("408人次", "notice", 2)])
    assert found[1:3] == (Segment("408人次", "error", (1, 2)), Segment("参加", "error"))


def test_a_quote_that_was_shortened_is_found_and_one_that_is_not_there_passed_over() -> None:
    assert segments(ANSWER, [Quote("全年培训12次…", "proof")])[0] == Segment("全年培训12次", "proof")
    assert segments(ANSWER, [Quote("别处的话", "error", 1), Quote("", "error", 2)]) == (Segment(ANSWER),)
    assert segments("", [Quote("话", "error", 1)]) == ()


@given(
    st.text(),
    st.lists(st.tuples(st.text(max_size=4), st.sampled_from(["error", "proof"]), st.integers(0, 3))),
)
def test_the_pieces_are_the_answer(answer: str, quotes: list[tuple[str, str, int]]) -> None:
    found = segments(answer, [Quote(*each) for each in quotes])
    assert "".join(piece.text for piece in found) == answer
