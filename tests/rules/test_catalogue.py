"""The catalogue of rules is whole: modules, docstrings, cases, messages in both languages."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.checking.engine import check
from checker.checking.selection import find_rule, rule_titles
from checker.finding import Finding, Report, Severity
from checker.report.catalogue import examples_of_rule, rule_doc, show_explanation
from checker.rules import ALL_RULES, RULES
from checker.rules.reliability import Measurement, Reliability, measurement
from checker.wording import Language, wording
from frameworks.ground.yaml import load_data, read_yaml
from questionnaire.answers import Place
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from tests.conftest import make_return

ROOT = Path(__file__).parent.parent.parent
TABLE = ("<!-- rules -->", "<!-- /rules -->")
CASES = ROOT / "tests" / "cases"
NO_RULES = {"contract", "peers", "reliability"}  # what rules are, beside them
SUBJECTS = (
    "findings",
    "rules",
    "report",
    "errors",
    "command",
    "frameworks",
    "kpi",
    "campaign",
    "desk",
    "letters",
    "years",
)


def test_every_module_is_registered_under_its_own_name() -> None:
    modules = {path.stem.replace("_", "-") for path in (ROOT / "checker" / "rules").glob("[a-z]*.py")}
    assert modules - NO_RULES == set(ALL_RULES), (
        "add the module to checker/rules/__init__.py, named like its id"
    )
    assert all(name == rule.ID for name, rule in ALL_RULES.items())


@pytest.mark.parametrize("rule", ALL_RULES)
def test_the_docstring_says_what_fires_and_what_stays_silent(rule: str) -> None:
    """Why it matters and on what it rests stand in the message catalogues alone."""
    doc = rule_doc(ALL_RULES[rule])
    assert all((doc.summary, doc.fires, doc.silent)), f"complete the docstring of {rule}"
    for words in map(wording, Language):
        assert words.rule_reason(rule) and words.rule_source(rule), f"say why, and on what {rule} rests"
    english = examples_of_rule(ALL_RULES[rule], wording(Language.EN))
    assert not re.search("[一-鿿]", "".join(english)), f"say in checker/data/examples.yaml what {rule} finds"


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_run(rule: str, schema: Schema) -> None:
    """``Fires`` and ``Silent``, in English too, hold an answer, behind its item's id if that matters; （…） tells."""
    told = [text for language in Language for text in examples_of_rule(RULES[rule], wording(language))]
    for example, fires in zip(told, (True, False, True, False), strict=True):
        if example.startswith(("（", "(")):
            continue
        item, _, answer = example.rpartition(": ")
        report = check(schema, make_return({item or "P1.S1.I1": answer}), strict=True)
        found = {f.rule for f in report.findings if f.item == (item or "P1.S1.I1")}
        assert (rule in found) is fires, example


@pytest.mark.parametrize("rule", ALL_RULES)
def test_there_are_cases_that_fire_stay_silent_and_step_back(rule: str) -> None:
    path = CASES / f"{rule}.yaml"
    assert path.exists(), f"write tests/cases/{rule}.yaml"
    cases = read_yaml(path.read_bytes(), path.name).data["cases"].values()
    fires = sum(bool(case.get("findings")) for case in cases)
    silent = sum(not case.get("findings") for case in cases)
    assert fires >= 2, "more cases that fire"
    assert silent >= 2, "more near misses"
    if rule not in ("blank-answer",):
        assert any("not_applicable" in case for case in cases), "one case in which the rule steps back"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_hold_the_same_keys_and_placeholders(subject: str) -> None:
    chinese = _flat(load_data("checker.messages", f"{subject}.zh.yaml"))
    english = _flat(load_data("checker.messages", f"{subject}.en.yaml"))
    assert chinese.keys() == english.keys()
    free = {"command", "findings"}  # a mend may say in one language what the message says in the other
    for key in chinese if subject not in free else ():
        assert _placeholders(chinese[key]) == _placeholders(english[key]), key


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("rule", ALL_RULES)
def test_every_message_can_be_put_into_words(rule: str, language: Language) -> None:
    """Every variant that the catalogue knows, with every parameter that the rule gives."""
    source = (ROOT / "checker" / "rules" / f"{rule.replace('-', '_')}.py").read_text(encoding="utf-8")
    given = set(re.findall(r"^\s+(\w+)=|[(,] (\w+)=", source, re.MULTILINE))
    names = {name for pair in given for name in pair if name}
    entry = load_data("checker.messages", f"findings.{language.value}.yaml")["rules"][rule]
    plural = {"asks", "hints", "count"}
    for key, text in entry.items():
        wanted = _placeholders(text) - {"respondents"}  # every message knows it
        allowed = names | plural if ".many" in key else names
        assert wanted <= allowed, f"{rule} {key}: {wanted - allowed}"
    assert any(key.startswith("message") for key in entry)
    assert any(key.startswith("mend") for key in entry)


