"""What all models share: features to columns, one logistic regression, whole numbers, a file."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from checker.text.ground.linear import Linear

TARGET = Path(__file__).parent.parent.parent.parent / "checker" / "data" / "models"
STEPS = 127  # the largest weight of a model as a whole number


def vocabulary(rows: Iterable[Collection[str]], least: int) -> dict[str, int]:
    """The features that at least so many rows have, in order."""
    counts = Counter(feature for row in rows for feature in row)
    known = sorted(feature for feature, count in counts.items() if count >= least)
    return {feature: place for place, feature in enumerate(known)}


def columns(rows: Sequence[Collection[str]], known: Mapping[str, int]) -> sparse.csr_matrix:
    """One row a set of features, each over the root of their number."""
    places: list[int] = []
    worth: list[float] = []
    ends = [0]
    for row in rows:
        here = sorted(known[feature] for feature in row if feature in known)
        places += here
        worth += [1 / max(1, len(row)) ** 0.5] * len(here)
        ends.append(len(places))
    return sparse.csr_matrix((worth, places, ends), shape=(len(rows), len(known)))


def yes_or_no(
    rows: Sequence[Collection[str]],
    labels: Sequence[int],
    weights: Sequence[float],
    *,
    strength: float,
    least: int = 3,
    balanced: bool = False,
) -> tuple[dict[str, float], float]:
    """Weights and bias of one class against all else."""
    known = vocabulary(rows, least)
    model = LogisticRegression(
        C=strength,
        solver="liblinear",
        max_iter=400,
        tol=1e-6,
        random_state=0,
        class_weight="balanced" if balanced else None,
    )
    model.fit(columns(rows, known), np.asarray(labels), sample_weight=np.asarray(weights))
    return dict(zip(known, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def rounded(
    classes: Sequence[str],
    weights: Mapping[str, Sequence[float]],
    bias: Sequence[float],
    *,
    drop: float = 0.0,
) -> Linear:
    """The model in whole numbers; features whose largest weight is below ``drop`` of the scale go."""
    largest = max(abs(weight) for row in weights.values() for weight in row)
    scale = float(f"{largest / STEPS:.6g}")
    whole = {feature: [round(weight / scale) for weight in row] for feature, row in weights.items()}
    kept = {feature: row for feature, row in sorted(whole.items()) if max(map(abs, row)) > drop * STEPS}
    return Linear(tuple(classes), scale, tuple(round(each / scale) for each in bias), kept)


def as_bytes(model: Linear) -> bytes:
    """The file of a model; the same model gives the same bytes."""
    data = {"classes": model.classes, "scale": model.scale, "bias": model.bias, "weights": model.weights}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), mtime=0)


def save(name: str, content: bytes, folder: Path = TARGET) -> int:
    """Writes a model's file; its size."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json.gz").write_bytes(content)
    return len(content)
