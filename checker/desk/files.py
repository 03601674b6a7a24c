"""What can be taken away: the blank workbook, the mended copy, the gap list, the report."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.desk.clerk import draft_of
from checker.desk.pages import desk_of, download, page
from checker.report import html
from checker.report.excel import gaps
from checker.report.rows import Audience
from checker.wording import Wording
from frameworks.ground.output import save
from questionnaire.cells import clean_text
from questionnaire.template import build_workbook

COPIES = 1000  # beside one original
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
    desk, draft = desk_of(request), draft_of(request)
    copy, content = desk.drafts.latest(draft)
    draft.taken = copy
    return download(content, desk.words.text("desk", "name-mended", name=draft.saved_name), copy.suffix)


def keep(request: Request) -> Response:
    """The same, put beside the original in the user's folder; nothing that is there gives way."""
    desk, draft = desk_of(request), draft_of(request)
    if draft.origin is None:
        raise HTTPException(404)
    copy, content = desk.drafts.latest(draft)
    target = _beside(draft.origin, copy.suffix, desk.words)
    save(target, content, [draft.origin])
    draft.taken = copy
    return page(request, "kept.html.jinja", name=target.name)


def _beside(origin: Path, suffix: str, words: Wording) -> Path:
    """A name that is free."""
    name = words.text("desk", "name-mended", name=origin.stem)
    names = (f"{name}{suffix}", *(f"{name}{number}{suffix}" for number in range(2, COPIES)))
    return next(
        (free for each in names if not (free := origin.with_name(each)).exists()), origin.with_name(names[-1])
    )


def gap_list(request: Request) -> Response:
    """The gap list as a workbook."""
    desk, draft = desk_of(request), draft_of(request)
    content = gaps.render([draft.report], desk.editions.by_id, desk.words)
    return download(content, desk.words.text("desk", "name-gaps", name=draft.saved_name), ".xlsx")


def report(request: Request) -> Response:
    """The report as a page to keep."""
    desk, draft = desk_of(request), draft_of(request)
    content = html.render([draft.report], desk.editions.by_id, desk.words, audience=Audience.CLERK)
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
    Route("/returns/{draft}/keep", keep, methods=["POST"]),
    Route("/returns/{draft}/gaps.xlsx", gap_list),
    Route("/returns/{draft}/annotated", annotate, methods=["POST"]),
    Route("/returns/{draft}/annotated", annotated),
    Route("/returns/{draft}/report.html", report),
)
