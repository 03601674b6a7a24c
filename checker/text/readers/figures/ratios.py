"""Percentages given as an effect on one thing that are a ratio of another: a share of counted things, a rate of the
clause before, the difference of two rates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from checker.text.ground.numbers import plain
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span, span
from checker.text.ground.stops import split_at_points
from frameworks.ground.yaml import load_data

REACH = 120  # characters before the percentage in which the counted things stand
CLAUSES = 2  # before an effect, in which a rate stands
TWO = 2  # rates with a difference
MOST = 4  # counts that are tried

_FUNCTION = re.compile(r"[是说的了就\W\d]")


class Misuse(Struct, frozen=True):
    """An effect whose percentage is a share of counts, or a rate that stands before it."""

    claim: Span
    percentage: str
    counted: str  # the first count as written; the clause of the rate
    of: str  # what it is a share of, as written: 4 台 of 3 台 + 4 台; "" for a rate
    start: int  # from the counts to the claim
    end: int


def find_misused(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Misuse, ...]:
    """Such percentages, in order."""
    if "%" not in text and "％" not in text:
        return ()
    if is_mostly_english(text):
        return tuple(_drawn_in_english(text, quantities, passages))
    return tuple(_misused(text, quantities, split_at_points(text, passages)))


def _drawn_in_english(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> Iterator[Misuse]:
    """98 % passed the quiz, so behaviour went up 98 %."""
    data = load_data("checker.data", "english_faults.yaml")
    drawn: str = data["drawn"]
    reasons: str = data["reasons"]
    clauses = passages.clauses
    for place, clause in enumerate(clauses):
        shares = [each for each in quantities if each.kind == "share"]
        own = [each for each in shares if clause.start <= each.start < clause.end]
        if len(own) == TWO and own[0].value == own[1].value and _gives_reason(text, clause, own, reasons):
            claim = span(text, own[0].end, clause.end)
            yield Misuse(claim, own[1].text, own[0].text, "", clause.start, clause.end)
        if not place:
            continue
        before = clauses[place - 1]
        told = text[before.start : before.end].lower()
        if not (re.search(drawn, text[clause.start : clause.end].lower()) or re.search(reasons, told)):
            continue
        rates = [each for each in shares if before.start <= each.start < before.end]
        if (
            before.sentence == clause.sentence
            and len(own) == 1
            and _is_rate_of(own[0], rates, [q for q in quantities if before.start <= q.start < before.end])
        ):
            rate = span(text, before.start, before.end)
            yield Misuse(
                span(text, clause.start, clause.end), own[0].text, rate.text, "", rate.start, clause.end
            )


def _gives_reason(text: str, clause: Clause, shares: Sequence[Quantity], reasons: str) -> bool:
    """Whether the first of two rates is given as the reason of the second: since waste is down 9 % cost is down 9 %."""
    opening = re.sub(r"^\W*(?:and|but)\s", "", text[clause.start : shares[0].start].lower())
    between = text[shares[0].end : shares[1].start]
    return re.search(reasons, opening) is not None and len(between.split()) > TWO


def _is_rate_of(own: Quantity, rates: Sequence[Quantity], before: Sequence[Quantity]) -> bool:
    """Whether a percentage is the one rate of the clause before, or the share of its two counts (40 of 50)."""
    if len(rates) == 1:
        return own.value == rates[0].value
    counts = [each for each in before if each.kind in _words().kinds and each.exact == "exact"]
    return not rates and len(counts) == TWO and _share(own.value, counts) is not None


def _misused(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> Iterator[Misuse]:
    words = _words()
    starts = [clause.start for clause in passages.clauses]
    for at, quantity in enumerate(quantities):
        if quantity.kind not in ("share", "points") or quantity.exact not in ("exact", "approx"):
            continue
        place = bisect_right(starts, quantity.start) - 1
        if place < 0 or quantity.start >= passages.clauses[place].end:
            continue
        clause = passages.clauses[place]
        claim = words.opener.sub("", text[clause.start : clause.end])
        said = _drawn(text, clause.start, quantity.start)
        claim = claim if said is None else text[said : clause.end]
        moved = words.change.search(claim) or (said is not None and words.less.search(claim))
        if not moved or words.share.search(claim):
            continue
        effect = said is not None or words.effect.search(claim) is not None
        line = text.rfind("\n", 0, quantity.start) + 1
        first = max(line, quantity.start - REACH)
        counts = [
            other
            for other in quantities[max(0, at - 3 * MOST) : at]
            if other.start >= first and other.kind in words.kinds and other.exact == "exact"
        ][-MOST:]
        hit = _share(quantity.value, counts) if effect and quantity.kind == "share" else None
        if hit is not None:
            start = min(count.start for count in hit)
            counted, of = hit[0].text, " + ".join(count.text for count in hit[1:])
            of = f"({of})" if len(hit) > 2 else of
            yield Misuse(span(text, clause.start, clause.end), quantity.text, counted, of, start, clause.end)
        elif (rate := _rate(text, quantities[:at], quantity, passages, place)) is not None:
            quote = span(text, clause.start, clause.end)
            yield Misuse(quote, quantity.text, rate.text, "", rate.start, clause.end)


def _drawn(text: str, start: int, end: int) -> int | None:
    """Behind the word of a clause that draws an effect from what stands before it (由此, 等于)."""
    found = list(_words().drawn.finditer(text, start, end))
    return found[-1].end() if found else None


def _rate(
    text: str, before: tuple[Quantity, ...], quantity: Quantity, passages: Passages, place: int
) -> Span | None:
    """The clause before whose rate, or the difference of whose two rates, an effect's percentage repeats."""
    words = _words()
    clause = passages.clauses[place]
    for other in reversed(passages.clauses[max(0, place - CLAUSES) : place]):
        if other.sentence != clause.sentence:
            break
        told = text[other.start : other.end]
        shares = [
            share for share in before if other.start <= share.start < other.end and share.kind == "share"
        ]
        drawn = words.drawn.search(text, clause.start, clause.end) is not None
        as_whole = words.ones.search(told) and words.wholes.search(text, clause.start, quantity.start)
        if not shares or not (words.rate.search(told) or drawn or as_whole):
            continue
        own = set(
            words.effect.findall(text, _drawn(text, clause.start, quantity.start) or clause.start, clause.end)
        )
        if own & set(words.effect.findall(told)):
            return None  # of one thing
        repeated = len(shares) == 1 and shares[0].value == quantity.value
        repeated = repeated and (as_whole is not None or not words.change.search(told))
        apart = len(shares) == TWO and _difference(shares) == quantity.value and drawn
        if (repeated and quantity.kind == "share") or (apart and _is_named(text, quantity, clause, told)):
            return span(text, other.start, other.end)
    return None


