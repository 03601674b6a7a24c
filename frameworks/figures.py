"""Key figures (关键绩效): what quantitative disclosures ask for in numbers, once for all frameworks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Annotated, NamedTuple

from msgspec import Meta, field

from frameworks.catalogues import Catalogues, load_catalogues
from frameworks.ground.cache import compiled
from frameworks.ground.errors import SchemaErrors
from frameworks.ground.written import Given, Written, keys_of
from frameworks.ground.yaml import Path_, read_yaml
from frameworks.model import Code
from frameworks.relation import Relation
from frameworks.sources import FIGURES, UNITS, source_of
from frameworks.units import Units, load_units


def _one(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Ratio(Written, frozen=True, kw_only=True):
    """``of`` divided by one of ``per``, times ``times``."""

    of: str
    per: Annotated[tuple[str, ...], Given(_one)]
    times: Decimal = Decimal(1)


class Limits(Written, frozen=True, kw_only=True):
    """Between which a figure lies, in its own unit; None: no bound but that of its kind."""

    least: Decimal | None = None
    most: Decimal | None = None
    hard: bool = False  # nothing can lie beyond it; else it hardly does (guessed)


class Plausible(Limits, frozen=True, kw_only=True):
    """The same of the figure divided by another."""

    per: str


class Whole(Written, frozen=True, kw_only=True):
    """Of what a figure is a part."""

    figure: str
    strict: bool = True  # false: the part counts a year's people, the whole those of one day


class Setting(Written, frozen=True, kw_only=True):
    """The amount of a substance that a figure states for the plant."""

    substance: str
    kind: str


class Family(Written, frozen=True, kw_only=True):
    """Units in which figures of one sort are given."""

    kinds: Annotated[tuple[str, ...], Meta(min_length=1)]
    offer: Annotated[tuple[str, ...], Meta(min_length=1)]  # what the sheet's unit column lists
    limits: Limits = Limits()


class Figure(Written, frozen=True, kw_only=True):
    """One number of a year."""

    id: Annotated[str, Meta(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")]
    group: str
    zh: str
    en: str
    unit: str  # a family of ``Figures.units``
    answers: dict[Code, Relation] = field(default_factory=dict)
    detail: bool = False  # only asked for where its framework is chosen by name
    sums: tuple[tuple[str, ...], ...] = ()
    less: tuple[str, ...] = ()  # it is the first of these less the others
    ratio: Ratio | None = None
    part_of: Whole | None = None
    stock: bool = False
    signed: bool = False  # whether it may be negative
    limits: Limits | None = None
    plausible: Plausible | None = None
    substances: tuple[str, ...] = ()
    sets: Setting | None = None

    def name(self, *, english: bool = False) -> str:
        """What it is called."""
        return self.en if english else self.zh

    @property
    def needs(self) -> tuple[str, ...]:
        """The figures that its checks name."""
        found = [part for group in self.sums for part in group] + list(self.less)
        found += [self.ratio.of, *self.ratio.per] if self.ratio else []
        found += [self.part_of.figure] if self.part_of else []
        found += [self.plausible.per] if self.plausible else []
        return tuple(found)


class Conversion(NamedTuple):
    """From the unit in which a figure is given to its own."""

    kind: str
    factor: Fraction
    own: Fraction  # the own unit in the first one of its kind
    slack: Fraction = Fraction(0)  # share by which the factor may be wrong
    substance: str = ""


Own = Mapping[str, Mapping[str, Fraction]]  # substance → kind → amount, where a plant states its own


class Figures(Written, frozen=True, kw_only=True):
    """The whole file."""

    units: dict[str, Family]
    figures: tuple[Figure, ...]
    groups: dict[str, str] = field(default_factory=dict)  # headings in English

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

    @cached_property
    def table(self) -> Units:
        """What units are."""
        return load_units()

    def group(self, figure: Figure, *, english: bool = False) -> str:
        """Under which heading it stands."""
        return self.groups.get(figure.group, figure.group) if english else figure.group

    def in_english(self, figure: Figure, spelling: str) -> str:
        """One of its units as the English sheet writes it."""
        kinds = [*self.units[figure.unit].kinds, *self._substance_kinds(figure)]
        kind = next((kind for kind in kinds if self.table.size(kind, spelling) is not None), "")
        return self.table.in_english(kind, spelling)

    def own_unit(self, figure: Figure, kind: str) -> str:
        """The figure's own unit of a kind: the first that is offered."""
        offer = self.units[figure.unit].offer
        return next((unit for unit in offer if self.table.size(kind, unit) is not None), offer[0])

    def offer(self, figure: Figure, *, english: bool = False) -> tuple[str, ...]:
        """The units that the sheet lists, its own first, those of its substances behind."""
        kinds, units = self.units[figure.unit].kinds, list(self.units[figure.unit].offer)
        if kinds[0] in self.table.dimensions:
            for name in figure.substances:
                units += [each.unit for each in self.table.substances[name].equal if each.kind not in kinds]
        if english:
            units = [self.in_english(figure, unit) for unit in units]
        return tuple(dict.fromkeys(units))

    def _substance_kinds(self, figure: Figure) -> Iterator[str]:
        for name in figure.substances:
            yield from (each.kind for each in self.table.substances[name].equal)

    def limits(self, figure: Figure) -> Limits:
        """Its bounds, else those of its family; nothing is less than none unless it is signed."""
        found = figure.limits or self.units[figure.unit].limits
        least = found.least if found.least is not None or figure.signed else Decimal(0)
        return Limits(least=least, most=found.most, hard=found.hard)

    def is_whole(self, figure: Figure) -> bool:
        """Whether it only comes in whole numbers."""
        return self.units[figure.unit].kinds[0] in self.table.whole

    def conversion(self, figure: Figure, spelling: str, own: Own | None = None) -> Conversion | None:
        """How a unit becomes the figure's own; None for one that cannot.

        Args:
            figure: the figure.
            spelling: the unit.
            own: what the plant states of substances.
        """
        kinds = self.units[figure.unit].kinds
        for kind in kinds:
            if (size := self.table.size(kind, spelling)) is not None:
                unit = self._own_size(figure, kind)
                return Conversion(kind, size / unit, unit)
        for substance in figure.substances:
            for kind in kinds:
                if found := self._by(substance, figure, kind, spelling, (own or {}).get(substance, {})):
                    return found
        return None

    def _own_size(self, figure: Figure, kind: str) -> Fraction:
        """How much of its kind's first unit the figure's own one is."""
        return self.table.size(kind, self.own_unit(figure, kind)) or Fraction(1)

    def _by(
        self, substance: str, figure: Figure, kind: str, spelling: str, own: Mapping[str, Fraction]
    ) -> Conversion | None:
        upper, slash, lower = kind.partition("/")
        for each in self.table.substances[substance].equal:
            size = self.table.size(each.kind + slash + lower, spelling)
            exchange = self.table.exchange(substance, each.kind, upper, own)
            if size is not None and exchange is not None:
                unit = self._own_size(figure, kind)
                wrong = max(exchange.most - exchange.factor, exchange.factor - exchange.least)
                return Conversion(
                    kind, size * exchange.factor / unit, unit, wrong / exchange.factor, substance
                )
        return None


