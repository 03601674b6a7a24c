"""What an English answer discloses: more than is proved word by word, nothing of an earlier year."""

from __future__ import annotations

import pytest

from checker.finding import AspectState
from checker.reading.answers import ReturnReading, read_answers
from questionnaire.schema import Schema
from tests.conftest import make_return

ANSWERS = {
    "P1.S3.I2": "Own papers: gift rule F-12 and conflict form F-13. An integrity committee meets every quarter. This "
    "year the focus was on scrap sales; scrap is weighed by two persons and sold by sealed bid.",
    "P2.S1.I2": "Our 140 women may take 16 weeks of maternity leave, 9 did and 9 came back. A nursing room stands "
    "beside the first aid room. No night work in pregnancy. 118 women took the yearly check-up.",
    "P2.S2.I7": "Family day with 300 guests and a football cup of 12 teams. "
    "Work-life balance has been greatly improved.",
    "P6.S2.I2": "We gave the school $4,000 for a robot. In 2021 we paid for the roof of the museum. The youth league "
    "got shirts for $1,200. Nurses took blood from 88 people.",
}


@pytest.fixture(scope="module")
def reading(schema: Schema) -> ReturnReading:
    return read_answers(schema, make_return(ANSWERS))


@pytest.mark.parametrize(
    ("aspect", "state"),
    [
        ("P2.S1.I2.a", AspectState.DISCLOSED),  # of the rights of women nothing is said word by word
        ("P2.S1.I2.e", AspectState.MISSING),  # of their part in management nothing at all
        ("P1.S3.I2.c", AspectState.DISCLOSED),
        ("P1.S3.I2.h", AspectState.MISSING),
        ("P6.S2.I2.a", AspectState.DISCLOSED),
        ("P6.S2.I2.b", AspectState.MISSING),  # the museum was in 2021
        ("P2.S2.I7.c", AspectState.MISSING),  # an effect without its figure
    ],
)
def test_an_aspect(aspect: str, state: AspectState, reading: ReturnReading) -> None:
    item = reading.by_id[aspect.rpartition(".")[0]]
    assert {each.aspect.id: each.state for each in item.aspects}[aspect] is state


def test_what_counts_as_told_is_quoted(reading: ReturnReading) -> None:
    told = [
        each for each in reading.by_id["P2.S1.I2"].of_state(AspectState.DISCLOSED) if not each.lacks_figure
    ]
    assert all(each.evidence and each.evidence in ANSWERS["P2.S1.I2"] for each in told)


def test_of_few_words_nothing_is_guessed(schema: Schema) -> None:
    item = read_answers(schema, make_return({"P2.S1.I2": "118 women took the yearly check-up."})).by_id[
        "P2.S1.I2"
    ]
    assert len(item.of_state(AspectState.DISCLOSED)) == 1
