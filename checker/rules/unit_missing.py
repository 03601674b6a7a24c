"""A figure whose unit cannot be told.

Fires: P3.S2.I2: 2024年用水量为118200。
Silent: P3.S2.I2: 2024年用水量为118200吨。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.reading.key_figures import FigureSheet, unit_names
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.text.readers.figures.unitless import find_unitless

ID = "unit-missing"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING

CHOICES = 4  # units that one finding offers


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding an item, quoting every such figure or row."""
    if "单位：" in reading.item.question:
        yield NotApplicable("unit-in-question")
        return
    quotes = [words.text for words in find_unitless(reading.text, reading.quantities, reading.tables)]
    proofs = [found.evidence for found in reading.aspects if found.lacks_unit]
    quotes += [
        proof for proof in proofs if not any(quote in proof for quote in quotes)
    ]  # one figure, one place
    if quotes:
        yield context.finding(reading, *quotes, count=len(dict.fromkeys(quotes)))


def check_figures(sheet: FigureSheet, context: Context) -> Iterator[Outcome]:
    """One finding a number without a unit, or with one that is none of the figure's."""
    for reading in sheet.usable.values():
        if not reading.unit_known:
            variant = "kpi-unit-unknown" if reading.given.unit else "kpi-unit"
            choices = list(unit_names(reading.figure))[:CHOICES]
            yield context.finding(
                reading, reading.given.value, variant=variant, unit=reading.given.unit, choices=choices
            )
