"""Templates to answers: a whole page, a piece that htmx puts into one, a sentence on what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from checker.desk.state import Desk
from checker.finding import Severity
from checker.wording import Wording, visible
from frameworks.ground.errors import InputError


class Tab(Struct, frozen=True):
    """A page in the navigation."""

    path: str
    key: str  # of its name in the catalogue
    under: tuple[str, ...] = ()  # paths that belong to it

    def holds(self, path: str) -> bool:
        """Whether a path is its own."""
        return path == self.path or path.startswith(self.under)


TABS = (Tab("/", "tab-clerk", ("/returns",)), Tab("/office", "tab-office", ("/office/",)))
MEBIBYTES = 64  # of one request: a return and the last year's
MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    ".xltm": "application/vnd.ms-excel.template.macroEnabled.12",
    ".html": "text/html; charset=utf-8",
}


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A template filled; everything in it is escaped.

    Args:
        request: asks for it.
        template: file in ``templates/``; a whole page extends ``layout.html.jinja``.
        status: of the answer.
        context: what the template shows besides ``say`` (catalogue ``desk``), ``words``, ``desk`` and ``path``.
    """
    desk = desk_of(request)
    return _filled(desk.words, template, status, {"desk": desk, "path": request.url.path, **context})


def sentence(request: Request, text: str, status: int, kind: str = "wrong") -> HTMLResponse:
    """What went wrong, or was done: a note in the page that asked, or a page of its own."""
    template = "note.html.jinja" if "hx-request" in request.headers else "error.html.jinja"
    return page(request, template, status, text=text, kind=kind)


def failure(request: Request, error: InputError, status: int = 422) -> HTMLResponse:
    """A mistake in a user's file or entry, in words."""
    text = "\n".join(desk_of(request).words.error(each) for each in getattr(error, "errors", (error,)))
    return sentence(request, text, status)


def refuse(request: Request, key: str, status: int, **params: object) -> HTMLResponse:
    """A sentence of the catalogue ``desk`` instead of an answer."""
    return sentence(request, desk_of(request).words.text("desk", f"refused-{key}", **params), status)


def go(path: str) -> Response:
    """Sends the page that asked by htmx to another one."""
    return Response(status_code=204, headers={"HX-Redirect": path})


def download(content: bytes, name: str, suffix: str) -> Response:
    """A file to keep; its name, less the suffix, may be any text."""
    disposition = (
        f"attachment; filename=\"esgcheck{suffix}\"; filename*=UTF-8''{quote(name + suffix, safe='')}"
    )
    return Response(content, media_type=MEDIA[suffix], headers={"Content-Disposition": disposition})


def _filled(words: Wording, template: str, status: int, context: Mapping[str, Any]) -> HTMLResponse:
    text = _templates().get_template(template)
    html = text.render(
        words=words,
        say=lambda key, **params: words.text("desk", key, **params),
        severities=list(Severity),
        visible=partial(visible, lines=False),
        tabs=TABS,
        limit=MEBIBYTES,
        **context,
    )
    return HTMLResponse(html.encode("utf-8", "replace"), status)


@cache
def _templates() -> Environment:
    source = files("checker.desk").joinpath("templates")
    loader = FunctionLoader(lambda name: source.joinpath(name).read_text(encoding="utf-8"))
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
