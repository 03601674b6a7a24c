"""Last year's return, read by its own edition though this year's was named."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from checker.checking.files import read_file
from questionnaire.answers import Return
from questionnaire.editions import ChosenBy, Editions
from questionnaire.folders import EDITION_FILE
from questionnaire.schema import Schema
from questionnaire.succession import Asked, LastYear


class Earlier(NamedTuple):
    """A return with the edition that it answers."""

    source: Return
    schema: Schema

    @property
    def year(self) -> int:
        """Its reporting year."""
        return self.source.year or self.schema.edition.year


def read_earlier(path: Path, questionnaire: str | None) -> Earlier:
    """Reads last year's return.

    Args:
        path: the file.
        questionnaire: this year's edition as the user named it: last year's lies beside its folder, or is built in.

    Raises:
        ReturnError: the file cannot be read as a return.
        SchemaError: there is no such edition.
    """
    source, choice = read_file(path, Editions.of(beside(questionnaire)))
    if choice.by is ChosenBy.FOREIGN and questionnaire is not None:
        source, choice = read_file(path, Editions.of(questionnaire))
    return Earlier(source, choice.schema)


def read_last_year(path: Path, questionnaire: str | None) -> LastYear:
    """The same, to be laid beside this year's, by whatever edition that is read.

    Raises:
        ReturnError: the file cannot be read as a return.
    """
    found = read_earlier(path, questionnaire)
    return LastYear(found.source, Asked.of(found.schema))


def beside(questionnaire: str | None) -> str | None:
    """Where an earlier year's edition is looked for: the folder in which this year's lies, else the built-in ones."""
    folder = Path(questionnaire).resolve() if questionnaire else None
    if folder is None or not (folder / EDITION_FILE).is_file():
        return questionnaire if folder is not None and folder.is_dir() else None
    return str(folder.parent)
