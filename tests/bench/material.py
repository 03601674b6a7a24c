"""The labelled material: who wrote what, and what it is labelled as."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from checker.text.ground.agents import short_names
from checker.text.ground.english import is_mostly_english
from frameworks.ground.yaml import read_yaml

FOLDER = Path(__file__).parent / "material"
CASES = Path(__file__).parent.parent / "cases" / "aspects"

RELYING = frozenset(
    {"delegated-item", "delegated-aspect", "policy-reference", "suspected-delegation", "na-and-delegated"}
)


EXAMPLES = "examples"  # whoever adds lines to tests/cases
_QUOTED, _QUOTES = re.compile("«([^»]*)»"), re.compile("[«»]")


class Piece(NamedTuple):
    """A piece of an answer that stands alone: ``p`` proves, ``n`` is about a neighbouring matter, ``h`` is hollow."""

    author: str
    item: str
    first: str  # the aspect for which it was written
    proves: frozenset[str]
    kind: str
    text: str


class LabelledAnswer(NamedTuple):
    """An answer with what it is labelled to be; ``evidence`` None where the label quotes no words."""

    author: str
    text: str
    delegation: str
    evidence: tuple[str, ...] | None
    own_names: tuple[str, ...] = ()
    item: str | None = None  # None where it answers no question of a return


@dataclass(frozen=True)
class LabelledReturn:
    """A whole return with its labels."""

    author: str
    company: str
    year: int
    parent: tuple[str, ...]  # all its names
    answers: dict[str, str]
    gold: dict[str, Any]


ENGLISH = frozenset(path.name for path in FOLDER.glob("e?*"))  # who writes English alone


def authors(file: str, folder: Path = FOLDER) -> list[str]:
    """Everybody of whom there is such a file, in order."""
    return sorted(path.parent.name for path in folder.glob(f"*/{file}"))


def learned_from(file: str, folder: Path = FOLDER) -> list[str]:
    """Those of them who write Chinese: on them all models are trained but those of English clauses."""
    return [author for author in authors(file, folder) if author not in ENGLISH]


def english(file: str, folder: Path = FOLDER) -> list[str]:
    """Those of them who write English."""
    return [author for author in authors(file, folder) if author in ENGLISH]


def bank(author: str, folder: Path = FOLDER) -> Iterator[Piece]:
    """The pieces of one author."""
    for line in (folder / author / "bank.tsv").read_text(encoding="utf-8").splitlines():
        ids, kind, text = line.split("\t")
        written_for, _, instead = ids.partition("|")
        named = [each.strip() for each in written_for.split(",")]
        proves = named if kind == "p" else [each.strip() for each in instead.split(",") if each.strip()]
        yield Piece(author, named[0].rpartition(".")[0], named[0], frozenset(proves), kind, text)


def examples() -> Iterator[Piece]:
    """The example lines of every aspect (``tests/cases/aspects``): what a newcomer adds."""
    for path in sorted(CASES.glob("part*.yaml")):
        for aspect, kinds in read_yaml(path.read_bytes(), path.name).data["aspects"].items():
            for kind, lines in kinds.items():
                for words in lines:
                    item = aspect.rpartition(".")[0]
                    if kind == "absent":
                        yield Piece(EXAMPLES, item, aspect, frozenset(), "n", words)
                    else:
                        yield Piece(EXAMPLES, item, aspect, frozenset({aspect}), "p", words)


def delegation_examples() -> Iterator[LabelledAnswer]:
    """The example lines of the four kinds of delegation (``tests/cases/text/delegation.yaml``)."""
    path = CASES.parent / "text" / "delegation.yaml"
    for kind, words in read_yaml(path.read_bytes(), path.name).data["cases"]:
        yield LabelledAnswer(EXAMPLES, words, kind, None)


def english_examples() -> Iterator[LabelledAnswer]:
    """The same in English (``english.yaml``, ``english_delegation.yaml``); « » stand around what relies."""
    path = CASES.parent / "text" / "english.yaml"
    data = read_yaml(path.read_bytes(), path.name).data
    for kind, words in data["delegation"]:
        yield LabelledAnswer(EXAMPLES, words, kind, None)
    for case in data["cases"]:
        yield LabelledAnswer(EXAMPLES, case["text"], case.get("delegation", "none"), None)
    path = path.with_name("english_delegation.yaml")
    for kind, rows in read_yaml(path.read_bytes(), path.name).data.items():
        for words in rows:
            quoted = tuple(_QUOTED.findall(words))
            yield LabelledAnswer(EXAMPLES, _QUOTES.sub("", words), kind, quoted)


def english_claims(folder: Path = FOLDER) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """English texts with the clauses in which they claim an effect and give no figure, each with its author."""
    for name in ("english.yaml", "english_claims.yaml"):
        path = CASES.parent / "text" / name
        data = read_yaml(path.read_bytes(), path.name).data
        for words in data.get("claims", ()):
            yield EXAMPLES, _QUOTES.sub("", words), tuple(_QUOTED.findall(words))
        yield from ((EXAMPLES, words, (words,)) for words in data.get("fires", ()))
        yield from ((EXAMPLES, words, ()) for words in data["silent"])
        yield from ((EXAMPLES, case["text"], tuple(case.get("vague", ()))) for case in data.get("cases", ()))
    for author in english("sentences.jsonl", folder):
        for row in sentences(author, folder):
            yield author, row["text"].replace("\n", " "), tuple(row["vague_claims"])
    for author in english("return.json", folder):
        whole = labelled_return(author, folder)
        for item, text in whole.answers.items():
            quoted = (
                finding["evidence"]
                for finding in whole.gold["findings"]
                if finding["rule"] == "vague-claim" and finding["item"] == item
            )
            yield author, text, tuple(quoted)


def labelled_return(author: str, folder: Path = FOLDER) -> LabelledReturn:
    """The return of one author."""
    data = json.loads((folder / author / "return.json").read_text(encoding="utf-8"))
    names = (data["parent"]["name"], *data["parent"].get("aliases", ()))
    return LabelledReturn(author, data["company"], data["year"], names, data["answers"], data["gold"])


def sentences(author: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The short answers of one author, without those on which careful readers differ."""
    lines = (folder / author / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if not row.get("borderline")]


