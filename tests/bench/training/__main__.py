"""Trains every model on all material: ``python -m tests.bench.training``. The same material gives the same files."""

from __future__ import annotations

from tests.bench.material import answers, authors, bank
from tests.bench.training import delegation
from tests.bench.training.fitting import as_bytes, save

pieces = [piece for author in authors("bank.tsv") for piece in bank(author)]
clauses, kinds = delegation.train(list(answers()), pieces[::2])
for name, model in (("reliance", clauses), ("delegation", kinds)):
    size = save(name, as_bytes(model))
    print(f"{name}: {len(model.weights)} features, {size} bytes")
