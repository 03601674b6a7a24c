"""What the pages of the group office share: the open campaign, the catalogues they speak with, pages of long lists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from checker.desk.campaign import Run
from checker.desk.pages import desk_of, go, page

START = "/office"
LONGEST = 4000  # characters of a field
FIELDS = 12

Show = Callable[[Request, Run], Response]
Take = Callable[[Request, Mapping[str, str]], Response]
Change = Callable[[Request, Run, Mapping[str, str]], Response]
Shown = TypeVar("Shown")


def show(request: Request, template: str, **context: Any) -> Response:
    """A page of the office; ``office`` and ``table`` speak its own catalogue and the campaign workbook's."""
    words = desk_of(request).words

    def table(key: str, **params: Any) -> str:
        try:
            return words.text("campaign", key, **params)
        except KeyError:
            return words.text("report", key, **params)

    return page(
        request, f"office/{template}", table=table,
        office=lambda key, **params: words.text("office", key, **params), **context,
    )  # fmt: skip


def opened(endpoint: Show) -> Callable[[Request], Response]:
    """A page that shows an open campaign; without one, the way to open one."""

    @wraps(endpoint)
    def answer(request: Request) -> Response:
        run = desk_of(request).office.ready
        return endpoint(request, run) if run else RedirectResponse(START, 303)

    return answer


def sent(endpoint: Take) -> Callable[[Request], Awaitable[Response]]:
    """What is done with the texts of a form, by field."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=FIELDS) as form:
            given = {name: str(value)[:LONGEST] for name, value in form.items()}
        return await run_in_threadpool(endpoint, request, given)

    return answer


def sent_to_open(endpoint: Change) -> Callable[[Request], Awaitable[Response]]:
    """The same with an open campaign; without one, the way to open one."""

    @wraps(endpoint)
    def answer(request: Request, given: Mapping[str, str]) -> Response:
        run = desk_of(request).office.ready
        return endpoint(request, run, given) if run else go(START)

    return sent(answer)


class Part(Struct, Generic[Shown], frozen=True):
    """One page of a long list."""

    rows: Sequence[Shown]
    first: int  # number of its first row, from 1
    total: int
    page: int
    pages: int
    address: str  # of the list with its filters, to which the page's number is added

    @property
    def last(self) -> int:
        """Number of its last row."""
        return self.first + len(self.rows) - 1


def part_of(request: Request, rows: Sequence[Shown], size: int) -> Part[Shown]:
    """The page of a list that the address asks for; the nearest one there is."""
    asked = request.query_params.get("page", "1")
    pages = max(1, -(-len(rows) // size))
    number = min(pages, max(1, int(asked))) if asked.isdecimal() and len(asked) < 7 else 1
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "page" and value]
    address = f"{request.url.path}?{urlencode([*kept, ('page', '')])}"
    first = (number - 1) * size
    return Part(rows[first : first + size], first + 1, len(rows), number, pages, address)
