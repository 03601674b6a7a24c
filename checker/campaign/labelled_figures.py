"""The figures of a return by which companies are compared."""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import AspectState
from checker.reading.answers import ReturnReading
from checker.reading.aspects import AspectReading
from checker.reading.items import ItemReading
from checker.reading.key_figures import own_unit
from checker.rules.peers import LabelledFigure
from checker.text.ground.quantities import Quantity
from questionnaire.vocabulary import FigureNeed


def labelled_figures(whole: ReturnReading) -> list[LabelledFigure]:
    """The figures by which companies are compared: the one place to take them from.

    Those of the sheet for key figures, and those in the words that prove an aspect which asks for a figure; there one
    figure stands for one aspect, that whose proof says least besides.
    """
    found = list(_key_figures(whole))
    for reading in whole.items:
        taken: dict[int, tuple[AspectReading, Quantity]] = {}
        for aspect in reading.aspects if reading.quantities else ():
            figure = _figure(aspect, reading)
            if figure is not None:
                held = taken.get(figure.start)
                if held is None or len(aspect.evidence) < len(held[0].evidence):
                    taken[figure.start] = aspect, figure
        found += [
            LabelledFigure(
                aspect=aspect.aspect.id, value=float(figure.value), unit=figure.unit,
                quote=aspect.evidence, where=reading.where,
            )
            for aspect, figure in taken.values()
        ]  # fmt: skip
    return found


def _key_figures(whole: ReturnReading) -> Iterator[LabelledFigure]:
    for name, reading in whole.sheet.usable.items():
        value, last, conversion = reading.value, reading.last, reading.conversion
        if value is None or conversion is None or reading.figure.sets is not None:
            continue
        same = last is not None and last.value > 0 and not whole.sheet.boundary_changed(reading)
        yield LabelledFigure(
            aspect=name,
            value=float(value.value),
            unit=own_unit(reading.figure, conversion.kind),
            quote=f"{reading.figure.zh} {value.text} {reading.given.unit}",
            where=reading.given.where,
            change=float(value.value / last.value) if last is not None and same else None,
        )


def _figure(aspect: AspectReading, reading: ItemReading) -> Quantity | None:
    """The one exact figure in an aspect's proof, in one of its units; None where there are several or none."""
    asked = aspect.aspect
    if aspect.state is not AspectState.DISCLOSED or not asked.unit or not aspect.evidence:
        return None
    if asked.figure is FigureNeed.NONE and not asked.kpi:
        return None
    start = reading.text.find(aspect.evidence)
    known = [
        quantity
        for quantity in reading.quantities
        if start <= quantity.start < start + len(aspect.evidence) and quantity.unit in asked.unit
    ]
    if start < 0 or len(known) != 1 or known[0].exact not in ("exact", "approx") or ".." in known[0].value:
        return None
    return known[0]
