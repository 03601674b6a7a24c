"""Counts how answers to an item usually are: which aspects they leave out or hand over, and how they rely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from checker.text.readers.reliance.delegation import KINDS
from tests.bench.material import LabelledAnswer, LabelledReturn

TRUST = 16.0  # answers by which a share is drawn to that over all items
SPOKEN = ("answered", "partial")  # states of an item that says something of its own


def kinds(known: Iterable[LabelledAnswer]) -> dict[str, tuple[float, ...]]:
    """For every item the logarithms of the shares of the four kinds, over the answers of whole returns."""
    return _shares((answer.item, answer.delegation) for answer in known if answer.item is not None)


def _shares(labels: Iterable[tuple[str, str]]) -> dict[str, tuple[float, ...]]:
    counts = Counter(labels)
    items: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for (item, kind), count in counts.items():
        items[item] += count
        every[kind] += count
    return {
        item: tuple(
            round(log((counts[item, kind] + TRUST * every[kind] / every.total()) / (count + TRUST)), 3)
            for kind in KINDS
        )
        for item, count in sorted(items.items())
    }


def habits(
    returns: Sequence[LabelledReturn], classes: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, tuple[float, ...]]]:
    """Everything that is counted, by item; ``classes`` are the aspects of each."""
    states: Counter[tuple[str, str]] = Counter()
    handed: Counter[tuple[str, str]] = Counter()
    relying: Counter[str] = Counter()
    for whole in returns:
        gold = whole.gold
        for aspect, state in gold["aspects"].items():
            item = aspect.rpartition(".")[0]
            if gold["states"][item] in SPOKEN:
                states[aspect, state] += 1
            if gold["delegation"][item] == "partial":
                handed[aspect, state] += 1
        relying.update(item for item, kind in gold["delegation"].items() if kind == "partial")
    missing = sum(count for (_, state), count in states.items() if state == "missing")
    told = sum(count for (_, state), count in states.items() if state in ("missing", "disclosed"))
    usual = _shares(
        (item, kind)
        for whole in returns
        for item, kind in whole.gold["delegation"].items()
        if whole.answers[item].strip()
    )
    return {
        item: {
            "left_out": tuple(
                _odds(states[each, "missing"], states[each, "disclosed"], missing / max(1, told))
                for each in aspects
            ),
            "handed": tuple(
                round(log((handed[each, "delegated"] + 1) / (relying[item] + len(aspects))), 3)
                for each in aspects
            ),
            "kinds": usual[item],
        }
        for item, aspects in classes.items()
    }


def _odds(yes: int, no: int, usual: float) -> float:
    share = (yes + TRUST * usual) / (yes + no + TRUST)
    return round(log(share / (1 - share)), 3)
