"""Trains every model on all material: ``python -m tests.bench.training``. The same material gives the same files.

``--to FOLDER`` writes them there instead of into the package; ``--quick`` leaves out the weights by which the pieces of
an answer add up, which take most of the time; ``--english`` trains what is learned of English alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from checker.text.ground.english import none_apart
from checker.text.readers.claims import english_judge
from checker.text.readers.time.sequels import MODEL
from questionnaire.editions import newest
from questionnaire.proofs import FILE
from tests.bench.material import (
    answers,
    bank,
    english_answers,
    examples,
    labelled_return,
    learned_from,
)
from tests.bench.material import english as in_english
from tests.bench.training import (
    asking,
    claims,
    delegation,
    english,
    english_proofs,
    habits,
    judges,
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
    edition = Path(__file__).parents[3] / "questionnaire" / "schemas" / newest().edition.id
    if options.english:
        content = (edition / FILE).read_bytes()
    else:
        with none_apart():
            content = _train(options)
    _train_english_proofs(content, options, (options.to or edition) / FILE)


def _train_english_proofs(content: bytes, options: argparse.Namespace, target: Path) -> None:
    schema = newest()
    pieces = [piece for author in in_english("bank.tsv") for piece in bank(author)]
    returns = [proofs.read(schema, labelled_return(author)) for author in in_english("return.json")]
    if not options.quick:
        weights = english_proofs.judge(schema, content, pieces, returns, FOLDS)
        save(english_proofs.MODEL, as_bytes(weights), options.to or TARGET)
    content = english_proofs.with_english(content, pieces, returns)
    target.write_bytes(content)
    print(f"proofs: {len(content)} bytes")


def _train_english(folder: Path) -> None:
    clauses, kinds = english.train(list(english_answers()), habits.kinds(answers()))
    save("delegation_english", as_bytes(kinds), folder)
    save(english_judge.MODEL, as_bytes(english.claims_model()), folder)
    size = save("reliance_english", as_bytes(clauses), folder)
    print(f"reliance_english: {len(clauses.weights)} features, {size} bytes")


def _train(options: argparse.Namespace) -> bytes:
    """All models of Chinese; those of proofs as content, as English words are still to come."""
    schema = newest()
    folder = options.to or TARGET
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
    return proofs.train(schema, proofs.bank_rows(pieces), returns)


if __name__ == "__main__":
    main()
