"""How well ``schema new`` reads other people's lists of questions: ``python -m tests.bench.question_lists [--list]``.

Of every file: the questions that were found, what was taken for one and is none, and of the things that the questions
ask for how many were cut, and how many were cut besides (examples and what stands above its parts apart).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from questionnaire.cells import squeeze
from questionnaire.drafting.drafts import draft
from questionnaire.drafting.files import read_content
from questionnaire.schema import Item
from questionnaire.vocabulary import Need
from tests.bench.cutting import worth

FOLDER = Path(__file__).parent / "lists"
WHOLE = ["whole"]  # the label of a question that asks for one thing
LEAST = 6  # letters of a question that may stand within another


class Counts(NamedTuple):
    """What one file, or several, hold and what was read."""

    asked: int = 0  # questions
    found: int = 0
    invented: int = 0
    wanted: int = 0  # things asked for
    cut: int = 0  # of these
    besides: int = 0  # cut, and asked for by nobody

    def plus(self, other: Counts) -> Counts:
        """The sum of both."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))


def authors() -> list[str]:
    """All authors, in order."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def measured(author: str) -> Iterator[tuple[str, Counts, list[str]]]:
    """Every file of an author with its counts and what was lost or invented, in words."""
    folder = FOLDER / author
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    for name, questions in asked.items():
        listing = read_content((folder / name).read_bytes(), name, "")
        parts = draft(listing, name).parts
        items = [item for part in parts for section in part.sections for item in section.items]
        yield name, *_of_file(questions, items)


def _of_file(questions: Sequence[dict[str, Any]], items: Sequence[Item]) -> tuple[Counts, list[str]]:
    left = list(items)
    counts, told = Counts(asked=len(questions)), []
    for question in questions:
        item = _read(question["text"], left)
        if item is None:
            counts = counts.plus(Counts(wanted=len(question["aspects"])))
            told.append(f"lost: {question['text']}")
            continue
        left.remove(item)
        of_question, words = _cut(question, item)
        counts, told = counts.plus(of_question), told + words
    told += [f"no question: {item.question}" for item in left]
    return counts.plus(Counts(invented=len(left))), told


def _read(text: str, items: Sequence[Item]) -> Item | None:
    """The item of a question: the one that says the same, else one that holds it or stands within it."""
    asked = squeeze(text)
    for item in items:
        if squeeze(item.question) == asked:
            return item
    for item in items:
        read = squeeze(item.question)
        if (read in asked or asked in read) and min(len(read), len(asked)) >= LEAST:
            return item
    return None


def _cut(question: dict[str, Any], item: Item) -> tuple[Counts, list[str]]:
    wanted = [question["text"]] if question["aspects"] == WHOLE else question["aspects"]
    cuts = [(aspect.ask, aspect.need is Need.REQUIRED) for aspect in item.aspects]
    table = np.array([[worth(ask, want) for want in wanted] for ask, _ in cuts])
    pairs = [
        (row, column)
        for row, column in zip(*linear_sum_assignment(-table), strict=True)
        if table[row, column]
    ]
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    lost = [want for at, want in enumerate(wanted) if at not in columns]
    besides = [ask for at, (ask, required) in enumerate(cuts) if required and at not in rows]
    told = [f"{question['text']}\n    lost: {lost}\n    besides: {besides}"] if lost or besides else []
    return Counts(found=1, wanted=len(wanted), cut=len(pairs), besides=len(besides)), told


def main() -> None:
    """Prints the counts of every file and author."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="name what is lost and what is invented")
    options = parser.parse_args()
    for author in authors():
        total = Counts()
        for name, counts, told in measured(author):
            total = total.plus(counts)
            if options.list:
                print(f"{author}/{name}", *told, sep="\n  ")
        print(
            f"{author}: questions {total.found} of {total.asked}, no questions {total.invented}; "
            f"asks {total.cut} of {total.wanted} ({total.cut / total.wanted:.1%}), besides {total.besides}"
        )


if __name__ == "__main__":
    main()
