"""A list of questions to a whole draft edition, as its files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from questionnaire.drafting.drafts import Draft, draft
from questionnaire.drafting.edition_files import edition_of, files_of
from questionnaire.drafting.known import KnownQuestions
from questionnaire.drafting.questions import Listing
from questionnaire.editions import Editions
from questionnaire.folders import builtin_editions
from questionnaire.schema import Edition, Schema

TITLE = 80  # letters


class Made(NamedTuple):
    """A draft edition."""

    draft: Draft
    edition: Edition
    files: dict[str, bytes]


def draft_edition(
    listing: Listing,
    stem: str,
    name: str,
    source: str,
    year: int | None,
    parent: str,
    known: Iterable[str] = (),
) -> Made:
    """The draft of a list.

    Args:
        listing: the questions.
        stem: how the list is called where it bears no title.
        name: what the edition's id is made of.
        source: the file of the list.
        year: the reporting year, where it is told.
        parent: the company that answers may rely on, where it is told.
        known: ids or folders of editions whose questions are recognised, besides the built-in ones.

    Raises:
        SchemaError: there is no known edition of a name.
    """
    schemas: dict[str, Schema] = {}
    for each in (*known, *builtin_editions()):
        schema = Editions.of(each).first
        schemas.setdefault(schema.edition.id, schema)
    title = (listing.title or stem)[:TITLE]
    made = draft(listing, title, KnownQuestions(tuple(schemas.values())))
    edition = edition_of(made, title, _id(name, set(schemas)), source, year, parent, listing)
    return Made(made, edition, files_of(made, edition))


def _id(name: str, taken: set[str]) -> str:
    """An id of the letters of a folder's name that ids may have, and of no known edition."""
    found = re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-")
    found = re.sub(r"^[^a-z]+", "", found) or "questionnaire"
    while found in taken:
        found += "-new"
    return found