_MODELS = (Figures, Figure, Family, Ratio, Limits, Plausible, Whole, Setting)


@cache
def load_figures() -> Figures:
    """The built-in key figures."""
    source = source_of(FIGURES)
    key = b"figures\0" + source_of(UNITS) + source
    return compiled(key, Figures, lambda: read_figures(source, load_catalogues()))


def read_figures(source: bytes, catalogues: Catalogues) -> Figures:
    """Key figures whose codes, parts and units all exist.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    from frameworks.ground.validation import validated

    document = read_yaml(source, FIGURES)
    found = validated(document, Figures, keys_of(*_MODELS))
    errors = [
        document.fault(code, path, value=value, near=near)
        for code, path, value, near in (*_in_units(found), *_in_rows(found, catalogues))
    ]
    if errors:
        raise SchemaErrors(errors)
    return found


_Mistake = tuple[str, Path_, str, list[str]]  # code, where, what stands there, near guesses


def _in_units(found: Figures) -> Iterator[_Mistake]:
    for name, family in found.units.items():
        for kind in family.kinds:
            if not found.table.is_kind(kind):
                yield "figure-unknown", ("units", name, "kinds"), kind, [*found.table.dimensions]
        for unit in family.offer:
            if not any(found.table.size(kind, unit) for kind in family.kinds):
                yield "figure-unknown", ("units", name, "offer"), unit, []


def _in_rows(found: Figures, catalogues: Catalogues) -> Iterator[_Mistake]:
    for index, figure in enumerate(found.figures):
        at: Path_ = ("figures", index)
        if figure.unit not in found.units:
            yield "figure-unknown", (*at, "unit"), figure.unit, [*found.units]
        for code in figure.answers:
            if code not in catalogues.by_code:
                yield "code-unknown", (*at, "answers", code), code, catalogues.near(code)
        substances = {*figure.substances, *([figure.sets.substance] if figure.sets else [])}
        lost = [name for name in figure.needs if name not in found.by_id]
        for name in (*lost, *sorted(substances - found.table.substances.keys())):
            yield "figure-unknown", at, name, []
