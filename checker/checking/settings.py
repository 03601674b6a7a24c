"""``esgcheck.yaml``: what the group office has settled beside the returns: accepted findings, and how rules run.

::

    waivers:
    - fingerprint: 0123456789abcdef
      who: 集团办公室 李某
      why: 境外工厂不设职代会，以员工大会代替
      until: 2025-12-31
    rules:
      vague-claim: {severity: notice}
      plan-actual-gap: {change: 0.5}

A rule takes a severity, and the thresholds that it declares (``esgcheck explain RULE`` lists them).
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from checker.checking.waivers import read_waivers
from checker.finding import Severity, Waiver
from checker.rules import ALL_RULES
from checker.rules.contract import defaults_of, options_of
from frameworks.ground.errors import ReturnError, SchemaError, SchemaErrors
from frameworks.ground.yaml import Document, read_yaml
from questionnaire.reading import read_bytes

FILE = "esgcheck.yaml"
SEVERITY = "severity"


class RuleSetting(NamedTuple):
    """How one rule runs, where that is not as it stands."""

    rule: str
    severity: Severity | None = None
    options: tuple[tuple[str, float], ...] = ()


class Settings(Struct, frozen=True):
    """Everything that one file says."""

    waivers: tuple[Waiver, ...] = ()
    rules: tuple[RuleSetting, ...] = ()


def load_beside(path: Path) -> Settings:
    """The settings in the folder of a return; none where there is no such file."""
    return load_in(path.parent)


def load_in(folder: Path, given: Path | None = None) -> Settings:
    """The settings of a file that is named, else those of a folder."""
    file = given or folder / FILE
    return load_settings(file) if given or os.path.lexists(file) else Settings()


def load_settings(path: Path) -> Settings:
    """The settings of a file, in its order.

    Raises:
        SchemaErrors: every mistake with line and column.
        SchemaError: the file is no YAML or cannot be read.
    """
    try:
        source = read_bytes(path)  # never a pipe or a device, which would not end
    except ReturnError as error:
        params: dict[str, Any] = error.params
        raise SchemaError(error.code, file=error.file, **params) from error
    return read_settings(source, path)


def read_settings(source: bytes, path: Path) -> Settings:
    """The same of a file's bytes.

    Raises:
        SchemaErrors: every mistake with line and column.
        SchemaError: they are no YAML.
    """
    document = read_yaml(source, str(path))
    data = document.data if isinstance(document.data, dict) else {}
    rules = data.get("rules") or {}
    errors = list(_mistakes(document, rules))
    if errors:
        raise SchemaErrors(errors)
    bare = {key: value for key, value in data.items() if key != "rules"} if "rules" in data else document.data
    waivers = read_waivers(Document(document.name, bare, document.places), path.name)
    return Settings(waivers, tuple(_setting(rule, given) for rule, given in rules.items()))


def _setting(rule: str, given: Mapping[str, Any]) -> RuleSetting:
    severity = Severity(given[SEVERITY]) if SEVERITY in given else None
    return RuleSetting(
        rule, severity, tuple((name, float(value)) for name, value in given.items() if name != SEVERITY)
    )


def _mistakes(document: Document, rules: Any) -> Iterator[SchemaError]:
    if not isinstance(rules, dict):
        yield _fault(document, ("rules",), "settings-not-rules")
        return
    for rule, given in rules.items():
        if rule not in ALL_RULES:
            near = difflib.get_close_matches(str(rule), ALL_RULES, n=2, cutoff=0.5)
            yield _fault(document, ("rules", rule), "settings-no-rule", value=rule, near=near)
        elif not isinstance(given, dict):
            yield _fault(document, ("rules", rule), "settings-not-rules")
        else:
            for name, value in given.items():
                yield from _mistakes_of(document, rule, name, value)


def _mistakes_of(document: Document, rule: str, name: str, value: Any) -> Iterator[SchemaError]:
    """Of one key of one rule: unknown, or a value that it cannot have."""
    path = ("rules", rule, name)
    options = options_of(ALL_RULES[rule])
    if name == SEVERITY:
        if not isinstance(value, str) or value not in set(Severity):
            yield _fault(document, path, "schema-bad-choice", field=name, value=value, choices=[*Severity])
        return
    option = options.get(name)
    if option is None:
        near = difflib.get_close_matches(name, [SEVERITY, *options], n=1, cutoff=0.4) or [SEVERITY, *options]
        yield _fault(document, path, "schema-unknown-key", field=name, near=near)
    elif (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not option.least <= value <= option.most
    ):
        yield _fault(
            document,
            path,
            "settings-out-of-range",
            field=name,
            value=value,
            least=option.least,
            most=option.most,
        )


def _fault(document: Document, path: tuple[str | int, ...], code: str, **params: Any) -> SchemaError:
    line, column = document.place(path)
    return SchemaError(code, file=document.name, line=line, column=column, **params)


def setting_of(rule: str, settings: tuple[RuleSetting, ...]) -> tuple[dict[str, float], Severity | None]:
    """The thresholds by which a rule runs, and the severity of all its findings where one is set."""
    options, severity = defaults_of(ALL_RULES[rule]), None
    for setting in settings:
        if setting.rule == rule:
            options |= dict(setting.options)
            severity = setting.severity or severity
    return options, severity
