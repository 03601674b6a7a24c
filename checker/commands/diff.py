"""``esgcheck diff``: two checks of one company, and what lies between."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from checker.commands import FINDINGS, OK, HelpfulCommand, words_of

if TYPE_CHECKING:
    from checker.checking.diff import Gap, GapChange
    from checker.wording import Wording
    from questionnaire.editions import Editions
    from questionnaire.schema import Schema


class Side(NamedTuple):
    """One check, so far as it is compared."""

    name: str
    questionnaire: str
    gaps: list[Gap]
    said: dict[str, str]  # by item


@click.command("diff", cls=HelpfulCommand)
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--questionnaire")
@click.pass_context
def command(context: click.Context, reports: tuple[Path, ...], form: str, questionnaire: str | None) -> int:
    """Tells what became of every gap; exit 1 while any is open."""
    from checker.checking.diff import Change, changed_without_gap, compare
    from frameworks.ground.errors import InputError
    from questionnaire.editions import Editions

    words, editions = words_of(context), Editions.of(questionnaire)
    if len(reports) < 2:
        raise InputError("too-few-reports")
    *earlier, old, new = (_side(path, editions, words) for path in reports)
    before = {gap.fingerprint for side in earlier for gap in side.gaps}
    changes = compare(old.gaps, new.gaps, before - {gap.fingerprint for gap in old.gaps})
    unasked = changed_without_gap(old.said, new.said, old.gaps)
    if form == "json":
        click.echo(json.dumps(_data(old, new, changes, unasked), ensure_ascii=False))
    else:
        _show(old, new, changes, unasked, editions.by_id(new.questionnaire), words)
    return FINDINGS if any(each.change is not Change.FIXED for each in changes) else OK


def _side(path: Path, editions: Editions, words: Wording) -> Side:
    from checker.checking.diff import digests_of_data, gaps_of_data
    from checker.checking.files import check_file
    from checker.report.json import FORMAT, as_data
    from frameworks.ground.errors import InputError
    from questionnaire.reading import read_bytes

    if path.suffix.lower() == ".json":
        try:
            data = json.loads(read_bytes(path))
        except ValueError as error:
            raise InputError("not-a-report", file=str(path)) from error
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise InputError("not-a-report", file=str(path))
    else:
        data = as_data(check_file(path, editions), words)
    return Side(path.name, data["questionnaire"], gaps_of_data(data), digests_of_data(data))


def _data(old: Side, new: Side, changes: list[GapChange], unasked: list[str]) -> dict[str, Any]:
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


def _show(
    old: Side, new: Side, changes: list[GapChange], unasked: list[str], schema: Schema, words: Wording
) -> None:
    from checker.checking.diff import Change

    def say(key: str, **params: object) -> str:
        return words.text("campaign", key, **params)

    asks = {aspect.id: aspect.ask for item in schema.items for aspect in item.aspects}
    order = {item.id: number for number, item in enumerate(schema.items)}
    click.echo(say("diff-head", old=old.name, new=new.name))
    counts = {change: sum(each.change is change for each in changes) for change in Change}
    click.echo("　".join(f"{say(f'change-{change.value}')} {count}" for change, count in counts.items()))
    for each in sorted(changes, key=lambda c: (list(Change).index(c.change), order.get(c.gap.item, 999))):
        label = schema.label(each.gap.item) if each.gap.item else words.text("report", "no-item")
        line = say(
            "diff-line", change=say(f"change-{each.change.value}"), label=label,
            title=words.rule_title(each.gap.rule), aspect=asks.get(each.gap.aspect, ""),
        )  # fmt: skip
        click.echo(f"  {line.rstrip()}")
    if unasked:
        click.echo(say("diff-unasked", labels="、".join(schema.label(item) for item in unasked)))
    if not changes and not unasked:
        click.echo(say("diff-none"))
