"""Shared by all tests: the questionnaire, the shared material where it is there, short ways to read and check."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Self

import pytest
from msgspec.structs import replace

from checker.campaign import spool as spooling
from checker.campaign.coverage import covered_by
from checker.campaign.entries import Entry, Returns
from checker.campaign.record import NAME, make_record, read_head
from checker.campaign.spool import Spool
from checker.checking import day
from checker.checking.engine import check, check_reading
from checker.cli import main
from checker.finding import Report
from checker.reading.answers import read_answers
from checker.reading.items import ItemReading
from checker.rules.contract import AnswerRule, NotApplicable, ReturnContext, Scope
from checker.rules.contract import Outcome as Result
from questionnaire.answers import Answer, KeyFigure, Place, Profile, Return
from questionnaire.editions import newest
from questionnaire.schema import Schema

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
gc.set_threshold(100_000, 20, 50)  # schemas and models stay: to walk them again is a tenth of the run


Run = Callable[..., tuple[int, str, str]]
BEGUN = date.today()


class Held(date):
    """The day on which these tests began, however long they take."""

    @classmethod
    def today(cls) -> Self:
        return cls(BEGUN.year, BEGUN.month, BEGUN.day)


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """No midnight falls between two runs that a test holds against each other: each report carries its day."""
    monkeypatch.setattr(day, "date", Held)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with a cache of its own; exit code, stdout, stderr."""
    monkeypatch.setattr(spooling, "cache_folder", lambda: tmp_path / "cache")

    def called(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return called


def look(rule: AnswerRule, reading: ItemReading, context: ReturnContext) -> list[Result]:
    """What a rule says of one answer, as the engine asks it: one on substance is spared those without any."""
    if rule.SCOPE is Scope.SUBSTANCE and reading.stands_aside:
        return [NotApplicable(reading.stands_aside)]
    return list(rule.check(reading, context))


@pytest.fixture(scope="session")
def schema() -> Schema:
    return newest()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the project: a real return and labelled sentences."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not here")
    return SHARED


def make_return(
    answers: dict[str, str | Answer], company: str = "示例公司", profile: Profile | None = None
) -> Return:
    """A return as a reader would hand it on."""
    given = tuple(
        answer
        if isinstance(answer, Answer)
        else Answer(item, answer, Place("填报表.xlsx", "问卷", f"E{row}"))
        for row, (item, answer) in enumerate(answers.items(), start=2)
    )
    return Return("填报表.xlsx", "0" * 64, company, 2024, given, profile or Profile())


def make_returns(
    companies: Mapping[str, Mapping[str, str]],
    schema: Schema,
    folder: Path,
    figures: Mapping[str, tuple[KeyFigure, ...]] | None = None,
    above: Sequence[str] = (),
) -> Returns:
    """Returns of many companies as a campaign holds them, by company and item; with key figures by company."""
    spool = Spool(folder / "spool")
    entries = []
    for number, company in enumerate(sorted(companies)):
        source = make_return(dict(companies[company]), company)
        given = (figures or {}).get(company, ())
        named = replace(source, file=NAME, sha256=f"{number:064d}", figures=given)
        whole = read_answers(schema, named, above=above)
        report = check_reading(whole)
        blob, key = make_record(report, whole, covered_by(report, whole)), f"{number:08d}"
        spool.put(key, blob)
        entries.append(Entry(f"{company}.xlsx", key, company, 0.0, read_head(blob)))
    return Returns(tuple(entries), (), spool)


@pytest.fixture
def check_answers(schema: Schema) -> Callable[..., Report]:
    def run(answers: dict[str, str | Answer], **options: object) -> Report:
        return check(schema, make_return(answers, **options), strict=True)  # type: ignore[arg-type]

    return run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew")
