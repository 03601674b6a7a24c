"""Gap lists that came back: read from where the user says, shown by what has to be done first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.campaign.followup import SETTLED, Reply, State
from checker.campaign.way_back import list_files, notes
from checker.desk.beside import path_of
from checker.desk.campaign import Run
from checker.desk.frame import START, opened, part_of, sent_to_open, show
from checker.desk.pages import desk_of, go
from checker.report.excel.followup import ORDER
from frameworks.ground.errors import ReturnError
from questionnaire.cells import squeeze

ADDRESS = f"{START}/returned"
LINES = 100  # rows on a page


class Row(NamedTuple):
    """One gap of a list that came back."""

    company: str
    number: int | None  # of the company, where its return is here and the item is one that is asked
    reply: Reply
    state: State


@opened
def returned(request: Request, run: Run) -> Response:
    """What the companies say, and how their gaps stand."""
    words = desk_of(request).words
    numbers = {squeeze(each.entry.company): each.number for each in run.companies}
    asked = {item for schema in run.campaign.schemas for item in schema.by_id}  # a list may say anything
    rows = [
        Row(
            found.company or found.file,
            numbers.get(squeeze(found.company)) if reply.item in asked else None,
            reply,
            state,
        )
        for found, told in run.returned
        for reply, state in told
    ]
    counts = Counter(row.state for row in rows)
    wanted = request.query_params.get("state", "")
    kept = [row for row in rows if not wanted or row.state == wanted]
    kept.sort(key=lambda row: ORDER.index(row.state))
    return show(
        request, "returned.html.jinja", run=run, part=part_of(request, kept, LINES), counts=counts, order=ORDER,
        settled=SETTLED, wanted=wanted,
        notes=[
            (found.file, line)
            for found, told in run.returned for line in notes(found, told, run.current, words)
        ],
    )  # fmt: skip


@sent_to_open
def read(_: Request, run: Run, given: Mapping[str, str]) -> Response:
    """Reads them."""
    place = path_of(given.get("place", ""))
    if not place.exists():
        raise ReturnError("path-missing", file=str(place))
    run.take_back(list(list_files([place])))
    return go(ADDRESS)


ROUTES = (
    Route(ADDRESS, returned),
    Route(ADDRESS, read, methods=["POST"]),
)
