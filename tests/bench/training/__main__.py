"""Trains every model on all material: ``python -m tests.bench.training``. The same material gives the same files.

What is trained first has its say in what is trained after it, never the models that lie in the package: so one run is
enough, and a second one changes nothing.

``--to FOLDER`` writes them there instead of into the package; ``--quick`` leaves out the weights by which the pieces of
an answer add up, which take most of the time; ``--english`` trains what is learned of English alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from checker.text.ground.english import none_apart
from checker.text.ground.linear import Linear
from checker.text.ground.linear import instead as linear_instead
from checker.text.readers.claims import english_judge
from checker.text.readers.subjects.sections import MODEL as SUBJECTS
from checker.text.readers.time.sequels import MODEL as PROMISES
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
    folder = options.to or TARGET
    edition = Path(__file__).parents[3] / "questionnaire" / "schemas" / newest().edition.id
    english_words = _english_words()
    _save(english_words, folder)
    if options.english:
        with linear_instead(english_words):
            _train_english_proofs((edition / FILE).read_bytes(), options, (options.to or edition) / FILE)
        return
    with none_apart():
        words = _words()
    _save(words, folder)
    with linear_instead(words | english_words):
        with none_apart():
            content = _train_proofs(options)
        _train_english_proofs(content, options, (options.to or edition) / FILE)


def _save(models: Mapping[str, Linear], folder: Path) -> None:
    for name, model in models.items():
        print(f"{name}: {len(model.weights)} features, {save(name, as_bytes(model), folder)} bytes")


def _english_words() -> dict[str, Linear]:
    """What is learned of the words of English answers; no other model is asked for it."""
    clauses, kinds = english.train(list(english_answers()), habits.kinds(answers()))
    return {
        "reliance_english": clauses,
        "delegation_english": kinds,
        english_judge.MODEL: english.claims_model(),
    }


def _words() -> dict[str, Linear]:
    """What is learned of the words of Chinese answers; no other model is asked for it."""
    pieces = [piece for author in learned_from("bank.tsv") for piece in bank(author)]
    clauses, kinds = delegation.train(list(answers()), pieces[:: delegation.EVERY])
    return {
        "reliance": clauses,
        "delegation": kinds,
        "claims": claims.train_without(),
        SUBJECTS: subjects.train(newest()),
        "hollow": proofs.hollow_model(pieces),
    }


def _train_proofs(options: argparse.Namespace) -> bytes:
    """What proves an aspect, what keeps a promise, how an ask is met: read by the models of words.

    Returns:
        The models of proofs as their file holds them; English words are still to come.
    """
    schema = newest()
    folder = options.to or TARGET
    pieces = [piece for author in learned_from("bank.tsv") for piece in bank(author)] + list(examples())
    returns = [proofs.read(schema, labelled_return(author)) for author in learned_from("return.json")]
    if not options.quick:
        several, one = judges.judges(schema, pieces, returns, FOLDS)
        _save({"proof": several, "proof_alone": one}, folder)
    pairs = [row for author in promises.authors() for row in promises.rows(author)]
    told = [piece for piece in pieces if piece.author != "examples"]
    asked = [*asking.of_returns(returns), *asking.of_bank(schema, told)]
    _save({PROMISES: promises.model(pairs), asking.MODEL: asking.model(asked)}, folder)
    return proofs.train(schema, proofs.bank_rows(pieces), returns)


def _train_english_proofs(content: bytes, options: argparse.Namespace, target: Path) -> None:
    schema = newest()
    pieces = [piece for author in in_english("bank.tsv") for piece in bank(author)]
    returns = [proofs.read(schema, labelled_return(author)) for author in in_english("return.json")]
    if not options.quick:
        weights = english_proofs.judge(schema, content, pieces, returns, FOLDS)
        _save({english_proofs.MODEL: weights}, options.to or TARGET)
    content = english_proofs.with_english(content, pieces, returns)
    target.write_bytes(content)
    print(f"proofs: {len(content)} bytes")


if __name__ == "__main__":
    main()
