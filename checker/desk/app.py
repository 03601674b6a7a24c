"""The application: all pages, the guard before them, and what is said when something goes wrong."""

from __future__ import annotations

from importlib.resources import files as data_in

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.desk import answers, clerk, files, gaps, office, returned, sheets, years
from checker.desk.guard import Guard
from checker.desk.pages import MEBIBYTES, desk_of, failure, refuse, sentence
from checker.desk.state import Desk
from checker.wording import Language
from frameworks.ground.errors import InputError

PAGES = (clerk, files, office, sheets, gaps, answers, returned, years)
STATIC = {
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "matrix.js": "text/javascript",
    "htmx.min.js": "text/javascript",
}


def build_app(desk: Desk) -> Starlette:
    """The application of one desk."""
    shared = [
        Route("/static/{name}", _static),
        Route("/alive", _alive),
        Route("/language/{language}", _language, methods=["POST"]),
        Route("/stop", _stop, methods=["POST"]),
    ]
    app = Starlette(
        routes=[*shared, *(route for page in PAGES for route in page.ROUTES)],
        middleware=[Middleware(Guard, desk=desk)],
        exception_handlers={HTTPException: _refused, InputError: _mistaken},
    )
    app.state.desk = desk
    return app


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    content = data_in("checker.desk").joinpath("static", name).read_bytes()
    return Response(content, media_type=STATIC[name])


def _alive(_: Request) -> Response:
    """A page tells that it is still open; the guard has noted it."""
    return Response(status_code=204)


def _language(request: Request) -> Response:
    desk = desk_of(request)
    wanted = request.path_params["language"]
    desk.language = Language(wanted) if wanted in set(Language) else desk.language
    return Response(status_code=204, headers={"HX-Refresh": "true"})


def _stop(request: Request) -> Response:
    desk_of(request).stopping = True
    return sentence(request, desk_of(request).words.text("desk", "stopped"), 200, "calm")


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    key = {404: "not-there", 405: "not-there", 413: "too-large"}.get(status, "bad-request")
    return refuse(request, key, status, limit=MEBIBYTES)


def _mistaken(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return failure(request, error)
