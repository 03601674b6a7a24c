"""Runs the rules and makes the report: one engine for answers, returns, key figures and campaigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from checker.checking.drafted import as_found, each_fault_once
from checker.checking.settings import RuleSetting, setting_of
from checker.finding import (
    AspectResult,
    Failure,
    Finding,
    ItemResult,
    Outcome,
    Question,
    Report,
)
from checker.reading.answers import ReturnReading, read_answers
from checker.reading.items import ItemReading
from checker.reading.key_figures import results
from checker.rules import ALL_RULES, CAMPAIGN_RULES, FIGURE_RULES, RULES
from checker.rules.contract import (
    AnswerRule,
    CampaignRule,
    Context,
    NotApplicable,
    ReturnContext,
    ReturnRule,
    Rule,
    Scope,
)
from checker.rules.contract import Outcome as Result
from checker.rules.peers import Peers
from questionnaire.answers import Return
from questionnaire.figure_sheet import is_aside
from questionnaire.links import Links
from questionnaire.schema import Schema

ReturnRules = Mapping[str, AnswerRule | ReturnRule]
CampaignRules = Mapping[str, CampaignRule]
RuleSettings = tuple[RuleSetting, ...]
# the item's id, where there is one; why it is spared, where it is; what yields the outcomes, and what it looks at
Look = tuple[str | None, str, Callable[[Any, Any], Iterable[Result]], Any]


class _Run(Struct):
    """What the rules yield, as they run one after the other."""

    strict: bool  # let a crashing rule raise
    findings: list[Finding] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def rule(self, rule: Rule, context: Context, looks: Iterable[Look]) -> None:
        """Runs one rule at all its places."""
        before, crashed, checked = len(self.findings), len(self.failures), 0
        aside: dict[str, int] = {}
        for item, spared, look, about in looks:
            if spared:
                aside[spared] = aside.get(spared, 0) + 1
                continue
            stepped_back = False
            try:
                for result in look(about, context):
                    if isinstance(result, NotApplicable):
                        stepped_back = True
                        aside[result.reason] = aside.get(result.reason, 0) + 1
                    else:
                        self.findings.append(result)
            except Exception as error:  # a rule's bug must not lose the other rules' findings
                if self.strict:
                    raise
                detail = f"{type(error).__name__}: {error}"
                self.failures.append(Failure(kind="crashed-rule", rule=rule.ID, item=item, detail=detail))
                continue
            checked += not stepped_back
        self.outcomes.append(
            Outcome(
                rule=rule.ID,
                checked=checked,
                not_applicable=aside,
                fired=len(self.findings) - before,
                failed=len(self.failures) - crashed,
            )
        )

    def keep(self, findings: Iterable[Finding]) -> None:
        """Keeps some of the findings."""
        kept = list(findings)
        if len(kept) < len(self.findings):
            fired = Counter(finding.rule for finding in kept)
            self.outcomes = [replace(each, fired=fired[each.rule]) for each in self.outcomes]
        self.findings = kept


def check(
    schema: Schema,
    source: Return,
    rules: ReturnRules = RULES,
    *,
    last_year: Return | None = None,
    strict: bool = False,
    frameworks: Iterable[str] = (),
    chosen_by: str = "",
    settings: RuleSettings = (),
) -> Report:
    """Checks one return.

    Args:
        schema: the questionnaire.
        source: the return.
        rules: which rules to run.
        last_year: the same company's return of the year before, for copied-from-last-year.
        strict: let a crashing rule raise (tests), instead of recording it as a failure.
        frameworks: whose disclosures each finding names; the questionnaire's own choice when there are none.
        chosen_by: why it is this questionnaire.
        settings: how rules run, where that is not as they stand.
    """
    whole = read_answers(schema, source, last_year, frameworks)
    return check_reading(whole, rules, strict=strict, chosen_by=chosen_by, settings=settings)


def check_reading(
    whole: ReturnReading,
    rules: ReturnRules = RULES,
    *,
    strict: bool = False,
    chosen_by: str = "",
    settings: RuleSettings = (),
) -> Report:
    """Checks a return that was read already."""
    schema, source = whole.schema, whole.source
    run = _Run(strict, failures=list(_unread(source)))
    for rule in rules.values():
        run.rule(rule, context_of(rule, whole, settings), _looks(rule, whole))
    run.keep(each_fault_once(whole, run.findings))
    return Report(
        questionnaire=schema.edition.id,
        chosen_by=chosen_by,
        company=source.company,
        year=source.year,
        file=source.file,
        sha256=source.sha256,
        items=tuple(_item_result(reading) for reading in as_found(whole, run.findings).items),
        findings=tuple(_ordered(run.findings, schema)),
        outcomes=tuple(run.outcomes),
        failures=tuple(run.failures),
        reading=source.source,
        figures=tuple(results(whole.figures)),
        figures_aside=tuple(figure.id for figure in source.figures if is_aside(figure.value)),
        frameworks=whole.links.editions,
        unverified=_unverified(run.findings, whole.links.unverified),
        not_run=tuple(rule for rule in RULES if rule not in rules),
        questions=tuple(_questions(whole)),
    )


def check_among(
    report: Report,
    peers: Peers,
    links: Links,
    rules: CampaignRules = CAMPAIGN_RULES,
    *,
    strict: bool = False,
    settings: RuleSettings = (),
) -> Report:
    """The report with what the other returns of its campaign add to it."""
    run = _Run(strict, list(report.findings), list(report.outcomes), list(report.failures))
    for rule in rules.values():
        context = Context(
            rule.ID, rule.SEVERITY, report.file, report.company, links, *setting_of(rule.ID, settings)
        )
        run.rule(rule, context, [(None, "", rule.check, peers)])
    return replace(
        report,
        findings=tuple(_ordered(run.findings, peers.schema)),
        outcomes=tuple(run.outcomes),
        failures=tuple(run.failures),
        unverified=_unverified(run.findings, links.unverified),
    )


def context_of(
    rule: AnswerRule | ReturnRule, whole: ReturnReading, settings: RuleSettings = ()
) -> ReturnContext:
    """What a rule may know about a return."""
    source = whole.source
    return ReturnContext(
        rule.ID,
        rule.SEVERITY,
        source.file,
        source.company,
        whole.links,
        *setting_of(rule.ID, settings),
        whole=whole,
    )


def _looks(rule: AnswerRule | ReturnRule, whole: ReturnReading) -> Iterator[Look]:
    """Every place at which a rule looks at a return; a rule on substance is spared answers without any."""
    check = rule.check
    if rule.SCOPE is Scope.RETURN:
        yield None, "", check, whole
    else:
        on_substance = rule.SCOPE is Scope.SUBSTANCE
        for reading in whole.items:
            yield reading.item.id, reading.stands_aside if on_substance else "", check, reading
    if whole.figures and (on_figures := FIGURE_RULES.get(rule.ID)) is not None:
        yield None, "", on_figures.check_figures, whole.sheet


def _unverified(findings: Iterable[Finding], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(known & {code for finding in findings for code in finding.disclosures}))


def _unread(source: Return) -> Iterator[Failure]:
    """Cells with a value that no reader got: a return with any is not judged as if it were whole."""
    found = source.source
    if found.read < found.present:
        yield Failure(kind="cells-unread", file=source.file, detail=f"{found.read} / {found.present}")


def _ordered(findings: Iterable[Finding], schema: Schema) -> Iterator[Finding]:
    """Schema order, then the register's order of rules; what belongs to no item stands last, figures row by row."""
    items = {item.id: index for index, item in enumerate(schema.items)}
    order = {rule: index for index, rule in enumerate(ALL_RULES)}
    yield from sorted(
        findings,
        key=lambda finding: (
            items.get(finding.item or "", len(items)),
            _row_of(finding) if finding.variant.startswith("kpi-") else 0,
            order.get(finding.rule, len(order)),
            finding.aspect or "",
            finding.where.line or 0,
        ),
    )


def _questions(whole: ReturnReading) -> Iterator[Question]:
    """What the clerk is asked, with what she said, in schema order."""
    for reading in whole.items:
        for doubt in reading.doubts:
            yield Question(
                id=doubt.id,
                kind=doubt.kind,
                item=reading.item.id,
                aspect=doubt.aspect,
                ask=doubt.ask,
                where=reading.where,
                quotes=doubt.quotes,
                choices=doubt.choices,
                reply=doubt.reply,
            )


def _row_of(finding: Finding) -> int:
    """The row of a key figure: what is said of one figure stands together."""
    return int("".join(letter for letter in finding.where.cell or "" if letter.isdecimal()) or 0)


def _item_result(reading: ItemReading) -> ItemResult:
    return ItemResult(
        id=reading.item.id,
        key=reading.item.key,
        label=reading.label,
        question=reading.item.question,
        state=reading.state,
        where=reading.where if reading.answers else None,
        answer=reading.text,
        option=reading.ticked.option if reading.ticked else None,
        typed=reading.answers[0].text if reading.declared and reading.answers else None,
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
