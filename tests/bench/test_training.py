"""The committed models are what the training command makes of the committed material."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from questionnaire.proofs import FILE
from questionnaire.schema import Schema
from tests.bench.judgement import fallen
from tests.bench.material import answers, authors, bank, examples, labelled_return
from tests.bench.training import claims, delegation, proofs, subjects
from tests.bench.training.fitting import TARGET, as_bytes
from tests.conftest import ROOT

STEP = 2  # whole numbers by which a weight may differ: arithmetic of another processor rounds otherwise
APART = 0.02  # share of the features that may


@cache
def _pieces() -> tuple[Any, ...]:
    return tuple(piece for author in authors("bank.tsv") for piece in bank(author))


def _weights(content: bytes) -> Mapping[str, Sequence[int]]:
    data: Mapping[str, Sequence[int]] = json.loads(gzip.decompress(content))["weights"]
    return data


def _alike(made: bytes, name: str) -> None:
    committed, anew = _weights((TARGET / f"{name}.json.gz").read_bytes()), _weights(made)
    apart = [
        feature
        for feature in committed.keys() | anew.keys()
        if feature not in committed
        or feature not in anew
        or max(abs(one - other) for one, other in zip(committed[feature], anew[feature], strict=True)) > STEP
    ]
    assert len(apart) <= APART * len(committed), (name, len(apart), sorted(apart)[:10])


@pytest.mark.slow
def test_models_of_clauses(schema: Schema) -> None:
    clauses, kinds = delegation.train(list(answers()), _pieces()[:: delegation.EVERY])
    _alike(as_bytes(clauses), "reliance")
    committed = _weights((TARGET / "delegation.json.gz").read_bytes())
    for feature, row in kinds.weights.items():
        assert max(abs(one - other) for one, other in zip(row, committed[feature], strict=True)) <= 50
    _alike(as_bytes(claims.train_without()), "claims")
    _alike(as_bytes(subjects.train(schema)), "subjects")


@pytest.mark.slow
def test_models_of_proofs(schema: Schema) -> None:
    returns = [proofs.read(schema, labelled_return(author)) for author in authors("return.json")]
    made = json.loads(
        gzip.decompress(proofs.train(schema, proofs.bank_rows([*_pieces(), *examples()]), returns))
    )
    file = ROOT / "questionnaire" / "schemas" / schema.edition.id / FILE
    committed = json.loads(gzip.decompress(file.read_bytes()))
    assert made["items"].keys() == committed["items"].keys()
    for item, model in committed["items"].items():
        weights, anew = model["weights"], made["items"][item]["weights"]
        apart = sum(
            feature not in weights
            or feature not in anew
            or any(
                abs(ord(one) - ord(other)) > STEP
                for one, other in zip(weights[feature], anew[feature], strict=True)
            )
            for feature in weights.keys() | anew.keys()
        )
        assert apart <= APART * len(weights), (item, apart, len(weights))


def test_what_falls_below_its_floor_is_named() -> None:
    floors = {"return a": {"states": 0.9, "full": 1.0}, "return gone": {"states": 1.0}}
    assert fallen({"return a": {"states": 0.895, "full": 1.0}}, floors) == []
    assert fallen({"return a": {"states": 0.88, "full": 1.0}}, floors) == ["return a: states 0.900 -> 0.880"]


def test_all_weights_together_stay_small(schema: Schema) -> None:
    files = [*TARGET.glob("*.json.gz"), ROOT / "questionnaire" / "schemas" / schema.edition.id / FILE]
    assert sum(file.stat().st_size for file in files) <= 1_500_000
