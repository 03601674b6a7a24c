"""The key figures of all companies: their sums where they add up, and who gave them, who did not, who could not.

Shares, intensities and averages are never added. A change on the year before is that of the companies which gave both
years within one boundary.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from checker.finding import Report
from checker.reading.key_figures import says_boundary_changed

if TYPE_CHECKING:
    from frameworks.figures import Figure


class GroupFigure(NamedTuple):
    """One figure over all companies, in its own unit of one kind."""

    figure: Figure
    unit: str
    total: float | None  # None: it does not add up, or nobody gave it
    change: float | None  # share, of those that can be compared
    compared: int  # companies
    middle: float | None
    values: Mapping[int, float]  # by company
    aside: frozenset[int]  # to whom it does not apply
    lost: Mapping[int, str]  # given in a unit that cannot be converted
    missing: tuple[int, ...]

    @property
    def expected(self) -> int:
        """Companies to which it applies."""
        return len(self.values) + len(self.lost) + len(self.missing)


class _Year(Struct):
    """The figures of one reporting year: sixteen bytes a value, four for whose it is."""

    companies: list[str] = field(default_factory=list)
    given: dict[tuple[str, str], tuple[array[int], array[float], array[float]]] = field(default_factory=dict)
    lost: dict[str, dict[int, str]] = field(default_factory=dict)
    aside: dict[str, set[int]] = field(default_factory=dict)

    def add(self, report: Report, company: str) -> None:
        number = len(self.companies)
        self.companies.append(company)
        for name in report.figures_aside:
            self.aside.setdefault(name, set()).add(number)
        told: set[str] = set()
        for figure in report.figures:
            if figure.id in told:
                continue
            told.add(figure.id)
            if figure.amount is None:
                self.lost.setdefault(figure.id, {})[number] = f"{figure.value} {figure.unit}".strip()
                continue
            new = array("I"), array("d"), array("d")
            owners, values, before = self.given.setdefault((figure.id, figure.kind), new)
            owners.append(number)
            values.append(float(figure.amount))
            comparable = figure.last is not None and not says_boundary_changed(figure.boundary)
            before.append(float(figure.last) if comparable and figure.last is not None else math.nan)

    def merge(self, other: _Year) -> None:
        base = len(self.companies)
        self.companies += other.companies
        for key, (owners, values, before) in other.given.items():
            mine = self.given.setdefault(key, (array("I"), array("d"), array("d")))
            mine[0].extend(base + owner for owner in owners)
            mine[1].extend(values)
            mine[2].extend(before)
        for name, told in other.lost.items():
            self.lost.setdefault(name, {}).update({base + owner: text for owner, text in told.items()})
        for name, owned in other.aside.items():
            self.aside.setdefault(name, set()).update(base + owner for owner in owned)


class GroupFigures(Struct):
    """The figures of a campaign, by reporting year."""

    years: dict[int | None, _Year] = field(default_factory=dict)

    def add(self, report: Report, company: str) -> None:
        """Takes in one company's report."""
        self.years.setdefault(report.year, _Year()).add(report, company)

    def merge(self, other: GroupFigures) -> None:
        """Takes in the figures of the companies behind."""
        for year, found in other.years.items():
            self.years.setdefault(year, _Year()).merge(found)

    @property
    def year(self) -> int | None:
        """The year of most companies, of as many the latest."""
        counts = Counter({year: len(found.companies) for year, found in self.years.items()})
        return max(counts, key=lambda year: (counts[year], year or 0), default=None)

    @property
    def companies(self) -> tuple[str, ...]:
        """The companies of that year; figures name them by their place here."""
        return tuple(self.years[self.year].companies) if self.years else ()

    @property
    def others(self) -> int:
        """Companies of other years: they are in no sum."""
        return sum(len(found.companies) for found in self.years.values()) - len(self.companies)

    def rows(self, asked: Iterable[str]) -> Iterator[GroupFigure]:
        """The figures that were given, and those asked for, in the catalogue's order; none where nobody gave any."""
        from frameworks.figures import load_figures

        found = self.years.get(self.year, _Year())
        if not found.given and not found.lost:
            return
        wanted, known = set(asked), load_figures()
        for figure in known.figures:
            kinds = [kind for name, kind in found.given if name == figure.id]
            if not kinds and (figure.id in wanted or figure.id in found.lost):
                kinds = [known.units[figure.unit].kinds[0]]
            for kind in kinds:
                others = [
                    owner for other in kinds if other != kind for owner in found.given[figure.id, other][0]
                ]
                adds_up = known.table.adds_up(kind) and figure.sets is None
                yield _row(figure, known.own_unit(figure, kind), kind, found, set(others), adds_up=adds_up)


def _row(
    figure: Figure, unit: str, kind: str, found: _Year, elsewhere: set[int], *, adds_up: bool
) -> GroupFigure:
    owners, values, before = found.given.get((figure.id, kind), (array("I"), array("d"), array("d")))
    pairs = [(now, then) for now, then in zip(values, before, strict=True) if not math.isnan(then)]
    then = math.fsum(each for _, each in pairs)
    lost, aside = found.lost.get(figure.id, {}), frozenset(found.aside.get(figure.id, ()))
    told = {*owners, *lost, *aside, *elsewhere}
    return GroupFigure(
        figure,
        unit,
        total=math.fsum(values) if adds_up and values else None,
        change=(math.fsum(now for now, _ in pairs) - then) / abs(then) if adds_up and then else None,
        compared=len(pairs) if adds_up else 0,
        middle=median(values) if values else None,
        values=dict(zip(owners, values, strict=True)),
        aside=aside,
        lost=lost,
        missing=tuple(number for number in range(len(found.companies)) if number not in told),
    )
