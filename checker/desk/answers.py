"""One company of a campaign, and one answer of it with its marked quotes and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.campaign.copies import Member
from checker.campaign.pages import Page
from checker.desk.campaign import Run
from checker.desk.companies import Company
from checker.desk.frame import opened, show
from checker.desk.marks import entries_of, marked
from checker.desk.pages import desk_of
from checker.finding import ItemResult
from checker.report.excel.campaign import LEDGER
from checker.report.excel.campaign_rows import RowWording
from checker.report.rows import View, WaiverRow
from checker.report.view import build_view
from questionnaire.options import label_of


def _page(request: Request, run: Run) -> tuple[Company, Page, View]:
    """The company that a path names.

    Raises:
        HTTPException: 404.
    """
    found = run.numbered(request.path_params["number"])
    if found is None:
        raise HTTPException(404)
    page = run.page(found.number)
    page = replace(page, report=page.whole)
    return found, page, build_view(page.report, page.schema, desk_of(request).words)


@opened
def company(request: Request, run: Run) -> Response:
    """All items of a company with their states and what is to be mended, and what belongs to no item."""
    found, page, view = _page(request, run)
    groups = {group.item.id: group for group in view.groups if group.item}
    rest = [row for row in view.rows if not row.item]
    waived = [row for row in view.waivers if row.state == "waived"]
    return show(
        request, "company.html.jinja", run=run, company=found, page=page, view=view, groups=groups, rest=rest,
        waived=waived,
    )  # fmt: skip


@opened
def answer(request: Request, run: Run) -> Response:
    """One answer."""
    found, page, view = _page(request, run)
    wanted = request.path_params["item"]
    at = next((at for at, item in enumerate(page.report.items) if item.id == wanted), None)
    if at is None:
        raise HTTPException(404)
    items = page.report.items
    item = items[at]
    rows = [row for row in view.rows if row.item == item.id]
    worded = RowWording(run.campaign.schemas, desk_of(request).words)
    names = [name for name, _ in LEDGER]
    return show(
        request, "answer.html.jinja", run=run, company=found, page=page, view=view, item=item,
        pieces=marked(item, rows),
        ticked=label_of(item.option, item.question) if item.option else "",
        entries=list(entries_of(item.answer, rows)),
        waived=_waived(view.waivers, item),
        ledger=[
            dict(zip(names, worded.ledger(row), strict=True))
            for row in page.closed if row.delegated.item == item.id
        ],
        copies=list(_copies(run, found, item.id)),
        before=items[at - 1] if at else None,
        after=items[at + 1] if at + 1 < len(items) else None,
    )  # fmt: skip


def _waived(waivers: Sequence[WaiverRow], item: ItemResult) -> list[WaiverRow]:
    return [row for row in waivers if row.item == item.id and row.state == "waived"]


def _copies(run: Run, company: Company, item: str) -> Iterator[tuple[int, list[Member]]]:
    """The clusters that an answer belongs to, each with the others in it."""
    for cluster in run.campaign.clusters:
        if any(each.entry == company.number and each.item == item for each in cluster.members):
            yield cluster.number, [each for each in cluster.members if each.entry != company.number]


ROUTES = (
    Route("/office/companies/{number}", company),
    Route("/office/companies/{number}/{item}", answer),
)
