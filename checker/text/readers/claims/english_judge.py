"""A judge of single English clauses: does one claim an effect as reached, where the patterns do not see it?

He sees word stems, pairs and kinds in their order, how the clause opens and closes, and the figures in it and beside
it: clauses that give their figure claim nothing that is open. Kinds of words are data (``data/english_claims.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from checker.text.ground.english_tokens import Lexicon, Token
from checker.text.ground.linear import load_model, share
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity
from frameworks.ground.yaml import load_data

MODEL = "claims_english"
MEASURES = "@"  # stands for a figure that measures, # for any other
SURE = 0.5  # share from which the judge alone makes a claim
DOUBTED = 0.2  # share below which none is one, whatever the patterns say; from authors left out
SHORTEST = 2  # words of a clause that is judged

_NUMBER = re.compile(r"\d+(?:[.,/:]\d+)*")


def is_claim(text: str, passages: Passages, place: int, quantities: Sequence[Quantity]) -> bool:
    """Whether an English clause claims an effect and gives no figure for it."""
    likely = _likelihood(text, passages, place, quantities)
    return likely is not None and likely > SURE


def is_doubted(text: str, passages: Passages, place: int, quantities: Sequence[Quantity]) -> bool:
    """Whether an English clause hardly claims one: the alarm is raised by the foreman."""
    likely = _likelihood(text, passages, place, quantities)
    return likely is not None and likely < DOUBTED


def _likelihood(text: str, passages: Passages, place: int, quantities: Sequence[Quantity]) -> float | None:
    """How likely it is; None for a clause that is too short."""
    seen = features(text, passages, place, quantities)
    return share(load_model(MODEL).scores(seen)[0]) if seen else None


def features(text: str, passages: Passages, place: int, quantities: Sequence[Quantity]) -> set[str]:
    """What the judge sees of a clause; nothing of one that is too short."""
    clauses = passages.clauses
    clause = clauses[place]
    tokens = _tokens(text, clause, quantities)
    if sum(token.word.isalpha() for token in tokens) < SHORTEST:
        return set()
    found = set(_words(tokens))
    found.add(f"length:{min(len(tokens), 16) // 4}")
    found.add("end:" + text[clause.end : clause.end + 1].strip())
    for name, other in (("-", place - 1), ("+", place + 1)):
        if not 0 <= other < len(clauses) or clauses[other].sentence != clause.sentence:
            found.add(f"{name}none")
            continue
        near = _tokens(text, clauses[other], quantities)
        found.add(f"{name}some")
        found |= {f"{name}{token.word}" for token in near if token.word in ("#", MEASURES)}
        found |= {f"{name}{kind}" for token in near for kind in token.kinds if kind in ("AIM", "NEG", "DEED")}
    return found


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    edge = Token("^", "^", ("^",), "")
    edged = [edge, *tokens, edge._replace(word="$", stem="$", kinds=("$",))]
    seen: set[str] = set()
    for at, token in enumerate(edged):
        kinds = [f"{kind}.{token.form}" for kind in token.kinds] or [f"other.{token.form}"]
        yield f"w:{token.stem}.{token.form}"
        yield f"w:{token.stem}"
        yield from (f"k:{kind}" for kind in kinds)
        if at:
            last = edged[at - 1]
            before = [f"{kind}.{last.form}" for kind in last.kinds] or [f"other.{last.form}"]
            yield f"b:{last.stem}_{token.stem}"
            yield from (f"kb:{one}_{other}" for one in before for other in kinds)
            yield from (f"sk:{last.stem}_{kind}" for kind in kinds)
            yield from (f"ks:{kind}_{token.stem}" for kind in before)
        # which kinds stand anywhere before which: bad … fell
        yield from (f"far:{kind}…{other}" for kind in seen for other in token.kinds)
        seen.update(token.kinds)


def _tokens(text: str, clause: Clause, quantities: Sequence[Quantity]) -> list[Token]:
    parts, at = [], clause.start
    measures = _measures()
    for figure in quantities:
        if clause.start <= figure.start and figure.end <= clause.end and figure.start >= at:
            parts += [text[at : figure.start], f" {MEASURES if figure.kind in measures else '#'} "]
            at = figure.end
    words = _NUMBER.sub(" ", "".join([*parts, text[at : clause.end]]))
    return _lexicon().tokens(words.lower())


@cache
def _measures() -> frozenset[str]:
    return frozenset(load_data("checker.data", "english_claims.yaml")["measures"])


@cache
def _lexicon() -> Lexicon:
    data: dict[str, Any] = load_data("checker.data", "english_claims.yaml")
    kinds = {kind: list(words) for kind, words in data["kinds"].items()}
    for kind in ("up", "down", "weak", "bad", "neutral", "qualities"):
        kinds[kind.upper()] = list(data[kind])
    return Lexicon(kinds, {**data["irregular"], **_IRREGULAR})


_IRREGULAR = {"won": "win", "met": "meet", "built": "build", "brought": "bring", "made": "make", "gave": "give",
    "given": "give", "came": "come", "felt": "feel", "held": "hold", "bought": "buy", "paid": "pay", "kept": "keep",
    "understood": "understand", "spoke": "speak", "learnt": "learn", "ran": "run", "left": "leave"}  # fmt: skip
