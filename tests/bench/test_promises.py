"""Forgotten promises of authors whom the weights do not know: what is found, and what is called so though told."""

from __future__ import annotations

import pytest

from tests.bench.promises import scores

# planted, found at least, silent, false at most
FLOORS = {
    "p1": (12, 10, 30, 0),
    "p2": (24, 19, 60, 1),
    "p3": (24, 19, 60, 1),
    "p6": (24, 22, 60, 5),
    "p7": (26, 22, 52, 4),
    "p8": (12, 11, 32, 6),
    "p9": (24, 15, 60, 26),
    "p10": (32, 24, 52, 14),
    "p11": (32, 23, 52, 19),
    "p12": (24, 20, 60, 1),
    "p13": (24, 22, 60, 3),
    "p14": (24, 20, 60, 3),
    "p15": (24, 18, 60, 5),
    "p16": (24, 18, 60, 5),
    "p17": (24, 18, 60, 8),
    "p18": (24, 21, 60, 4),
    "p19": (24, 18, 60, 7),
    "p20": (24, 18, 60, 5),
    "p21": (24, 19, 60, 1),
    "p22": (24, 20, 60, 8),
    "p23": (24, 15, 60, 5),
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
