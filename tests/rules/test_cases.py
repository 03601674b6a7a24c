"""Every rule on its cases (``tests/cases/<rule>.yaml``): what fires, what stays silent, when it steps back.

A case names an item of the questionnaire and an answer (or several, by item); ``findings`` lists what the rule
must say (any of evidence, severity, aspect, variant), an empty list that it must say nothing, ``not_applicable``
why it steps back. ``others`` holds the answers of other items, ``company`` the company's name, ``last_year`` the
item's answer of the year before, ``option`` what was ticked, ``edition`` another questionnaire,
``values`` and ``profile`` what the company says of itself, ``year`` its year,
``pictures`` the lines that were recognised in each picture; ``figures`` and ``before`` hold key figures of this
year's sheet and last year's.
For rules that look across returns, ``peers`` holds the answers of other companies, ``alike`` says how many give the
very same answer, ``parent`` is the parent's own answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from checker.campaign.ledger import ParentReturn
from checker.campaign.pages import gather
from checker.checking.engine import context_of
from checker.finding import Finding
from checker.reading.answers import read_answers
from checker.rules import CAMPAIGN_RULES, RULES
from checker.rules.contract import NotApplicable, Scope
from frameworks.ground.yaml import read_yaml
from questionnaire.answers import (
    Answer,
    Choice,
    OutsideKind,
    OutsideText,
    Picture,
    Place,
    Problem,
    Profile,
    UnmatchedText,
)
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from questionnaire.vocabulary import Option, ProfileFlag
from tests.conftest import look, make_return, make_returns
from tests.files.figures import figures_of

CASES = Path(__file__).parent.parent / "cases"


def _load(rules: Iterable[str] = RULES) -> Iterator[Any]:
    for rule in rules:
        path = CASES / f"{rule}.yaml"
        if not path.exists():
            continue
        data = read_yaml(path.read_bytes(), path.name).data
        shared = {key: data[key] for key in ("item", "company", "answer", "edition") if key in data}
        for name, case in data["cases"].items():
            yield pytest.param(rule, {"item": None, **shared, **case}, id=f"{rule}: {name}")


@pytest.mark.parametrize(("rule", "case"), list(_load()))
def test_case(rule: str, case: dict[str, Any], schema: Schema) -> None:
    module = RULES[rule]
    schema = Editions().by_id(case["edition"]) if "edition" in case else schema
    item = case["item"] or "P1.S1.I1"
    given = case.get("answers", [case.get("answer", "")])
    pairs = given.items() if isinstance(given, dict) else [(item, text) for text in given]
    place = Place("填报表.xlsx", "问卷", "E2")
    answers = tuple(
        Answer(
            name,
            text,
            place,
            choice=Choice(case["choice"]) if "choice" in case else None,
            reason=case.get("reason", ""),
            question=case.get("question"),
            problem=Problem(case["problem"]) if "problem" in case else None,
            option=Option(case["option"]) if "option" in case else None,
        )
        for name, text in pairs
        if text is not None
    )
    others = tuple(Answer(other, text, place) for other, text in case.get("others", {}).items())
    flags = tuple((ProfileFlag(flag), value) for flag, value in case.get("profile", {}).items())
    values = tuple(case.get("values", {}).items())
    source = make_return({}, case.get("company", "示例公司"), Profile(values, flags))
    source = replace(source, year=case.get("year", source.year))
    unmatched = tuple(UnmatchedText(text, place) for text in case.get("unmatched", ()))
    outside = tuple(
        OutsideText(OutsideKind(found["kind"]), tuple(found.get("texts", ())), found.get("count", 1), place)
        for found in case.get("outside", ())
    )
    pictures = tuple(
        Picture(place, tuple((line, seen.get("sure", 0.98)) for line in seen["lines"]))
        for seen in case.get("pictures", ())
    )
    figures, past = (figures_of(case.get(key, {})) for key in ("figures", "before"))
    before = replace(make_return({item: case.get("last_year", "")}), year=None, figures=past)
    whole = read_answers(
        schema,
        replace(
            source,
            answers=answers + others,
            unmatched=unmatched,
            outside=outside,
            pictures=pictures,
            figures=figures,
        ),
        before if {"last_year", "before"} & case.keys() else None,
    )
    context = context_of(module, whole)
    results = list(
        module.check(whole, context)
        if module.SCOPE is Scope.RETURN
        else look(module, whole.by_id[item], context)
    )
    aside = [result.reason for result in results if isinstance(result, NotApplicable)]
    assert aside == ([case["not_applicable"]] if "not_applicable" in case else [])
    found = [result for result in results if isinstance(result, Finding)]
    expected = case.get("findings", [])
    assert len(found) == len(expected), [(f.evidence, f.params) for f in found]
    for finding, wanted in zip(found, expected, strict=True):
        for text in (
            [wanted["evidence"]] if isinstance(wanted.get("evidence"), str) else wanted.get("evidence", [])
        ):
            assert any(text in quote for quote in finding.evidence), finding.evidence
        assert wanted.get("severity", finding.severity.value) == finding.severity.value
        assert wanted.get("aspect", finding.aspect) == finding.aspect
        assert wanted.get("variant", finding.variant) == finding.variant
    if unmatched or answers:
        aside_texts = [text for found in outside for text in found.texts]
        told = [*(answer.text for answer in answers + others), *(block.text for block in unmatched)]
        told.append(case.get("last_year", ""))
        told += [text for figure in figures + past for text in (figure.value, figure.last)]
        seen_lines = [line for picture in pictures for line, _ in picture.lines]
        everything = "\n".join([*told, *aside_texts, *seen_lines])
        said = "".join((*case.get("values", {}).values(), str(case.get("year", ""))))
        extra = everything + case.get("reason", "") + (case.get("question") or "") + said
        assert all(quote in extra for finding in found for quote in finding.evidence)


@pytest.mark.parametrize(("rule", "case"), list(_load(CAMPAIGN_RULES)))
def test_case_across(rule: str, case: dict[str, Any], schema: Schema, tmp_path: Path) -> None:
    company, answer, item = case["company"], case["answer"], case["item"]
    peers = dict(case.get("peers", {})) | {f"同行{n}公司": answer for n in range(case.get("alike", 0))}
    parent = ParentReturn(schema)
    if "parent" in case:
        given = {item: case["parent"]} if case["parent"] is not None else {}
        source = replace(make_return(given, "中信戴卡"), year=case.get("parent_year", 2024))
        parent = ParentReturn(schema, read_answers(schema, source))
    returns = make_returns(
        {company: {item: answer}} | {name: {item: said} for name, said in peers.items()}, schema, tmp_path
    )
    campaign = gather(
        Editions(), returns, parent, date(2025, 3, 1), rules={rule: CAMPAIGN_RULES[rule]}, strict=True
    )
    report = next(page.report for page in campaign.pages() if page.entry.company == company)
    outcome = next(each for each in report.outcomes if each.rule == rule)
    assert list(outcome.not_applicable) == ([case["not_applicable"]] if "not_applicable" in case else [])
    found = [finding for finding in report.findings if finding.rule == rule]
    expected = case.get("findings", [])
    assert len(found) == len(expected), [(f.variant, f.evidence, f.params) for f in found]
    for finding, wanted in zip(found, expected, strict=True):
        assert wanted.get("variant", finding.variant) == finding.variant
        assert wanted.get("evidence", "") in "".join(finding.evidence)
        assert finding.evidence
        assert all(quote in answer for quote in finding.evidence)
