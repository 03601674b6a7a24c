"""The group office opens a campaign, sees how far it is, and has its workbook, gap lists and letters written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.campaign.due import read_date
from checker.campaign.options import Options
from checker.campaign.run import look_through
from checker.desk.beside import file_of, folder_of, look_beside, path_of
from checker.desk.campaign import Run, Stage
from checker.desk.frame import START, opened, sent, sent_to_open, show
from checker.desk.pages import desk_of, go
from checker.desk.sheets import overview
from checker.wording import Wording
from frameworks.ground.errors import InputError
from frameworks.ground.output import make_folder

REPLY = 14  # days that letters give, unless the user says otherwise


def start(request: Request) -> Response:
    """Where a folder is named; how far it is; or what was found."""
    desk = desk_of(request)
    run = desk.office.run
    if run is not None and (stage := run.stage).busy:
        return show(request, "reading.html.jinja", run=run, stage=stage)
    if run is not None and run.stage is Stage.READY:
        return overview(request, run)
    return show(request, "start.html.jinja", run=run, folder=desk.office.folder or desk.folder or "")


@sent
def look(request: Request, given: Mapping[str, str]) -> Response:
    """What lies in a folder and beside it."""
    desk = desk_of(request)
    folder = desk.office.folder = folder_of(given.get("folder", ""))
    beside = look_beside(folder, output_of(folder, desk.words))
    options = Options(folder, parent=beside.parent, roster=beside.roster, previous=beside.previous)
    candidates, _ = look_through(options)
    return show(request, "folder.html.jinja", folder=folder, beside=beside, count=len(candidates))


@sent
def begin(request: Request, given: Mapping[str, str]) -> Response:
    """Starts reading."""
    desk = desk_of(request)
    options = Options(
        folder_of(given.get("folder", "")),
        parent=file_of(given.get("parent", "")),
        roster=file_of(given.get("roster", "")),
        previous=file_of(given.get("previous", "")),
        questionnaire=desk.editions.option,
        last_year=folder_of(before) if (before := given.get("last_year", "")).strip() else None,
    )
    lists, letters = _own_folders(output_of(options.folder, desk.words), desk.words)
    desk.office.begin(replace(options, split=lists, letters=letters), desk.words)
    return go(START)


def _own_folders(output: Path, words: Wording) -> tuple[Path, Path]:
    """Where lists and letters go: what lies there is no return."""
    return output / words.text("office", "folder-lists"), output / words.text("office", "folder-letters")


def output_of(folder: Path, words: Wording) -> Path:
    """Where the results of a campaign go unless the user says otherwise: beside its folder, never into it."""
    return folder.parent / words.text("office", "folder-output", name=folder.name)


def progress(request: Request) -> Response:
    """How far it is; the page is loaded anew when it is ready."""
    run = desk_of(request).office.run
    # asked once: it may become ready while the page is put together
    if run is None or not (stage := run.stage).busy:
        return go(START)
    return show(request, "progress.html.jinja", run=run, stage=stage)


def cancel(request: Request) -> Response:
    """Ends the campaign, finished or not."""
    desk_of(request).office.close()
    return go(START)


def again(request: Request) -> Response:
    """Reads the same folder once more; what was written last is the round before."""
    desk = desk_of(request)
    run = desk.office.run
    if run is not None:
        options = run.options
        if run.written is not None:
            lists, letters = _own_folders(run.written.parent, desk.words)
            options = replace(options, previous=run.written, split=lists, letters=letters)
        desk.office.begin(options, desk.words)
    return go(START)


@opened
def output(request: Request, run: Run) -> Response:
    """What can be written, and where."""
    desk = desk_of(request)
    folder = run.written.parent if run.written else output_of(run.options.folder, desk.words)
    by = run.campaign.today + timedelta(days=REPLY)
    return show(request, "output.html.jinja", run=run, folder=folder, by=by.isoformat())


@sent_to_open
def write(request: Request, run: Run, given: Mapping[str, str]) -> Response:
    """Writes it."""
    words = desk_of(request).words
    folder = path_of(given.get("folder", "")).resolve()
    options = _asked(run, folder, given, words)
    table = folder / words.text("office", "file-returned")  # the gap lists that came back, put together
    said = []
    if run.returned and ("returned" in given or table.is_file()):
        said += run.write_returned(table, words)
    if {"workbook", "lists", "letters"} & given.keys():
        # disputes may be answered in the table; it holds all that the lists say
        said += run.write(replace(options, replies=(table,)) if table.is_file() else options, words)
    return show(request, "written.html.jinja", said=said)


def _asked(run: Run, folder: Path, given: Mapping[str, str], words: Wording) -> Options:
    """What the form asks to be written.

    Raises:
        InputError: nothing chosen, no day by which letters want an answer, or the folder cannot be made.
    """
    if not {"workbook", "lists", "letters", "returned"} & given.keys():
        raise InputError("office-nothing-chosen")
    make_folder(folder)
    lists, letters = _own_folders(folder, words)
    target = folder / words.text("office", "file-campaign") if "workbook" in given else None
    previous = run.options.previous
    return replace(
        run.options,
        output=target,
        split=lists if "lists" in given else None,
        letters=letters if "letters" in given else None,
        reply_by=_day(given.get("reply_by", "")) if "letters" in given else None,
        # what stands where lists are written is carried over by itself
        replies=tuple(path for path in run.replies if path.parent.resolve() != lists),
        # the book that is replaced is the round before by itself
        previous=None if previous and target and target.exists() and target.samefile(previous) else previous,
    )


def _day(text: str) -> date | None:
    """Raises InputError for what is no day."""
    day = read_date(text) if text.strip() else None
    if text.strip() and day is None:
        raise InputError("office-no-day", value=text[:40])
    return day


ROUTES = (
    Route("/office", start),
    Route("/office/look", look, methods=["POST"]),
    Route("/office/run", begin, methods=["POST"]),
    Route("/office/again", again, methods=["POST"]),
    Route("/office/progress", progress),
    Route("/office/cancel", cancel, methods=["POST"]),
    Route("/office/output", output),
    Route("/office/output", write, methods=["POST"]),
)
