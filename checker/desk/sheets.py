"""What a campaign found, sheet by sheet as in its workbook."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.campaign.copies import Cluster
from checker.campaign.record import STATES
from checker.campaign.roster import CompanyStanding, Standing
from checker.checking.diff import COUNTED
from checker.desk.campaign import Run
from checker.desk.companies import STATE_OF, Company
from checker.desk.frame import opened, part_of, show
from checker.desk.pages import desk_of
from checker.finding import ItemState
from checker.reading.carriers import DisclosureState
from checker.report.excel.campaign import LEDGER
from checker.report.excel.campaign_rows import RowWording, most_first, questionnaire_lines
from checker.report.tally import states_by_part
from questionnaire.cells import squeeze

MOST = 10  # of the most frequent gaps
MISSED = "m"  # stands for a state that is missing though something was written; coloured as that is
ROWS = 300  # companies on one page of the matrix
LINES = 100  # rows on one page of a list


class Frequent(Struct, frozen=True):
    """A gap that many companies share."""

    rule: str
    title: str
    item: str
    label: str
    companies: int


def overview(request: Request, run: Run) -> Response:
    """What who manages the campaign asks first."""
    words, campaign = desk_of(request).words, run.campaign
    standings = Counter(each.standing for each in campaign.standings)
    frequent = [
        Frequent(rule, words.rule_title(rule), item, campaign.label(item), companies)
        for (rule, item), companies in most_first(campaign, run.lacking)
        if item
    ]
    return show(
        request, "overview.html.jinja", run=run, campaign=campaign,
        back=sum(company.counts[0] > 0 for company in run.companies),
        standings=standings, all_standings=list(Standing),
        named={each: _names(campaign.standings, each) for each in Standing},
        parts=[(title, counts, counts.total()) for title, counts in states_by_part(campaign)],
        states=STATES, frequent=frequent[:MOST], rounds=run.rounds, counted=COUNTED, changes=run.changes,
        notes=list(questionnaire_lines(campaign, words)),
        waived=sum(company.waived for company in run.companies),
    )  # fmt: skip


def _names(standings: tuple[CompanyStanding, ...], standing: Standing) -> list[CompanyStanding]:
    return [each for each in standings if each.standing is standing]


@opened
def companies(request: Request, run: Run) -> Response:
    """All companies, those with most to send back first."""
    ranked = sorted(run.companies, key=lambda each: (*(-count for count in each.counts), each.entry.company))
    standings = {squeeze(each.listed.company): each.standing for each in run.campaign.standings}
    return show(
        request, "companies.html.jinja", run=run, part=part_of(request, ranked, ROWS), states=list(ItemState),
        standing=lambda company: standings.get(squeeze(company.entry.company)),
        changed=_changed,
    )  # fmt: skip


def _changed(company: Company) -> tuple[int, int, int]:
    """Fixed, still open, new."""
    named = Counter({change.value: count for change, count in company.changes.items()})
    return (
        named["fixed"],
        named["open"] + named["moved"] + named["words-only"],
        named["new"] + named["reopened"],
    )


@opened
def matrix(request: Request, run: Run) -> Response:
    """Companies by items, a letter in each cell."""
    campaign, say = run.campaign, desk_of(request).words.text
    letters = {letter: say("campaign", f"letter-{state.value}") for letter, state in STATE_OF.items()}
    letters[MISSED] = say("campaign", "letter-missed")
    asked = [item.id for item in campaign.schema.items]
    part = part_of(request, run.companies, ROWS)
    rows = []
    for company in part.rows:
        own = campaign.editions.by_id(company.entry.head.questionnaire)
        head = company.entry.head
        states = [MISSED if at in head.missed else letter for at, letter in enumerate(head.states)]
        found = dict(zip((item.id for item in own.items), states, strict=True))
        rows.append((company, [found.get(item, "") for item in asked]))
    return show(
        request, "matrix.html.jinja", run=run, part=part, rows=rows, letters=letters, states=STATES, missed=MISSED,
        items=[(item, campaign.schema.label(item)) for item in asked],
    )  # fmt: skip


@opened
def ledger(request: Request, run: Run) -> Response:
    """Every delegation, and what the parent's return says to it."""
    only_open = request.query_params.get("show", "open") == "open"
    worded = RowWording(run.campaign.schemas, desk_of(request).words)
    kept = [row for row in run.ledger if row.closing.is_open or row.returned or not only_open]
    part = part_of(request, kept, LINES)
    numbers = {company.entry.company: company.number for company in run.companies}
    names = [name for name, _ in LEDGER]
    rows = [
        (numbers[row.company], row, dict(zip(names, worded.ledger(row), strict=True))) for row in part.rows
    ]
    return show(
        request, "ledger.html.jinja", run=run, part=part, rows=rows, only_open=only_open,
        with_parent=run.campaign.parent.whole is not None,
    )  # fmt: skip


@opened
def copies(request: Request, run: Run) -> Response:
    """Passages that companies share."""
    part = part_of(request, run.campaign.clusters, LINES // 4)

    def labels(cluster: Cluster) -> list[str]:
        return list(dict.fromkeys(run.campaign.label(member.item) for member in cluster.members))

    return show(request, "copies.html.jinja", run=run, part=part, labels=labels)


@opened
def coverage(request: Request, run: Run) -> Response:
    """Disclosures of one framework: how many companies in which state."""
    frameworks = list(dict.fromkeys(framework for framework, _, _ in run.disclosures))
    wanted = request.query_params.get("framework", "")
    chosen = wanted if wanted in frameworks else next(iter(frameworks), "")
    rows = [
        (code.partition(":")[2], title, counts)
        for (framework, code, title), counts in run.disclosures.items()
        if framework == chosen
    ]
    return show(
        request, "coverage.html.jinja", run=run, frameworks=frameworks, chosen=chosen, rows=rows,
        states=list(DisclosureState),
    )  # fmt: skip


@opened
def rounds(request: Request, run: Run) -> Response:
    """The rounds so far."""
    return show(request, "rounds.html.jinja", run=run, rounds=run.rounds, counted=COUNTED)


ROUTES = (
    Route("/office/companies", companies),
    Route("/office/matrix", matrix),
    Route("/office/ledger", ledger),
    Route("/office/copies", copies),
    Route("/office/coverage", coverage),
    Route("/office/rounds", rounds),
)
