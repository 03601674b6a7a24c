"""Faults of figures in English answers: what is found, and what lies near it and is none."""

from __future__ import annotations

import pytest

from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.ground.similarity import find_echoes
from checker.text.readers.claims.changes import find_changes
from checker.text.readers.claims.duties import find_duties
from checker.text.readers.claims.vague import find_vague
from checker.text.readers.figures.english_facts import find_facts
from checker.text.readers.figures.english_named import find_named
from checker.text.readers.figures.plans import find_gaps
from checker.text.readers.figures.ratios import find_misused
from checker.text.readers.figures.unitless import find_unitless
from checker.text.readers.subjects.standards import find_standards, is_doubted
from checker.text.readers.sums.sums import find_sums
from checker.text.readers.time.english_stages import find_english_disorders
from checker.text.readers.time.periods import find_stale
from questionnaire.cells import is_placeholder

YEAR = 2024


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The canteen is new. Absence days are down 12 %.", ["Absence days are down 12 %"]),
        ("Paper use dropped by a third.", ["Paper use dropped by a third"]),
        ("Paper use dropped by a third against 2023.", []),
        ("Gas use fell 6 % to 41,200 MWh.", []),
        ("We want to cut energy by 5 %.", []),
        ("Wages rose by 4 %.", []),
    ],
)
def test_changes_without_a_base(text: str, found: list[str]) -> None:
    changes = find_changes(text, find_quantities(text), split(text))
    assert [change.words.text for change in changes] == found


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("Plan 2024: 64 courses. Held: 41.", [64]),
        ("The plan of the year foresaw 84 sessions of quality and safety; 47 were realised.", [56]),
        ("Plan 2024: 64 courses. Held: 61.", []),
        ("Plan 2024: 64 courses. Held: 41, because the trainer was ill.", []),
    ],
)
def test_outcomes_far_from_their_plan(text: str, rates: list[int]) -> None:
    gaps = find_gaps(text, find_quantities(text), split(text))
    assert [round(gap.rate) for gap in gaps] == rates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Soil: no spill. Hazardous waste: 412. Ordinary waste: 3,960 t.", ["412"]),
        ("Hazardous waste: 412 t.", []),
        ("Other waste: 1,900 t (dross 1,340, cardboard 310, wood 160, trash 90).", []),
        ("Capex in thousand EUR:\nRoof 1,450\nBurners 430\nTotal 1,880", []),
    ],
)
def test_amounts_without_a_unit(text: str, found: list[str]) -> None:
    spans = find_unitless(text, find_quantities(text), ())
    assert [span.text.rpartition(" ")[2] for span in spans] == found


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Other waste: 1,920 t (dross 1,340, cardboard 310, wood 160, trash 90).", [False]),
        ("Hazardous waste: 86 t (sludge 51, solvent 19, rags 16).", [True]),
        ("Directors: 3\nManagers: 18\nOther staff: 361\nAttendance, total: 392", [False]),
        ("Directors: 3\nManagers: 18\nOther staff: 361\nAttendance, total: 382", [True]),
        ("We were 1 248 persons. By age: 402 under 30 years, 718 from 30 to 50, 118 above 50.", [False]),
        ("Waste 1,920 t (of which dross 1,340, cardboard 310).", []),
    ],
)
def test_totals_and_their_parts(text: str, fits: list[bool]) -> None:
    assert [entry.fits for entry in find_sums(text, find_quantities(text), ())] == fits


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("98 % passed the quiz, so environmental behaviour went up 98 %.", 1),
        ("98 % passed the quiz, so a refresher is given to the other 2 %.", 0),
    ],
)
def test_a_rate_taken_for_an_effect(text: str, count: int) -> None:
    assert len(find_misused(text, find_quantities(text), split(text))) == count


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Certificate for occupational safety, ISO 45011, valid to 2026.", True),
        ("Certified to ISO 14001:2015 and ISO 45001.", False),
        ("Salt spray test per ISO 9227.", False),
    ],
)
def test_numbers_that_certify_nothing(text: str, doubted: bool) -> None:
    assert any(map(is_doubted, find_standards(text))) is doubted


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("In 2022 four colleagues finished the bachelor course.", True),
        ("The press was installed in 2022.", False),
        ("In 2022 four colleagues finished the course, in 2024 three.", False),
        ("The internal regulation of 2021 is applied.", False),
    ],
)
def test_deeds_of_an_earlier_year(text: str, stale: bool) -> None:
    assert bool(find_stale(text, split(text), YEAR)) is stale


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("The investments will be increased, and their share shall be followed with attention.", True),
        ("All personnel must avoid any unfair conduct.", True),
        ("96 % of the personnel signed.", False),
    ],
)
def test_duties(text: str, duty: bool) -> None:
    assert bool(find_duties(text, split(text), find_quantities(text), ())) is duty


@pytest.mark.parametrize(
    ("text", "stands_for_one"),
    [
        ("(to be filled in by HR)", True),
        ("Ditto", True),
        ("TBD (待定)", True),
        ("To be supplied", True),
        ("Energy was supplied by 2 grids", False),
    ],
)
def test_placeholders(text: str, stands_for_one: bool) -> None:
    assert is_placeholder(text) is stands_for_one


QUESTION = (
    "Opposing unfair competition; firmly ruling out bribery, extortion, fraud, money laundering and monopoly"
)


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("We oppose unfair competition and resolutely end bribery, extortion, fraud and monopoly.", True),
        ("Bribery, extortion, fraud, monopoly and money laundering: 0 cases, clause 9 forbids them.", False),
        ("Contracts above EUR 5,000 take two signatures, suppliers sign a clause against bribery.", False),
    ],
)
def test_a_question_in_other_words(text: str, repeats: bool) -> None:
    assert bool(find_echoes(text, split(text), QUESTION)) is repeats


