"""Forgotten promises of authors whom the weights do not know: what is found, and what is called so though told."""

from __future__ import annotations

import pytest

from tests.bench.promises import scores

# planted, found at least, silent, false at most
FLOORS = {
    "p1": (12, 10, 30, 0),
    "p2": (24, 18, 60, 1),
    "p3": (24, 17, 60, 1),
    "p6": (24, 21, 60, 5),
    "p7": (26, 21, 52, 4),
    "p8": (12, 10, 32, 6),
}


@pytest.mark.slow
def test_no_fewer_are_found_and_no_more_are_false() -> None:
    found = {each.author: each for each in scores()}
    assert found.keys() == FLOORS.keys()
    for author, (planted, least, silent, most) in FLOORS.items():
        score = found[author]
        assert (score.planted, score.silent) == (planted, silent)
        assert score.found >= least, score.wrong
        assert score.false <= most, score.wrong
