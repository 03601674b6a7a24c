"""A list of questions as somebody wrote it: each question with its section, its unit and what is told beside it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from questionnaire.drafting.filled import TableRow

MOST = 2_000  # questions of one list


class Question(Struct, frozen=True):
    """One question."""

    text: str
    part: str = ""
    section: str = ""
    number: str = ""  # as printed
    unit: str = ""
    hint: str = ""
    yes_no: bool = False  # it is answered by yes or no
    where: str = ""  # line, or sheet and cell
    rows: tuple[TableRow, ...] = ()  # of a table to be filled in below it


class Listing(Struct, frozen=True):
    """A whole list, and what of it was taken for no question."""

    questions: tuple[Question, ...]
    title: str = ""
    left: tuple[str, ...] = ()
    company: str = ""  # whose list it is
    fields: tuple[str, ...] = ()  # what the company is asked of itself


def joined(listings: Iterable[Listing]) -> Listing:
    """Several lists in one, in order."""
    found = list(listings)
    return Listing(
        tuple(question for each in found for question in each.questions)[:MOST],
        next((each.title for each in found if each.title), ""),
        tuple(line for each in found for line in each.left),
        next((each.company for each in found if each.company), ""),
        tuple(dict.fromkeys(name for each in found for name in each.fields)),
    )


def in_part(listing: Listing, part: str) -> Listing:
    """A list whose questions belong to a part, where they name none."""
    questions = tuple(replace(each, part=each.part or part) for each in listing.questions)
    return replace(listing, questions=questions)


def in_section(listing: Listing, section: str) -> Listing:
    """A list whose questions belong to a section, where they name none."""
    questions = tuple(replace(each, section=each.section or section) for each in listing.questions)
    return replace(listing, questions=questions)
