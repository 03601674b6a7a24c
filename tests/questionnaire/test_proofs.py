"""Models of proof in the form in which they are kept: every row is the file's."""

from __future__ import annotations

from pathlib import Path

import pytest

from frameworks.ground import cache
from questionnaire import proofs
from questionnaire.folders import builtin


def test_every_row_is_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    content = builtin("dicastal-2024").joinpath(proofs.FILE).read_bytes()
    written = proofs.read_tables(content)
    assert proofs.write_tables(written) == content
    for _ in range(2):  # made, and from the cache
        models = proofs.read_proofs(content)
        assert list(models) == list(written["items"])
        for item, model in list(models.items())[::9]:
            rows = written["items"][item]["weights"]
            assert [model.weights.get(proofs.number_of(run)) for run in rows] == list(rows.values())
            assert (list(model.classes), model.scale) == (
                written["items"][item]["classes"],
                written["items"][item]["scale"],
            )
            assert [
                model.weights.get(proofs.number_of(run)) for run in ("", "不在其中", "\U0010ffff" * 3)
            ] == [None] * 3
            assert [model.hollow.weights.get(proofs.number_of(run)) for run in written["hollow"]] == list(
                written["hollow"].values()
            )
    assert len(list(tmp_path.iterdir())) == 1
