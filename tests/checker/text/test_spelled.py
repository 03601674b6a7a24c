"""Questions in letters that spell words: answers repeat them by words, not by letters."""

from __future__ import annotations

import pytest

from checker.text.ground.passages import split
from checker.text.ground.similarity import echo, find_echoes

ASKED = "How many employees have permanent and how many temporary contracts?"
POLICY = "Does the company have written policies on environment, workers or business conduct?"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (ASKED, "60 permanent and 4 temporary employees."),
        (POLICY, "Environmental policy and code of conduct, both published on the website."),
        (ASKED, "All 64 employees have permanent contracts."),
    ],
)
def test_an_answer_in_words_of_its_own_is_no_echo(question: str, answer: str) -> None:
    assert echo(answer, question) < 0.55  # what an answer with a figure may have
    assert find_echoes(answer, split(answer), question) == ()


def test_the_question_written_down_again_is_one() -> None:
    answer = "The company does have written policies on environment, workers or business conduct."
    assert [span.text for span in find_echoes(answer, split(answer), POLICY)] == [answer]
    assert echo(answer, POLICY) > 0.7


def test_a_figure_of_its_own_is_said_in_the_questions_words() -> None:
    question = "How many employees are covered by collective agreements, in per cent?"
    answer = "0% are covered by collective agreements."
    assert find_echoes(answer, split(answer), question) == ()
