"""How a report compares with labels: which findings are right, which faults were caught, which states agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.finding import AspectState, Finding, Report, Severity
from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading, is_required
from questionnaire.answers import Profile
from tests.bench.labelling import Fault, ItemLabel, Labels

WHOLE_ANSWER = frozenset(
    {"blank-answer", "placeholder-answer", "off-topic", "question-echo", "duty-not-fact", "unreadable-cell"}
)  # one fault, one finding: the missing aspects stand inside it
ABSENT = frozenset({"aspect-missing", "answered-elsewhere", "figure-missing"})
DELEGATED = {
    "delegated-item": ("full",),
    "delegated-aspect": ("partial",),
    "suspected-delegation": ("full", "partial"),
    "policy-reference": ("reference",),
}


MEASURES = ("states", "aspects", "delegation", "quantities", "grave")


@dataclass
class Tally:
    """Counts of one rule."""

    found: int = 0  # findings that were judged
    right: int = 0
    expected: int = 0  # labelled faults
    caught: int = 0
    cases: int = 0  # single answers tried

    def add(self, other: Tally) -> None:
        """Adds another's counts."""
        self.cases += other.cases
        self.found += other.found
        self.right += other.right
        self.expected += other.expected
        self.caught += other.caught


@dataclass
class Score:
    """All that comparing one material, or several, gives."""

    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    false: list[str] = field(default_factory=list)  # findings that nothing in the labels bears out
    missed: list[str] = field(default_factory=list)
    unjudged: int = 0
    states: Tally = field(default_factory=Tally)  # expected: items with a label; caught: agreeing
    aspects: Tally = field(default_factory=Tally)  # missing ones
    delegation: Tally = field(default_factory=Tally)
    quantities: Tally = field(default_factory=Tally)
    grave: Tally = field(default_factory=Tally)  # faults labelled H
    disagreements: list[str] = field(default_factory=list)
    unruled: Counter[str] = field(default_factory=Counter)  # labels that name a rule which is not there

    def add(self, other: Score) -> None:
        """Adds another's counts and lists."""
        for rule, tally in other.rules.items():
            self.rules[rule].add(tally)
        for name in MEASURES:
            getattr(self, name).add(getattr(other, name))
        for name in ("false", "missed", "disagreements"):
            getattr(self, name).extend(getattr(other, name))
        self.unjudged += other.unjudged
        self.unruled.update(other.unruled)


def compare(report: Report, reading: ReturnReading, labels: Labels, known: Iterable[str]) -> Score:
    """The score of one return; faults of rules that are not in ``known`` are no misses."""
    score = Score()
    known = set(known)
    for finding in report.findings:
        _judge(finding, reading, labels, score)
    _faults(report, labels, known, score)
    for item, label in labels.items.items():
        _states(reading.by_id[item], label, score)
        if (
            label.state != "missing" or label.missing_aspects
        ):  # else blank or placeholder: nothing to tell apart
            _aspects(reading.by_id[item], label, report, reading.source.profile, score)
    _silences(report, labels, score)
    _numerals(reading, labels, score)
    return score


def _judge(finding: Finding, reading: ReturnReading, labels: Labels, score: Score) -> None:
    verdict = _verdict(finding, reading, labels)
    if verdict is None:
        score.unjudged += 1
        return
    score.rules[finding.rule].found += 1
    score.rules[finding.rule].right += verdict
    if not verdict:
        score.false.append(_line(finding))


def _verdict(finding: Finding, reading: ReturnReading, labels: Labels) -> bool | None:
    """Right, wrong, or None where the labels do not say."""
    if finding.item is not None and finding.item not in labels.items:
        return None
    for fault in labels.faults:
        if finding.item in fault.places and finding.rule in (fault.rule, *fault.accept_rules):
            return True
    label = labels.items.get(finding.item or "", ItemLabel())
    if finding.rule in label.borderline_rules:
        return None
    if label.delegation in DELEGATED.get(finding.rule, ()):
        return not (finding.aspect and label.delegated_aspects) or finding.aspect in label.delegated_aspects
    if finding.rule in ABSENT and finding.aspect is not None:
        alike = _group(reading.by_id[finding.item or ""], finding.aspect)
        if alike & set(label.missing_aspects):
            return True
        if alike & set(label.borderline_aspects):
            return None
    if finding.severity is Severity.NOTICE and not labels.complete:
        return None
    return False


