"""Coverage by disclosure in a campaign: a return's states as letters in its record, and read again from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from checker.finding import Report
from checker.reading.disclosures import DisclosureState, Reader, load_reader
from questionnaire.loader import load_links, load_schema

LETTERS = dict(zip(DisclosureState, "MPDNOA", strict=True))
_STATES = {letter: state for state, letter in LETTERS.items()}


class Covered(NamedTuple):
    """One disclosure in one return."""

    framework: str  # hkex-2024
    code: str  # hkex:B7.3
    title: str
    state: DisclosureState


def covered_by(report: Report) -> dict[str, str]:
    """The states of a return's disclosures: by edition of a framework, a letter for each that was in force."""
    year = _year(report)
    reader = _reader(year)
    return {
        edition: "".join(LETTERS[result.state] for result in reader.cover(report, _family(edition)))
        for edition in report.frameworks
    }


def disclosures_of(covered: Mapping[str, str], report: Report) -> Iterator[Covered]:
    """The disclosures again, with their codes and titles."""
    for edition, letters in covered.items():
        asked = _asked(edition, _year(report))
        for (code, title), letter in zip(asked, letters, strict=True):
            yield Covered(edition, code, title, _STATES[letter])


def _year(report: Report) -> int:
    return report.year or load_schema().edition.year


def _family(edition: str) -> str:
    return edition.rpartition("-")[0]


@lru_cache(maxsize=8)
def _reader(year: int) -> Reader:
    schema = load_schema()
    return load_reader(schema, load_links(schema.edition.id, year))


@lru_cache(maxsize=32)
def _asked(edition: str, year: int) -> tuple[tuple[str, str], ...]:
    """Code and title of each disclosure that an edition asks for in a year, in the order of ``Reader.cover``."""
    found = _reader(year).catalogues.edition(_family(edition), year)
    if found is None:
        return ()
    return tuple((found.code(each), each.zh) for each in found.asked(year))
