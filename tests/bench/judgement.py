"""How the product does on authors whom it does not know: every author is scored by models trained on the others.

Run: ``python -m tests.bench.judgement [--folds 4] [--write | --floor]``

The authors of ``tests/bench/material`` are set aside in turns; all models are trained on the rest (but for the twenty
weights by which the pieces of an answer add up, which are the committed ones), and the authors set aside are read with
them, worst first. ``--write`` keeps the figures: each author's as his floor (``floors.json``), each rule's in
``checker/data/reliability.yaml``. ``--floor`` ends with 1 where an author's figure has fallen by more than .01.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from checker.text.ground.agents import Agents
from checker.text.ground.english import none_apart
from checker.text.ground.linear import Linear
from checker.text.ground.linear import instead as linear_instead
from questionnaire.editions import newest
from questionnaire.proofs import instead as proofs_instead
from questionnaire.proofs import read_proofs
from tests.bench import material, strangers
from tests.bench.reliability import write_rules
from tests.bench.strangers import Figures, share
from tests.bench.training import claims, delegation, english, english_proofs, habits, proofs

FLOORS = Path(__file__).parent / "floors.json"
FALL = 0.01

Measured = dict[str, dict[str, Figures]]  # kind of material → author → figures


def measure(number: int, folds: int) -> tuple[Measured, Counter[tuple[str, str]]]:
    """The figures of every author of one fold, and the counts of every rule."""
    schema = newest()
    everybody = {path.name for path in material.FOLDER.iterdir() if path.is_dir()}
    aside = {
        author
        for group in (everybody - material.ENGLISH, material.ENGLISH)
        for author in sorted(group)[number::folds]
    }
    found: Measured = {"return": {}, "sentences": {}, "bank": {}}
    rules: Counter[tuple[str, str]] = Counter()
    with ExitStack() as reading:
        models = _english_without(aside)
        with none_apart():
            chinese, content = _trained_without(aside)
        models |= chinese
        item_models = read_proofs(_with_english(content, aside))
        reading.enter_context(linear_instead(models))
        reading.enter_context(proofs_instead(schema.edition.id, item_models))
        parent = schema.edition.parent
        agents = Agents.of((parent.name, *parent.aliases))
        for author in sorted(aside):
            if author in material.authors("return.json"):
                figures, counts = strangers.of_return(schema, material.labelled_return(author))
                found["return"][author] = figures
                rules += counts
            if author in material.authors("sentences.jsonl"):
                found["sentences"][author] = strangers.of_sentences(material.sentences(author), agents)
            if author in material.authors("bank.tsv"):
                found["bank"][author] = strangers.of_bank(schema, material.bank(author))
    return found, rules


def _english_without(aside: set[str]) -> dict[str, Linear]:
    known = [answer for answer in material.english_answers() if answer.author not in aside]
    clauses, kinds = english.train(known, habits.kinds(material.answers()))
    claiming = english.claims_model(aside)
    return {
        "reliance_english": clauses,
        "delegation_english": kinds,
        "claims_english": claiming,
    }


def _with_english(content: bytes, aside: set[str]) -> bytes:
    pieces = [
        piece
        for author in material.english("bank.tsv")
        if author not in aside
        for piece in material.bank(author)
    ]
    returns = [
        proofs.read(newest(), material.labelled_return(author))
        for author in material.english("return.json")
        if author not in aside
    ]
    return english_proofs.with_english(content, pieces, returns)


def _trained_without(aside: set[str]) -> tuple[dict[str, Linear], bytes]:
    schema = newest()
    pieces = [
        piece
        for author in material.learned_from("bank.tsv")
        if author not in aside
        for piece in material.bank(author)
    ]
    known = [answer for answer in material.answers() if answer.author not in aside]
    clauses, kinds = delegation.train(known, pieces[:: delegation.EVERY])
    models = {"reliance": clauses, "delegation": kinds, "claims": claims.train_without(aside)}
    models["hollow"] = proofs.hollow_model(pieces)
    with linear_instead(models):
        returns = [
            proofs.read(schema, material.labelled_return(author))
            for author in material.learned_from("return.json")
            if author not in aside
        ]
    return models, proofs.train(schema, proofs.bank_rows([*pieces, *material.examples()]), returns)


def summary(found: Measured) -> dict[str, dict[str, float]]:
    """What is told of every author: shares."""
    told: dict[str, dict[str, float]] = {}
    for author, figures in found["return"].items():
        precision, recall = share(figures, "missing")
        told[f"return {author}"] = {
            "delegation": figures["delegation"],
            "full": figures["full"],
            "states": figures["states"] / 72,
            "missing_f1": 2 * precision * recall / max(1e-9, precision + recall),
            "faults": figures["caught"] / max(1, figures["faults"]),
        }
    for author, figures in found["sentences"].items():
        told[f"sentences {author}"] = _of_sentences(figures)
    for author, figures in found["bank"].items():
        told[f"bank {author}"] = {
            "proving": figures["p_taken"] / figures["p_all"],
            "neighbours_refused": 1 - figures["n_taken"] / figures["n_all"],
            "hollow_refused": 1 - figures["h_taken"] / figures["h_all"],
        }
    return {author: {name: round(value, 3) for name, value in row.items()} for author, row in told.items()}


def _of_sentences(figures: Figures) -> dict[str, float]:
    row: dict[str, float] = {}
    if figures.get("answers"):
        row["delegation"] = figures["delegation_right"] / figures["answers"]
    for name in ("vague_claims", "quantities"):
        if f"{name}_right" in figures and figures[f"{name}_right"] + figures[f"{name}_lost"] >= 10:
            row[f"{name}_precision"], row[f"{name}_recall"] = share(figures, name)
    return row


def show(found: Measured) -> None:
    """Every author, worst first, and all together."""
    told = summary(found)
    for name, row in sorted(
        told.items(), key=lambda entry: (entry[0].split()[0], min(entry[1].values(), default=1))
    ):
        print(f"{name:<14}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    totals: Counter[str] = Counter()
    for figures in found["return"].values():
        totals.update({key: round(value * 1000) for key, value in figures.items()})
    count = len(found["return"])
    precision, recall = share(totals, "missing")
    print(
        f"\n{count} returns: delegation {totals['delegation'] / count / 1000:.3f}, states "
        f"{totals['states'] / count / 1000:.1f} of 72, missing aspects P {precision:.2f} R {recall:.2f} F1 "
        f"{2 * precision * recall / max(1e-9, precision + recall):.3f}, faults {totals['caught'] // 1000} of "
        f"{totals['faults'] // 1000}, false {totals['false'] // 1000}, traps broken {totals['broken'] // 1000} of "
        f"{totals['traps'] // 1000}"
    )


def fallen(told: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What is worse than it was."""
    return [
        f"{author}: {name} {floor:.3f} -> {told[author][name]:.3f}"
        for author, row in floors.items()
        for name, floor in row.items()
        if author in told and told[author].get(name, 0.0) < floor - FALL
    ]


def main() -> int:
    """Prints the figures; keeps them or holds them against the floors where it is asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=4, help="groups in which authors are set aside")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="keep the figures")
    parser.add_argument("--floor", action="store_true", help="fail where an author's figure has fallen")
    options = parser.parse_args()
    seldom = (100_000, 20, 50)  # the collector: what a worker loads stays
    with ProcessPoolExecutor(options.jobs, initializer=gc.set_threshold, initargs=seldom) as pool:
        parts = list(pool.map(measure, range(options.folds), [options.folds] * options.folds))
    found = _joined([part for part, _ in parts])
    show(found)
    told = summary(found)
    if options.write:
        FLOORS.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        write_rules(sum((rules for _, rules in parts), Counter()), sorted(found["return"]))
    lower = fallen(told, json.loads(FLOORS.read_text(encoding="utf-8"))) if options.floor else []
    for line in lower:
        print("fallen:", line)
    return int(bool(lower))


def _joined(parts: Iterable[Measured]) -> Measured:
    whole: Measured = {"return": {}, "sentences": {}, "bank": {}}
    for part in parts:
        for kind, rows in part.items():
            whole[kind].update(rows)
    return whole


if __name__ == "__main__":
    sys.exit(main())