def _faults(report: Report, labels: Labels, known: set[str], score: Score) -> None:
    seen: set[Fault] = set()
    for fault in labels.faults:
        if fault in seen:
            continue
        seen.add(fault)
        if fault.rule not in known:
            score.unruled[fault.rule] += 1
            continue
        rules = {finding.rule for finding in report.findings if finding.item in fault.places}
        tally = score.rules[fault.rule]
        if fault.rule not in rules and (fault.weak or rules & set(fault.accept_rules)):
            continue  # a fair reader is content with another rule, or with silence: neither caught nor missed
        for counts in (tally, score.grave) if fault.grade == "H" else (tally,):
            counts.expected += 1
            counts.caught += fault.rule in rules
        if fault.rule not in rules:
            score.missed.append(f"{fault.rule} {fault.item or ''} {fault.quote}".rstrip())


def _states(reading: ItemReading, label: ItemLabel, score: Score) -> None:
    item = reading.item.id
    if label.state is not None:
        right = reading.state.value in (label.state, *label.accept_states)
        _agree(score, score.states, right, f"{item} state {reading.state.value}, labelled {label.state}")
    if label.delegation is not None:
        kind = {"suspected": "full"}.get(reading.delegation.kind, reading.delegation.kind)
        right = kind in (label.delegation, *label.accept_delegation)
        _agree(score, score.delegation, right, f"{item} delegation {kind}, labelled {label.delegation}")


def _aspects(reading: ItemReading, label: ItemLabel, report: Report, profile: Profile, score: Score) -> None:
    wanted = set(label.missing_aspects) - set(label.borderline_aspects)
    required = {found.aspect.id for found in reading.aspects if is_required(found, profile)}
    absent = (_absent(reading) & required) - set(label.borderline_aspects)
    score.aspects.found += len(absent)
    score.aspects.right += sum(bool(_group(reading, aspect) & wanted) for aspect in absent)
    score.aspects.expected += len(wanted & required)
    score.aspects.caught += sum(bool(_group(reading, aspect) & absent) for aspect in wanted & required)
    said = [finding for finding in report.findings if finding.item == reading.item.id]
    inside = any(finding.rule in WHOLE_ANSWER for finding in said)
    for aspect in sorted(wanted):
        alike = _group(reading, aspect)
        hit = inside or any(f.aspect in alike for f in said if f.rule in ABSENT - {"figure-missing"})
        tally = score.rules["aspect-missing"]
        for counts in (tally, score.grave) if label.grades.get(aspect) == "H" else (tally,):
            counts.expected += 1
            counts.caught += hit
        if not hit:
            score.missed.append(f"aspect-missing {aspect} {_ask(reading, aspect)}")


def _agree(score: Score, tally: Tally, right: bool, line: str) -> None:
    tally.expected += 1
    tally.caught += right
    if not right:
        score.disagreements.append(line)


def _absent(reading: ItemReading) -> set[str]:
    """Aspects in state missing; where one of a group is there, none of the group is."""
    return {
        found.aspect.id
        for found in reading.of_state(AspectState.MISSING)
        if not _met(found.aspect.id, reading)
    }


def _met(aspect: str, reading: ItemReading) -> bool:
    group = _group(reading, aspect)
    return any(r.aspect.id in group and r.state is not AspectState.MISSING for r in reading.aspects)


def _group(reading: ItemReading, aspect: str) -> set[str]:
    """The aspect and those of which it is an alternative."""
    name = next((found.aspect.any_of for found in reading.aspects if found.aspect.id == aspect), None)
    if name is None:
        return {aspect}
    return {found.aspect.id for found in reading.aspects if found.aspect.any_of == name}


def _ask(reading: ItemReading, aspect: str) -> str:
    return next((found.aspect.ask for found in reading.aspects if found.aspect.id == aspect), "")


def _silences(report: Report, labels: Labels, score: Score) -> None:
    for silence in labels.silent:
        for finding in report.findings:
            quoted = any(words in quote for words in silence.quotes for quote in finding.evidence)
            if finding.rule in silence.rules and (quoted or finding.aspect in silence.aspects):
                line = _line(finding)
                if line not in score.false:
                    score.false.append(line)


def _numerals(reading: ReturnReading, labels: Labels, score: Score) -> None:
    for item in reading.items:
        for quantity in item.quantities:
            for words in labels.no_quantities:
                if (
                    quantity.text in words
                    and words in item.text[max(0, quantity.start - 8) : quantity.end + 8]
                ):
                    score.disagreements.append(
                        f"{item.item.id} reads 「{quantity.text}」 of 「{words}」 as figure"
                    )


def _line(finding: Finding) -> str:
    quotes = " / ".join(quote.replace("\n", "⏎")[:60] for quote in finding.evidence)
    ask = finding.params.get("ask", "")
    return f"{finding.rule} {finding.aspect or finding.item or ''} {finding.severity.value} {ask}「{quotes}」"
