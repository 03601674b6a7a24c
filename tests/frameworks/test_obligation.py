"""How binding a disclosure is: by year and by issuer, and told for every kind while nobody says what the issuer is."""

from __future__ import annotations

from datetime import date

import pytest

from frameworks.catalogues import load_catalogues, read_catalogues
from frameworks.ground.errors import SchemaErrors
from frameworks.obligation import Degree, Duty, Issuer, Obligation, duty_of

MANDATORY, EXPLAIN, IF_ADOPTED, VOLUNTARY = Degree
LARGE, MAIN, GEM, NAMED, MAINLAND = Issuer
PHASED = (
    Obligation(degree=EXPLAIN, issuers=(LARGE, MAIN)),
    Obligation(degree=MANDATORY, valid_from=date(2026, 1, 1), issuers=(LARGE,)),
)


@pytest.mark.parametrize(
    ("day", "issuers", "duty"),
    [
        (date(2025, 1, 1), [LARGE], Duty(EXPLAIN)),
        (date(2026, 1, 1), [LARGE], Duty(MANDATORY)),
        (date(2026, 1, 1), [MAIN], Duty(EXPLAIN)),
        (date(2026, 1, 1), [MAIN, LARGE], Duty(MANDATORY)),  # several kinds: the most binding
        (date(2026, 1, 1), [MAINLAND], Duty(None)),  # binds nobody of the kind
        (date(2025, 1, 1), [], Duty(EXPLAIN)),  # nobody said, and it makes no difference
        (date(2026, 1, 1), [], Duty(None, ((LARGE, MANDATORY), (MAIN, EXPLAIN)))),
    ],
)
def test_the_later_line_of_the_issuer_holds(day: date, issuers: list[Issuer], duty: Duty) -> None:
    assert duty_of(PHASED, day, issuers) == duty


def test_those_for_whom_no_kind_is_named_are_told_apart() -> None:
    lines = (Obligation(degree=VOLUNTARY), Obligation(degree=MANDATORY, issuers=(NAMED,)))
    assert duty_of(lines, date(2026, 1, 1), ()) == Duty(None, ((NAMED, MANDATORY), (None, VOLUNTARY)))
    assert duty_of(lines, date(2026, 1, 1), (LARGE,)) == Duty(VOLUNTARY)


@pytest.mark.parametrize(
    ("code", "issuer", "degrees"),
    [
        # 2023, 2024, 2025, 2026, 2027; None: not asked for
        ("hkex:B13(i)", MAIN, [MANDATORY] * 5),
        ("hkex:A1.1", LARGE, [EXPLAIN] * 5),
        ("hkex:A1.2", LARGE, [EXPLAIN, EXPLAIN, None, None, None]),
        ("hkex:D28(a)", LARGE, [None, None, MANDATORY, MANDATORY, MANDATORY]),
        ("hkex:D28(b)", GEM, [None, None, MANDATORY, MANDATORY, MANDATORY]),
        ("hkex:D28(c)", LARGE, [None, None, EXPLAIN, MANDATORY, MANDATORY]),
        ("hkex:D28(c)", MAIN, [None, None, EXPLAIN, EXPLAIN, EXPLAIN]),
        ("hkex:D20", GEM, [None, None, VOLUNTARY, VOLUNTARY, VOLUNTARY]),
        ("hkex:D36", LARGE, [None, None, VOLUNTARY, VOLUNTARY, VOLUNTARY]),
        ("cn-ex:art-24", NAMED, [None, VOLUNTARY, MANDATORY, MANDATORY, MANDATORY]),
        ("cn-ex:art-24", MAINLAND, [None, VOLUNTARY, VOLUNTARY, VOLUNTARY, VOLUNTARY]),
        ("ifrs-s2:6(a)", LARGE, [None, IF_ADOPTED, IF_ADOPTED, IF_ADOPTED, IF_ADOPTED]),
        ("gri:205-2", LARGE, [VOLUNTARY] * 5),
    ],
)
def test_obligations_of_five_years(code: str, issuer: Issuer, degrees: list[Degree | None]) -> None:
    catalogues, name = load_catalogues(), code.partition(":")[2]
    found: list[Degree | None] = []
    for year in range(2023, 2028):
        edition = catalogues.edition(code.partition(":")[0], year)
        disclosure = catalogues.find(code, year)
        held = edition is not None and disclosure is not None and edition.by_id.get(name) is disclosure
        found.append(
            edition.duty(disclosure, year, [issuer]).degree if held and edition and disclosure else None
        )
    assert found == degrees


def test_every_disclosure_binds_somebody_somehow() -> None:
    for edition in load_catalogues().editions:
        for disclosure in edition.disclosures:
            duty = edition.duty(disclosure, 2030, ())
            assert duty.degree or duty.by_issuer, edition.code(disclosure)


@pytest.mark.parametrize(
    ("obligation", "code", "line"),
    [
        ("obligation: nobody", "schema-bad-choice", 7),
        ("obligation: [{degree: mandatory, issuers: [big]}]", "schema-bad-choice", 7),
        ("obligation: [{degree: mandatory, valid: 2026-01-01}]", "schema-unknown-key", 7),
        ("schedule: part-z", "schema-inconsistent", 1),
        ("note: none", "schema-inconsistent", 7),
    ],
)
def test_mistakes_are_named(obligation: str, code: str, line: int) -> None:
    source = f"""\
framework: ours
edition: '1'
zh: 问卷
en: ours
basis: financial-year
disclosures:
- {{id: '1', zh: 甲, en: a, kind: mixed, verified: true, {obligation}}}
"""
    with pytest.raises(SchemaErrors) as caught:
        read_catalogues([("t.yaml", source.encode())])
    assert [(error.code, error.line) for error in caught.value.errors] == [(code, line)]
