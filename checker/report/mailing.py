"""One gap list a company, ready to be mailed: nothing in it is another company's, neither name nor words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from checker.finding import Finding, Report
from checker.report.excel.filled import Entry, read_entries
from checker.report.excel.followed import follow, joined
from checker.report.excel.gaps import render
from checker.report.kinds import WITH_GAPS, Kind, digest, kinds_of
from checker.report.occupants import look_for
from checker.report.rows import Audience
from checker.report.written import Written, write_list
from checker.wording import Wording
from frameworks.ground.errors import InputError
from frameworks.ground.output import check_target
from questionnaire.cells import squeeze
from questionnaire.reading import read_bytes
from questionnaire.schema import Schema

LONGEST = 40  # characters of a company's name in a file's name
_UNSAFE = re.compile(r"[^\w（）()-]+")


def file_stem(company: str) -> str:
    """A name that every system takes and that two companies never share: the company's, and an id made from it."""
    safe = _UNSAFE.sub("_", company).strip("_. ")[:LONGEST] or "_"
    return f"{safe}-{digest(squeeze(company))}"


def file_name(company: str) -> str:
    """The name of a company's gap list."""
    return f"{file_stem(company)}.xlsx"


def own_words_only(report: Report, words: Wording) -> Report:
    """The report without the names of other companies."""
    return replace(
        report,
        findings=tuple(_anonymous(found, words) for found in report.findings),
        waived=tuple(replace(pair, finding=_anonymous(pair.finding, words)) for pair in report.waived),
        expired=tuple(replace(pair, finding=_anonymous(pair.finding, words)) for pair in report.expired),
        unused=(),
    )


def check_mailing(folder: Path, companies: Iterable[str], inputs: Iterable[Path], *, force: bool) -> None:
    """Refuses a folder in which a company's list would take the place of another file, before any is written.

    Raises:
        OutputError: names the file and the mend.
    """
    if folder.is_dir():
        for company in companies:
            check_target(folder / file_name(company), inputs, look=look_for(Kind.GAP_LIST), force=force)


def read_replies(paths: Iterable[Path]) -> dict[str, list[Entry]]:
    """What came back in gap lists, or stands in a workbook of ``followup``, by company.

    Raises:
        InputError: a file holds no reply of a gap list.
        ReturnError: it cannot be read.
    """
    found: dict[str, list[Entry]] = {}
    for path in paths:
        content = read_bytes(path)
        entries = read_entries(path, ours=True)
        if not entries and not kinds_of(content) & WITH_GAPS:
            raise InputError("no-replies", file=str(path))
        for entry in entries:
            found.setdefault(squeeze(entry.company), []).append(entry)
    return found


def mail(
    folder: Path,
    report: Report,
    schema: Schema,
    words: Wording,
    inputs: Iterable[Path],
    replies: Mapping[str, Sequence[Entry]] = MappingProxyType({}),
    *,
    force: bool = False,
) -> Written:
    """Writes one company's gap list; what was filled into the last one, or came back in ``replies``, stands in it."""
    own = own_words_only(report, words)
    returned = replies.get(squeeze(report.company), ())
    return write_list(
        folder / file_name(report.company),
        Kind.GAP_LIST,
        partial(render, [own], lambda _: schema, words, audience=Audience.CLERK),
        inputs,
        force=force,
        settle=lambda entries: follow(joined(entries, returned), own, schema, words),
    )


def _anonymous(finding: Finding, words: Wording) -> Finding:
    if "others" not in finding.params:
        return finding
    count = finding.params.get("count", len(finding.params["others"]))
    said = words.text("campaign", "another-company" if count == 1 else "other-companies", count=count)
    return replace(finding, params={**finding.params, "others": [said]})
