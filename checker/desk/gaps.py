"""The gap list of a campaign with its filters, and the form by which a gap is accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.checking.diff import Change
from checker.desk.campaign import Run
from checker.desk.companies import Gap, Line
from checker.desk.frame import opened, part_of, sent_to_open, show
from checker.desk.pages import desk_of
from checker.finding import Severity
from checker.report.causes import Weight
from checker.report.excel.campaign import GAPS
from checker.report.excel.campaign_rows import RowWording
from checker.rules import ALL_RULES
from checker.wording import Wording
from frameworks.ground.errors import InputError
from questionnaire.cells import one_line

LINES = 50  # gaps on a page
COLUMNS = [name for name, _ in GAPS]
STATES = ("open", "waived", "all")
KEEPS: Mapping[str, Callable[[Line, str], bool]] = {  # a filter's name → whether a line stays
    "company": lambda line, value: str(line.company) == value,
    "severity": lambda line, value: line.severity == value,
    "weight": lambda line, value: line.weight == value,
    "item": lambda line, value: line.item == value,
    "rule": lambda line, value: line.rule == value,
    "change": lambda line, value: line.change == value,
}


class GapText(Struct, frozen=True):
    """A gap in words."""

    line: Line
    gap: Gap
    text: Mapping[str, str]  # by column of the workbook's gap list


@opened
def gap_list(request: Request, run: Run) -> Response:
    """Everything to mend, by company, page by page."""
    given = request.query_params
    chosen = {name: given.get(name, "") for name in (*KEEPS, "state")}
    wanted = {name: KEEPS[name] for name in KEEPS if chosen[name]}
    state = chosen["state"] if chosen["state"] in STATES else STATES[0]
    words = desk_of(request).words
    worded = RowWording(run.campaign.schemas, words)
    with run.change:
        lines = [
            line
            for line in run.lines
            if (state == "all" or line.waived == (state == "waived"))
            and all(keeps(line, chosen[name]) for name, keeps in wanted.items())
        ]
        part = part_of(request, lines, LINES)
        rows = [_worded(run, line, worded) for line in part.rows]
    return show(
        request, "gaps.html.jinja", run=run, part=part, rows=rows, chosen=chosen | {"state": state},
        states=STATES, choices=list(_choices(run, words)),
    )  # fmt: skip


def _choices(run: Run, words: Wording) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """The filters: a name, the column they are about, the values there are and how they are called."""
    schema = run.campaign.schema
    rules = {rule for rule, _ in run.lacking} | {line.rule for line in run.lines if line.waived}
    yield "company", "company", [(str(each.number), each.entry.company) for each in run.companies]
    yield "severity", "severity", [(each, words.word("severity", each)) for each in Severity]
    yield "weight", "weight", [(each, words.word("weights", each)) for each in Weight]
    yield "item", "label", [(item.id, schema.label(item.id)) for item in schema.items]
    yield "rule", "rule", [(rule, words.rule_title(rule)) for rule in ALL_RULES if rule in rules]
    if run.memory.rounds:
        yield (
            "change",
            "change",
            [(each, words.text("campaign", f"change-{each}")) for each in Change],
        )


def _worded(run: Run, line: Line, worded: RowWording) -> GapText:
    gap = run.gaps(line.company)[line.number]
    company = run.companies[line.company].entry.company
    values = worded.gap(company, gap.cause, gap.weight, gap.change)
    return GapText(line, gap, dict(zip(COLUMNS, values, strict=True)))


@opened
def ask(request: Request, run: Run) -> Response:
    """The form by which a gap is accepted."""
    company, gaps = request.query_params.get("company", ""), request.query_params.get("gaps", "")
    today = run.campaign.today
    until = date(today.year + 1, 12, 31).isoformat()
    closed = "closed" in request.query_params  # not wanted after all
    return show(
        request, "waive.html.jinja", company=company, gaps=gaps, who=run.who, until=until, closed=closed
    )


@sent_to_open
def accept(request: Request, run: Run, given: Mapping[str, str]) -> Response:
    """Writes it into the folder's settings."""
    who, why, until = _said(given, run.campaign.today)
    company = run.numbered(given.get("company", ""))
    if company is None:
        raise InputError("office-no-such-gap")
    accepted = run.accept(company.number, given.get("gaps", "").split(), who, why, until)
    return show(request, "waived.html.jinja", waiver=accepted[0])


def _said(given: Mapping[str, str], today: date) -> tuple[str, str, date]:
    """Who accepts, why, until when.

    Raises:
        InputError: one of them is missing, or the day is none or past.
    """
    who, why = one_line(given.get("who", "")), one_line(given.get("why", ""))
    if not who or not why:
        raise InputError("office-who-why")
    text = given.get("until", "").strip()
    try:
        until = date.fromisoformat(text)
    except ValueError as error:
        raise InputError("office-bad-until", value=text[:40]) from error
    if until < today:
        raise InputError("office-past-until", value=until.isoformat())
    return who, why, until


ROUTES = (
    Route("/office/gaps", gap_list),
    Route("/office/waiver", ask),
    Route("/office/waiver", accept, methods=["POST"]),
)
