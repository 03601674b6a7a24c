"""The catalogue on the screen: all rules, one rule, one item."""

from __future__ import annotations

import difflib
import re

from msgspec import Struct
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.checking.selection import find_rule, rule_titles
from checker.reading.disclosures import load_reader
from checker.reading.serving import served_customers
from checker.report.disclosure_view import name_of, title_of
from checker.report.folding import Hanging
from checker.report.item_names import find_items
from checker.report.terminal import COLOURS, make_console
from checker.rules import ALL_RULES
from checker.rules.contract import Rule, options_of
from checker.rules.reliability import measurement, reliability
from checker.wording import Language, Wording
from frameworks.ground.errors import InputError
from frameworks.ground.yaml import load_data
from questionnaire.examples import example_of
from questionnaire.schema import Item, Schema
from questionnaire.vocabulary import Delegable, FigureNeed

SECTIONS = ("Fires", "Silent")


class RuleDoc(Struct, frozen=True):
    """A rule's own words: what its docstring says."""

    summary: str
    fires: str
    silent: str


def rule_doc(rule: Rule) -> RuleDoc:
    """The docstring of a rule module, taken apart."""
    text = " ".join((rule.__doc__ or "").split())
    parts = re.split(rf" ?\b({'|'.join(SECTIONS)}): ", text)
    found = dict(zip(parts[1::2], parts[2::2], strict=False))
    return RuleDoc(parts[0], *(found.get(section, "") for section in SECTIONS))


def examples_of_rule(rule: Rule, words: Wording) -> tuple[str, str]:
    """What fires and what stays silent, in the user's language: in Chinese the docstring says it."""
    if words.language is Language.ZH:
        doc = rule_doc(rule)
        return doc.fires, doc.silent
    told = load_data("checker.data", "examples.yaml")[rule.ID]
    return told["fires"], told["silent"]


def show_rules(words: Wording) -> None:
    """Prints all rules with severity, name and the sentence that a finding says."""
    console = make_console()
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for key in ("column-rule-id", "column-severity", "column-rule", "rules-column-meaning"):
        table.add_column(words.text("report", key), overflow="fold")
    for rule in ALL_RULES.values():
        severity = words.word("severity", rule.SEVERITY.value)
        table.add_row(
            Text(rule.ID),
            Text(severity, style=COLOURS[rule.SEVERITY]),
            Text(words.rule_title(rule.ID)),
            Text(words.rule_reason(rule.ID)),
        )
    console.print(table)


def show_explanation(name: str, schema: Schema, words: Wording, *, internals: bool = False) -> None:
    """Prints one rule or one item; ``internals`` adds by what the parts of an item are recognised.

    Raises:
        InputError: there is none of that name; names near ones.
    """
    if (rule := find_rule(name)) is not None:
        _show_rule(ALL_RULES[rule], words)
        return
    try:
        found = find_items(name, schema)
    except InputError as error:
        known = [
            *ALL_RULES,
            *rule_titles(),
            *(item.id for item in schema.items),
            *(i.key for i in schema.items),
        ]
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        raise InputError("item-or-rule-unknown", name=name, near=near) from error
    for item in found:
        _show_item(item, schema, words, internals=internals)


def _show_rule(rule: Rule, words: Wording) -> None:
    console = make_console()
    severity = words.word("severity", rule.SEVERITY.value)
    head = Text(f"{words.rule_title(rule.ID)}  {rule.ID}  ", style="bold")
    head.append(severity, style=COLOURS[rule.SEVERITY])
    console.print(head)
    fires, silent = examples_of_rule(rule, words)
    lines = (
        ("when", words.rule_when(rule.ID)),
        ("why", words.rule_reason(rule.ID)),
        ("fires", _bare(fires)),
        ("silent", _bare(silent)),
        ("source", words.rule_source(rule.ID)),
        ("measured", _measured(rule.ID, words)),
        ("options", _options(rule, words)),
    )
    for key, text in lines:
        if not text:
            continue
        console.print(Hanging(Text(f"{words.text('report', f'explain-{key}')}  ", style="dim"), text, 0))


def _options(rule: Rule, words: Wording) -> str:
    """The thresholds that ``esgcheck.yaml`` may set."""
    separator = words.text("report", "pairs-separator")
    return separator.join(
        words.text(
            "report", "explain-option", name=name, default=option.default, least=option.least, most=option.most,
            meaning=words.option(rule.ID, name),
        )
        for name, option in options_of(rule).items()
    )  # fmt: skip


