"""How an edition's links say what tells a disclosure besides them: words of answers, and aspects of other questions.

The blocks ``told``, ``unasked`` and ``parts`` of ``disclosures.yaml`` as they are written.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from frameworks.relation import Relation
from questionnaire.cues import CueSyntaxError, compile_cue, expand

ANY_YEAR = 2024  # for which a cue is tried when it is read


class TellingWords(BaseModel):
    """How answers tell something that no question asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cue: str = ""
    unit: tuple[str, ...] = ()  # or kinds of quantity: rate
    nil: bool = False
    by: str = ""  # aspects that tell it: P2.S2.I1.abd P2.S2.I2.c
    under: str = ""  # items under which the words may stand; all where none is named
    wide: bool = False  # the cue hits the sentence of a figure, not its clause alone
    aim: bool = False  # what is aimed at will do
    lasting: bool = False  # what began in an earlier year and holds will do

    @field_validator("cue")
    @classmethod
    def _readable(cls, cue: str) -> str:
        try:
            compile_cue(expand(cue, {}, ANY_YEAR))
        except CueSyntaxError as error:
            raise ValueError(f"cue: {error}") from error
        return cue

    @property
    def aspects(self) -> tuple[str, ...]:
        """The ids of the aspects that tell it."""
        return tuple(
            f"{item}.{letter}"
            for item, _, letters in (each.rpartition(".") for each in self.by.split())
            for letter in letters
        )

    def asked(self, known: Container[str]) -> Self:
        """With those aspects alone that are still asked for."""
        return self.model_copy(update={"by": " ".join(each for each in self.aspects if each in known)})

    @property
    def tells(self) -> bool:
        """Whether anything is left of it."""
        return bool(self.cue or self.by)


class ToldBlock(TellingWords):
    """What answers may tell of some disclosures though no question asks for it."""

    zh: str
    en: str
    relation: Relation
    codes: tuple[str, ...]


class PartsBlock(BaseModel):
    """What a disclosure asks of a subsidiary: by the name of each part the aspects that tell it, or words."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    least: int | None = Field(None, ge=1)  # parts that suffice; all of them where it is not said
    owed: bool = True  # whether a gap in the aspects is a gap there
    of: dict[str, str | TellingWords]

    @property
    def words(self) -> dict[str, TellingWords]:
        """The parts, each as words."""
        return {
            name: TellingWords(by=told) if isinstance(told, str) else told for name, told in self.of.items()
        }

    @property
    def enough(self) -> int:
        """How many parts suffice."""
        return min(self.least or len(self.of), len(self.of))

    def asked(self, known: Container[str]) -> Self:
        """With those parts alone that can still be told."""
        left = {name: told.asked(known) for name, told in self.words.items()}
        return self.model_copy(update={"of": {name: told for name, told in left.items() if told.tells}})


class UnaskedBlock(BaseModel):
    """What some disclosures ask for, and no question does; by code the words that tell it all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    zh: str
    en: str
    anywhere: TellingWords | None = None  # tells it for all of them, under whatever item
    codes: dict[str, TellingWords | None]
