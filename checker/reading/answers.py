"""What a whole return claims: the readings of its items, its key figures, and the links that hang on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, partial

from msgspec import Struct, field

from checker.reading.by_aspect import read_lines
from checker.reading.items import Content, ItemReading, read_again, read_item, with_figures, with_lines
from checker.reading.key_figures import FigureReading, FigureSheet, read_figures, satisfied
from checker.text.ground.agents import Agents, names_with_the_parents, short_names
from checker.text.ground.commas import comma_is_decimal
from questionnaire.answers import Answer, Return
from questionnaire.links import Links
from questionnaire.schema import Schema


class ReturnReading(Struct, frozen=True, dict=True):
    """A whole return, read."""

    schema: Schema
    source: Return
    items: tuple[ItemReading, ...]  # in schema order, one for each item
    last_year: Mapping[str, str] = field(
        default_factory=dict
    )  # item id → last year's answer, where it is known
    year_before: int | None = None  # of which year that is, where it is the one before this return's
    links: Links = field(default_factory=Links)  # the disclosures that hang on them
    figures: tuple[FigureReading, ...] = ()  # given on the sheet for key figures
    figures_before: tuple[FigureReading, ...] = ()  # the same of last year's return

    @cached_property
    def by_id(self) -> dict[str, ItemReading]:
        """Readings by item id."""
        return {reading.item.id: reading for reading in self.items}

    @cached_property
    def sheet(self) -> FigureSheet:
        """The sheet for key figures."""
        before = FigureSheet(self.figures_before) if self.figures_before else None
        return FigureSheet(self.figures, self.source.profile.value("employees"), before)

    @cached_property
    def comma_is_decimal(self) -> bool:
        """Whether its figures are written with decimal commas (12,5 吨) and none with commas for thousands."""
        return comma_is_decimal(figure for reading in self.items for figure in reading.quantities)

    @cached_property
    def spoken(self) -> str:
        """All answers of substance in one, for a cheap test whether words stand in any of them."""
        return "\n".join(
            reading.text
            for reading in self.items
            if reading.content is Content.TEXT and not reading.stands_aside
        )


def read_answers(
    schema: Schema,
    source: Return,
    last_year: Return | None = None,
    frameworks: Iterable[str] = (),
    above: Iterable[str] = (),
) -> ReturnReading:
    """Reads every item of a return.

    Args:
        schema: the questionnaire.
        source: the return.
        last_year: the return of the year before, only laid beside it.
        frameworks: whose disclosures gaps name; the edition's own choice when there are none.
        above: names of companies between the parent and this one, to which it may leave things, too.
    """
    parent = schema.edition.parent
    between = (name for name in above if name not in source.company)
    names = (*parent.names, *between)
    shorter = short_names(source.company, (answer.text for answer in source.answers), names)
    own = (source.company, *shorter, *names_with_the_parents(source.company, names, parent.seats))
    agents = Agents.of(names, own_names=own, seats=parent.seats)
    given: dict[str, list[Answer]] = {}
    for answer in source.answers:
        given.setdefault(answer.item, []).append(answer)
    names_parent = any(next(agents.named(answer.text), None) for answer in source.answers)
    known = schema.proofs
    lines = read_lines(schema, source.lines)
    replies = {each.question: each.reply for each in source.confirmed}
    items = tuple(
        read_item(
            schema,
            item,
            tuple(given.get(item.id, ())),
            source,
            agents,
            known.get(item.id),
            names_parent=names_parent,
            replies=replies,
        )
        for item in schema.items
    )
    if lines:
        items = tuple(
            with_lines(
                reading,
                lines[reading.item.id],
                partial(read_again, schema, reading.item, source, agents, known.get(reading.item.id)),
                source.profile,
                agents,
                replies,
            )
            if reading.item.id in lines
            else reading
            for reading in items
        )
    before = _answers_before(schema, last_year) if last_year else {}
    links = schema.links(source.year, frameworks)
    figures = read_figures(source.figures)
    if proved := satisfied(figures, links.figures):
        items = tuple(with_figures(reading, proved, source.profile) for reading in items)
    follows = last_year is not None and _precedes(last_year, source)
    figures_before = read_figures(last_year.figures) if last_year and follows else ()
    year_before = (source.year or schema.edition.year) - 1 if follows else None
    return ReturnReading(schema, source, items, before, year_before, links, figures, figures_before)


def _answers_before(schema: Schema, last_year: Return) -> dict[str, str]:
    """Last year's answers; that of an item asked no more stands for its successor's, where that has none."""
    given = {answer.item: answer.text for answer in last_year.answers}
    for item, successor in schema.retired.items():
        if successor and given.get(item) and not given.get(successor):
            given[successor] = given[item]
    return given


def _precedes(last_year: Return, source: Return) -> bool:
    """Whether a return is of the year before, so far as both say of which they are."""
    return last_year.year is None or source.year is None or last_year.year == source.year - 1
