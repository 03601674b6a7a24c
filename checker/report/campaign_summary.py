"""What the screen says when a campaign has been read: totals, what is open between companies, who is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.campaign.pages import Campaign
from checker.campaign.roster import CompanyStanding, Standing
from checker.report.excel.campaign_rows import NAMES, questionnaire_lines
from checker.report.tally import Tally
from checker.wording import Wording


def summary_lines(campaign: Campaign, tally: Tally, words: Wording, *, workbook: bool) -> Iterator[str]:
    """Line by line; ``workbook`` says whether one was written, to whose sheets lines may lead."""

    def say(key: str, **params: object) -> str:
        return words.text("campaign", key, **params)

    def see(sheet: str, line: str) -> str:
        return say("summary-see", line=line, sheet=say(f"sheet-{sheet}")) if workbook else line

    errors, warnings, notices = tally.total
    yield say(
        "summary-head",
        returns=len(campaign.returns.entries),
        errors=errors,
        warnings=warnings,
        notices=notices,
    )
    yield from questionnaire_lines(campaign, words)
    if campaign.parent.whole is not None:
        unmet = sum(tally.relied.unanswered.values())
        yield see("ledger", say("summary-ledger", all=tally.relied.all, open=unmet))
        if tally.relied.returned:
            yield say("summary-returned", count=tally.relied.returned)
    if campaign.past is not None:
        yield see("last-year", words.text("years", "summary", count=len(campaign.past.by_company)))
    if campaign.clusters:
        yield see("copies", say("summary-copies", clusters=len(campaign.clusters)))
    for key, standing in (
        ("roster", Standing.MISSING),
        ("late", Standing.LATE),
        ("unknown", Standing.UNKNOWN),
    ):
        found = [each for each in campaign.standings if each.standing is standing]
        if found:
            yield say(f"summary-{key}", **{standing.value: len(found)}, names=_names(found, words))
    unread = [each for each in campaign.returns.skipped if each.error is not None]
    if unread:
        yield say("summary-unread", count=len(unread)) + "、".join(each.name for each in unread)
    aside = len(campaign.returns.skipped) - len(unread)
    if aside:
        yield see("unread", say("summary-aside", count=aside))
    if tally.failures:
        yield say("summary-failures", count=tally.failures)
    unused = [waiver for waiver in campaign.settings.waivers if waiver.fingerprint not in tally.used]
    if unused and not unread:
        places = "、".join(waiver.place for waiver in unused)
        yield words.text("report", "waiver-line-unused", count=len(unused), places=places)


def _names(found: Sequence[CompanyStanding], words: Wording) -> str:
    names = [
        each.listed.company + (words.text("campaign", "summary-near", name=each.near) if each.near else "")
        for each in found[:NAMES]
    ]
    return "、".join(names) + (words.text("campaign", "more-names") if len(found) > NAMES else "")
