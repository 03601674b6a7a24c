"""The clerk's pages: a file comes in, what to mend first goes out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.desk.drafts import Draft
from checker.desk.pages import desk_of, download, go, page
from checker.desk.uploads import file_of
from checker.report.view import build_view
from questionnaire.cells import clean_text
from questionnaire.template import build_workbook


def start(request: Request) -> Response:
    """Where a file is dropped."""
    desk = desk_of(request)
    return page(request, "start.html.jinja", drafts=list(desk.drafts), year=desk.editions.first.edition.year)


async def take(request: Request) -> Response:
    """Reads and checks a file, and goes to its page."""
    upload = await file_of(request)
    draft = await run_in_threadpool(desk_of(request).drafts.add, upload)
    return go(f"/returns/{draft.id}")


def show(request: Request) -> Response:
    """A return with its verdict and its items."""
    desk, draft = desk_of(request), draft_of(request)
    schema = desk.editions.by_id(draft.report.questionnaire)
    return page(request, "return.html.jinja", draft=draft, view=build_view(draft.report, schema, desk.words))


def blank(request: Request) -> Response:
    """The blank workbook."""
    desk = desk_of(request)
    schema = desk.editions.first
    company = clean_text(request.query_params.get("company", ""))[:200]
    profile = {"company": company, "year": str(schema.edition.year)}
    name = desk.words.text("desk", "blank-name", company=company)
    return download(build_workbook(schema, profile=profile), name, ".xlsx")


def draft_of(request: Request) -> Draft:
    """The draft that a path names.

    Raises:
        HTTPException: 404.
    """
    draft = desk_of(request).drafts.get(request.path_params["draft"])
    if draft is None:
        raise HTTPException(404)
    return draft


ROUTES = (
    Route("/", start),
    Route("/returns", take, methods=["POST"]),
    Route("/returns/{draft}", show),
    Route("/blank.xlsx", blank),
)
