"""What became of the rows of a gap list, on the screen and as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from checker.campaign.followup import GapList, Reply, State
from checker.wording import Wording


def print_json(found: GapList, told: Sequence[tuple[Reply, State]], words: Wording) -> None:
    """One JSON object a row."""
    for reply, state in told:
        measures, supplement, owner, due = reply.said
        click.echo(json.dumps({
            "company": found.company, "file": found.file, "row": reply.row, "fingerprint": reply.fingerprint,
            "item": reply.item, "state": state.value, "measures": measures, "supplement": supplement,
            "owner": owner, "due": due, "due_date": reply.due.isoformat() if reply.due else None,
            "dispute": reply.dispute, "answer": reply.answer,
        }, ensure_ascii=False))  # fmt: skip


def show(found: GapList, told: Sequence[tuple[Reply, State]], words: Wording) -> None:
    """Puts the list on the screen: counts, then row by row; what was left unanswered is only counted."""

    def say(key: str, **params: object) -> str:
        return words.text("campaign", key, **params)

    click.echo(say("followup-head", company=found.company or found.file, rows=len(told)))
    counts = {state: sum(each is state for _, each in told) for state in State}
    click.echo("  " + "　".join(f"{say(f'state-{state.value}')} {n}" for state, n in counts.items() if n))
    for reply, state in told:
        if state is not State.SILENT:
            parts = [part for part in reply.said if part]
            if reply.objection:
                parts.append(f"{say('followup-dispute')}：{reply.objection}")
            aspect = f" {reply.aspect}" if reply.aspect else ""
            said = "；".join(parts)
            click.echo(
                f"  {say(f'state-{state.value}')}　{reply.label}「{reply.rule}」{aspect}　{said}".rstrip()
            )
