"""Runs the rules on a return and makes the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from checker.finding import AspectResult, Failure, Finding, ItemResult, Outcome, Report
from checker.reading.answers import ItemReading, ReturnReading, read_return
from checker.reading.key_figures import results
from checker.rules import RULES
from checker.rules.contract import Context, NotApplicable, Rule, Scope, outcomes
from checker.rules.support.kpi import check_figures
from questionnaire.answers import Return
from questionnaire.reading import run_isolated
from questionnaire.schema import Schema


def check(
    schema: Schema,
    source: Return,
    rules: Mapping[str, Rule] = RULES,
    *,
    last_year: Return | None = None,
    strict: bool = False,
    frameworks: Iterable[str] = (),
) -> Report:
    """Checks one return.

    Args:
        schema: the questionnaire.
        source: the return.
        rules: which rules to run.
        last_year: the same company's return of the year before, for copied-from-last-year.
        strict: let a crashing rule raise (tests), instead of recording it as a failure.
        frameworks: whose disclosures each finding names; the questionnaire's own choice when there are none.
    """
    return check_reading(read_return(schema, source, last_year, frameworks), rules, strict=strict)


def check_reading(whole: ReturnReading, rules: Mapping[str, Rule] = RULES, *, strict: bool = False) -> Report:
    """Checks a return that was read already."""
    schema, source = whole.schema, whole.source
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    failures: list[Failure] = []
    for rule in rules.values():
        found, outcome, crashed = _run(rule, whole, strict)
        findings.extend(found)
        outcomes.append(outcome)
        failures.extend(crashed)
    findings.extend(check_figures(whole))
    failures.extend(_unread(source))
    return Report(
        questionnaire=schema.edition.id,
        company=source.company,
        year=source.year,
        file=source.file,
        sha256=source.sha256,
        items=tuple(_item_result(reading) for reading in whole.items),
        findings=tuple(_ordered(findings, schema, rules)),
        outcomes=tuple(outcomes),
        failures=tuple(failures),
        reading=source.source,
        figures=tuple(results(whole.figures)),
        frameworks=whole.links.editions,
        unverified=_unverified(findings, whole.links.unverified),
        not_run=tuple(rule for rule in RULES if rule not in rules),
    )


def _unverified(findings: Iterable[Finding], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(known & {code for finding in findings for code in finding.disclosures}))


def _unread(source: Return) -> Iterator[Failure]:
    """Cells with a value that no reader got: a return with any is not judged as if it were whole."""
    found = source.source
    if found.read < found.present:
        yield Failure(kind="cells-unread", file=source.file, detail=f"{found.read} / {found.present}")


def check_content(
    content: bytes,
    file: str,
    sha256: str,
    rules: Sequence[str] = tuple(RULES),
    frameworks: Sequence[str] = (),
    last_year: Return | None = None,
    *,
    schema: Schema,
) -> Report:
    """Reads and checks a file's bytes, in this process, by the rules of these ids."""
    from questionnaire.reading.content import read_content

    source = read_content(content, file, sha256, schema)
    chosen = {rule: RULES[rule] for rule in rules}
    return check(schema, source, chosen, frameworks=frameworks, last_year=last_year)


def check_file(
    path: Path,
    schema: Schema,
    rules: Iterable[str] = RULES,
    frameworks: Iterable[str] = (),
    last_year: Return | None = None,
) -> Report:
    """Reads and checks one return in the worker, whose clock holds for the rules too.

    Raises:
        ReturnError: the file cannot be read as a return; says why and how to mend it.
    """
    return run_isolated(check_content, path, schema, tuple(rules), tuple(frameworks), last_year)


def _run(rule: Rule, whole: ReturnReading, strict: bool) -> tuple[list[Finding], Outcome, list[Failure]]:
    context = Context(rule.ID, rule.SEVERITY, whole)
    targets: Iterable[ItemReading | ReturnReading] = (whole,) if rule.SCOPE is Scope.RETURN else whole.items
    findings: list[Finding] = []
    failures: list[Failure] = []
    aside: dict[str, int] = {}
    checked = 0
    for target in targets:
        stepped_back = False
        try:
            for result in outcomes(rule, target, context):
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
            order.get(finding.rule, len(order)),
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
            AspectResult(
                id=found.aspect.id,
                ask=found.aspect.ask,
                state=found.state,
                evidence=found.evidence,
                lacks_figure=found.lacks_figure,
            )
            for found in reading.aspects
        ),
    )
