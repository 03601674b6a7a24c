"""Key figures (关键绩效): what quantitative disclosures ask for in numbers, once for all frameworks."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, cached_property

from pydantic import Field

from frameworks.catalogues import Catalogues, load_catalogues
from frameworks.ground.errors import SchemaErrors
from frameworks.ground.validation import validated
from frameworks.ground.yaml import Path_, compiled, read_yaml
from frameworks.model import Code, Strict
from frameworks.relation import Relation
from frameworks.sources import FIGURES, source_of


class Ratio(Strict):
    """``of`` divided by ``per``, times ``times``."""

    of: str
    per: str
    times: Decimal = Decimal(1)


class Figure(Strict):
    """One number of a year."""

    id: str = Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")
    group: str
    zh: str
    en: str
    unit: str  # a family of ``Figures.units``
    answers: dict[Code, Relation] = Field(default_factory=dict)
    sums: tuple[tuple[str, ...], ...] = ()
    ratio: Ratio | None = None
    signed: bool = False  # may be below zero: a saving that was none, more discharged than withdrawn


class Figures(Strict):
    """The whole file."""

    units: dict[str, dict[str, Decimal]]  # family → spelling → factor to the family's first
    figures: tuple[Figure, ...]

    @cached_property
    def by_id(self) -> dict[str, Figure]:
        """Figures by id."""
        return {figure.id: figure for figure in self.figures}

    @cached_property
    def by_code(self) -> dict[str, tuple[Figure, ...]]:
        """The figures that a disclosure asks for."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            for code in figure.answers:
                found.setdefault(code, []).append(figure)
        return {code: tuple(figures) for code, figures in found.items()}

    def unit(self, figure: Figure) -> str:
        """The unit that the sheet offers."""
        return next(iter(self.units[figure.unit]))

    def factor(self, figure: Figure, spelling: str) -> Decimal | None:
        """What a value in a unit is multiplied by to stand in the figure's own; None for a unit of another kind."""
        key = spelling.replace(" ", "").lower()
        known = {name.lower(): factor for name, factor in self.units[figure.unit].items()}
        return known.get(key)


_FIELDS = sorted({*Figures.model_fields, *Figure.model_fields, *Ratio.model_fields})


@cache
def load_figures() -> Figures:
    """The built-in key figures."""
    source = source_of(FIGURES)
    return Figures.model_validate(compiled(b"figures\0" + source, lambda: _data(source)))


def _data(source: bytes) -> object:
    return read_figures(source, load_catalogues()).model_dump(mode="json", exclude_defaults=True)


def read_figures(source: bytes, catalogues: Catalogues) -> Figures:
    """Key figures whose codes, parts and units all exist.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    document = read_yaml(source, FIGURES)
    found = validated(document, Figures, _FIELDS)
    errors = []

    def fault(code: str, path: Path_, value: str, near: list[str]) -> None:
        errors.append(document.fault(code, path, value=value, near=near))

    for index, figure in enumerate(found.figures):
        at: Path_ = ("figures", index)
        if figure.unit not in found.units:
            fault("figure-unknown", (*at, "unit"), figure.unit, [])
        for code in figure.answers:
            if code not in catalogues.by_code:
                fault("code-unknown", (*at, "answers", code), code, catalogues.near(code))
        needed = [part for group in figure.sums for part in group]
        needed += [figure.ratio.of, figure.ratio.per] if figure.ratio else []
        for part in needed:
            if part not in found.by_id:
                fault("figure-unknown", at, part, [])
    if errors:
        raise SchemaErrors(errors)
    return found
