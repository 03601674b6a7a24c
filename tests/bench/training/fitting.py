"""What all models share: features to columns, one logistic regression, whole numbers, a file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from checker.text.ground.linear import Linear
from tests.bench.training.numbering import known, numbered, often, rows

TARGET = Path(__file__).parent.parent.parent.parent / "checker" / "data" / "models"
STEPS = 127  # the largest weight of a model as a whole number


@lru_cache(maxsize=500_000)
def _numbers(row: frozenset[str]) -> np.ndarray:
    """Most sets of features are asked for by several classes, and by every group of authors."""
    return numbered(row)


def matrix(features: Sequence[Collection[str]], least: int) -> tuple[list[str], csr_matrix]:
    """The features that so many rows have, in order; a row a set of features, each over the root of their number."""
    sets = [_numbers(frozenset(row)) for row in features]
    columns = known(often(sets, least))
    lengths = np.asarray([len(each) for each in sets])
    return columns.names, rows(sets, np.repeat(1 / np.maximum(1, lengths) ** 0.5, lengths), columns)


def yes_or_no(
    features: Sequence[Collection[str]],
    labels: Sequence[int],
    weights: Sequence[float],
    *,
    strength: float,
    least: int = 3,
    balanced: bool = False,
) -> tuple[dict[str, float], float]:
    """Weights and bias of one class against all else."""
    names, values = matrix(features, least)
    model = LogisticRegression(
        C=strength,
        solver="liblinear",
        max_iter=400,
        tol=1e-6,
        random_state=0,
        class_weight="balanced" if balanced else None,
    )
    model.fit(values, np.asarray(labels), sample_weight=np.asarray(weights))
    return dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


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
