"""Keeps a return to a sensible size: a hostile file must not cost the rules what it did not cost the reader."""

from __future__ import annotations

from msgspec.structs import replace

from questionnaire.answers import Answer, OutsideKind, OutsideText, UnmatchedText
from questionnaire.reading.files import limits


def clipped(answers: list[Answer]) -> tuple[list[OutsideText], list[Answer]]:
    """Answers beyond any sensible length are cut, and the cut is said."""
    short: list[Answer] = []
    cut: list[OutsideText] = []
    for answer in answers:
        if len(answer.text) > limits.ANSWER_TEXT:
            lost = len(answer.text) - limits.ANSWER_TEXT
            rest = answer.text[limits.ANSWER_TEXT : limits.ANSWER_TEXT + 100]
            cut.append(OutsideText(OutsideKind.CUT, (rest,), lost, answer.where))
            answer = replace(answer, text=answer.text[: limits.ANSWER_TEXT])  # noqa: PLW2901
        short.append(answer)
    return cut, short


def bounded(unmatched: list[UnmatchedText]) -> tuple[UnmatchedText, ...]:
    """The pieces that no item took; what goes beyond a sensible number is put into the last one."""
    if len(unmatched) <= limits.BLOCKS:
        return tuple(unmatched)
    kept, rest = unmatched[: limits.BLOCKS - 1], unmatched[limits.BLOCKS - 1 :]
    return (*kept, UnmatchedText("\n".join(block.text for block in rest), rest[0].where))
