"""Checks of the sheet for key figures: numbers, units, sums, ratios, change against last year.

One place in the engine calls ``check_figures``. Findings stand under the rule that fits (sum-mismatch, unit-missing …),
with a variant ``kpi-…`` whose words lie in ``messages/kpi.*.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from checker.finding import Finding, Severity, fingerprint
from checker.reading.answers import ReturnReading
from checker.reading.key_figures import FigureReading, Number, parse_number

if TYPE_CHECKING:
    from frameworks.figures import Figure

CHANGE = Decimal("0.3")  # share of last year's value; guessed
SMALL = 10  # counts below which a change says nothing; guessed
ROUGH = Decimal("0.05")  # share by which a ratio may miss: its base may be a yearly average; guessed
EXACT = Decimal("1e-6")  # share: what binary fractions of a spreadsheet leave
EMPLOYEES = ("employees", "staff")  # the profile's field and the figure that say the same


def check_figures(whole: ReturnReading) -> tuple[Finding, ...]:
    """All findings of the sheet, in the order of its rows; none when it was not filled in."""
    if not whole.figures:
        return ()
    return tuple(_Sheet(whole).run())


@dataclass(frozen=True)
class _Sheet:
    whole: ReturnReading

    def run(self) -> Iterator[Finding]:
        seen: dict[str, FigureReading] = {}
        for reading in self.whole.figures:
            if (first := seen.setdefault(reading.figure.id, reading)) is not reading:
                yield from self._twice(first, reading)
                continue
            yield from self._number(reading)
        usable = {key: r for key, r in seen.items() if r.value is not None and r.given.problem is None}
        for reading in usable.values():
            yield from self._unit(reading)
            yield from self._sums(reading, usable)
            yield from self._ratio(reading, usable)
            yield from self._change(reading)
        yield from self._profile(usable)

    def _twice(self, first: FigureReading, second: FigureReading) -> Iterator[Finding]:
        a, b = first.value, second.value
        if a is None or b is None or a.value != b.value:
            yield self._finding(
                "figure-conflict", "kpi-twice", Severity.ERROR, second,
                first.given.value, second.given.value, first=first.given.where,
            )  # fmt: skip

    def _number(self, reading: FigureReading) -> Iterator[Finding]:
        given = reading.given
        if given.problem is not None:
            variant = f"kpi-{given.problem.value}"
            yield self._finding("unreadable-cell", variant, Severity.ERROR, reading)
        elif reading.value is None and given.value:
            yield self._finding("figure-missing", "kpi-number", Severity.WARNING, reading, given.value)

    def _unit(self, reading: FigureReading) -> Iterator[Finding]:
        if reading.unit_known:
            return
        from frameworks.figures import load_figures

        known = load_figures()
        variant = "kpi-unit-unknown" if reading.given.unit else "kpi-unit"
        choices = list(known.units[reading.figure.unit])[:4]
        yield self._finding(
            "unit-missing", variant, Severity.WARNING, reading, reading.given.value,
            unit=reading.given.unit, choices=choices,
        )  # fmt: skip

    def _sums(self, total: FigureReading, usable: dict[str, FigureReading]) -> Iterator[Finding]:
        """Parts must add up to the total; while some are blank, those given must not exceed it."""
        if total.value is None or not _sound(total):
            return
        for group in total.figure.sums:
            parts = [usable[part] for part in group if part in usable and _sound(usable[part])]
            numbers = [part.value for part in parts if part.value is not None]
            if not numbers:
                continue
            found = sum((number.value for number in numbers), Decimal(0))
            slack = total.value.slack + sum((number.slack for number in numbers), Decimal(0))
            slack = max(slack, abs(found) * EXACT)
            over = found - total.value.value
            if abs(over) <= slack or (len(numbers) < len(group) and over < 0):
                continue
            yield self._finding(
                "sum-mismatch", "kpi-sum", Severity.ERROR, total,
                total.given.value, *(part.given.value for part in parts),
                parts=[part.figure.zh for part in parts], sum=_plain(found), total=_plain(total.value.value),
            )  # fmt: skip

    def _ratio(self, reading: FigureReading, usable: dict[str, FigureReading]) -> Iterator[Finding]:
        ratio = reading.figure.ratio
        if ratio is None or reading.value is None:
            return
        of, per = usable.get(ratio.of), usable.get(ratio.per)
        if of is None or per is None or of.value is None or per.value is None or not per.value.value:
            return
        if not all(map(_sound, (reading, of, per))):
            return
        wanted = of.value.value / per.value.value * ratio.times
        if not any(_near(reading.value, wanted, scale) for scale in _scales(reading.figure)):
            yield self._finding(
                "sum-mismatch", "kpi-ratio", Severity.WARNING, reading,
                reading.given.value, of.given.value, per.given.value,
                of=of.figure.zh, per=per.figure.zh, expected=_plain(wanted),
            )  # fmt: skip

    def _change(self, reading: FigureReading) -> Iterator[Finding]:
        now, last = reading.value, reading.last
        if now is None or last is None or reading.given.reason or not last.value:
            return
        if max(abs(now.value), abs(last.value)) < SMALL and reading.figure.unit != "percent":
            return
        change = (now.value - last.value) / abs(last.value)
        if abs(change) > CHANGE:
            yield self._finding(
                "plan-actual-gap", "kpi-change", Severity.WARNING, reading,
                reading.given.value, reading.given.last, percent=f"{change * 100:+.0f}%", limit=f"{CHANGE * 100:.0f}%",
            )  # fmt: skip

    def _profile(self, usable: dict[str, FigureReading]) -> Iterator[Finding]:
        """The number of employees stands on two sheets."""
        field, figure = EMPLOYEES
        stated = self.whole.source.profile.value(field)
        reading, number = usable.get(figure), parse_number(stated)
        if (
            reading is not None
            and reading.value is not None
            and number
            and number.value != reading.value.value
        ):
            yield self._finding(
                "figure-conflict", "kpi-profile", Severity.ERROR, reading, reading.given.value, stated,
                stated=stated,
            )  # fmt: skip

    def _finding(
        self, rule: str, variant: str, severity: Severity, reading: FigureReading, *quotes: str, **params: Any
    ) -> Finding:
        evidence = tuple(dict.fromkeys(quote for quote in quotes if quote))
        company, figure = self.whole.source.company, reading.figure
        return Finding(
            rule=rule,
            severity=severity,
            item=None,
            where=reading.given.where,
            evidence=evidence,
            variant=variant,
            params={"figure": figure.zh, "value": reading.given.value, "last": reading.given.last, **params},
            disclosures=self._codes(figure),
            fingerprint=fingerprint(rule, company, None, figure.id, evidence),
        )

    def _codes(self, figure: Figure) -> tuple[str, ...]:
        from frameworks.catalogues import load_catalogues

        catalogues, links = load_catalogues(), self.whole.links
        chosen = [code for code in figure.answers if code.partition(":")[0] in links.defaults]
        return tuple(code for code in chosen if catalogues.find(code, links.year))


def _sound(reading: FigureReading) -> bool:
    """Whether the unit is one that can be converted."""
    return reading.unit_known


def _scales(figure: Figure) -> Sequence[int]:
    """A cell formatted as per cent holds the share itself."""
    return (1, 100) if figure.unit == "percent" else (1,)


def _near(number: Number, wanted: Decimal, scale: int) -> bool:
    slack = max(number.slack * scale, abs(wanted) * ROUGH)
    return abs(number.value * scale - wanted) <= slack


def _plain(value: Decimal) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text or "0"
