"""Trains the judge of clauses: does a clause claim an effect as reached?

Run: ``python -m tests.bench.train_claims [--material FOLDER]… [--write]``

Prints, for every author, how the model does that was trained on the others. ``--write`` makes
``checker/data/models/claims.json.gz`` from all. The same material gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from checker.text.claims import find_claims
from checker.text.effects import State
from checker.text.ground.linear import Linear
from checker.text.ground.passages import split
from checker.text.nil import find_nils
from checker.text.quantities import find_quantities
from checker.text.readers.clause_judge import features, mask

ROOT = Path(__file__).parent.parent.parent
MATERIAL = Path(__file__).parent / "material"
MODEL = ROOT / "checker" / "data" / "models" / "claims.json.gz"
FEATURES = 9000
RARE = 2  # clauses in which a feature must stand
SCALE = 0.01


@dataclass(frozen=True, slots=True)
class Labelled:
    """A masked clause, what the judge sees of it, and whether it claims."""

    author: str
    text: str
    claims: bool
    seen: tuple[str, ...]


def load(folder: Path) -> list[Labelled]:
    """The labelled clauses of every author's folder (return.json, sentences.jsonl), in order."""
    found: list[Labelled] = []
    for author in sorted(path for path in folder.iterdir() if path.is_dir()):
        if (path := author / "sentences.jsonl").is_file():
            found += _sentences(path, author.name)
        if (path := author / "return.json").is_file():
            found += _return(path, author.name)
    for path in sorted(folder.glob("sentences-*.jsonl")):  # the material as it was handed over
        found += _sentences(path, path.stem.split("-")[1])
    for path in sorted(folder.glob("return-*.json")):
        found += _return(path, path.stem.split("-")[1])
    return sorted(found, key=lambda clause: (clause.author, clause.text, clause.claims, clause.seen))


def _sentences(path: Path, author: str) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line) if line.strip() else {}
        if "vague_claims" in row and not row.get("borderline"):
            yield from _clauses(row["text"].replace("\n", " "), row["vague_claims"], author)


def _return(path: Path, author: str) -> Iterator[Labelled]:
    case: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    labels: dict[str, list[str]] = defaultdict(list)
    for finding in case["gold"]["findings"]:
        if finding["rule"] == "vague-claim":
            labels[finding["item"]].append(finding["evidence"])
    for item, text in case["answers"].items():
        yield from _clauses(text, labels[item], author)


def _clauses(text: str, evidence: Iterable[str], author: str) -> Iterator[Labelled]:
    """The clauses of a text; those whose effect has its figure or is found by rules alone are left out."""
    passages, quantities = split(text), find_quantities(text)
    places = [(text.find(words), text.find(words) + len(words)) for words in evidence if words in text]
    effects = {
        claim.start: claim.figure is not None
        for claim in find_claims(text, quantities, passages, find_nils(text), judged=False)
        if claim.state is State.DONE
    }
    for place, clause in enumerate(passages.clauses):
        labelled = any(start < clause.end and clause.start < end for start, end in places)
        doubtful = any(
            clause.start <= start < clause.end and (bound or places) for start, bound in effects.items()
        )
        if labelled or not doubtful:
            seen = tuple(sorted(features(text, passages, place, quantities)))
            yield Labelled(author, mask(text, clause, quantities), labelled, seen)


def train(clauses: list[Labelled]) -> Linear:
    """A model of these clauses."""
    seen: Counter[str] = Counter()
    claiming: Counter[str] = Counter()
    rows = [clause.seen for clause in clauses]
    for clause, row in zip(clauses, rows, strict=True):
        seen.update(row)
        if clause.claims:
            claiming.update(row)
    share = sum(clause.claims for clause in clauses) / len(clauses)

    def telling(feature: str) -> float:
        expected = seen[feature] * share
        return (claiming[feature] - expected) ** 2 / (expected * (1 - share))

    known = [feature for feature, count in seen.items() if count >= RARE]
    known = sorted(known, key=lambda feature: (-telling(feature), feature))[:FEATURES]
    place = {feature: at for at, feature in enumerate(sorted(known))}
    indices, starts, values = [], [0], []
    for row in rows:
        at = [place[feature] for feature in row if feature in place]
        indices += at
        values += [1 / max(len(row), 1) ** 0.5] * len(at)
        starts.append(len(indices))
    matrix = csr_matrix((values, indices, starts), shape=(len(rows), len(place)))
    model = LogisticRegression(C=30.0, class_weight={True: 4.0, False: 1.0}, max_iter=3000)
    model.fit(matrix, np.array([clause.claims for clause in clauses]))
    weights = {feature: [round(float(model.coef_[0][at]) / SCALE)] for feature, at in place.items()}
    return Linear(("claim",), SCALE, (round(float(model.intercept_[0]) / SCALE),), weights)


def leave_one_out(clauses: list[Labelled]) -> None:
    """Prints precision and recall of every author at several thresholds, trained on the others."""
    steps = (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0)
    totals: Counter[tuple[float, str]] = Counter()
    for author in sorted({clause.author for clause in clauses}):
        model = train([clause for clause in clauses if clause.author != author])
        own = [(model.scores(clause.seen)[0], clause) for clause in clauses if clause.author == author]
        line = []
        for step in steps:
            right = sum(score >= step and clause.claims for score, clause in own)
            found = sum(score >= step for score, _ in own)
            wanted = sum(clause.claims for _, clause in own)
            totals.update({(step, "right"): right, (step, "found"): found, (step, "wanted"): wanted})
            line.append(f"{step}: {right}/{found}/{wanted}")
        print(author, " ".join(line))
    for step in steps:
        right, found, wanted = (totals[step, name] for name in ("right", "found", "wanted"))
        print(f"{step}: precision {right / max(found, 1):.2f} recall {right / max(wanted, 1):.2f}")


def write(model: Linear) -> None:
    """Puts a model into the package."""
    data = {
        "classes": model.classes,
        "scale": model.scale,
        "bias": model.bias,
        "weights": dict(model.weights),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    MODEL.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{MODEL.name}: {MODEL.stat().st_size} bytes, {len(model.weights)} features")


def main() -> None:
    """Trains, prints, and writes if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, action="append", help="a folder beside the repository's own")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    clauses = [clause for folder in (MATERIAL, *(options.material or ())) for clause in load(folder)]
    print(f"{len(clauses)} clauses, {sum(clause.claims for clause in clauses)} claims")
    leave_one_out(clauses)
    if options.write:
        write(train(clauses))


if __name__ == "__main__":
    main()
