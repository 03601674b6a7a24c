"""Makes the model that tells which section of the questionnaire words belong to, from pieces of labelled answers.

Usage: ``python -m tests.bench.train_subjects FOLDER`` with the banks of pieces (``bank-*.tsv``: aspect, kind, words).
A class is a section by its title. A weight is the log of how much oftener a pair of letters stands in a section's
pieces than in all sections' alike, drawn to the middle where a section has few pieces. The questions count too.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

from checker.text.subject import pairs
from questionnaire.loader import load_schema
from questionnaire.schema import Schema

TARGET = Path(__file__).parents[2] / "checker" / "data" / "models" / "subjects.json.gz"
DRAWN = 60  # pieces of the middle that every section is given
QUESTION = 5  # pieces that a question counts for
RARE = 4  # pieces in which a pair must stand
AUTHORS = 2  # authors who must use it
SCALE = 0.02  # log-odds of one whole number
FLAT = 0.3  # a pair whose weights all lie below says nothing


def pieces(folder: Path, schema: Schema) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Author, title of the section, pairs of letters; hollow pieces belong nowhere."""
    titles = {item.id: schema.sections[item.id][1].title for item in schema.items}
    for bank in sorted(folder.glob("bank-*.tsv")):
        for line in bank.read_text(encoding="utf-8").splitlines():
            aspects, _, rest = line.partition("\t")
            kind, _, words = rest.partition("\t")
            item = aspects.split("|")[0].split(",")[0].rpartition(".")[0]
            if kind in ("p", "n") and item in titles:
                yield bank.stem, titles[item], frozenset(pairs(words))
    for item in schema.items:
        for _ in range(QUESTION):
            yield "question", titles[item.id], frozenset(pairs(item.question))


def train(folder: Path, schema: Schema) -> dict[str, object]:
    """The model's data."""
    sizes: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    authors: dict[str, set[str]] = defaultdict(set)
    for author, title, found in pieces(folder, schema):
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
    return {"classes": classes, "scale": SCALE, "bias": [0] * len(classes), "weights": weights}


if __name__ == "__main__":
    model = json.dumps(train(Path(sys.argv[1]), load_schema()), ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress(model.encode(), mtime=0))
