"""Coverage by disclosure in a campaign: a return's states as letters in its record, and read again from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from checker.finding import Report
from checker.reading.answers import ReturnReading
from checker.reading.carriers import DisclosureState
from checker.reading.disclosures import Reader, load_reader
from checker.reading.proving import together
from questionnaire.schema import Schema

LETTERS = dict(zip(DisclosureState, "MPDNOA", strict=True))
_STATES = {letter: state for state, letter in LETTERS.items()}


class CoveredDisclosure(NamedTuple):
    """One disclosure in one return."""

    framework: str  # hkex-2024
    code: str  # hkex:B7.3
    title: str
    state: DisclosureState


def covered_by(report: Report, whole: ReturnReading) -> dict[str, str]:
    """The states of a return's disclosures: by edition of a framework, a letter for each that was in force."""
    schema = whole.schema
    reader = _reader(schema, report.year or schema.edition.year)
    reader.hold(report, {each.item.id: together(each.quantities, each.nils) for each in whole.items})
    return {
        edition: "".join(LETTERS[result.state] for result in reader.cover(report, _family(edition)))
        for edition in report.frameworks
    }


def disclosures_of(covered: Mapping[str, str], report: Report, schema: Schema) -> Iterator[CoveredDisclosure]:
    """The disclosures again, with their codes and titles."""
    for edition, letters in covered.items():
        asked = _asked(schema, edition, report.year or schema.edition.year)
        for (code, title), letter in zip(asked, letters, strict=True):
            yield CoveredDisclosure(edition, code, title, _STATES[letter])


def _family(edition: str) -> str:
    return edition.rpartition("-")[0]


@lru_cache(maxsize=8)
def _reader(schema: Schema, year: int) -> Reader:
    return load_reader(schema, schema.all_links(year))


@lru_cache(maxsize=32)
def _asked(schema: Schema, edition: str, year: int) -> tuple[tuple[str, str], ...]:
    """Code and title of each disclosure that an edition asks for in a year, in the order of ``Reader.cover``."""
    found = _reader(schema, year).catalogues.edition(_family(edition), year)
    if found is None:
        return ()
    return tuple((found.code(each), each.zh) for each in found.asked(year))