def answers(folder: Path = FOLDER) -> Iterator[LabelledAnswer]:
    """Every answer whose delegation is labelled: examples, short answers, those of returns."""
    yield from delegation_examples()
    yield from _answers(learned_from("sentences.jsonl", folder), learned_from("return.json", folder), folder)


def english_answers(folder: Path = FOLDER) -> Iterator[LabelledAnswer]:
    """The same in English: of those who write it, and of others here and there."""
    yield from english_examples()
    yield from (answer for answer in answers(folder) if is_mostly_english(answer.text))
    yield from _answers(english("sentences.jsonl", folder), english("return.json", folder), folder)


def _answers(
    in_sentences: Iterable[str], in_returns: Iterable[str], folder: Path
) -> Iterator[LabelledAnswer]:
    for author in in_sentences:
        for row in sentences(author, folder):
            if "delegation" not in row:
                continue
            text = row["text"].replace("\n", " ")
            evidence = row.get("delegation_evidence")
            yield LabelledAnswer(
                author, text, row["delegation"], None if evidence is None else tuple(evidence)
            )
    for author in in_returns:
        whole = labelled_return(author, folder)
        own = (whole.company, *short_names(whole.company, whole.answers.values(), whole.parent))
        for item, text in whole.answers.items():
            if not text.strip():
                continue
            quoted = tuple(
                finding["evidence"]
                for finding in whole.gold["findings"]
                if finding["item"] == item and finding["rule"] in RELYING
            )
            kind = whole.gold["delegation"][item]
            evidence = () if kind == "none" else quoted or None
            yield LabelledAnswer(author, text, kind, evidence, own, item)
