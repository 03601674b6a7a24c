"""A certificate is cited under a number that certifies no such system.

Fires: P3.S1.I1: 公司已取得ISO1001体系认证证书。
Silent: P3.S1.I1: 公司已取得ISO14001体系认证证书，按ISO 9227做盐雾试验。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.text.readers.subjects.standards import (
    certifies_other,
    is_certificate,
    is_doubted,
    registered,
    successor_named,
    suggestions,
)

ID = "standard-unknown"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.ERROR

SOFT = ("withdrawn", "guidance")  # kinds of standards under which nothing is certified, or no longer


def check(whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """Fires once for each number and item; suggests the near number, one used elsewhere in the return first."""
    cited = [(reading, found) for reading in whole.items if reading.text for found in reading.standards]
    if not cited:
        yield NotApplicable("no-standard-cited")
        return
    used = {
        (found.family, found.number)
        for _, found in cited
        if registered(found.family, found.number) is not None
    }
    told: set[tuple[str, str, str]] = set()
    for reading, found in cited:
        key = (reading.item.id, found.family, found.number)
        if key in told:
            continue
        if is_doubted(found):
            told.add(key)
            near = [standard.name for standard in suggestions(found, used)]
            yield context.finding(
                reading, found.text, variant="near" if near else "", number=found.text, near=near
            )
            continue
        if found.certified and (others := certifies_other(found)):
            told.add(key)
            names = [other.name for other in others]
            yield context.finding(
                reading, found.text, variant="other", number=found.text, near=names, system=found.systems[0]
            )
            continue
        standard = registered(found.family, found.number)
        if standard is None or standard.kind not in SOFT or not found.certified:
            continue
        if standard.kind == "withdrawn":
            replaced = any(f"{family} {number}" == standard.successor for family, number in used)
            if replaced or successor_named(reading.text):
                continue
        elif not is_certificate(found):
            continue
        told.add(key)
        yield context.finding(
            reading,
            found.text,
            severity=Severity.NOTICE,
            variant=standard.kind,
            number=found.text,
            near=[standard.successor] if standard.successor else [],
        )
