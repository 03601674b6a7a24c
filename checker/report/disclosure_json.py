"""Coverage by disclosure as data: ``esgcheck-frameworks/1``; fields are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.finding import Report
from checker.reading.carriers import Carrier, DisclosureResult, together
from checker.reading.disclosures import Reader
from checker.reading.proving import Shortfall
from checker.report.disclosure_view import company_names, title_of
from checker.report.duties import duty_data
from checker.wording import Wording
from frameworks.model import Framework

FORMAT = "esgcheck-frameworks/1"


def as_data(reader: Reader, edition: Framework, reports: Sequence[Report], words: Wording) -> dict[str, Any]:
    """One framework over some returns, with everything that carries each disclosure."""
    names = company_names(reports)
    results = [reader.cover(report, edition.framework) for report in reports]
    rows = []
    for found in zip(*results, strict=True):
        disclosure = found[0].disclosure
        rows.append(
            {
                "code": found[0].code,
                "title": title_of(disclosure, words),
                "kind": disclosure.kind.value,
                **duty_data(edition.duty(disclosure, reader.links.year, reader.schema.edition.issuer)),
                "verified": disclosure.verified,
                "reach": found[0].reach.value,
                "unasked": _unasked(found[0], words),
                "state": together(result.state for result in found).value,
                "returns": [
                    {
                        "company": name,
                        "file": report.file,
                        "state": result.state.value,
                        "via": result.via or None,
                        "owes": result.owes,
                        "carriers": [_carrier(carrier) for carrier in result.carriers],
                    }
                    for result, name, report in zip(found, names, reports, strict=True)
                ],
            }
        )
    return {
        "format": FORMAT,
        "framework": edition.framework,
        "edition": edition.name,
        "year": reader.links.year,
        "issuer": [issuer.value for issuer in reader.schema.edition.issuer],
        "questionnaire": reader.schema.edition.id,
        "disclosures": rows,
    }


def _unasked(result: DisclosureResult, words: Wording) -> str | None:
    return str(getattr(result.unasked, words.language.value)) if result.unasked else None


def _carrier(carrier: Carrier) -> dict[str, Any]:
    place = carrier.where
    return {
        "item": carrier.item or None,
        "label": carrier.place,
        "ask": carrier.ask,
        "relation": carrier.relation.value,
        "confidence": carrier.draft or None,
        "state": carrier.state.value,
        "lacks_figure": carrier.lacks is Shortfall.FIGURE,
        "lacks": carrier.lacks.value or None,
        "disputed_by": list(carrier.rules),
        "evidence": carrier.evidence,
        "where": None
        if place is None
        else {"file": place.file, "sheet": place.sheet, "cell": place.cell, "line": place.line},
    }
