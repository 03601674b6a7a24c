"""English answers in the text layer (``tests/cases/text/english.yaml``) and how they are told from Chinese ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.reading.letters import letters
from checker.text.ground.agents import Agents
from checker.text.ground.dates import find_dates
from checker.text.ground.english import english_stretches, gloss, in_chinese, is_english, is_mostly_english
from checker.text.ground.nil import find_nils
from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.claims.claims import find_vague_claims
from checker.text.readers.claims.duties import find_duties
from checker.text.readers.reliance.applicability import read_not_applicable
from checker.text.readers.reliance.delegation import read_delegation
from frameworks.ground.yaml import read_yaml
from questionnaire.schema import Schema
from tests.bench.material import EXAMPLES, english_claims, english_examples

PATH = Path(__file__).parent.parent.parent / "cases" / "text" / "english.yaml"
DATA = read_yaml(PATH.read_bytes(), PATH.name).data
CASES = [pytest.param(case, id=case["text"][:50]) for case in DATA["cases"]]


@pytest.mark.parametrize("case", CASES)
def test_delegation(case: dict[str, Any], schema: Schema) -> None:
    parent = schema.edition.parent
    agents = Agents.of((parent.name, *parent.aliases), (), parent.seats)
    found = read_delegation(case["text"], agents).kind
    assert {"suspected": "full"}.get(found, found) == case.get("delegation", "none")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Net-zero roadmap: none of our own yet.", []),
        ("The gauges are read each Tuesday.", ["each Tuesday"]),
        ("We applied Rule 4 in May, 3 times.", ["3 times"]),
        ("The Spill Rule was used 4 times, Cleaning Standard 12 once.", ["4 times", "once"]),
        ("Supplier terms §9, gate manual §11-13, point 6 of the checklist.", []),
        ("2.6 ha of meadow belong to the plant.", ["2.6 ha"]),
        ("Of the old sand barely a quarter is thrown away.", ["barely a quarter"]),
        ("41 firms, more than half local; a third party audits them.", ["41 firms", "more than half"]),
        ("740 contracts, of which a third by women.", ["740 contracts", "a third"]),
        ("Nine of ten workers are from the town.", ["Nine of ten"]),
        ("It is roughly 7 in every 1,000 wheels.", ["roughly 7", "1,000 wheels"]),
        ("Thirty-odd volunteers painted it, town hall 2 times.", ["Thirty-odd volunteers", "2 times"]),
        (
            "Two X-ray machines and two Little League teams.",
            ["Two X-ray machines", "two Little League teams"],
        ),
        ("Backups every night, balance every fortnight.", ["every night", "every fortnight"]),
        ("For help one turns to the Parent, never one down here.", []),
        ("LED in nave 2 saves power, see Annexure 4.", []),
    ],
)
def test_figures_and_what_only_holds_digits(text: str, figures: list[str]) -> None:
    assert [each.text for each in find_quantities(text)] == figures


def test_claims_that_are_learned_from_are_known() -> None:
    lines = [(text, claims) for author, text, claims in english_claims() if author == EXAMPLES]
    wrong = [
        text
        for text, claims in lines
        if bool(find_vague_claims(text, find_quantities(text), split(text), find_nils(text))) != bool(claims)
    ]
    assert len(wrong) <= 0.05 * len(lines), wrong


def test_what_is_learned_from_is_known(schema: Schema) -> None:
    """Nearly all lines are read as they say: a model weighs them, it does not keep them."""
    parent = schema.edition.parent
    agents = Agents.of((parent.name, *parent.aliases), (), parent.seats)
    known = list(english_examples())
    wrong = [
        answer.text
        for answer in known
        if read_delegation(answer.text, agents).kind.replace("suspected", "full") != answer.delegation
    ]
    assert len(wrong) <= 0.06 * len(known), wrong


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It's Dicatsal Purchasing who does everything", ["Dicatsal"]),
        ("Ford head office got the 8D", []),
        ("Under our own head-office rules", []),
        ("Meters on 58 machines per 戴卡能源计量办法", ["戴卡"]),
        ("Only Casa Matriz knows", ["Casa Matriz"]),
        ("Organised by our Group", ["Group"]),
        ("The discipline of a digital plant", []),
    ],
)
def test_who_the_parent_is(text: str, named: list[str], schema: Schema) -> None:
    parent = schema.edition.parent
    agents = Agents.of((parent.name, *parent.aliases), (), parent.seats)
    assert [text[start:end] for start, end in agents.find(text)] == named


@pytest.mark.parametrize(
    ("text", "fires"),
    [(text, fires) for fires in (True, False) for text in DATA["fires" if fires else "silent"]],
)
def test_a_claim_or_none(text: str, fires: bool) -> None:
    assert bool(find_vague_claims(text, find_quantities(text), split(text), find_nils(text))) is fires


@pytest.mark.parametrize("case", CASES)
def test_figures(case: dict[str, Any]) -> None:
    found = [quantity.text for quantity in find_quantities(case["text"])]
    wanted = case.get("figures", [])
    assert all(any(words in other or other in words for other in found) for words in wanted), found
    assert all(any(words in other or other in words for other in wanted) for words in found), found


@pytest.mark.parametrize("case", CASES)
def test_vague_claims(case: dict[str, Any]) -> None:
    text = case["text"]
    claims = find_vague_claims(text, find_quantities(text), split(text), find_nils(text))
    assert [claim.text.rstrip(".") for claim in claims] == case.get("vague", [])


@pytest.mark.parametrize("case", [case for case in CASES if "nils" in case.values[0]])
def test_nils(case: dict[str, Any]) -> None:
    found = [nil.text for nil in find_nils(case["text"])]
    assert all(any(nil in words or words in nil for nil in found) for words in case["nils"]), found


@pytest.mark.parametrize("case", CASES)
def test_not_applicable(case: dict[str, Any]) -> None:
    assert read_not_applicable(case["text"]).kind == case.get("not_applicable", "none")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("From 12 to 7 complaints.", [("12", "complaints"), ("7", "complaints")]),
        ("Between 5 and 8 days a week.", [("5..8", "days")]),
        ("EUR 1.2 million and €3.4k.", [("1200000", "EUR"), ("3400", "EUR")]),
        ("Twenty-five audits, at least three per line.", [("25", "audits"), ("3", "")]),
        ("ISO 14001:2015, Scope 1 and 2, 12 March 2024, Q3, hall 2, 24/7, zero tolerance.", []),
    ],
)
def test_values(text: str, values: list[tuple[str, str]]) -> None:
    assert [(found.value, found.unit) for found in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We shall respect human rights and shall treat everybody equally.", 1),
        ("The plant will continue to improve. Everybody should take part.", 2),
        ("Two clerks are committed to the rule and were trained in May.", 0),
        ("All employees must not accept gifts.", 0),
    ],
)
def test_duties(text: str, count: int) -> None:
    assert len(find_duties(text, split(text), find_quantities(text), find_nils(text))) == count


def test_a_chinese_answer_with_english_terms_is_none() -> None:
    assert english_stretches("培训 40 h，LED High Bay 12 套，由 HQ 负责。") == ()
    assert not is_english("LED High Bay")


def test_an_english_sentence_in_a_chinese_answer_is_found() -> None:
    text = "全年培训4次。The parent holds the licence for it。共12人。"
    assert [text[slice(*place)] for place in english_stretches(text)] == [
        "The parent holds the licence for it。"
    ]


def test_an_english_sentence_is_glossed_in_its_own_order() -> None:
    assert gloss("Safety training: 340 employees") == "安全生产培训：0名员工"


def test_letters_of_a_chinese_text_stand_beside_its_english_terms() -> None:
    folded = letters("员工 training 3 次")
    assert in_chinese("training") in folded.text
    assert len(folded.text) == len(folded.places)


def test_places_of_a_glossed_text_lead_back_to_it() -> None:
    text = "Energy: 12 MWh saved."
    folded = letters(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)


def test_dates_of_an_english_answer() -> None:
    found = [
        (date.year, date.month, date.day)
        for date in find_dates("Held on 12 March 2024, again in May and Q3.")
    ]
    assert found == [(2024, 3, 12), (None, 5, None), (None, None, None)]


def test_what_follows_a_bare_claim_is_its_reason() -> None:
    found = read_not_applicable(
        "Not applicable. The yard is sealed and no protected area lies within 5 miles."
    )
    assert found.whole
    assert found.kind == "with_reason"


def test_a_topic_that_does_not_apply_leaves_the_rest() -> None:
    found = read_not_applicable(
        "Ocean and desert: not applicable, the site lies inland. Trees: 120 oaks planted in May."
    )
    assert not found.whole
    assert [topic.text for topic in found.topics] == ["Ocean and desert: not applicable"]


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Meters on 58 machines per 能源计量办法.", True),
        ("The result is very good，各方满意 and happy.", False),
        ("Risk work follows our own manual，written in Ohio，and 戴卡 got a copy of it in March.", True),
        ("Same as 中信戴卡、总部, no plan of our own here.", False),
    ],
)
def test_a_chinese_comma_beside_chinese_words_mixes_languages(text: str, is_so: bool) -> None:
    assert is_mostly_english(text) is is_so
