"""Where something stands in a Word report: nobody can count its lines, so the heading above is named instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from questionnaire.answers import Place, Return
from questionnaire.cells import squeeze
from questionnaire.reading.files.document import Line
from questionnaire.reading.files.word_tables import Table
from questionnaire.reading.layout.headings import LONGEST_QUESTION, HeadingMatcher
from questionnaire.reading.layout.outside import shorten
from questionnaire.template import words

LENGTH = 24  # letters of a heading: enough to search for


def placed(source: Return, lines: Sequence[str], matcher: HeadingMatcher) -> Return:
    """A return that was read from lines, with headings in the place of their numbers.

    The heading stands in ``Place.sheet``, and there is no ``line``. An answer stands under its question; a heading
    that several answers share says which of them is meant.
    """
    names = [shorten(answer.question or "", LENGTH) for answer in source.answers]
    often, met = Counter(names), Counter[str]()
    answers = []
    for answer, name in zip(source.answers, names, strict=True):
        met[name] += 1
        if often[name] > 1:
            name = str(words()["again"]).format(heading=name, number=met[name])  # noqa: PLW2901
        answers.append(replace(answer, where=_under(answer.where, name)))
    by_line = {answer.where.line: new.where for answer, new in zip(source.answers, answers, strict=True)}
    heads = _headings(lines, matcher) if source.unmatched else []
    return replace(
        source,
        answers=tuple(answers),
        unmatched=tuple(
            replace(block, where=_under(block.where, _above(heads, block.where.line or 0)))
            for block in source.unmatched
        ),
        outside=tuple(
            replace(found, where=by_line.get(found.where.line, found.where)) for found in source.outside
        ),
    )


def heading_above(blocks: Sequence[Line | Table], at: int, matcher: HeadingMatcher) -> str:
    """The table that stands at a block, or the heading or question there or above it; empty for none."""
    if at < 0:
        return ""
    if at < len(blocks) and isinstance(blocks[at], Table):
        return table_name(sum(isinstance(block, Table) for block in blocks[: at + 1]))
    for block in reversed(blocks[: at + 1]):
        if isinstance(block, Line) and _is_heading(block, matcher):
            return shorten(block.shown.strip(), LENGTH)
    return ""


def table_name(number: int) -> str:
    """The name of a document's table, counted from 1."""
    return str(words()["table"]).format(number=number)


def _is_heading(line: Line, matcher: HeadingMatcher) -> bool:
    if len(line.text) > LONGEST_QUESTION:
        return False
    if matcher.part(line.shown) is not None or matcher.question(line.text, near=False) is not None:
        return True
    return squeeze(line.text) in matcher.titles or squeeze(line.shown.partition("、")[2]) in matcher.titles


def _under(place: Place, heading: str) -> Place:
    return Place(place.file, sheet=heading) if heading else place


def _headings(lines: Sequence[str], matcher: HeadingMatcher) -> list[tuple[int, str]]:
    """The parts and sections with their lines, numbered from 1."""
    found = []
    part = 0
    for number, line in enumerate(lines, start=1):
        here = matcher.part(line)
        if here is not None or matcher.section(line, part) is not None:
            part = part if here is None else here
            found.append((number, shorten(line.strip(), LENGTH)))
    return found


def _above(headings: Sequence[tuple[int, str]], line: int) -> str:
    return next((name for number, name in reversed(headings) if number <= line), "")
