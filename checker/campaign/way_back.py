"""Gap lists that came back, read and judged: what the command and the desk do with them before they show anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from checker.campaign.followup import SETTLED, GapList, Reply, State, state_of
from checker.campaign.pages import Page
from checker.campaign.rounds import Memory
from checker.checking.day import today
from checker.checking.diff import Gap, Judged, gap_of, rewritten
from checker.checking.selection import rule_titles
from checker.wording import Language, Wording, wording
from frameworks.ground.errors import InputError, ReturnError
from questionnaire.cells import squeeze
from questionnaire.editions import Editions
from questionnaire.reading import LOCK
from questionnaire.schema import Schema


class Standing(NamedTuple):
    """How a company stands now."""

    gaps: list[Gap] | None  # None where its return is not known
    judged: Judged  # what could be found
    said: Mapping[str, str]  # by item, a digest of its answer
    questionnaire: str = ""  # by which its return is judged


COLUMNS = (
    "fingerprint", "item", "label", "rule", "aspect", "measures", "supplement", "owner", "due", "dispute", "answer",
)  # fmt: skip


def standing_of(page: Page) -> Standing:
    """How a company stands now."""
    gaps = [gap_of(found) for found in page.report.findings]
    return Standing(gaps, page.judged, page.said, page.report.questionnaire)


def list_files(lists: Sequence[Path]) -> Iterator[Path]:
    """The lists themselves, and those of a folder by name; copies of earlier ones (.bak) and lock files are none.

    Raises:
        ReturnError: a folder holds no workbook.
    """
    for path in lists:
        if not path.is_dir():
            yield path
            continue
        found = sorted(
            each
            for each in path.rglob("*.xlsx")
            if not each.name.startswith((LOCK, ".")) and not each.stem.rstrip("0123456789").endswith(".bak")
        )
        if not found:
            raise ReturnError("folder-no-lists", file=str(path))
        yield from found


def heads() -> dict[str, set[str]]:
    """How the columns are called, in either language."""
    every = [wording(language) for language in Language]
    found = {key: {words.text("report", f"column-{key}") for words in every} for key in COLUMNS}
    return found | {
        key: {words.text("report", key) for words in every} for key in ("company", "questionnaire")
    }


def check_questionnaire(found: GapList, current: Mapping[str, Standing], editions: Editions) -> None:
    """Refuses a list of another questionnaire than its company's return: every gap would seem to be mended.

    Raises:
        InputError: it is one.
    """
    standing = current.get(squeeze(found.company))
    if standing is None or not found.questionnaire:
        return
    judged = standing.questionnaire
    if editions.family_of(found.questionnaire) != editions.family_of(judged):
        raise InputError("gap-list-of-another", file=found.file, value=found.questionnaire, judged=judged)


def judge(
    found: GapList, current: Mapping[str, Standing] | None, memory: Memory, schema: Schema
) -> list[tuple[Reply, State]]:
    """Every row of a list with how its gap stands."""
    company = squeeze(found.company)
    now = (current or {}).get(company, Standing(None, Judged(), {}))
    judged = now.judged._replace(rewritten=rewritten(found.said or memory.of(company).said, now.said))
    return [
        (reply, state_of(reply, _gap_of_reply(reply, schema), now.gaps, today(), judged))
        for reply in found.replies
    ]


def notes(
    found: GapList,
    told: Sequence[tuple[Reply, State]],
    current: Mapping[str, Standing] | None,
    words: Wording,
) -> Iterator[str]:
    """What could not be judged, and rows that are not taken."""
    if current is not None and squeeze(found.company) not in current:
        yield words.text("campaign", "followup-no-return", company=found.company or found.file)
    for reply, state in told:
        if reply.is_undated and state not in SETTLED:
            yield words.text("campaign", "followup-bad-due", row=reply.row, value=reply.said[3][:40])
    unchecked = [reply.rule for reply, state in told if state is State.UNCHECKED]
    if unchecked:
        rules = list(dict.fromkeys(unchecked))
        yield words.text("campaign", "followup-unchecked", rules=rules, count=len(unchecked))
    for refused in found.refused:
        yield words.text(
            "campaign",
            f"followup-{refused.why.value}",
            row=refused.row,
            text=refused.text,
            first=refused.first,
        )


def _gap_of_reply(reply: Reply, schema: Schema) -> Gap:
    """The gap of a row, by the words of its columns."""
    item = schema.by_id.get(reply.item)
    aspect = next((each.id for each in item.aspects if each.ask == reply.aspect), "") if item else ""
    return Gap(reply.fingerprint, rule_titles(schema.edition).get(reply.rule, ""), reply.item, aspect)
