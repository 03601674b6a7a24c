"""Which edition of which questionnaire a return is judged by; the only chooser.

What the user names holds; else the id in the file, else the edition of the return's year, else the newest. A year
without an edition is judged by the nearest, and the report says so. Editions that lie there on request (``on_request``)
are no one's default: such a one judges a return that names it, or that holds its questions.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from frameworks.ground.errors import ReturnError, SchemaError
from questionnaire.answers import Return
from questionnaire.folders import (
    EDITION_FILE,
    YEAR,
    Folder,
    builtin,
    builtin_editions,
    lineage,
    whole_key_of,
)
from questionnaire.loader import load_schema, read_schema
from questionnaire.schema import Schema, question_hash

OWN = 0.5  # share of an edition's questions from which a return is its own, and no other need be tried
UNASKED = (
    "no-questionnaire"  # so begin the codes of errors that say that an edition's questions do not stand there
)
_ID = re.compile(rb"^id:[ \t]*['\"]?([\w-]+)", re.MULTILINE)
_ON_REQUEST = re.compile(rb"^on_request:[ \t]*true\b", re.MULTILINE)


class ChosenBy(StrEnum):
    """What decided which edition judges a return."""

    OPTION = "option"  # the user named it
    OVERRIDE = "override"  # the user named it, for a return of another edition or year
    FILE = "file"  # the id in the file
    YEAR = "year"  # the return's year
    NEAR = "near"  # the return's year has none: the nearest one
    FOREIGN = "foreign"  # the file names one that is not here: by its year
    NEWEST = "newest"  # the return names neither


class Choice(NamedTuple):
    """An edition, and why it is this one."""

    schema: Schema
    by: ChosenBy


class _Head(NamedTuple):
    """What is known of an edition before it is read."""

    id: str
    year: int
    family: str  # the edition from which it stems: editions of one family ask the same company by year
    folder: Folder
    on_request: bool = False  # nobody's default


class Editions(Struct, frozen=True, dict=True):
    """The editions at hand: the built-in ones, and those of a folder that the user names.

    ``option`` is an edition's id, its folder, or a folder of several editions; None for the built-in ones alone.
    """

    option: str | None = None

    def __reduce__(self) -> tuple[type[Editions], tuple[str | None]]:
        """As the user named it: other processes and machines look for themselves."""
        return Editions, (self.option,)

    @property
    def digest(self) -> str:
        """SHA-256 of the editions that the user names; built-in ones belong to the program."""
        digest = hashlib.sha256((self.option or "").encode())
        for head in self._own:
            digest.update(whole_key_of(head.folder))
        return digest.hexdigest()

    @classmethod
    def of(cls, option: str | None) -> Editions:
        """From what the user named; a file of an edition's folder stands for the folder.

        Raises:
            SchemaError: it is no edition's id, and no folder with one, or a folder that holds one twice.
        """
        file = Path(option) if option else None
        if file is not None and file.is_file() and (file.parent / EDITION_FILE).is_file():
            option = str(file.parent)
        found = cls(option)
        if not found._heads or (option is not None and found._fixed is None and not found._own):
            known = sorted({*(head.id for head in found._heads), *map(str, _folders_beside(option))})
            near = difflib.get_close_matches(option or "", known, n=2, cutoff=0.4) or known
            raise SchemaError("questionnaire-unknown", value=option, near=near)
        if found._fixed is None and (alike := found._doubled):
            raise SchemaError(
                "questionnaire-twice", value=alike[0].id, folders=[str(each.folder) for each in alike]
            )
        return found

    @property
    def first(self) -> Schema:
        """The edition that the user named, else the newest of them."""
        usual = tuple(head for head in self._heads if not head.on_request)
        return _read(self._fixed or self._newest(self._own or usual or self._heads))

    def by_id(self, edition: str) -> Schema:
        """The edition of an id.

        Raises:
            SchemaError: there is none.
        """
        for head in self._heads:
            if head.id == edition:
                return _read(head)
        raise SchemaError("questionnaire-unknown", value=edition, near=[head.id for head in self._heads])

    def knows(self, edition: str) -> bool:
        """Whether an edition of this id is at hand."""
        return any(head.id == edition for head in self._heads)

    def family_of(self, edition: str) -> str:
        """The edition from which an edition stems: those of one family are one questionnaire over the years."""
        return next((head.family for head in self._heads if head.id == edition), edition)

    def of_year(self, year: int | None) -> Schema:
        """The edition of a year among those of the first one's family, else the nearest."""
        return self.choose("", year, self.first).schema

    def choose(self, named: str, year: int | None, like: Schema) -> Choice:
        """The edition for a return.

        Args:
            named: the id in its file; empty where there is none.
            year: its reporting year, if it tells.
            like: the edition by which it was read; those of its family are chosen from by year.
        """
        if self._fixed is not None:
            fits = named == self._fixed.id or (not named and year in (None, self._fixed.year))
            return Choice(_read(self._fixed), ChosenBy.OPTION if fits else ChosenBy.OVERRIDE)
        for head in self._heads:
            if head.id == named:
                return Choice(_read(head), ChosenBy.FILE)
        if named and like.edition.id != named:
            return Choice(self._by_year(year, like).schema, ChosenBy.FOREIGN)
        return self._by_year(year, like)

    def _by_year(self, year: int | None, like: Schema) -> Choice:
        family = self.family_of(like.edition.id)
        kin = [head for head in self._heads if head.family == family]
        if year is None or not kin:
            return Choice(like if not kin else _read(self._newest(kin)), ChosenBy.NEWEST)
        nearest = min(kin, key=lambda head: (abs(head.year - year), -head.year, head.id))
        return Choice(_read(nearest), ChosenBy.YEAR if nearest.year == year else ChosenBy.NEAR)

    def read(self, read: Callable[[Schema], Return]) -> tuple[Return, Choice]:
        """A return by the edition that is its own.

        Read by the newest edition first; by another one when the return turns out to be that one's, or when no
        question of it stands there.

        Raises:
            ReturnError: no edition can read it.
        """
        source, like = self._read_first(read)
        choice = self.choose(source.profile.value("questionnaire"), source.year, like)
        if choice.schema.edition.id != like.edition.id:
            source = read(choice.schema)
        return source, choice

    def _read_first(self, read: Callable[[Schema], Return]) -> tuple[Return, Schema]:
        """By the newest edition of every family, the first one before the others.

        A return that names its edition, or holds half of the first one's questions, is tried by no other; else the one
        wins of which most questions stand there word for word, then the one of which most were found.
        """
        best: tuple[Return, Schema] | None = None
        most = (-1, -1)
        error: ReturnError | None = None
        for schema in self._tried():
            try:
                source = read(schema)
            except ReturnError as refused:
                if not refused.code.startswith(UNASKED):
                    raise  # by no edition can it be read
                error = error or refused
                continue
            held = _questions_of(source, schema)
            if schema.edition.on_request and not held:
                continue  # ids alone are those of every questionnaire
            if (held, len(source.answers)) > most:
                best, most = (source, schema), (held, len(source.answers))
            if held >= OWN * len(schema.items) or self._names_one(source):
                break
        if best is None:
            raise error or ReturnError("nothing-recognised")
        return best

    def _tried(self) -> Iterator[Schema]:
        """The first edition, then the newest of every other family, those on request last."""
        first = self.first
        yield first
        if self._fixed is None:
            families = {
                head.family: head for head in sorted(self._heads, key=lambda head: (head.year, head.id))
            }
            for head in sorted(families.values(), key=lambda head: head.on_request):
                if head.id != first.edition.id:
                    yield _read(head)

    def _names_one(self, source: Return) -> bool:
        """Whether a return names an edition that is here."""
        return self.knows(source.profile.value("questionnaire"))

    @cached_property
    def _own(self) -> tuple[_Head, ...]:
        """The editions of the folder that the user named."""
        folder = Path(self.option) if self.option else None
        if folder is None or self.option in builtin_editions() or not folder.is_dir():
            return ()
        places = [folder, *sorted(entry for entry in folder.iterdir() if entry.is_dir())]
        return tuple(_head(place) for place in places if (place / EDITION_FILE).is_file())

    @cached_property
    def _heads(self) -> tuple[_Head, ...]:
        own: dict[str, _Head] = {}
        for head in sorted(self._own, key=_bears_its_id):  # of two of one id the folder so named holds
            own[head.id] = head
        return tuple({**{name: _head(builtin(name)) for name in builtin_editions()}, **own}.values())

    @property
    def _doubled(self) -> tuple[_Head, ...]:
        """Those of one id of which no folder bears it."""
        for head in self._own:
            alike = tuple(each for each in self._own if each.id == head.id)
            if len(alike) > 1 and not any(map(_bears_its_id, alike)):
                return alike
        return ()

    @cached_property
    def _fixed(self) -> _Head | None:
        """The one edition that the user named."""
        if self.option is None:
            return None
        if self.option in builtin_editions():
            return _head(builtin(self.option))
        folder = Path(self.option)
        return _head(folder) if (folder / EDITION_FILE).is_file() else None

    @staticmethod
    def _newest(heads: tuple[_Head, ...] | list[_Head]) -> _Head:
        return max(heads, key=lambda head: (head.year, head.id))


