"""What can be taken away: the blank workbook, the mended copy, the gap list, the report."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.desk.clerk import draft_of
from checker.desk.pages import desk_of, download, page
from checker.report import html
from checker.report.excel import gaps
from questionnaire.cells import clean_text
from questionnaire.template import build_workbook

LONGEST = 60  # characters of a company in a file's name


def blank(request: Request) -> Response:
    """The blank workbook."""
    desk = desk_of(request)
    schema = desk.editions.first
    company = clean_text(request.query_params.get("company", ""))[:LONGEST]
    profile = {"company": company, "year": str(schema.edition.year)}
    name = desk.words.text("desk", "name-blank", company=company)
    return download(build_workbook(schema, profile=profile), name, ".xlsx")


def workbook(request: Request) -> Response:
    """Her own workbook with what was mended."""
    draft = draft_of(request)
    name = desk_of(request).words.text("desk", "name-mended", name=draft.saved_name)
    draft.saved = True
    return download(draft.copy.read_bytes(), name, draft.copy.suffix)


def gap_list(request: Request) -> Response:
    """The gap list as a workbook."""
    desk, draft = desk_of(request), draft_of(request)
    content = gaps.render([draft.report], desk.editions.by_id, desk.words)
    return download(content, desk.words.text("desk", "name-gaps", name=draft.saved_name), ".xlsx")


def report(request: Request) -> Response:
    """The report as a page to keep."""
    desk, draft = desk_of(request), draft_of(request)
    content = html.render([draft.report], desk.editions.by_id, desk.words)
    return download(content, desk.words.text("desk", "name-report", name=draft.saved_name), ".html")


def annotate(request: Request) -> Response:
    """Makes the annotated copy, says what it could not hold, and offers it."""
    desk, draft = desk_of(request), draft_of(request)
    draft.annotated, notes = desk.drafts.annotate(draft, desk.words)
    return page(request, "annotated.html.jinja", draft=draft, notes=notes)


def annotated(request: Request) -> Response:
    """The annotated copy that was made."""
    draft = draft_of(request)
    if draft.annotated is None:
        raise HTTPException(404)
    name = desk_of(request).words.text("desk", "name-annotated", name=draft.saved_name)
    return download(draft.annotated.read_bytes(), name, draft.annotated.suffix)


ROUTES = (
    Route("/blank.xlsx", blank),
    Route("/returns/{draft}/workbook", workbook),
    Route("/returns/{draft}/gaps.xlsx", gap_list),
    Route("/returns/{draft}/annotated", annotate, methods=["POST"]),
    Route("/returns/{draft}/annotated", annotated),
    Route("/returns/{draft}/report.html", report),
)
