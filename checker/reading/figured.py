"""A text with its figures: what is read of both on demand, once for all rules, of an answer as of a picture."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from checker.text.ground.quantities import Quantity
from checker.text.ground.tables import Table, find_tables
from checker.text.readers.figures.facts import Fact, find_facts, find_long_figures
from checker.text.readers.sums.sums import find_sums
from checker.text.readers.sums.totals import Sum


class FiguredText(Struct, frozen=True, dict=True):
    """A text and the figures in it."""

    text: str
    quantities: tuple[Quantity, ...]  # true figures

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Tables that hold numbers."""
        return find_tables(self.text)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Totals with their parts, those that add up and those that do not."""
        return find_sums(self.text, self.quantities, self.tables)

    @cached_property
    def labelled(self) -> tuple[Fact, ...]:
        """Labelled figures of which a company has one a year."""
        return find_facts(self.text, self.quantities, self.tables)

    @cached_property
    def long_figures(self) -> tuple[Fact, ...]:
        """Figures of three significant digits or more with the words that name them."""
        return find_long_figures(self.text, self.quantities, self.tables)
