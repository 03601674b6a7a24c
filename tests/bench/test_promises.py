"""Forgotten promises of authors who never saw the code: what is found, and what is called forgotten though told."""

from __future__ import annotations

from tests.bench.promises import scores

# Developed on, all three: p3 at first sight 18 found and 15 false. planted, found at least, silent, false at most
FLOORS = {"p1": (12, 12, 30, 0), "p2": (24, 19, 60, 2), "p3": (24, 22, 60, 0)}


def test_no_fewer_are_found_and_no_more_are_false() -> None:
    found = {each.author: each for each in scores()}
    assert found.keys() == FLOORS.keys()
    for author, (planted, least, silent, most) in FLOORS.items():
        score = found[author]
        assert (score.planted, score.silent) == (planted, silent)
        assert score.found >= least, score.wrong
        assert score.false <= most, score.wrong
