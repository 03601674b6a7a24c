"""Lists of questions by other people stay as well read as they are."""

from __future__ import annotations

import pytest

from tests.bench.question_lists import Counts, authors, measured

FOUND, INVENTED, CUT, BESIDES = 0.98, 0.02, 0.9, 0.1


@pytest.mark.parametrize("author", authors())
def test_other_peoples_lists(author: str) -> None:
    total, told = Counts(), []
    for _, counts, words in measured(author):
        total, told = total.plus(counts), told + words
    assert total.found >= FOUND * total.asked, told
    assert total.invented <= INVENTED * total.asked, told
    assert total.cut >= CUT * total.wanted, told
    assert total.besides <= BESIDES * total.wanted, told