def _is_named(text: str, quantity: Quantity, clause: Clause, told: str) -> bool:
    """Whether an effect names a thing of its own, which the clause of the rates does not (也就是说质量提高了…)."""
    start = _drawn(text, clause.start, quantity.start) or clause.start
    if _words().effect.search(text, start, quantity.start):
        return True
    moved = _words().change.search(text, start, quantity.start)
    named = _FUNCTION.sub("", text[start : moved.start()]) if moved is not None else ""
    return len(named) > 1 and not any(named[at : at + 2] in told for at in range(len(named) - 1))


def _difference(shares: list[Quantity]) -> str:
    try:
        return plain(abs(Decimal(shares[0].value) - Decimal(shares[1].value)))
    except InvalidOperation:
        return ""


def _share(written: str, counts: list[Quantity]) -> tuple[Quantity, ...] | None:
    """The counts whose share a percentage is: part, then the parts of the whole."""
    try:
        share = Decimal(written)
        values = [Decimal(count.value) for count in counts]
    except InvalidOperation:
        return None
    step = Decimal(1).scaleb(-len(written.partition(".")[2])) / 2
    for one, part in enumerate(values):
        for two, other in enumerate(values):
            if one == two or counts[one].unit != counts[two].unit or not part or not other:
                continue
            if abs(part * 100 / (part + other) - share) <= step:
                return counts[one], *((counts[one], counts[two]) if one < two else (counts[two], counts[one]))
            if part < other and abs(part * 100 / other - share) <= step:
                return counts[one], counts[two]
    return None


class _Words(Struct, frozen=True):
    change: re.Pattern[str]
    effect: re.Pattern[str]
    share: re.Pattern[str]
    rate: re.Pattern[str]
    drawn: re.Pattern[str]
    less: re.Pattern[str]
    ones: re.Pattern[str]
    wholes: re.Pattern[str]
    opener: re.Pattern[str]
    kinds: frozenset[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "ratios.yaml")

    return _Words(
        re.compile(f"{either(data['changes'])}|{data['saved']}"),
        re.compile(f"{either(data['effects'])}|{data['saved']}"),
        re.compile(either(data["shares"])),
        re.compile(either(data["rates"])),
        re.compile(f"{either(data['drawn'])}|{data['that_is']}"),
        re.compile(either(data["less"])),
        re.compile(either(data["ones"])),
        re.compile(either(data["wholes"])),
        re.compile(either(data["openers"])),
        frozenset(data["kinds"]),
    )
