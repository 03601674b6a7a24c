"""Gap lists that came back: read from where the user says, shown by what has to be done first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.campaign.followup import SETTLED, Reply, State
from checker.campaign.way_back import list_files, notes
from checker.desk.beside import path_of
from checker.desk.campaign import Run, Stage
from checker.desk.frame import START, fields_of, opened, part_of, show
from checker.desk.pages import desk_of, go
from checker.report.excel.followup import ORDER
from frameworks.ground.errors import InputError, ReturnError
from questionnaire.cells import squeeze

ADDRESS = f"{START}/returned"
LINES = 100  # rows on a page


class Row(NamedTuple):
    """One gap of a list that came back."""

    company: str
    number: int | None  # of the company, where its return is here
    reply: Reply
    state: State


@opened
def returned(request: Request, run: Run) -> Response:
    """What the companies say, and how their gaps stand."""
    words = desk_of(request).words
    numbers = {squeeze(each.entry.company): each.number for each in run.companies}
    rows = [
        Row(found.company or found.file, numbers.get(squeeze(found.company)), reply, state)
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
            f"{found.file}：{line}"
            for found, told in run.returned for line in notes(found, told, run.current, words)
        ],
    )  # fmt: skip


async def read(request: Request) -> Response:
    """Reads them."""
    given = await fields_of(request)
    return await run_in_threadpool(_read, request, given)


def _read(request: Request, given: Mapping[str, str]) -> Response:
    run = desk_of(request).office.run
    if run is None or run.stage is not Stage.READY:
        return go(START)
    place = path_of(given.get("place", ""))
    if place is None:
        raise InputError("path-empty")
    if not place.exists():
        raise ReturnError("path-missing", file=str(place))
    run.take_back(list(list_files([place])))
    return go(ADDRESS)


ROUTES = (
    Route(ADDRESS, returned),
    Route(ADDRESS, read, methods=["POST"]),
)
