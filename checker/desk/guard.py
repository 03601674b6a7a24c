"""Who may speak to the desk: this machine's browser, with our cookie, from our pages, within limits.

Any web page that the user has open can send requests to 127.0.0.1; so the name under which we are called (Host), the
page that calls (Origin), the cookie and, for all that changes anything, a secret of our own pages are asked for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker.desk.pages import MEBIBYTES, refuse, sentence
from checker.desk.state import HOST, Desk
from checker.report.unforeseen import told

BODY = MEBIBYTES * 1024**2  # bytes of one request
DRAIN = 8 * BODY  # what is read and thrown away so that the browser gets to hear why
SAFE = ("GET", "HEAD")
OPEN = "/static/"  # style and script hold nothing of anybody's
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # a reading child that is forked meanwhile holds the connection too: the browser must not wait for its end
    "Connection": "close",
}


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it with a sentence."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        sending = _with_headers(send)
        answer = self._answer(request)
        if answer is not None:
            await _drain(receive)
            await answer(scope, receive, sending)
            return
        try:
            await self.app(scope, _limited(receive), sending)
        except Exception as error:  # nothing is sent before an answer is whole
            await sentence(request, told(error, self.desk.words), 500)(scope, receive, sending)

    def _answer(self, request: Request) -> Response | None:
        """What stops a request; None where nothing does."""
        desk, path = self.desk, request.url.path
        if request.headers.get("host") != f"{HOST}:{desk.port}":
            return refuse(request, "wrong-host", 421)
        if request.headers.get("origin", desk.origin) != desk.origin:
            return refuse(request, "wrong-origin", 403)
        if path.startswith(OPEN):
            return None
        known = desk.knows(request.cookies.get(desk.cookie, ""))
        if path == "/" and "token" in request.query_params and request.method == "GET":
            return self._exchange(request, known)
        if not known:
            return refuse(request, "no-session", 403)
        if request.method not in SAFE and not desk.trusts(request.headers.get("x-csrf-token", "")):
            return refuse(request, "no-csrf", 403)
        if _length(request) > BODY:
            return refuse(request, "too-large", 413, limit=MEBIBYTES)
        desk.attendance.call()
        return None

    def _exchange(self, request: Request, known: bool) -> Response:
        """The token for the cookie, once; a page that has the cookie goes on."""
        if not known and not self.desk.admit(request.query_params["token"]):
            return refuse(request, "wrong-token", 403)
        self.desk.attendance.call()
        response = RedirectResponse("/", 303)
        if not known:
            response.set_cookie(
                self.desk.cookie, self.desk.session, path="/", httponly=True, samesite="strict"
            )
        return response


def _length(request: Request) -> int:
    told = request.headers.get("content-length", "0")
    return int(told) if told.isdecimal() else 0


async def _drain(receive: Receive) -> None:
    """Takes what the browser sends and keeps none of it: cut off in the middle, it would show no answer."""
    taken = 0
    while taken < DRAIN:
        message = await receive()
        taken += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


def _limited(receive: Receive) -> Receive:
    """The same stream, which ends with an error when more comes than was announced or is allowed."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > BODY:
            raise HTTPException(413)
        return message

    return counted


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