@cache
def newest() -> Schema:
    """The newest built-in edition."""
    return Editions().first


def _questions_of(source: Return, schema: Schema) -> int:
    """How many questions of an edition stand in a return word for word."""
    return sum(
        answer.question is not None
        and question_hash(answer.question) == schema.by_id[answer.item].question_hash
        for answer in source.answers
    )


def _head(folder: Folder) -> _Head:
    name, year = _named(folder)
    *_, root = lineage(folder)
    on_request = _ON_REQUEST.search(folder.joinpath(EDITION_FILE).read_bytes()) is not None
    return _Head(name, year, _named(root)[0], folder, on_request)


def _folders_beside(option: str | None) -> Iterator[Path]:
    """The folders of editions that lie where the user named one that is not there."""
    place = Path(option or "")
    for folder in (place, place.parent):
        with suppress(OSError):  # one that cannot be looked into offers no guess
            for entry in sorted(folder.iterdir()):
                if (entry / EDITION_FILE).is_file():
                    yield entry


def _bears_its_id(head: _Head) -> bool:
    """Whether its folder is called like it; a copy bears another name."""
    return head.folder.name == head.id


def _named(folder: Folder) -> tuple[str, int]:
    """An edition's id and year."""
    source = folder.joinpath(EDITION_FILE).read_bytes()
    name, year = _ID.search(source), YEAR.search(source)
    if name is None or year is None:
        raise SchemaError(
            "schema-missing-key", file=EDITION_FILE, line=1, column=1, field="id" if name is None else "year"
        )
    return name.group(1).decode(), int(year.group(1))


def _read(head: _Head) -> Schema:
    return _read_folder(head.folder) if isinstance(head.folder, Path) else load_schema(head.id)


@cache
def _read_folder(folder: Path) -> Schema:
    return read_schema(folder)
