"""Two checks of one company side by side: what became of every gap, on the screen and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import click

from checker.checking.diff import (
    COUNTED,
    Change,
    Gap,
    GapChange,
    digests_of_data,
    gaps_of_data,
    unjudged_rules,
)
from checker.checking.files import check_file, read_file
from checker.report.json import FORMAT, as_data
from checker.wording import Wording
from frameworks.ground.errors import InputError
from questionnaire.editions import ChosenBy, Editions
from questionnaire.nearby import editions_for
from questionnaire.reading import read_bytes
from questionnaire.schema import Schema

# told by their number, listed where all is asked for
SETTLED = (Change.FIXED, Change.UNCHECKED, Change.WAIVED)
ORDER = (Change.REOPENED, Change.NEW, Change.OPEN, Change.WORDS_ONLY, Change.MOVED, *SETTLED)
FIRST = 20  # lines that are shown unasked


class Side(NamedTuple):
    """One check, so far as it is compared."""

    name: str
    company: str
    questionnaire: str
    editions: Editions  # among which that is
    gaps: list[Gap]
    said: dict[str, str]  # by item, a digest
    unjudged: frozenset[str]  # rules that could find nothing
    waived: frozenset[str]  # fingerprints


def read_side(path: Path, editions: Editions, words: Wording) -> Side:
    """A side of the comparison: a report as JSON, or a return that is checked now.

    Raises:
        InputError: it is neither, or its questionnaire is not here.
    """
    if path.suffix.lower() == ".json":
        try:
            data = json.loads(read_bytes(path))
        except ValueError as error:
            raise InputError("not-a-report", file=str(path)) from error
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise InputError("not-a-report", file=str(path))
        editions = editions_for(data["questionnaire"], path, editions)
    else:
        report = check_file(path, editions)
        if report.chosen_by == ChosenBy.FOREIGN:
            named = read_file(path, editions)[0].profile.value("questionnaire")
            report = check_file(path, editions := editions_for(named, path, editions))
        data = as_data(report, words)
    return Side(
        path.name, data["return"]["company"], data["questionnaire"], editions, gaps_of_data(data),
        digests_of_data(data), unjudged_rules(data["outcomes"]),
        frozenset(each["fingerprint"] for each in data.get("waived", ())),
    )  # fmt: skip


def check_sides(old: Side, new: Side) -> None:
    """Refuses checks by two questionnaires: every gap of the old one would seem to be mended.

    Raises:
        InputError: they are.
    """
    if old.editions.family_of(old.questionnaire) != new.editions.family_of(new.questionnaire):
        raise InputError("diff-of-two", file=new.name, old=old.questionnaire, new=new.questionnaire)


class _Row(NamedTuple):
    """The gaps of one item and rule that share their fate."""

    change: Change
    item: str
    rule: str
    asks: tuple[str, ...]  # each once


def _rows(changes: list[GapChange], schema: Schema) -> list[_Row]:
    """One for each fate, item and rule: what is open first, in the order of the questionnaire."""
    asks = {aspect.id: aspect.ask for item in schema.items for aspect in item.aspects}
    order = {item.id: number for number, item in enumerate(schema.items)}
    found: dict[tuple[Change, str, str], list[str]] = {}
    for each in sorted(changes, key=lambda c: (ORDER.index(c.change), order.get(c.gap.item, len(order)))):
        told = found.setdefault((each.change, each.gap.item, each.gap.rule), [])
        ask = asks.get(each.gap.aspect, "")
        if ask and ask not in told:
            told.append(ask)
    return [_Row(change, item, rule, tuple(told)) for (change, item, rule), told in found.items()]


def comparison_data(old: Side, new: Side, changes: list[GapChange], unasked: list[str]) -> dict[str, Any]:
    """The comparison as plain data."""
    return {
        "format": "esgcheck-diff/1",
        "old": old.name,
        "new": new.name,
        "changes": [
            {
                "change": each.change.value, "rule": each.gap.rule, "item": each.gap.item or None,
                "aspect": each.gap.aspect or None, "fingerprint": each.gap.fingerprint,
                "now": each.now.fingerprint if each.now else None,
            } for each in changes
        ],
        "changed_without_gap": unasked,
    }  # fmt: skip


def show_comparison(
    old: Side,
    new: Side,
    changes: list[GapChange],
    unasked: list[str],
    schema: Schema,
    words: Wording,
    *,
    whole: bool = False,
) -> None:
    """Puts the comparison on the screen: what is open first, and of that the beginning unless ``whole``."""

    def say(key: str, **params: object) -> str:
        return words.text("campaign", key, **params)

    click.echo(say("diff-head", old=old.name, new=new.name))
    counts = {change: sum(each.change is change for each in changes) for change in Change}
    click.echo(
        "　".join(
            f"{say(f'change-{change.value}')} {count}"
            for change, count in counts.items()
            if count or change in COUNTED
        )
    )
    rows = _rows(changes, schema)
    shown = rows if whole else [row for row in rows if row.change not in SETTLED][:FIRST]
    for row in shown:
        line = say(
            "diff-line", change=say(f"change-{row.change.value}"), title=words.rule_title(row.rule),
            label=schema.label(row.item) if row.item else words.text("report", "no-item"),
            aspect=words.text("report", "pairs-separator").join(row.asks),
        )  # fmt: skip
        click.echo(f"  {line.rstrip()}")
    if len(shown) < len(rows):
        click.echo(say("diff-more", count=len(rows) - len(shown)))
    if unasked:
        click.echo(say("diff-unasked", labels="、".join(schema.label(item) for item in unasked)))
    if not changes and not unasked:
        click.echo(say("diff-none"))
