"""Trains which section of the questionnaire words belong to.

A class is a section by its title. A weight is the log of how much oftener a pair of letters stands in a section's
pieces than in all sections' alike, drawn to the middle where a section has few pieces. The questions count too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log

from checker.text.ground.linear import Linear
from checker.text.readers.subjects.sections import pairs
from questionnaire.schema import Schema
from tests.bench.material import bank, learned_from

DRAWN = 60  # pieces of the middle that every section is given
QUESTION = 5  # pieces that a question counts for
RARE = 4  # pieces in which a pair must stand
AUTHORS = 2  # authors who must use it
EVASIVE = frozenset({"y", "z"})  # they were asked to avoid the words of their subject
SCALE = 0.02  # log-odds of one whole number
FLAT = 0.3  # a pair whose weights all lie below says nothing


def pieces(schema: Schema) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Author, title of the section, pairs of letters; hollow pieces belong nowhere."""
    titles = {item.id: schema.sections[item.id][1].title for item in schema.items}
    for author in learned_from("bank.tsv"):
        if author in EVASIVE:
            continue
        for piece in bank(author):
            if piece.kind != "h" and piece.item in titles:
                yield author, titles[piece.item], frozenset(pairs(piece.text))
    for item in schema.items:
        for _ in range(QUESTION):
            yield "question", titles[item.id], frozenset(pairs(item.question))


def train(schema: Schema) -> Linear:
    """The model of all banks."""
    sizes: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    authors: dict[str, set[str]] = defaultdict(set)
    for author, title, found in pieces(schema):
        sizes[title] += 1
        for pair in found:
            counts[pair][title] += 1
            authors[pair].add(author)
    classes = sorted(sizes)
    weights = {}
    for pair, count in sorted(counts.items()):
        if count.total() < RARE or len(authors[pair]) < AUTHORS:
            continue
        middle = sum(count[title] / sizes[title] for title in classes) / len(classes)
        row = [log((count[title] / middle + DRAWN) / (sizes[title] + DRAWN)) for title in classes]
        if max(map(abs, row)) >= FLAT:
            weights[pair] = [round(value / SCALE) for value in row]
    return Linear(tuple(classes), SCALE, (0,) * len(classes), weights)
