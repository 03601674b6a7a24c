"""A model in the form in which it is kept: every weight is the file's."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from pathlib import Path

import pytest

from checker.text.ground import linear
from frameworks.ground import cache


@pytest.mark.parametrize("name", ["claims", "subjects", "delegation"])
def test_every_weight_is_the_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    source = files("checker.data").joinpath(f"models/{name}.json.gz").read_bytes()
    written = json.loads(gzip.decompress(source))
    for _ in range(2):  # made, and from the cache
        model = linear._load.__wrapped__(name)
        assert {feature: list(row) for feature, row in model.weights.items()} == written["weights"]
        assert list(model.weights) == list(written["weights"])
        assert (list(model.classes), list(model.bias), model.scale) == (
            written["classes"], written["bias"], written["scale"],
        )  # fmt: skip
    assert len(list(tmp_path.iterdir())) == 1
