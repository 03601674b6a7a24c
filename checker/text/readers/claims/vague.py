"""Quantities that say nothing (一定比例, 多次, 一系列活动) and ranges that cannot be meant (1-2000 元)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from checker.text.ground.passages import Passages
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span
from checker.text.ground.stops import split_at_points
from checker.text.readers.claims.binder import Binder, read_subject
from frameworks.ground.yaml import load_data

REACH = 20  # characters around a vague word that say what it counts
FIGURES = 40  # figures of the next sentence that are looked at
_Entry = tuple[re.Pattern[str], frozenset[str], str]  # its words, what counts them, where
_END = re.compile(r"[，,。；;：:\n]")
_STOP = re.compile(r"[，,；;：:（(]")
_NAMED = re.compile(r"《[^》\n]{1,80}》|“[^”\n]{1,40}”|\"[^\"\n]{1,40}\"")


def find_vague(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Span, ...]:
    """Such words and ranges, in order."""
    passages = split_at_points(text, passages)
    found = [*_ranges(quantities)]
    trigger, entries = _words()
    if trigger.search(text):
        binder = Binder(text, quantities, passages)
        masked = _NAMED.sub(lambda match: "〇" * len(match.group()), text)
        starts = [sentence.start for sentence in passages.sentences]
        for pattern, kinds, near in entries:
            for match in pattern.finditer(masked):
                place = bisect_right(starts, match.start()) - 1
                listed = "、" in text[_around(masked, *match.span())[0] : match.start()]
                precise = _PRECISE["clause" if near == "item" and not listed else near]
                if place < 0 or precise(binder, place, match.span(), kinds):
                    continue
                if _clauses("asked").search(masked, *_around(masked, match.start(), match.end())):
                    continue
                act = "vague" in match.re.groupindex  # an act with its measure
                if act and _clauses("planned").search(text, passages.sentences[place].start, match.start()):
                    continue
                start, end = match.span("vague") if act else match.span()
                if not any(other.start < end and start < other.end for other in found):
                    found.append(Span(text[start:end], start, end))
    return tuple(sorted(found, key=lambda entry: entry.start))


def _counted_near(binder: Binder, place: int, at: tuple[int, int], kinds: frozenset[str]) -> bool:
    """Whether a figure of one of the kinds stands in the clause, in the next one or in a list behind."""
    text, sentence, start = binder.text, binder.passages.sentences[place], at[0]
    begin = max(text.rfind(mark, sentence.start, start) for mark in "，,；;：:") + 1
    stops = [found.start() for found in _STOP.finditer(text, start, sentence.end)]
    end = stops[1] if len(stops) > 1 else sentence.end
    if stops and text[stops[0]] in "：:（(":
        end = sentence.end
    return any(
        figure.kind in kinds
        and not at[0] <= figure.start < at[1]
        and not _clauses("parts").search(text, sentence.start, figure.start)
        for figure in binder.figures(max(begin, sentence.start), end)
    )


def _counted_item(binder: Binder, _: int, at: tuple[int, int], kinds: frozenset[str]) -> bool:
    """Whether a figure of one of the kinds stands in the last item of a list, which ends with a vague word."""
    begin = binder.text.rfind("、", 0, at[0]) + 1
    return any(figure.kind in kinds for figure in binder.figures(begin, at[0]))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the part of a sentence begins and ends that holds some words."""
    first = max(text.rfind(mark, 0, start) for mark in "，,。；;：:\n") + 1
    last = _END.search(text, end)
    return first, last.start() if last else len(text)


def _precise(binder: Binder, place: int, at: tuple[int, int], kinds: frozenset[str]) -> bool:
    """Whether a figure of one of the kinds stands in the sentence, or in the next one on the same subject."""
    sentences = binder.passages.sentences
    here = sentences[place]
    if any(figure.kind in kinds for figure in binder.figures(here.start, here.end)):
        return True
    after = sentences[place + 1] if place + 1 < len(sentences) else None
    if after is None or after.is_table or after.paragraph != here.paragraph:
        return False
    subject = read_subject(binder.text[max(here.start, at[0] - REACH) : min(here.end, at[0] + REACH)])
    for figure in binder.figures(after.start, after.end)[:FIGURES]:
        clause = binder.place_of(figure)
        if figure.kind not in kinds or clause is None:
            continue
        if subject.shares(binder.topic(clause)) or binder.is_elliptic(binder.passages.clauses[clause]):
            return True
    return False


_PRECISE = {"sentence": _precise, "clause": _counted_near, "item": _counted_item}


def _ranges(quantities: tuple[Quantity, ...]) -> Iterator[Span]:
    data = _data()
    for quantity in quantities:
        if quantity.exact == "vague":
            if quantity.kind in data["range_kinds"] and quantity.text.startswith(
                tuple(data["vague_figures"])
            ):
                yield Span(quantity.text, quantity.start, quantity.end)
        elif quantity.exact == "range" and quantity.kind == "share":
            low, _, high = quantity.value.partition("..")
            if _spans_all(low, high):
                yield Span(quantity.text, quantity.start, quantity.end)
        elif quantity.exact == "range" and quantity.kind in data["range_kinds"]:
            low, _, high = quantity.value.partition("..")
            try:
                wide = Decimal(low) > 0 and Decimal(high) >= data["times"] * Decimal(low)
            except InvalidOperation:
                continue
            if wide:
                yield Span(quantity.text, quantity.start, quantity.end)


def _spans_all(low: str, high: str) -> bool:
    """Whether a share may be nearly anything (10–60 %)."""
    data = _data()
    try:
        first, last = Decimal(low), Decimal(high)
    except InvalidOperation:
        return False
    return first > 0 and last >= data["share_times"] * first and last - first >= data["share_width"]


@cache
def _clauses(name: str) -> re.Pattern[str]:
    """An expression over a part of a sentence."""
    return re.compile(_data()[name])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "vague.yaml")
    return data


@cache
def _words() -> tuple[re.Pattern[str], tuple[_Entry, ...]]:
    entries = tuple(
        (re.compile(entry["re"]), frozenset(entry["kinds"]), entry.get("near", "sentence"))
        for entry in _data()["words"]
    )
    return re.compile(either(_data()["triggers"])), entries
