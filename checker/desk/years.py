"""What a campaign shows beside the returns of last year, and how its sub-groups stand."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.campaign.history import NoteKind
from checker.campaign.rollup import roll_up
from checker.desk.campaign import Run
from checker.desk.frame import opened, part_of, show
from checker.desk.pages import desk_of
from checker.finding import ItemState
from checker.report.excel.groups import SHOWN
from checker.report.history import HistoryWording
from questionnaire.schema import Schema

LINES = 100  # rows on one page


@opened
def last_year(request: Request, run: Run) -> Response:
    """Company by company against its return of last year; one kind alone where the address says so."""
    words = desk_of(request).words
    wanted = request.query_params.get("kind", "")
    kinds = {kind.value: words.text("years", f"kind-{kind.value}") for kind in NoteKind}
    notes = [(number, note) for number, note in run.years if wanted not in kinds or note.kind.value == wanted]
    part = part_of(request, notes, LINES)
    worded = HistoryWording(run.campaign.schemas, words)
    return show(
        request, "last-year.html.jinja", run=run, part=part, kinds=kinds, chosen=wanted, past=run.campaign.past,
        counts=Counter(note.kind.value for _, note in run.years),
        rows=[(number, worded.row(note)) for number, note in part.rows],
        asked=lambda number, item: item in _questionnaire(run, number).by_id,
    )  # fmt: skip


def _questionnaire(run: Run, number: int) -> Schema:
    """The one by which a company's return was read."""
    return run.campaign.editions.by_id(run.companies[number].entry.head.questionnaire)


@opened
def groups(request: Request, run: Run) -> Response:
    """Every sub-group with the sum of its companies."""
    gaps = {company.entry.company: company.counts for company in run.companies}
    return show(
        request, "groups.html.jinja", run=run, totals=list(roll_up(run.campaign, gaps)), standings=SHOWN,
        states=list(ItemState),
    )  # fmt: skip


ROUTES = (Route("/office/last-year", last_year), Route("/office/groups", groups))
