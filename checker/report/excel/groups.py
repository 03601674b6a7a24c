"""The sheet of the campaign workbook on which every sub-group stands with the sum of its companies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.campaign.pages import Campaign
from checker.campaign.rollup import Gaps, roll_up
from checker.campaign.roster import Standing
from checker.finding import ItemState, Severity
from checker.report.excel.campaign_tables import HEAD, STANDING_FILL, Tables
from checker.report.excel.style import SEVERITY_FILL, STATE_FILL, print_setup, put

INDENT = "　"
SHOWN = (Standing.SENT, Standing.LATE, Standing.MISSING, Standing.AWAITED)


def write_groups(tables: Tables, sheet: Any, campaign: Campaign, gaps: Mapping[str, Gaps]) -> None:
    """A row a sub-group, those below it indented: who has sent, states of all items, what is to be mended."""
    say, words, formats = tables.say, tables.words, tables.formats
    heads = [say("column-group"), say("column-members")]
    heads += [say(f"standing-{each.value}") for each in SHOWN]
    heads += [words.word("states", each.value) for each in ItemState]
    heads += [say("overview-back"), *(words.word("severity", each.value) for each in Severity)]
    fills = ["", *(STANDING_FILL[each] for each in SHOWN), *(STATE_FILL[each] for each in ItemState)]
    fills += [SEVERITY_FILL[Severity.ERROR], *(SEVERITY_FILL[each] for each in Severity)]
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(heads) - 1, 10)
    sheet.set_row(HEAD, 22)
    for column, head in enumerate(heads):
        put(sheet, HEAD, column, head, formats.head)
    row = HEAD
    for row, total in enumerate(roll_up(campaign, gaps), start=HEAD + 1):
        name = INDENT * total.depth + (total.name or say("group-alone"))
        put(sheet, row, 0, name, formats.get(bold=not total.depth))
        counts = [total.companies, *(total.standings[each] for each in SHOWN)]
        counts += [total.states[each] for each in ItemState]
        counts += [total.returned, *total.gaps]
        for column, (count, fill) in enumerate(zip(counts, fills, strict=True), start=1):
            style = {"bg_color": fill} if fill and count else {}
            sheet.write_number(row, column, count, formats.get(align="center", **style))
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.autofilter(HEAD, 0, max(row, HEAD + 1), len(heads) - 1)
    sheet.repeat_rows(HEAD)
    print_setup(sheet, landscape=True)
