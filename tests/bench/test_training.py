"""The committed models are what the training command makes of the committed material."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from questionnaire.proofs import FILE, read_tables
from questionnaire.schema import Schema
from tests.conftest import ROOT

MODELS = ROOT / "checker" / "data" / "models"
STEP = 2  # whole numbers by which a weight may differ: arithmetic of another processor rounds otherwise
APART = 0.02  # share of the features that may differ by more


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models trained anew, by a process of its own: training takes much memory."""
    folder = tmp_path_factory.mktemp("models")
    subprocess.run(
        [sys.executable, "-m", "tests.bench.training", "--quick", "--to", folder], cwd=ROOT, check=True
    )
    return folder


def _read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return data


def _apart(one: Mapping[str, Sequence[int]], other: Mapping[str, Sequence[int]]) -> float:
    """The share of the features of two models that differ."""
    differ = [
        feature
        for feature in one.keys() | other.keys()
        if feature not in one
        or feature not in other
        or any(abs(a - b) > STEP for a, b in zip(one[feature], other[feature], strict=True))
    ]
    return len(differ) / len(one)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["reliance", "reliance_english", "claims", "claims_english", "subjects", "hollow"]
)
def test_models_of_words(name: str, made: Path) -> None:
    file = f"{name}.json.gz"
    assert _apart(_read(MODELS / file)["weights"], _read(made / file)["weights"]) <= APART


@pytest.mark.slow
@pytest.mark.parametrize("name", ["delegation", "delegation_english", "promises"])
def test_weights_of_few_values(name: str, made: Path) -> None:
    committed, anew = (_read(folder / f"{name}.json.gz")["weights"] for folder in (MODELS, made))
    assert committed.keys() == anew.keys()
    for feature, row in committed.items():
        assert all(abs(a - b) <= 50 for a, b in zip(row, anew[feature], strict=True)), feature  # thousandths


@pytest.mark.slow
def test_models_of_proofs(made: Path, schema: Schema) -> None:
    file = ROOT / "questionnaire" / "schemas" / schema.edition.id / FILE
    committed, anew = (read_tables(each.read_bytes())["items"] for each in (file, made / FILE))
    assert committed.keys() == anew.keys()
    for item in committed:
        one, other = (
            {feature: list(map(ord, row)) for feature, row in items[item]["weights"].items()}
            for items in (committed, anew)
        )
        assert _apart(one, other) <= APART, item


def test_all_weights_together_stay_small(schema: Schema) -> None:
    files = [*MODELS.glob("*.json.gz"), ROOT / "questionnaire" / "schemas" / schema.edition.id / FILE]
    assert sum(file.stat().st_size for file in files) <= 1_500_000
