"""All rules on the labelled material that is our own: the samples, the cases, the worked reading of the real return.

Run: ``python -m tests.bench.ours [--returns FOLDER]… [--list] [--write]``

Material: the rules' cases (``tests/cases``, written with the rules: they show that a rule works, not how often it
is right), labelled sentences and the worked reading beside the project (``../shared``), the samples with labels
(``tests/bench/labels``), and folders of returns (``rN.txt`` with ``rN.labels.json``). What is not there is said to
be skipped. ``--write`` puts the counts into ``checker/data/reliability.yaml``, which ``esgcheck explain`` shows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from checker.checking.engine import check
from checker.reading.answers import read_answers as read_states
from checker.rules import RULES
from questionnaire.editions import newest
from questionnaire.reading import read_return
from tests.bench import sentences
from tests.bench.labelling import Labels, read_data, read_labels, worked_reading
from tests.bench.printing import print_cases, print_score
from tests.bench.reliability import write
from tests.bench.scoring import Score, compare

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"
LABELS = Path(__file__).parent / "labels"
WORKED = "worked-reading"


def returns(folders: list[Path]) -> Iterator[tuple[str, Path, Labels]]:
    """Every labelled return that is there: its name, its file, its labels."""
    real = SHARED / "returns" / "ksm-2024.txt"
    if real.is_file():
        yield WORKED, real, worked_reading(read_data(LABELS / f"{WORKED}.yaml"))
    else:
        print(f"skipped: {WORKED} (the return is not here)")
    for path in sorted(LABELS.glob("*.yaml")):
        if path.stem != WORKED:
            yield path.stem, ROOT / "samples" / f"{path.stem}.xlsx", read_labels(path)
    for folder in folders:
        found = sorted(folder.glob("*.labels.json"))
        if not found:
            print(f"skipped: {folder} (no *.labels.json)")
        for path in found:
            stem = path.name.removesuffix(".labels.json")
            for source in (folder / f"{stem}{suffix}" for suffix in (".txt", ".xlsx", ".docx", ".md")):
                if source.is_file():
                    yield stem, source, read_labels(path)
                    break
            else:
                print(f"skipped: {path.name} (its return is not there)")


def score_return(path: Path, labels: Labels) -> Score:
    """One return, checked and compared."""
    schema = newest()
    source = read_return(path, schema)
    return compare(check(schema, source, strict=True), read_states(schema, source), labels, RULES)


def main() -> None:
    """Prints the figures; writes them where it is asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--returns", action="append", type=Path, default=[], metavar="FOLDER")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="these returns only")
    parser.add_argument("--list", action="store_true", help="false and missed findings of every return")
    parser.add_argument("--write", action="store_true", help="refresh checker/data/reliability.yaml")
    options = parser.parse_args()
    total, names = Score(), []
    for name, path, labels in returns(options.returns):
        if options.only and name not in options.only:
            continue
        score = score_return(path, labels)
        print_score(name, score, with_lists=options.list)
        total.add(score)
        names.append(name)
    if len(names) != 1:
        print_score(f"all {len(names)} returns", total, with_lists=False)
    if options.only:
        return
    cases = sentences.rule_cases(newest())
    print_cases("cases of the rules (tests/cases)", cases)
    if (SHARED / "cases").is_dir():
        print_cases("sentences on delegation (../shared/cases)", sentences.delegation(newest(), SHARED))
        print_cases("sentences on quantities (../shared/cases)", sentences.quantities(SHARED))
    else:
        print("skipped: ../shared/cases (not here)")
    if options.write:
        write(total, cases, names)


if __name__ == "__main__":
    main()