def test_people_are_of_one_thing_where_all_are_meant() -> None:
    text = "We employed 1,248 persons. In May 210 persons came to the fair. Power was 46,200 MWh."
    assert [(one.text, one.kind) for one in find_named(text, find_quantities(text))] == [
        ("1,248 persons", "count_person"),
        ("46,200 MWh", "energy"),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Spending in k: guards 3,150; PPE 2,040; fire system 1,480; other 320. Total 7,200", True),
        ("Spending in k: guards 3,150; PPE 2,040; fire system 1,480; other 320. Total 6,990", False),
        ("Drills were fire 3, gas 2, spill 4, together 10", True),
        ("Drills were fire 3, gas 2, spill 4, together 9", False),
        ("Sessions mostly on fire 3, gas 2, spill 4, together 15", False),
        ("14 remarks. Closed 9, in progress 4, not started 2.", True),
        ("14 remarks. Closed 8, in progress 4, not started 2.", False),
        ("14 remarks. Board 3, plant 9, office 4.", False),
        ("Thousand pesos: schools 90 (12 grants), feasts 31, leagues 24. Total 155.", True),
        ("Thousand pesos: schools 90 (12 grants), feasts 31, leagues 24. Total 145.", False),
        (
            "Schools: R 90,000 for books. Feasts: R 31,000 to a choir. Leagues: R 24,000. All told R 155,000.",
            True,
        ),
        (
            "Schools: R 90,000 for books. Feasts: R 31,000 to a choir. Leagues: R 24,000. All told R 145,000.",
            False,
        ),
        (
            "- 6 May, buyers: 22 people\n- 7 May, days: 131 people\n- 8 May, nights: 98 people\nTogether 261.",
            True,
        ),
        (
            "- 6 May, buyers: 22 people\n- 7 May, days: 131 people\n- 8 May, nights: 98 people\nTogether 251.",
            False,
        ),
    ],
)
def test_lists_that_close_with_their_total(text: str, wrong: bool) -> None:
    found = find_sums(text, find_quantities(text), ())
    assert any(not entry.fits for entry in found) is wrong


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("98 % passed the quiz, i.e. behaviour went up 98 %.", 1),
        ("Since cameras look at 64 % of the parts, the quality was improved by 64 %.", 1),
        ("40 of 50 leaks are plugged, hence 80 % of the air power is saved.", 1),
        ("40 of 50 leaks are plugged, hence the compressor rests 20 % longer.", 0),
        ("Since 64 % of the parts are filmed, complaints fell by 12 %.", 0),
        ("We print less, and since paper is down 9 % our energy use is down 9 %.", 1),
        ("Since paper is down 9 % our energy use is down 2 %.", 0),
        ("Paper is down 9 % and energy use is down 9 %.", 0),
    ],
)
def test_rates_drawn_from_the_clause_before(text: str, count: int) -> None:
    assert len(find_misused(text, find_quantities(text), split(text))) == count


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("The report arrived on 6 June and was closed with a warning on 28 May.", 1),
        ("Complaint 7: received 14.08.2024, closed 02.08.2024.", 1),
        ("The rule was approved on 9 May 2024 and applied since 3 January 2024.", 1),
        ("The rule was approved on 9 May 2024 and applied since 1 June 2024.", 0),
        ("The new press was ordered in May 2024 and commissioned in March 2024.", 1),
        ("Claim 8: received 14.08.2024, closed 22.08.2024.", 0),
        ("The agreement was signed on 18.11.2024, effective from 01.04.2024.", 0),
        ("Line 2 was ordered on 6 June, line 1 was commissioned on 28 May.", 0),
        ("The press was ordered in November 2023 and commissioned in March 2024.", 0),
        ("The case was opened in October and closed in February 2025.", 0),
        ("The course started on 4 March and finished on 8 March.", 0),
    ],
)
def test_steps_dated_in_an_order_that_cannot_be(text: str, steps: int) -> None:
    assert len(list(find_english_disorders(text))) == steps


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A certain part of the smaller ones got our letter.", ["A certain part of the"]),
        ("We gave a quantity of old benches to the school.", ["a quantity of old"]),
        ("We gave a quantity of 40 benches to the school.", []),
        ("A certain part (38 %) of the vendors got our letter.", []),
    ],
)
def test_quantities_that_say_nothing(text: str, found: list[str]) -> None:
    assert [each.text for each in find_vague(text, find_quantities(text), split(text))] == found


def test_a_number_with_one_digit_elsewhere_is_doubted() -> None:
    for text in ("We hold an ISO 45100 certificate for safety.", "Certified to ISO 14010 since 2020."):
        (cited,) = find_standards(text)
        assert is_doubted(cited), text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("34 customer complaints, all closed.", [34]),
        ("Customer complaints: 34. Aim of next year: less than 30 complaints.", [34]),
        ("34 complaints against 41 in 2023.", []),
        ("34 noise complaints from neighbours.", []),
        ("Two lost-time injuries, both on the press.", [2]),
        ("Headcount 402 men and 118 women.", [118]),
        ("Of our 118 women 9 lead a team.", [118]),
        ("7 women were promoted.", []),
    ],
)
def test_facts_with_one_value(text: str, values: list[int]) -> None:
    assert [fact.value for fact in find_facts(text, YEAR)] == values
