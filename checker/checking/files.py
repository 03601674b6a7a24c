"""One file to a report: read in the guarded worker and checked there, so that its clock holds for the rules too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from checker.checking.drafted import as_found
from checker.checking.engine import RuleSettings, check_reading
from checker.finding import Report
from checker.reading.answers import ReturnReading, read_answers
from checker.rules import RULES
from frameworks.ground.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.cells import one_line
from questionnaire.editions import Choice, ChosenBy, Editions
from questionnaire.provenance import is_ours
from questionnaire.reading import reading_is_done, run_isolated, run_on_content
from questionnaire.succession import LastYear


def read_file(path: Path, editions: Editions) -> tuple[Return, Choice]:
    """Reads one return in the worker, and says by which edition.

    Raises:
        ReturnError: the file cannot be read as a return; says why and how to mend it.
    """
    source, edition, by = run_isolated(partial(_read, editions=editions), path)
    return source, Choice(editions.by_id(edition), ChosenBy(by))


def check_file(
    path: Path,
    editions: Editions,
    rules: Iterable[str] = RULES,
    frameworks: Iterable[str] = (),
    last_year: LastYear | None = None,
    settings: RuleSettings = (),
) -> Report:
    """Reads and checks one return in the worker.

    Raises:
        ReturnError: the file cannot be read as a return; says why and how to mend it.
    """
    return run_isolated(
        partial(check_content, editions=editions), path, tuple(rules), tuple(frameworks), last_year, settings
    )


def read_sent(content: bytes, name: str, editions: Editions) -> tuple[Return, Choice]:
    """The same as ``read_file`` for bytes that came with a name and lie nowhere.

    Raises:
        ReturnError: they cannot be read as a return.
    """
    source, edition, by = run_on_content(partial(_read, editions=editions), content, name, _sha256(content))
    return source, Choice(editions.by_id(edition), ChosenBy(by))


def check_sent(
    content: bytes,
    name: str,
    editions: Editions,
    last_year: LastYear | None = None,
    settings: RuleSettings = (),
) -> Report:
    """The same as ``check_file``, by all rules, for bytes that came with a name and lie nowhere.

    Raises:
        ReturnError: they cannot be read as a return.
    """
    task = partial(check_content, editions=editions)
    return run_on_content(task, content, name, _sha256(content), tuple(RULES), (), last_year, settings)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check_content(
    content: bytes,
    file: str,
    sha256: str,
    rules: Sequence[str] = tuple(RULES),
    frameworks: Sequence[str] = (),
    last_year: LastYear | None = None,
    settings: RuleSettings = (),
    *,
    editions: Editions,
) -> Report:
    """Reads and checks a file's bytes, in this process, by the rules of these ids.

    Raises:
        ReturnError: the bytes cannot be read as a return, or are a report of ours.
    """
    if is_ours(content):
        raise ReturnError("own-report", file=file)
    return read_and_check(content, file, sha256, rules, frameworks, last_year, settings, editions=editions)[1]


def read_and_check(
    content: bytes,
    file: str,
    sha256: str,
    rules: Sequence[str] = tuple(RULES),
    frameworks: Sequence[str] = (),
    last_year: LastYear | None = None,
    settings: RuleSettings = (),
    *,
    editions: Editions,
    above: Iterable[str] = (),
) -> tuple[ReturnReading, Report]:
    """The same with everything that was read.

    Raises:
        ReturnError: the bytes cannot be read as a return.
    """
    source, choice = _chosen(content, file, sha256, editions)
    reading_is_done()
    before = last_year.told_by(choice.schema) if last_year is not None else None
    whole = read_answers(choice.schema, source, before, frameworks, above)
    chosen = {rule: RULES[rule] for rule in rules}
    report = check_reading(whole, chosen, chosen_by=choice.by.value, settings=settings)
    return as_found(whole, report.findings), report


def _read(content: bytes, file: str, sha256: str, *, editions: Editions) -> tuple[Return, str, str]:
    """The return, the id of its edition and why it is that one."""
    source, choice = _chosen(content, file, sha256, editions)
    return source, choice.schema.edition.id, choice.by.value


def _chosen(content: bytes, file: str, sha256: str, editions: Editions) -> tuple[Return, Choice]:
    from questionnaire.reading.content import read_content

    source, choice = editions.read(lambda schema: read_content(content, file, sha256, schema))
    return replace(source, company=one_line(source.company)), choice
