"""Trains every model on all material: ``python -m tests.bench.training``. The same material gives the same files.

``--to FOLDER`` writes them there instead of into the package; ``--quick`` leaves out the weights by which the pieces of
an answer add up, which take most of the time; ``--english`` trains the models of English clauses alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from checker.text.ground.english import none_apart
from checker.text.ground.linear import instead
from checker.text.readers.claims import english_judge
from checker.text.readers.time.sequels import MODEL
from questionnaire.editions import newest
from questionnaire.proofs import FILE
from tests.bench.material import answers, bank, english_answers, examples, labelled_return, learned_from
from tests.bench.training import (
    asking,
    claims,
    delegation,
    english,
    habits,
    judges,
    left_open,
    promises,
    proofs,
    subjects,
)
from tests.bench.training.fitting import TARGET, as_bytes, save

FOLDS = 5  # groups of authors set aside to weigh how pieces add up to a proof


def main() -> None:
    """Trains and writes; prints the sizes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=Path, help="a folder for all files")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--english", action="store_true")
    options = parser.parse_args()
    _train_english(options.to or TARGET)
    if options.english:
        return
    with none_apart():
        _train(options)


def _train_english(folder: Path) -> None:
    clauses, kinds = english.train(list(english_answers()), habits.kinds(answers()))
    save("delegation_english", as_bytes(kinds), folder)
    save(english_judge.MODEL, as_bytes(english.claims_model()), folder)
    with instead({"reliance_english": clauses, "delegation_english": kinds}):
        save(left_open.MODEL, as_bytes(left_open.model()), folder)
    size = save("reliance_english", as_bytes(clauses), folder)
    print(f"reliance_english: {len(clauses.weights)} features, {size} bytes")


def _train(options: argparse.Namespace) -> None:
    schema = newest()
    folder = options.to or TARGET
    edition = options.to or Path(__file__).parents[3] / "questionnaire" / "schemas" / schema.edition.id
    pieces = [piece for author in learned_from("bank.tsv") for piece in bank(author)]
    clauses, kinds = delegation.train(list(answers()), pieces[:: delegation.EVERY])
    for name, model in (
        ("reliance", clauses),
        ("delegation", kinds),
        ("claims", claims.train_without()),
        ("subjects", subjects.train(schema)),
        ("hollow", proofs.hollow_model(pieces)),
    ):
        print(f"{name}: {len(model.weights)} features, {save(name, as_bytes(model), folder)} bytes")
    pieces += examples()
    returns = [proofs.read(schema, labelled_return(author)) for author in learned_from("return.json")]
    if not options.quick:
        several, one = judges.judges(schema, pieces, returns, FOLDS)
        save("proof", as_bytes(several), folder)
        save("proof_alone", as_bytes(one), folder)
    pairs = [row for author in promises.authors() for row in promises.rows(author)]
    save(MODEL, as_bytes(promises.model(pairs)), folder)
    told = [piece for piece in pieces if piece.author != "examples"]
    rows = [*asking.of_returns(returns), *asking.of_bank(schema, told)]
    save(asking.MODEL, as_bytes(asking.model(rows)), folder)
    content = proofs.train(schema, proofs.bank_rows(pieces), returns)
    (edition / FILE).write_bytes(content)
    print(f"proofs: {len(content)} bytes")


if __name__ == "__main__":
    main()
