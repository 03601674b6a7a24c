"""How the product does on an author's material: whole returns, short answers, pieces that stand alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from checker.checking.engine import check
from checker.finding import AspectState, Finding, Report
from checker.reading.lines import parse_line
from checker.text.ground.agents import Agents
from questionnaire.answers import Answer, Place, Return
from questionnaire.schema import Schema
from tests.bench.material import LabelledReturn, Piece

KINDS = {
    "delegated-item": "full",
    "na-and-delegated": "full",
    "suspected-delegation": "full",
    "delegated-aspect": "partial",
    "policy-reference": "reference",
}
RANK = ("none", "reference", "partial", "full")
FOLLOWS = frozenset({"aspect-missing", "figure-missing", "answered-elsewhere"})  # from the aspects' states
APART = FOLLOWS | set(KINDS) - {"na-and-delegated"}
LOOSE = frozenset({"activity-uncounted", "policy-reference"})  # notices that nobody calls false
ANYWHERE = frozenset(
    {"figure-conflict", "name-inconsistent", "copied-within-return", "date-conflict", "na-contradicted"}
)  # found from whichever of its places
TOGETHER = 8  # letters that two quotes share

Figures = dict[str, float]


def of_return(schema: Schema, labels: LabelledReturn) -> tuple[Figures, Counter[tuple[str, str]]]:
    """The figures of one return; and of every rule how many findings were right, how many faults were caught."""
    place = Place(f"{labels.author}.txt")
    given = tuple(Answer(item, text, place) for item, text in labels.answers.items() if text.strip())
    report = check(schema, Return(place.file, "0" * 64, labels.company, labels.year, given), strict=True)
    gold = labels.gold
    states = {item.id: item.state.value for item in report.items}
    faults, rules = _faults(report.findings, gold)
    figures = {
        "states": float(sum(states[item] == state for item, state in gold["states"].items())),
        **_missing(report, gold),
        **_relying(report, gold),
        **faults,
    }
    return figures, rules


def _missing(report: Report, gold: Mapping[str, Any]) -> Figures:
    """Missing aspects of the items that say something."""
    doubtful = set(gold.get("arguable_aspects", ()))
    found = {aspect.id: aspect.state for item in report.items for aspect in item.aspects}
    counts: Counter[tuple[bool, bool]] = Counter()
    for aspect, state in gold["aspects"].items():
        item = aspect.rpartition(".")[0]
        if gold["states"][item] in ("answered", "partial") and aspect not in doubtful:
            counts[state == "missing", found[aspect] is AspectState.MISSING] += 1
    return {
        "missing_right": counts[True, True],
        "missing_false": counts[False, True],
        "missing_lost": counts[True, False],
    }


def _relying(report: Report, gold: Mapping[str, Any]) -> Figures:
    doubtful = {each["item"] for each in gold["findings"] if each["rule"] == "suspected-delegation"}
    kinds = dict.fromkeys(gold["states"], "none")
    for finding in report.findings:
        kind = KINDS.get(finding.rule)
        if kind is None or (finding.rule == "suspected-delegation" and finding.item in doubtful):
            continue
        kinds[finding.item or ""] = max(kind, kinds[finding.item or ""], key=RANK.index)
    full = [item for item, kind in gold["delegation"].items() if kind == "full"]
    return {
        "delegation": sum(kinds[item] == kind for item, kind in gold["delegation"].items()) / len(kinds),
        "full": sum(kinds[item] == "full" for item in full) / max(1, len(full)),
    }


def _faults(findings: Sequence[Finding], gold: Mapping[str, Any]) -> tuple[Figures, Counter[tuple[str, str]]]:
    wanted = [each for each in gold["findings"] if each["rule"] not in APART]
    left = [finding for finding in findings if finding.rule not in APART]
    rules: Counter[tuple[str, str]] = Counter()
    used: set[int] = set()
    for fault in wanted:
        hit = next((at for at, finding in enumerate(left) if _is_found(fault, finding)), None)
        if hit is not None:
            used.add(hit)
        if hit is not None or not fault.get("arguable"):
            rules[fault["rule"], "expected"] += 1
            rules[fault["rule"], "caught"] += hit is not None
    labelled = {(fault["rule"], fault["item"]) for fault in wanted}
    false = 0
    for at, finding in enumerate(left):
        right = at in used or (finding.rule, finding.item) in labelled
        rules[finding.rule, "found"] += 1
        rules[finding.rule, "right"] += right
        false += not right and finding.rule not in LOOSE
    broken = sum(
        any(
            finding.item == trap["item"]
            and finding.rule == trap["rule"]
            and any(_alike(trap["evidence"], quote) for quote in finding.evidence)
            for finding in findings
        )
        for trap in gold["silent"]
    )
    told: Counter[str] = Counter()
    for (_, what), count in rules.items():
        told[what] += count
    figures = {
        "caught": float(told["caught"]),
        "faults": float(told["expected"]),
        "false": float(false),
        "broken": float(broken),
        "traps": float(len(gold["silent"])),
    }
    return figures, rules


def _is_found(fault: Mapping[str, Any], finding: Finding) -> bool:
    if finding.rule != fault["rule"]:
        return False
    given = fault.get("other") or []
    others = [other for other in ([given] if isinstance(given, dict) else given) if "item" in other]
    quotes = [fault["evidence"], *(other.get("evidence") or "" for other in others)]
    quoted = any(_alike(words, quote) for words in quotes if words for quote in finding.evidence)
    if finding.rule == "vague-claim":
        return finding.item == fault["item"] and any(
            _alike(fault["evidence"], quote) for quote in finding.evidence
        )
    if finding.item == fault["item"]:
        return True
    return quoted and (finding.rule in ANYWHERE or finding.item in [other["item"] for other in others])


def _alike(one: str, other: str) -> bool:
    one, other = ("".join(words.split()) for words in (one, other))
    parts = (one[at : at + TOGETHER] for at in range(max(1, len(one) - TOGETHER + 1)))
    return one in other or other in one or any(part in other for part in parts)


def of_sentences(rows: Iterable[Mapping[str, Any]], agents: Agents) -> Figures:
    """The figures of short answers."""
    counts: Counter[str] = Counter()
    for row in rows:
        text = row["text"].replace("\n", " ")
        read = parse_line(text, agents, 2024)
        kind = {"suspected": "full"}.get(read["delegation"]["kind"], read["delegation"]["kind"])
        if "delegation" in row:
            counts["answers"] += 1
            counts["delegation_right"] += kind == row["delegation"]
            counts["delegation_false"] += row["delegation"] == "none" != kind
        for name, free in (("vague_claims", ()), ("quantities", row.get("other_quantities", ()))):
            if name in row:
                _overlaps(name, text, row[name], free, read[name], counts)
    return dict(counts)


def _overlaps(
    name: str,
    text: str,
    labels: Sequence[str],
    free: Sequence[str],
    found: Sequence[Mapping[str, Any]],
    counts: Counter[str],
) -> None:
    wanted, allowed = list(_spans(text, labels)), list(_spans(text, free))
    got = [(each["start"], each["end"]) for each in found]

    def hit(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
        return any(span[0] < end and start < span[1] for start, end in others)

    counts[f"{name}_right"] += sum(hit(span, got) for span in wanted)
    counts[f"{name}_lost"] += sum(not hit(span, got) for span in wanted)
    counts[f"{name}_false"] += sum(not hit(span, wanted) and not hit(span, allowed) for span in got)


def _spans(text: str, labels: Iterable[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for words in labels:
        start = text.find(words, at)
        start = text.find(words) if start < 0 else start
        at = start + len(words)
        yield start, at


def of_bank(schema: Schema, pieces: Iterable[Piece]) -> Figures:
    """Every piece stands alone as the answer to its item: how many of each kind are taken for a proof."""
    by_item: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_item[piece.item].append(piece)
    counts: Counter[str] = Counter()
    for number in range(max(map(len, by_item.values()))):
        row = {item: own[number] for item, own in by_item.items() if number < len(own)}
        given = tuple(Answer(item, piece.text, Place("r.txt")) for item, piece in row.items())
        report = check(schema, Return("r.txt", "0" * 64, "示例铸造有限公司", 2024, given), {}, strict=True)
        states = {aspect.id: aspect.state for item in report.items for aspect in item.aspects}
        for piece in row.values():
            counts[f"{piece.kind}_all"] += 1
            counts[f"{piece.kind}_taken"] += states[piece.first] is AspectState.DISCLOSED
    return dict(counts)


def share(figures: Mapping[str, float], name: str) -> tuple[float, float]:
    """Precision and recall of what is counted as right, false and lost."""
    right, false, lost = (figures.get(f"{name}_{each}", 0) for each in ("right", "false", "lost"))
    precision = right / (right + false) if right + false else 1.0
    return precision, right / (right + lost) if right + lost else 1.0
