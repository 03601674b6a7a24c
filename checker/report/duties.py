"""How binding disclosures are, in words: for the issuer of a questionnaire's edition, or for each kind of issuer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from checker.wording import Wording
from frameworks.model import Framework
from frameworks.obligation import Degree, Duty, Issuer

SUBJECT = "frameworks"
UNSETTLED, UNBOUND, OTHERS = "by-issuer", "none", "others"


def duty_key(duty: Duty) -> str:
    """One word for a duty, for data: its degree, ``by-issuer`` where that decides, ``none`` where it binds nobody."""
    return duty.degree.value if duty.degree else UNSETTLED if duty.by_issuer else UNBOUND


def duty_data(duty: Duty) -> dict[str, Any]:
    """A duty as data; where it hangs on what the issuer is and nobody said, by kind of issuer besides."""
    found: dict[str, Any] = {"obligation": duty_key(duty)}
    if duty.by_issuer:
        found["obligations"] = {issuer or OTHERS: degree or UNBOUND for issuer, degree in duty.by_issuer}
    return found


def duty_text(duty: Duty, words: Wording) -> str:
    """A duty in words: 强制, or 大型股发行人强制、其他主板发行人不遵守就解释、GEM 发行人自愿."""
    if duty.degree or not duty.by_issuer:
        return _degree(duty_key(duty), words)
    kinds: dict[str, list[str]] = {}
    for issuer, degree in duty.by_issuer:
        kinds.setdefault(_degree(degree or UNBOUND, words), []).append(_issuer(issuer, words))
    lines = (_label("duty-of", words, issuers="/".join(of), duty=degree) for degree, of in kinds.items())
    return _joined(lines, words)


def issuer_text(issuers: Collection[Issuer], words: Wording) -> str:
    """Whom the obligations are told for."""
    if not issuers:
        return _label("issuer-unknown", words)
    return _label("issuer", words, issuers=_joined((_issuer(issuer, words) for issuer in issuers), words))


def duty_counts(edition: Framework, year: int, issuers: Collection[Issuer]) -> tuple[tuple[Duty, int], ...]:
    """How many disclosures of a year are bound how: the most binding first, those that hang on the issuer last."""
    counts = Counter(
        edition.duty(disclosure, year, issuers)
        for disclosure in edition.disclosures
        if edition.in_force(disclosure, year)
    )
    order = [*(degree.value for degree in Degree), UNBOUND, UNSETTLED]
    return tuple(sorted(counts.items(), key=lambda pair: order.index(duty_key(pair[0]))))


def counts_text(counts: Iterable[tuple[Duty, int]], words: Wording) -> str:
    """Duties counted, in words: 强制 10、自愿 1、视发行人 27（大型股发行人强制、…）."""
    return _joined((_count(duty, number, words) for duty, number in counts), words)


def _count(duty: Duty, number: int, words: Wording) -> str:
    counted = _label("count", words, state=_degree(duty_key(duty), words), count=number)
    return (
        _label("unsettled", words, counted=counted, kinds=duty_text(duty, words))
        if duty.by_issuer
        else counted
    )


def _joined(parts: Iterable[str], words: Wording) -> str:
    return _label("separator", words).join(parts)


def _degree(key: str, words: Wording) -> str:
    return words.entry(SUBJECT, "obligations", key)


def _issuer(issuer: Issuer | None, words: Wording) -> str:
    return words.entry(SUBJECT, "issuers", issuer or OTHERS)


def _label(key: str, words: Wording, **params: object) -> str:
    return words.entry(SUBJECT, "labels", key).format_map(params)
