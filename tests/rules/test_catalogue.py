"""The catalogue of rules is whole: modules, docstrings, cases, messages in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Any

import pytest

from checker.engine import check
from checker.finding import Finding, Severity
from checker.report.catalogue import rule_doc
from checker.rules import RULES
from checker.wording import Language, wording
from frameworks.yamlfile import load_data, read_yaml
from questionnaire.answers import Place
from questionnaire.schema import Schema
from tests.conftest import make_return

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT / "tests" / "cases"
SUBJECTS = ("findings", "report", "errors", "command", "frameworks", "kpi")


def test_every_module_is_registered_under_its_own_name() -> None:
    modules = {path.stem.replace("_", "-") for path in (ROOT / "checker" / "rules").glob("[a-z]*.py")}
    assert modules == set(RULES), "add the module to checker/rules/__init__.py, named like its id"
    assert all(name == rule.ID for name, rule in RULES.items())


@pytest.mark.parametrize("rule", RULES)
def test_the_docstring_says_why_fires_silent_source(rule: str) -> None:
    doc = rule_doc(RULES[rule])
    assert all((doc.summary, doc.why, doc.fires, doc.silent, doc.source)), f"complete the docstring of {rule}"


@pytest.mark.parametrize("rule", RULES)
def test_the_docstrings_examples_run(rule: str, schema: Schema) -> None:
    """``Fires`` and ``Silent`` hold an answer, after the item's id where it matters; （…） only describes."""
    doc = rule_doc(RULES[rule])
    for example, fires in ((doc.fires, True), (doc.silent, False)):
        if example.startswith("（"):
            continue
        item, _, answer = example.rpartition(": ")
        report = check(schema, make_return({item or "P1.S1.I1": answer}), strict=True)
        found = {f.rule for f in report.findings if f.item == (item or "P1.S1.I1")}
        assert (rule in found) is fires, example


@pytest.mark.parametrize("rule", RULES)
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
@pytest.mark.parametrize("rule", RULES)
def test_every_message_can_be_put_into_words(rule: str, language: Language) -> None:
    """Every variant that the catalogue knows, with every parameter that the rule gives."""
    source = (ROOT / "checker" / "rules" / f"{rule.replace('-', '_')}.py").read_text(encoding="utf-8")
    given = set(re.findall(r"^\s+(\w+)=|[(,] (\w+)=", source, re.MULTILINE))
    names = {name for pair in given for name in pair if name}
    entry = load_data("checker.messages", f"findings.{language.value}.yaml")["rules"][rule]
    plural = {"asks", "hints", "count"}
    for key, text in entry.items():
        wanted = _placeholders(text)
        allowed = names | plural if ".many" in key else names
        assert wanted <= allowed, f"{rule} {key}: {wanted - allowed}"
    assert any(key.startswith("message") for key in entry)
    assert any(key.startswith("mend") for key in entry)


def test_wording_fills_and_joins() -> None:
    finding = Finding(
        rule="blank-answer", severity=Severity.ERROR, item="P1.S1.I1", where=Place("a.xlsx"), fingerprint="0",
        params={"asks": ["甲", "乙"]},
    )  # fmt: skip
    assert "甲、乙" in wording(Language.ZH).finding(finding).mend
    assert "甲, 乙" in wording(Language.EN).finding(finding).mend


def test_the_readme_lists_every_rule() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in RULES:
        title = wording().rule_title(name)
        severity = wording().word("severity", RULES[name].SEVERITY.value)
        assert f"| `{name}` | {title} | {severity} |" in readme, name


def _flat(data: Any, prefix: str = "") -> dict[str, str]:
    if not isinstance(data, dict):
        return {prefix: str(data)}
    return {
        key: text for name, value in data.items() for key, text in _flat(value, f"{prefix}/{name}").items()
    }


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
