"""``esgcheck diff``: two checks of one company, and what lies between."""

from __future__ import annotations

import json
from pathlib import Path

import click

from checker.commands import FINDINGS, OK, HelpfulCommand, words_of


@click.command("diff", cls=HelpfulCommand)
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--all", "whole", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, reports: tuple[Path, ...], form: str, whole: bool, questionnaire: str | None
) -> int:
    """Tells what became of every gap; exit 1 while any is open."""
    from checker.checking.diff import Change, Judged, changed_without_gap, compare, rewritten
    from checker.report.comparison import check_sides, comparison_data, read_side, show_comparison
    from checker.translation import shown_schema
    from frameworks.ground.errors import InputError
    from questionnaire.cells import squeeze
    from questionnaire.editions import Editions

    words, editions = words_of(context), Editions.of(questionnaire)
    if len(reports) < 2:
        raise InputError("too-few-reports")
    *earlier, old, new = (read_side(path, editions, words) for path in reports)
    companies = list(dict.fromkeys(side.company for side in (*earlier, old, new)))
    if len({squeeze(company) for company in companies}) > 1:
        click.echo(words.text("campaign", "diff-companies", names=companies), err=True)
    for side in (*earlier, old):
        check_sides(side, new)
    before = {gap.fingerprint for side in earlier for gap in side.gaps}
    judged = Judged(rewritten(old.said, new.said), new.unjudged, new.waived)
    changes = compare(old.gaps, new.gaps, before - {gap.fingerprint for gap in old.gaps}, judged)
    unasked = changed_without_gap(old.said, new.said, old.gaps)
    if form == "json":
        click.echo(json.dumps(comparison_data(old, new, changes, unasked), ensure_ascii=False))
    else:
        schema = shown_schema(new.editions.by_id(new.questionnaire), words)
        show_comparison(old, new, changes, unasked, schema, words, whole=whole)
    return FINDINGS if any(each.change not in (Change.FIXED, Change.WAIVED) for each in changes) else OK
