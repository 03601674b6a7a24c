"""One file to a report: read in the guarded worker and checked there, so that its clock holds for the rules too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from checker.checking.engine import check
from checker.finding import Report
from checker.rules import RULES
from questionnaire.answers import Return
from questionnaire.reading import run_isolated
from questionnaire.schema import Schema


def check_content(
    content: bytes,
    file: str,
    sha256: str,
    rules: Sequence[str] = tuple(RULES),
    frameworks: Sequence[str] = (),
    last_year: Return | None = None,
    *,
    schema: Schema,
) -> Report:
    """Reads and checks a file's bytes, in this process, by the rules of these ids."""
    from questionnaire.reading.content import read_content

    source = read_content(content, file, sha256, schema)
    chosen = {rule: RULES[rule] for rule in rules}
    return check(schema, source, chosen, frameworks=frameworks, last_year=last_year)


def check_file(
    path: Path,
    schema: Schema,
    rules: Iterable[str] = RULES,
    frameworks: Iterable[str] = (),
    last_year: Return | None = None,
) -> Report:
    """Reads and checks one return in the worker.

    Raises:
        ReturnError: the file cannot be read as a return; says why and how to mend it.
    """
    return run_isolated(check_content, path, schema, tuple(rules), tuple(frameworks), last_year)
