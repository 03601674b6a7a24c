"""Runs the rules on a return and makes the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checker.coverage import ItemReading, ReturnReading, read_return
from checker.finding import AspectResult, Failure, Finding, ItemResult, Outcome, Report
from checker.rule import Context, NotApplicable, Rule, Scope
from checker.rules import RULES
from questionnaire.answers import Return
from questionnaire.schema import Schema


def check(
    schema: Schema,
    source: Return,
    rules: Mapping[str, Rule] = RULES,
    *,
    last_year: Return | None = None,
    strict: bool = False,
) -> Report:
    """Checks one return.

    Args:
        schema: the questionnaire.
        source: the return.
        rules: which rules to run.
        last_year: the same company's return of the year before, for copied-from-last-year.
        strict: let a crashing rule raise (tests), instead of recording it as a failure.
    """
    return check_reading(read_return(schema, source, last_year), rules, strict=strict)


def check_reading(
    whole: ReturnReading, rules: Mapping[str, Rule] = RULES, *, strict: bool = False, with_items: bool = True
) -> Report:
    """Checks a return that was read already; without items where only the findings are wanted."""
    schema, source = whole.schema, whole.source
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    failures: list[Failure] = []
    for rule in rules.values():
        found, outcome, crashed = _run(rule, whole, strict)
        findings.extend(found)
        outcomes.append(outcome)
        failures.extend(crashed)
    return Report(
        questionnaire=schema.edition.id,
        company=source.company,
        year=source.year,
        file=source.file,
        sha256=source.sha256,
        items=tuple(_item_result(reading) for reading in whole.items) if with_items else (),
        findings=tuple(_ordered(findings, schema, rules)),
        outcomes=tuple(outcomes),
        failures=tuple(failures),
        not_run=tuple(rule for rule in RULES if rule not in rules),
    )


def _run(rule: Rule, whole: ReturnReading, strict: bool) -> tuple[list[Finding], Outcome, list[Failure]]:
    context = Context(rule.ID, rule.SEVERITY, whole)
    targets: Iterable[ItemReading | ReturnReading] = whole.items if rule.SCOPE is Scope.ITEM else (whole,)
    findings: list[Finding] = []
    failures: list[Failure] = []
    aside: dict[str, int] = {}
    checked = 0
    for target in targets:
        stepped_back = False
        try:
            for result in rule.check(target, context):
                if isinstance(result, NotApplicable):
                    stepped_back = True
                    aside[result.reason] = aside.get(result.reason, 0) + 1
                else:
                    findings.append(result)
        except Exception as error:  # a rule's bug must not lose the other rules' findings
            if strict:
                raise
            item = target.item.id if isinstance(target, ItemReading) else None
            detail = f"{type(error).__name__}: {error}"
            failures.append(Failure(kind="crashed-rule", rule=rule.ID, item=item, detail=detail))
            continue
        checked += not stepped_back
    outcome = Outcome(
        rule=rule.ID, checked=checked, not_applicable=aside, fired=len(findings), failed=len(failures)
    )
    return findings, outcome, failures


def _ordered(findings: Iterable[Finding], schema: Schema, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """Schema order, then the register's order of rules; what belongs to no item stands last."""
    items = {item.id: index for index, item in enumerate(schema.items)}
    order = {rule: index for index, rule in enumerate(rules)}
    yield from sorted(
        findings,
        key=lambda finding: (
            items.get(finding.item or "", len(items)),
            order[finding.rule],
            finding.aspect or "",
            finding.where.line or 0,
        ),
    )


def _item_result(reading: ItemReading) -> ItemResult:
    return ItemResult(
        id=reading.item.id,
        key=reading.item.key,
        label=reading.label,
        question=reading.item.question,
        state=reading.state,
        where=reading.where if reading.answers else None,
        answer=reading.text,
        aspects=tuple(
            AspectResult(id=found.aspect.id, ask=found.aspect.ask, state=found.state, evidence=found.evidence)
            for found in reading.aspects
        ),
    )