def test_who_answers_is_called_as_the_edition_says() -> None:
    supplier, group = Editions().by_id("supplier-2025").edition, Editions().first.edition
    finding = Finding(
        rule="delegation-unresolved", severity=Severity.ERROR, item="Q1", where=Place("a.xlsx"), fingerprint="0",
        variant="points-back", params={"asks": ["甲"]},
    )  # fmt: skip
    usual, english = wording(Language.ZH), wording(Language.EN)
    assert usual.of_edition(group).finding(finding).message.endswith("由各子公司负责。")
    assert usual.of_edition(supplier).finding(finding).message.endswith("由各供应商负责。")
    assert "its suppliers do it" in english.of_edition(supplier).finding(finding).message
    assert usual.of_edition(supplier).rule_title("copied-across-returns") == "供应商间雷同"
    assert find_rule("子公司间雷同") == rule_titles(supplier)["供应商间雷同"] == "copied-across-returns"


def test_wording_fills_and_joins() -> None:
    finding = Finding(
        rule="blank-answer", severity=Severity.ERROR, item="P1.S1.I1", where=Place("a.xlsx"), fingerprint="0",
        params={"asks": ["甲", "乙"], "otherwise": "nil-alone"},
    )  # fmt: skip
    assert "甲、乙" in wording(Language.ZH).finding(finding).mend
    assert "甲, 乙" in wording(Language.EN).finding(finding).mend


def test_a_blank_item_is_offered_what_it_may_be_answered_with(check_answers: Callable[..., Report]) -> None:
    mends = {
        finding.item: wording(Language.ZH).finding(finding).mend
        for finding in check_answers({"P1.S3.I1": ""}).findings
        if finding.rule == "blank-answer"
    }
    assert "不涉及的，写明理由" in mends["P6.S1.I1"]  # may be set aside
    assert '不能写"不涉及"' in mends["P1.S1.I1"]


def test_the_table_of_the_readme_is_the_register(request: pytest.FixtureRequest) -> None:
    """``python -m pytest --refresh-golden`` writes it anew, between the two marks."""
    path = ROOT / "README.md"
    readme = path.read_text(encoding="utf-8")
    before, rest = readme.split(TABLE[0])
    _, after = rest.split(TABLE[1])
    wanted = f"{before}{TABLE[0]}\n{_table()}\n{TABLE[1]}{after}"
    if request.config.getoption("--refresh-golden"):
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted, "run: python -m pytest --refresh-golden"


def _table() -> str:
    words = wording()
    rows = [
        (
            f"`{name}`",
            words.rule_title(name),
            words.word("severity", rule.SEVERITY.value),
            words.rule_when(name),
        )
        for name, rule in ALL_RULES.items()
    ]
    head = ("规则", "名称", "级别", "何时报")
    lines = [f"| {' | '.join(row)} |" for row in (head, *rows)]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("rule", ALL_RULES)
def test_every_rule_explains_itself_under_any_name(
    rule: str, language: Language, schema: Schema, capsys: pytest.CaptureFixture[str]
) -> None:
    words = wording(language)
    for name in (
        rule,
        rule.upper(),
        wording(Language.ZH).rule_title(rule),
        wording(Language.EN).rule_title(rule),
    ):
        show_explanation(name, schema, words)
        said = "".join(capsys.readouterr().out.split())
        for part in (
            words.rule_when(rule),
            words.rule_reason(rule),
            words.rule_source(rule),
            words.rule_title(rule),
        ):
            assert "".join(part.split()) in said


def test_the_explanation_says_how_often_a_rule_was_right(
    monkeypatch: pytest.MonkeyPatch, schema: Schema, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = {"vague-claim": Reliability(found=20, right=19, expected=40, caught=10, cases=11)}
    monkeypatch.setattr(
        "checker.rules.reliability.measurement", lambda: Measurement(returns=("甲",), rules=counts)
    )
    show_explanation("vague-claim", schema, wording())
    said = "".join(capsys.readouterr().out.split())
    assert "报出20处，19处属实（95%）" in said
    assert "应报40处，报出10处（25%）" in said
    show_explanation("blank-answer", schema, wording())
    assert "尚未在标注过的填报上测量" in "".join(capsys.readouterr().out.split())


def test_only_rules_of_the_register_were_measured() -> None:
    assert set(measurement().rules) <= set(RULES), "run: python -m tests.bench.judgement --write"
    for name, counts in measurement().rules.items():
        assert 0 <= counts.right <= counts.found, name
        assert 0 <= counts.caught <= counts.expected, name


def _flat(data: Any, prefix: str = "") -> dict[str, str]:
    if not isinstance(data, dict):
        return {prefix: str(data)}
    return {
        key: text for name, value in data.items() for key, text in _flat(value, f"{prefix}/{name}").items()
    }


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
