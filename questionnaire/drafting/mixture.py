"""A document whose questions stand partly in numbered lines and partly in tables: both, in their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from questionnaire.drafting.cutting import cut
from questionnaire.drafting.filled import TableRow
from questionnaire.drafting.grammar import either
from questionnaire.drafting.kinds import kind_of
from questionnaire.drafting.lines import Line, is_heading
from questionnaire.drafting.outline import read_outline
from questionnaire.drafting.questions import MOST, Listing, Question, in_section
from questionnaire.reading.layout.labels import label_end
from questionnaire.vocabulary import EvidenceKind


class Table(NamedTuple):
    """A table of a document, read as if it held questions."""

    behind: int  # lines before it
    listing: Listing
    is_named: bool  # a header names the column of its questions
    rows: tuple[TableRow, ...] = ()  # where it is to be filled in
    fields: tuple[str, ...] = ()  # what a company is asked of itself, where it holds nothing else


def with_tables(lines: Sequence[str], tables: Sequence[Table]) -> Listing:
    """The questions of both; what of either holds none is left.

    A table counts where its header names its questions, or where the lines ask no more than the tables do. Where the
    tables ask more, a line has to ask too: numbered rules of filling in are left.
    """
    outline = read_outline(lines)
    named = (table.behind for table in tables if table.is_named)
    first = min((int(each.where) for each in outline.questions), default=min(named, default=-1) + 1)
    heads = [table for table in tables if table.fields and table.behind < first]
    fields = tuple(dict.fromkeys((*outline.fields, *(name for table in heads for name in table.fields))))
    return replace(_of_both(lines, outline, [table for table in tables if table not in heads]), fields=fields)


def _of_both(lines: Sequence[str], outline: Listing, tables: Sequence[Table]) -> Listing:
    several = sum(len(table.listing.questions) for table in tables) >= len(outline.questions)
    counted = [table for table in tables if table.listing.questions and (table.is_named or several)]
    below = {} if several and counted else _below(outline.questions, tables, counted)
    filled = [table for table in tables if table in below.values()]
    other = [text for table in tables if table not in (*counted, *filled) for text in _texts(table.listing)]
    if not counted:
        return replace(outline, questions=_with_rows(outline.questions, below), left=(*outline.left, *other))
    kept, titles = _without_titles(lines, counted)
    outline = read_outline(kept)
    asking = Counter(_look(each) for each in outline.questions if _asks(each.text))
    counts = Counter(map(_look, outline.questions))
    asked = [
        each
        for each in outline.questions
        if not several or _asks(each.text) or _counts_on(each, asking, counts)
    ]
    left = [kept[int(each.where) - 1].strip() for each in outline.questions if each not in asked]
    left += [line for line in outline.left if line not in (outline.title, *left)]
    asked = list(_with_rows(asked, below))
    found: list[Question] = []
    for table, title in zip(counted, titles, strict=True):
        found += [each for each in asked if int(each.where) <= table.behind and each not in found]
        found += in_section(table.listing, title or (found[-1].section if found else "")).questions
        left += table.listing.left
    found += [each for each in asked if each not in found]
    first = next((line.strip() for line in kept if line.strip()), "")
    if first in left and not outline.title and not label_end(first) and is_heading(first):
        left.remove(first)
        outline = replace(outline, title=first)
    title = outline.title or next((table.listing.title for table in counted if table.listing.title), "")
    return replace(outline, questions=tuple(found[:MOST]), title=title, left=(*left, *other))


def _with_rows(questions: Iterable[Question], below: Mapping[str, Table]) -> tuple[Question, ...]:
    return tuple(
        replace(each, rows=below[each.where].rows) if each.where in below else each for each in questions
    )


def _below(
    questions: Sequence[Question], tables: Iterable[Table], counted: Sequence[Table]
) -> dict[str, Table]:
    """The tables to be filled in that stand right below questions, by where these stand."""
    found: dict[str, Table] = {}
    for table in tables:
        above = [each for each in questions if int(each.where) <= table.behind]
        if table.rows and table not in counted and above:
            found.setdefault(above[-1].where, table)
    return found


def _without_titles(lines: Sequence[str], tables: Iterable[Table]) -> tuple[list[str], list[str]]:
    """The lines without the headings that stand right above tables, and those of each table."""
    kept, titles = list(lines), []
    for table in tables:
        at = next((n for n in range(table.behind - 1, -1, -1) if kept[n].strip()), None)
        text = "" if at is None else kept[at].strip()
        end = label_end(text)
        if at is None or not end or not is_heading(text[end:].strip()):
            titles.append("")
            continue
        titles.append(text[end:].strip())
        kept[at] = ""
    return kept, titles


def _texts(listing: Listing) -> list[str]:
    return [*(each.text for each in listing.questions), *listing.left]


def _look(question: Question) -> tuple[str, str]:
    """The section of a question and how its number looks: what counts on is of one kind."""
    return question.section, Line(question.number, question.text, 0).shape


def _counts_on(each: Question, asking: Counter[tuple[str, str]], counts: Counter[tuple[str, str]]) -> bool:
    """Whether a numbered line that does not ask stands among those of its kind that do."""
    among = bool(each.number) and 2 * asking[_look(each)] > counts[_look(each)]
    return among and _instructs().search(each.text) is None


@cache
def _instructs() -> re.Pattern[str]:
    return re.compile(either("zh", "instructions"))


def _asks(text: str) -> bool:
    """Whether a numbered line beside a table of questions is one: it asks, or wants a figure, a date or a list."""
    wants = re.search(rf"{either('zh', 'amounts')}", text) is not None  # 请填报危险废物产生量
    if _instructs().search(text) and not (wants and re.match("请填[报写]", text)):
        return False
    closing = rf"(?:{either('zh', 'heads')}|{either('zh', 'amounts')})[。.]?$"
    told = re.search(rf"[？?]|是否|^(?:{either('zh', 'leads')})|{closing}", text) is not None
    return told or any(kind_of(each).evidence is not EvidenceKind.TEXT for each in cut(text))
