"""How well aspects are judged without cues.

Run: ``python -m tests.bench.by_ask [--authors 8] [--floor]``

This questionnaire's own aspects, all cues taken away; authors are set aside.

learned: the models of its items are kept, trained on the other authors.
asked: nothing but the words of the asks, as in the draft of a new questionnaire. A quarter of the questions is set
aside with each author: the model that weighs the words has seen neither.

``--floor`` ends with 1 where a figure has fallen below what README says.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import ExitStack

from msgspec.structs import replace

from checker.checking.engine import check
from checker.finding import AspectState, Report
from checker.text.ground.linear import instead as linear_instead
from questionnaire.answers import Answer, Place, Return
from questionnaire.editions import newest
from questionnaire.proofs import instead as proofs_instead
from questionnaire.proofs import read_proofs
from questionnaire.schema import Item, Schema
from tests.bench import material, strangers
from tests.bench.training import asking, proofs
from tests.bench.training.judges import SPOKEN

PARTS = 4  # of the questions, set aside in turns
FLOORS = {"learned": 55.0, "asked": 52.0}  # states of 72 that are right


def bare(schema: Schema) -> Schema:
    """The questionnaire with all cues taken away; its models are kept."""
    parts = tuple(
        replace(
            part, sections=tuple(replace(each, items=tuple(map(_bare, each.items))) for each in part.sections)
        )
        for part in schema.parts
    )
    found = Schema(edition=schema.edition, parts=parts)
    return found if schema.knowledge is None else found.knowing(schema.knowledge)


def _bare(item: Item) -> Item:
    return replace(item, aspects=tuple(replace(aspect, cues=()) for aspect in item.aspects))


def learned(schema: Schema, authors: Sequence[str]) -> Counter[str]:
    """Read by models of the other authors."""
    pieces = [
        *(
            piece
            for each in material.learned_from("bank.tsv")
            if each not in authors
            for piece in material.bank(each)
        ),
        *material.examples(),
    ]
    others = [
        proofs.read(schema, material.labelled_return(each))
        for each in material.learned_from("return.json")
        if each not in authors
    ]
    models = read_proofs(proofs.train(schema, proofs.bank_rows(pieces), others))
    without = bare(schema)
    counts: Counter[str] = Counter()
    with ExitStack() as reading:
        reading.enter_context(proofs_instead(schema.edition.id, models))
        reading.enter_context(linear_instead({"hollow": proofs.hollow_model(pieces)}))
        for author in authors:
            labels = material.labelled_return(author)
            counts += counted(_report(without, labels), labels, without.by_id)
    return counts


def asked(schema: Schema, authors: Sequence[str]) -> Counter[str]:
    """Read by the words of the asks alone."""
    returns = [
        proofs.read(schema, material.labelled_return(each)) for each in material.learned_from("return.json")
    ]
    pieces = [piece for each in material.learned_from("bank.tsv") for piece in material.bank(each)]
    known = [*asking.of_returns(returns), *asking.of_bank(schema, pieces)]
    places = {item.id: number % PARTS for number, item in enumerate(schema.items)}
    without = bare(schema)
    counts: Counter[str] = Counter()
    with proofs_instead(schema.edition.id, {}):
        for author in authors:
            labels = material.labelled_return(author)
            for part in range(PARTS):
                rows = [row for row in known if row.author != author and places[row.item] != part]
                with linear_instead({asking.MODEL: asking.model(rows)}):
                    report = _report(without, labels)
                counts += counted(report, labels, [item for item, at in places.items() if at == part])
    return counts


def _report(schema: Schema, labels: material.LabelledReturn) -> Report:
    place = Place(f"{labels.author}.txt")
    given = tuple(Answer(item, text, place) for item, text in labels.answers.items() if text.strip())
    return check(schema, Return(place.file, "0" * 64, labels.company, labels.year, given), strict=True)


def counted(report: Report, labels: material.LabelledReturn, items: Collection[str]) -> Counter[str]:
    """Of some items: missing aspects right, false, lost, in answers that disclose something (``part``) and in all that
    say something (``all``); states that are right.
    """  # fmt: skip
    gold = labels.gold
    doubtful = set(gold.get("arguable_aspects", ()))
    found = {aspect.id: aspect.state for item in report.items for aspect in item.aspects}
    counts: Counter[str] = Counter(items=len(items))
    for aspect, state in gold["aspects"].items():
        item = aspect.rpartition(".")[0]
        if item not in items or aspect in doubtful or gold["states"][item] not in SPOKEN:
            continue
        if not labels.answers.get(item, "").strip() or state not in ("missing", "disclosed"):
            continue
        told = (state == "missing", found[aspect] is AspectState.MISSING)
        kind = {(True, True): "right", (False, True): "false", (True, False): "lost"}.get(told, "neither")
        counts[f"all_{kind}"] += 1
        counts[f"part_{kind}"] += gold["states"][item] != "missing"
    for result in report.items:
        counts["states"] += result.id in items and result.state.value == gold["states"][result.id]
    return counts


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--authors", type=int, default=8, help="how many authors are read")
    parser.add_argument("--only", choices=["learned", "asked"], help="one of the two")
    parser.add_argument("--floor", action="store_true", help="fail where the figures have fallen")
    options = parser.parse_args()
    everybody = material.learned_from("return.json")
    chosen = everybody[:: max(1, len(everybody) // options.authors)][: options.authors]
    print(f"{len(chosen)} authors: {', '.join(chosen)}")
    fallen = False
    for name, read in (("learned", learned), ("asked", asked)):
        if options.only not in (None, name):
            continue
        counts = read(newest(), chosen)
        states = 72 * counts["states"] / max(1, counts["items"])
        shares = [(kind, *strangers.share(counts, kind)) for kind in ("part", "all")]
        told = ", ".join(f"{kind}: P {precision:.2f} R {recall:.2f}" for kind, precision, recall in shares)
        print(f"{name}: states {states:.1f} of 72; missing aspects {told}")
        fallen |= states < FLOORS[name]
    return int(options.floor and fallen)


if __name__ == "__main__":
    sys.exit(main())
