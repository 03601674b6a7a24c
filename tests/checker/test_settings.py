"""How rules run is settled beside the returns, in ``esgcheck.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.checking.engine import check
from checker.checking.settings import RuleSetting, Settings, load_settings
from checker.finding import Severity
from checker.rules import ALL_RULES
from checker.rules.contract import options_of
from checker.wording import Language, wording
from frameworks.ground.errors import SchemaErrors
from questionnaire.answers import KeyFigure, Place
from questionnaire.schema import Schema
from tests.conftest import make_return


def _settings(folder: Path, text: str) -> Path:
    path = folder / "esgcheck.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_severity_and_thresholds_of_a_rule(tmp_path: Path) -> None:
    path = _settings(
        tmp_path, "rules:\n  vague-claim: {severity: notice}\n  plan-actual-gap: {change: 0.5, few: 3}\n"
    )
    assert load_settings(path) == Settings(
        rules=(
            RuleSetting("vague-claim", Severity.NOTICE),
            RuleSetting("plan-actual-gap", None, (("change", 0.5), ("few", 3.0))),
        )
    )


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("rules:\n  vague-claims: {severity: notice}\n", "settings-no-rule", 2),
        ("rules:\n  vague-claim: {severity: mild}\n", "schema-bad-choice", 2),
        ("rules:\n  plan-actual-gap:\n    chnage: 0.5\n", "schema-unknown-key", 3),
        ("rules:\n  plan-actual-gap: {change: 400}\n", "settings-out-of-range", 2),
        ("rules:\n  plan-actual-gap: {change: true}\n", "settings-out-of-range", 2),
        ("rules: [vague-claim]\n", "settings-not-rules", 1),
        ("rules:\n  vague-claim: notice\n", "settings-not-rules", 2),
        ("rule: {}\n", "schema-unknown-key", 1),
    ],
)
def test_a_mistake_has_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    with pytest.raises(SchemaErrors) as raised:
        load_settings(_settings(tmp_path, text))
    assert [(error.code, error.line) for error in raised.value.errors] == [(code, line)]


def test_they_hold_for_answers_and_key_figures(schema: Schema) -> None:
    source = make_return({"P3.S2.I1": "能耗明显下降。"})
    usual = check(schema, source, strict=True)
    settled = check(schema, source, strict=True, settings=(RuleSetting("vague-claim", Severity.NOTICE),))
    assert {f.severity for f in usual.findings if f.rule == "vague-claim"} == {Severity.WARNING}
    assert {f.severity for f in settled.findings if f.rule == "vague-claim"} == {Severity.NOTICE}


def test_every_threshold_says_what_it_means() -> None:
    for rule in ALL_RULES.values():
        for name, option in options_of(rule).items():
            assert option.least <= option.default <= option.most, rule.ID
            assert all(wording(language).option(rule.ID, name) for language in Language)


def test_a_threshold_changes_what_fires(schema: Schema) -> None:
    from msgspec.structs import replace

    row = KeyFigure("air.nox", Place("填报表.xlsx", "关键绩效", "C3"), "1200", "1000", "千克")
    source = replace(make_return({}), figures=(row,))
    found = [f for f in check(schema, source).findings if f.rule == "plan-actual-gap"]
    tight = (RuleSetting("plan-actual-gap", None, (("change", 0.1),)),)
    assert not found
    assert [f for f in check(schema, source, settings=tight).findings if f.rule == "plan-actual-gap"]
