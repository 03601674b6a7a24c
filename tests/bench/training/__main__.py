"""Trains every model on all material: ``python -m tests.bench.training``. The same material gives the same files."""

from __future__ import annotations

from pathlib import Path

from questionnaire.loader import load_schema
from questionnaire.proofs import FILE
from tests.bench.material import answers, authors, bank, examples, labelled_return
from tests.bench.training import claims, delegation, proofs, subjects
from tests.bench.training.fitting import as_bytes, save

FOLDS = 5  # groups of authors set aside to weigh how pieces add up to a proof

schema = load_schema()
pieces = [piece for author in authors("bank.tsv") for piece in bank(author)]
clauses, kinds = delegation.train(list(answers()), pieces[:: delegation.EVERY])
for name, model in (
    ("reliance", clauses),
    ("delegation", kinds),
    ("claims", claims.train_without()),
    ("subjects", subjects.train(schema)),
):
    print(f"{name}: {len(model.weights)} features, {save(name, as_bytes(model))} bytes")
pieces += examples()
returns = [proofs.read(schema, labelled_return(author)) for author in authors("return.json")]
hollow = proofs.hollow_model(pieces)
print(f"hollow: {save('hollow', as_bytes(hollow))} bytes")
save("proof", as_bytes(proofs.judge(schema, pieces, returns, FOLDS)))
content = proofs.train(schema, proofs.bank_rows(pieces), returns)
target = Path(__file__).parents[3] / "questionnaire" / "schemas" / schema.edition.id / FILE
target.write_bytes(content)
print(f"proofs: {len(content)} bytes")
