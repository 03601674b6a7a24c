"""The clerk's pages: a file comes in, what to mend first is shown, mends go into a copy of her own workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.desk.cards import Card, anchor_of, cards, help_of, spot_of, unnumbered
from checker.desk.drafts import Draft
from checker.desk.pages import desk_of, go, page
from checker.desk.state import Desk
from checker.desk.uploads import Upload, chosen, files_of, shown_name
from checker.report.rows import FIRST, Audience, GapRow, View
from checker.report.view import build_view
from checker.wording import Wording
from questionnaire.answers import Reply
from questionnaire.reading import find_returns, read_bytes
from questionnaire.schema import Item, Schema


class Sight(Struct, frozen=True):
    """A draft as its page shows it."""

    draft: Draft
    schema: Schema
    words: Wording
    view: View
    cards: tuple[Card, ...]

    @property
    def first(self) -> tuple[tuple[str, GapRow], ...]:
        """What to mend first, and where on the page it stands."""
        anchors = {entry.line: card.anchor for card in self.cards for entry in card.entries}
        return tuple((anchors[unnumbered(row)], row) for row in self.view.first[:FIRST])

    @property
    def later(self) -> int:
        """How many items more are to be mended."""
        return max(0, len(self.view.first) - FIRST)

    @property
    def given(self) -> int:
        """How many items a report held an answer to."""
        read = self.draft.report_read
        return len({answer.item for answer in read.answers if answer.text}) if read else 0

    @property
    def unplaced(self) -> tuple[tuple[str, str], ...]:
        """Text of a report that no item took, and where it stands."""
        read = self.draft.report_read
        return tuple((each.text, spot_of(each.where, self.words)) for each in read.unmatched) if read else ()


def start(request: Request) -> Response:
    """Where a file is dropped."""
    desk = desk_of(request)
    return page(request, "start.html.jinja", drafts=list(desk.drafts), shelf=shelf_of(desk))


async def take(request: Request) -> Response:
    """Reads and checks a file, and goes to its page."""
    sent = await files_of(request)
    upload = chosen(sent, "file")
    draft = await run_in_threadpool(desk_of(request).drafts.add, upload, sent.get("last_year"))
    return go(f"/returns/{draft.id}")


def pick(request: Request) -> Response:
    """The same with a file of the user's folder."""
    desk = desk_of(request)
    path = next((path for key, path in shelf_of(desk).items() if key == request.path_params["key"]), None)
    if path is None:
        raise HTTPException(404)
    draft = desk.drafts.add(Upload(shown_name(path.name), read_bytes(path)))
    draft.origin = path
    return go(f"/returns/{draft.id}")


def show(request: Request) -> Response:
    """A return with its verdict and its items."""
    return page(request, "return.html.jinja", sight=_sight_of(request, draft_of(request)))


async def compare(request: Request) -> Response:
    """Checks it anew beside last year's return."""
    draft, upload = draft_of(request), chosen(await files_of(request), "last_year")
    await run_in_threadpool(desk_of(request).drafts.compare, draft, upload)
    return go(f"/returns/{draft.id}")


def edit(request: Request) -> Response:
    """The form in which an answer is mended."""
    draft = draft_of(request)
    item = _item_of(request, draft)
    found = next(each for each in draft.report.items if each.id == item.id)
    return page(
        request,
        "edit.html.jinja",
        draft=draft,
        found=found,
        anchor=anchor_of(item.id),
        points=help_of(item),
        options=item.options,
    )


async def mend(request: Request) -> Response:
    """Puts an answer into the copy, checks it, and shows what has changed."""
    draft = draft_of(request)
    item = _item_of(request, draft)
    async with request.form(max_files=0, max_fields=2) as form:
        text = form.get("answer", "")
    desk = desk_of(request)
    change = partial(desk.drafts.mend, draft, item.id, str(text), desk.words)
    return await run_in_threadpool(_changed, request, draft, item.id, change, closing=True)


async def reply(request: Request) -> Response:
    """Puts what the clerk says to a question into the copy, checks it, and shows what has changed."""
    draft = draft_of(request)
    async with request.form(max_files=0, max_fields=3) as form:
        given, said = str(form.get("question", "")), str(form.get("reply", ""))
    question = next((each for each in draft.report.questions if each.id == given), None)
    if question is None or said not in question.choices:
        raise HTTPException(400)
    desk = desk_of(request)
    change = partial(desk.drafts.reply, draft, question.id, Reply(said), desk.words)
    return await run_in_threadpool(_changed, request, draft, question.item, change, closing=False)


def _changed(
    request: Request, draft: Draft, item: str, change: Callable[[], None], *, closing: bool
) -> Response:
    """What looks otherwise after a change to an item; its form is closed where it was the form's."""
    before = _sight_of(request, draft)
    change()
    after = _sight_of(request, draft)
    old = {card.anchor: card for card in before.cards}
    own = next(card for card in after.cards if card.item == item)
    others = [card for card in after.cards if card.anchor in old and old[card.anchor] != card and card != own]
    gone = [anchor for anchor in old if anchor not in {card.anchor for card in after.cards}]
    return page(
        request, "mended.html.jinja", sight=after, card=own, others=others, gone=gone, closing=closing
    )


def shelf_of(desk: Desk) -> dict[str, Path]:
    """The returns in the user's folder, by a key: what a page asks for is looked up here and is no path."""
    found = find_returns(desk.folder) if desk.folder else []
    return {hashlib.sha256(path.name.encode("utf-8", "replace")).hexdigest()[:16]: path for path in found}


def draft_of(request: Request) -> Draft:
    """The draft that a path names.

    Raises:
        HTTPException: 404.
    """
    draft = desk_of(request).drafts.get(request.path_params["draft"])
    if draft is None:
        raise HTTPException(404)
    return draft


def _item_of(request: Request, draft: Draft) -> Item:
    """The item of a draft's questionnaire that a path names.

    Raises:
        HTTPException: 404.
    """
    item = _schema_of(request, draft).by_id.get(request.path_params["item"])
    if item is None:
        raise HTTPException(404)
    return item


def _sight_of(request: Request, draft: Draft) -> Sight:
    """A draft in words."""
    schema, words = _schema_of(request, draft), desk_of(request).words
    view = build_view(draft.report, schema, words, Audience.CLERK)
    return Sight(draft, schema, words, view, cards(draft, schema, view, words))


def _schema_of(request: Request, draft: Draft) -> Schema:
    return desk_of(request).editions.by_id(draft.report.questionnaire)


ROUTES = (
    Route("/", start),
    Route("/returns", take, methods=["POST"]),
    Route("/folder/{key}", pick, methods=["POST"]),
    Route("/returns/{draft}", show),
    Route("/returns/{draft}/last-year", compare, methods=["POST"]),
    Route("/returns/{draft}/replies", reply, methods=["POST"]),
    Route("/returns/{draft}/items/{item}", edit),
    Route("/returns/{draft}/items/{item}", mend, methods=["POST"]),
)
