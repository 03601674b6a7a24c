"""The share of one thing is given as the effect on another.

Fires: P3.S5.I1: 仅保留3台柴油叉车，其他4台均为电动叉车，由此减少温室气体排放57%。
Silent: P3.S5.I1: 仅保留3台柴油叉车，其他4台均为电动叉车，电动叉车占57%。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, Outcome, Scope

ID = "ratio-misused"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding for each such percentage."""
    for found in reading.misused:
        yield context.finding(
            reading,
            reading.text[found.start : found.end] if found.of else found.claim.text,
            variant="" if found.of else "rate",
            percentage=found.percentage,
            counted=found.counted,
            of=found.of,
        )
