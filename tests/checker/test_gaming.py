"""Returns that fill every cell and say nothing are never ready, and the findings say why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from checker.finding import Finding, ItemState, Report, Severity
from questionnaire.schema import Schema
from questionnaire.template import guidance, words
from questionnaire.vocabulary import NotApplicablePolicy

Check = Callable[..., Report]

REASON = "不涉及，本公司为生产型企业，主要从事铝合金铸件加工。"
SENTENCE = "公司高度重视此项工作，建立健全管理制度，2024年组织检查12次，覆盖全体员工，取得良好成效。"


def _of(report: Report, rule: str, variant: str = "") -> list[Finding]:
    return [found for found in report.findings if found.rule == rule and found.variant == variant]


@pytest.mark.parametrize(
    "words",
    [
        "不涉及", "不涉及。", "不适用", "N/A", REASON, "经核实，与本公司业务无关，不涉及。", "依托中信戴卡。",
        "由集团统一负责。", "本项目不涉及，依托中信戴卡。", "/", "无", "待补充", "以最终上报为准", "12", SENTENCE,
        "公司将进一步加强此项工作，努力取得更大成效。",
    ],
)  # fmt: skip
def test_one_answer_in_every_cell_is_not_ready(words: str, schema: Schema, check_answers: Check) -> None:
    report = check_answers({item.id: words for item in schema.items})
    assert not report.ready
    assert report.count(Severity.ERROR)


def test_what_always_applies_is_an_error_under_any_reason(schema: Schema, check_answers: Check) -> None:
    report = check_answers({item.id: REASON for item in schema.items})
    always = {item.id for item in schema.items if item.not_applicable is NotApplicablePolicy.NO}
    assert {found.item for found in _of(report, "na-without-reason", "never")} == always
    assert all(
        found.severity is Severity.ERROR for found in report.findings if found.rule == "na-without-reason"
    )


def test_one_reason_under_many_items_is_found_once(schema: Schema, check_answers: Check) -> None:
    aside = [item.id for item in schema.items if item.not_applicable is not NotApplicablePolicy.NO]
    (found,) = _of(check_answers(dict.fromkeys(aside, REASON)), "na-without-reason", "repeated")
    assert found.item == aside[0]
    assert found.params["count"] == len(aside)


def test_one_reason_for_neighbours_is_a_reason(check_answers: Check) -> None:
    words = "不涉及，厂区为建成的工业用地，周边无自然保护区。"
    report = check_answers({"P3.S6.I1": words, "P3.S6.I2": words, "P3.S6.I3": words})
    assert _of(report, "na-without-reason", "repeated") == []


@pytest.mark.parametrize("words", [SENTENCE, "12"])
def test_one_answer_under_many_items_is_found_once(words: str, schema: Schema, check_answers: Check) -> None:
    report = check_answers({item.id: words for item in schema.items})
    (found,) = _of(report, "copied-within-return", "repeated")
    assert found.severity is Severity.ERROR
    assert found.params["count"] > len(schema.items) / 2
    assert _of(report, "copied-within-return") == []


def test_the_question_copied_back(schema: Schema, check_answers: Check) -> None:
    report = check_answers({item.id: item.question for item in schema.items})
    echoed = Counter(found.item for found in report.findings if found.rule == "question-echo")
    assert not report.ready
    assert len(echoed) > 0.9 * len(schema.items)


def test_the_guidance_copied_back(schema: Schema, check_answers: Check) -> None:
    report = check_answers({item.id: guidance(item) for item in schema.items})
    said = {found.item for found in report.findings}
    assert not report.ready
    assert len(said) > 0.85 * len(schema.items)


def test_the_hints_copied_back(schema: Schema, check_answers: Check) -> None:
    hints = {item.id: "\n".join(a.hint or a.ask for a in item.judged) for item in schema.items}
    report = check_answers(hints)
    assert not report.ready
    assert len(_of(report, "question-echo", "form")) > 0.9 * len(schema.items)


def test_everything_left_to_the_parent(schema: Schema, check_answers: Check) -> None:
    report = check_answers({item.id: "依托中信戴卡。" for item in schema.items})
    assert len(_of(report, "delegated-item", "no")) == sum(i.delegable.value == "no" for i in schema.items)
    assert all(found.severity is Severity.ERROR for found in _of(report, "delegated-item", "no"))


def test_the_templates_own_advice_in_every_cell_is_not_ready(schema: Schema, check_answers: Check) -> None:
    advice = {text for _, text in words()["guide"]["lines"]}
    advice |= {quoted for text in advice for quoted in re.findall("『([^』]+)』", text)}
    advice |= {*words()["guidance"]["policy"].values(), words()["choice_prompt"]["text"]}
    advice |= {text for text in words()["status"].values() if isinstance(text, str)}
    advice |= {field.hint for field in schema.edition.profile if field.hint}
    advice |= {"2024 年未发生。", "2024年度未发生相关情况。", "公司无境外业务"}
    for text in sorted(advice):
        report = check_answers({item.id: text for item in schema.items})
        assert report.count(Severity.ERROR), text
        assert report.coverage[ItemState.ANSWERED] < len(schema.items) / 4, text