def _measured(rule: str, words: Wording) -> str:
    """How often the rule was right, and on how many labelled cases; says so where it was not measured."""
    counts = reliability(rule)
    shares = []
    if counts.precision is not None:
        share = f"{counts.precision:.0%}"
        shares.append(
            words.text("report", "measured-precision", found=counts.found, right=counts.right, share=share)
        )
    if counts.recall is not None:
        share = f"{counts.recall:.0%}"
        shares.append(
            words.text(
                "report", "measured-recall", expected=counts.expected, caught=counts.caught, share=share
            )
        )
    said = words.text("report", "not-measured")
    if shares:
        joined = words.text("report", "measured-separator").join(shares)
        said = words.text("report", "measured-on", returns=measurement().returns, shares=joined)
    return said + (words.text("report", "measured-cases", cases=counts.cases) if counts.cases else "")


def _bare(example: str) -> str:
    """An example of a docstring without the item that it belongs to."""
    return example if example.startswith("(") else example.rpartition(": ")[2]


def _show_item(item: Item, schema: Schema, words: Wording, *, internals: bool) -> None:
    console = make_console()
    console.print(Text(f"{schema.label(item.id)}  {item.id}  {item.key}", style="bold"))
    console.print(Hanging(Text(""), item.question, 0))
    policy = words.text("report", f"policy-{item.delegable.value}")
    head = Text(f"{words.text('report', 'explain-policy')}: {policy}  ")
    console.print(Hanging(head, item.delegable_reason, 0))
    console.print(Text(words.text("report", f"not-applicable-{item.not_applicable.value}")))
    _show_parts(item, words, console)
    if internals:
        _show_cues(item, words, console)
        return
    examples = [
        ("good", _in_one(example_of(item.id, schema), words)),
        ("bad", words.text("report", "explain-bad-answer")),
    ]
    if item.delegable is Delegable.NO:
        parent = words.parent(schema.edition.parent.name)
        examples.append(("bad", words.text("report", "explain-bad-delegation", parent=parent)))
    for key, text in examples:
        if text:
            console.print(Hanging(Text(f"{words.text('report', f'explain-{key}')}  ", style="dim"), text, 0))
    reader = load_reader(schema, schema.all_links(schema.edition.year))
    for edition, topics in served_customers(item.id, reader):
        titles = words.text("report", "pairs-separator").join(title_of(topic, words) for topic in topics)
        label = words.text("report", "explain-serves", name=name_of(edition, words))
        console.print(Hanging(Text(label, style="dim"), titles, 0))


def _in_one(text: str, words: Wording) -> str:
    """An answer of several lines and tables as one paragraph."""
    between, ends = words.text("report", "explain-line-end"), tuple(words.text("report", "explain-ends"))
    lines = [line for each in text.splitlines() if (line := " ".join(each.split()))]
    closed = [line if line.endswith(ends) else line + between.rstrip() for line in lines]
    return between[len(between.rstrip()) :].join(closed).removesuffix(between.rstrip())


def _show_parts(item: Item, words: Wording, console: Console) -> None:
    """What a full answer holds: each part, whether it must be there, and what to write."""
    console.print(Text(words.text("report", "explain-parts"), style="bold"))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for key in ("column-aspect", "column-need", "explain-write"):
        table.add_column(words.text("report", key), overflow="fold")
    for aspect in item.judged:
        need = words.word("needs", f"after-{aspect.after.value}" if aspect.after else aspect.need.value)
        if aspect.figure is FigureNeed.REQUIRED and aspect.unit:
            need = words.text("report", "explain-with-figure", need=need)
        table.add_row(Text(aspect.ask), Text(need), Text(aspect.hint))
    console.print(table)


def _show_cues(item: Item, words: Wording, console: Console) -> None:
    """The language by which parts are recognised, for those who edit questionnaires."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for key in ("column-aspect", "explain-cues"):
        table.add_column(words.text("report", key), overflow="fold")
    for aspect in item.judged:
        table.add_row(Text(f"{aspect.id}  {aspect.ask}"), Text("  ".join(aspect.cues), style="dim"))
    console.print(table)
