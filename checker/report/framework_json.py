"""The catalogues as data: ``esgcheck-editions/1``; fields are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checker.reading.disclosures import Reader
from checker.reading.serving import reaching
from checker.report.disclosure_view import title_of
from checker.report.duties import duty_counts, duty_data
from checker.wording import Wording
from frameworks.model import Disclosure, Framework

FORMAT = "esgcheck-editions/1"


def editions_data(
    readers: Iterable[Reader], frameworks: Sequence[str], words: Wording, *, whole: bool
) -> dict[str, Any]:
    """The edition and obligation used for each framework.

    Args:
        readers: one a year.
        frameworks: ids of those to tell.
        words: in which language titles are.
        whole: with every disclosure.
    """
    return {"format": FORMAT, "years": [_year(reader, frameworks, words, whole=whole) for reader in readers]}


def _year(reader: Reader, frameworks: Sequence[str], words: Wording, *, whole: bool) -> dict[str, Any]:
    return {
        "year": reader.links.year,
        "questionnaire": reader.schema.edition.id,
        "issuer": [issuer.value for issuer in reader.schema.edition.issuer],
        "frameworks": [_framework(name, reader, words, whole=whole) for name in frameworks],
    }


def _framework(name: str, reader: Reader, words: Wording, *, whole: bool) -> dict[str, Any]:
    """``edition`` is None where none holds for the year."""
    year, issuers = reader.links.year, reader.schema.edition.issuer
    edition = reader.catalogues.edition(name, year)
    if edition is None:
        return {"framework": name, "edition": None}
    entries = reader.catalogues.in_force(name, year)
    counts = duty_counts(edition, year, issuers)
    found: dict[str, Any] = {
        "framework": name,
        "edition": edition.name,
        "entries": len(entries),
        "verified": sum(entry.verified for entry in entries),
        "duties": [{**duty_data(duty), "count": count} for duty, count in counts],
    }
    if whole:
        found["disclosures"] = [_disclosure(edition, entry, reader, words) for entry in entries]
    return found


def _disclosure(edition: Framework, disclosure: Disclosure, reader: Reader, words: Wording) -> dict[str, Any]:
    duty = edition.duty(disclosure, reader.links.year, reader.schema.edition.issuer)
    reached = reaching(edition, disclosure, reader)
    return {
        "code": edition.code(disclosure),
        "title": title_of(disclosure, words),
        "kind": disclosure.kind.value,
        **duty_data(duty),
        "verified": disclosure.verified,
        "items": [item.id for item in reader.schema.items if item.id in reached],
    }
