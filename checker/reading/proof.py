"""Which aspects of its item an answer proves: a linear model an item over the letters of every piece of the answer.

The models lie beside the questions that they know (``questionnaire/schemas/<id>/proofs.json.gz``) and are trained on
answers by many authors (``python -m tests.bench.training``). Each gives a piece a share for every aspect of the item
and one for "proves nothing"; how the pieces of an answer add up to a proof is weighed by one model for all aspects.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from math import exp, log, log1p
from operator import add
from typing import NamedTuple

from checker.reading.letters import Lanes, Letters, Rows, Totals, count_runs, lanes, letters, runs
from checker.reading.units import Piece
from checker.text.ground.english import is_mostly_english
from checker.text.ground.linear import Linear, load_model, share
from questionnaire.proofs import MIDDLE, Hollow, ItemProofs, numbers_of
from questionnaire.schema import Aspect, Item
from questionnaire.vocabulary import FigureNeed

PROVED = 0.5  # share from which an aspect counts as proved; from authors left out
LIKELY = 0.4  # share from which a cue of the schema settles it
PROVED_ALONE = 0.4  # the same where the answer says one thing only
SPOKEN_OF = 0.35  # share among the aspects from which words speak of one
ALONE = 60  # letters of an answer that says one thing
ALSO = 0.08  # share from which a piece that proves one aspect seems to prove another too
FLOOR = 1e-4

_BLANK = re.compile(r"\W")
_YEAR = re.compile(r"20[0-3]\d")


class Weight(NamedTuple):
    """What the model makes of an aspect: its share of 1, and the piece that speaks loudest for it."""

    share: float
    piece: Piece
    is_alone: bool  # the answer says one thing only

    @property
    def is_proved(self) -> bool:
        """Whether that is enough."""
        return self.share >= (PROVED_ALONE if self.is_alone else PROVED)

    @property
    def is_likely(self) -> bool:
        """Whether a cue of the schema would be enough."""
        return self.share >= LIKELY


@lru_cache(maxsize=1024)
def _rows(model: ItemProofs) -> Rows:
    return Rows(model.weights, _hollow_rows(model.hollow))


@lru_cache(maxsize=8)
def _hollow_rows(model: Hollow) -> Lanes:
    return Lanes(model.weights)


class _Reader(NamedTuple):
    """An answer with the running totals of one model."""

    model: ItemProofs
    text: Letters
    totals: Totals

    def shares(self, spans: Sequence[tuple[int, int]]) -> list[float]:
        """The share of every aspect, and last that of "nothing", of the words in some stretches of the answer."""
        model = self.model
        total = runs = 0
        for start, end in spans:
            first, last = self.text.stretch(start, end)
            total += self.totals.between(first, last)
            runs += count_runs(last - first)
        *sums, known, hollow, hollow_known = lanes(total, len(model.classes) + 3)
        norm, scale, nought = 1 / max(1, runs) ** 0.5, model.scale, MIDDLE * known
        scores = [(each - nought) * scale * norm + bias for each, bias in zip(sums, model.bias, strict=True)]
        scores[-1] += (hollow - MIDDLE * hollow_known) * model.hollow.scale * norm
        high = max(scores)
        raised = [exp(score - high) for score in scores]
        whole = sum(raised)
        return [each / whole for each in raised]


def shares_of(model: ItemProofs, own: str, pieces: Sequence[Piece]) -> list[list[float]]:
    """For every piece of an answer the share of every aspect, and last that of "nothing"."""
    folded = letters(own)
    reader = _Reader(model, folded, Totals.of(_rows(model), numbers_of(folded.text)))
    return [reader.shares(piece.spans) for piece in pieces]


class Lead(NamedTuple):
    """The aspect that a piece speaks for most, its share, and the next aspect's."""

    place: int
    share: float
    next: float

    @classmethod
    def of(cls, row: Sequence[float]) -> Lead:
        """From the shares of a piece, the last of which is "nothing"."""
        shares = list(row[:-1])
        share = max(shares)
        place = shares.index(share)
        shares[place] = 0.0
        return cls(place, share, max(shares))


def _leading(leads: Sequence[Lead], place: int, column: Sequence[float]) -> float:
    """Where an aspect has the most of its own share and the largest of the others: how much that is."""
    return max(
        [
            share / (share + (after if place == first else most) + FLOOR)
            for (first, most, after), share in zip(leads, column, strict=True)
        ]
    )


class AnswerLayout(NamedTuple):
    """An answer laid out for weighing: for every piece the share of every aspect, and last that of "nothing"."""

    text: str  # what is one's own; the rest is blanked
    pieces: Sequence[Piece]
    table: Sequence[Sequence[float]]
    columns: Sequence[tuple[float, ...]]  # the same by aspect
    likeliest: Sequence[int]  # the place of the largest share of every piece
    leads: Sequence[Lead]
    tops: list[float]  # the largest share of every aspect
    bare: Sequence[str]  # the letters of every piece alone
    said: str  # those of all pieces
    outer: Sequence[int]  # the places of the pieces that are no part of another one
    around: Sequence[float]  # log-odds that the sentence of every piece says nothing
    hollow: float  # the same of all sentences, by their lengths
    year: int | None
    is_alone: bool  # it says one thing only


def lay_out(model: ItemProofs, own: str, pieces: Sequence[Piece], year: int | None) -> AnswerLayout:
    """An answer with at least one piece, laid out."""
    sentences = _around(pieces)
    around = [hollowness(sentence.words) for sentence in sentences]
    pairs = zip(pieces, sentences, strict=True)
    table = shares_of(model, own, pieces)
    columns = list(zip(*table, strict=True))
    bare = [_bare(piece.words) for piece in pieces]
    outer = [
        place for place, (piece, sentence) in enumerate(pairs) if sentence is piece or len(piece.spans) > 1
    ]
    return AnswerLayout(
        text=own,
        pieces=pieces,
        table=table,
        columns=columns,
        likeliest=[row.index(max(row)) for row in table],
        leads=[Lead.of(row) for row in table],
        tops=list(map(max, columns[:-1])),
        bare=bare,
        said="\n".join([bare[place] for place in outer]),
        outer=outer,
        around=around,
        hollow=hollowness_of(pieces),
        year=year,
        is_alone=sum(map(len, own.split())) <= ALONE,
    )


def weigh(
    item: Item,
    model: ItemProofs,
    own: str,
    pieces: Sequence[Piece],
    year: int | None,
    cued: Container[str],
) -> dict[str, Weight]:
    """Every aspect of an item, weighed over the pieces of its answer; empty for an answer without any.

    ``own`` is the answer with what is handed over or does not apply blanked; ``cued`` are the aspects of which a cue
    of the schema stands there.
    """
    if not pieces:
        return {}
    laid = lay_out(model, own, pieces, year)
    aspects = {aspect.id: aspect for aspect in item.aspects}
    distinct = distinct_words(item)
    judge = load_model(judge_of(own, is_alone=laid.is_alone))
    found = {}
    for place, name in enumerate(model.classes[:-1]):
        if (aspect := aspects.get(name)) is not None:
            best = laid.columns[place].index(laid.tops[place])
            values = evidence(aspect, place, laid, distinct[name], model.habits.left_out[place], name in cued)
            found[name] = Weight(share(judge.weighted(values)[0]), pieces[best], laid.is_alone)
    return found


def judge_of(own: str, *, is_alone: bool) -> str:
    """Which model weighs the pieces of an answer: the shares of English pieces are smaller, as they hold more words."""
    return "proof_alone" if is_alone else "proof_english" if is_mostly_english(own) else "proof"


def spoken_of(model: ItemProofs, words: str) -> dict[str, float]:
    """How surely some words speak of each aspect, whether or not they prove it: shares of 1 among the aspects."""
    shares = shares_of(model, words, (Piece(((0, len(words)),), words),))[0]
    told = sum(shares[:-1]) or 1.0
    return {name: share / told for name, share in zip(model.classes, shares[:-1], strict=False)}


def likeliest(model: ItemProofs, words: str) -> frozenset[str]:
    """The aspects that some words speak of."""
    return frozenset(name for name, share in spoken_of(model, words).items() if share >= SPOKEN_OF)


def distinct_words(item: Item) -> Mapping[str, frozenset[str]]:
    """For every aspect the pairs of letters of its ask that stand in no other ask of the item; all where none do."""
    return _distinct(tuple((aspect.id, aspect.ask) for aspect in item.aspects))


@lru_cache(maxsize=1024)
def _distinct(asks: tuple[tuple[str, str], ...]) -> Mapping[str, frozenset[str]]:
    pairs = {name: _pairs(ask) for name, ask in asks}
    counts = Counter(pair for each in pairs.values() for pair in each)
    return {
        name: frozenset(pair for pair in each if counts[pair] == 1) or frozenset(each)
        for name, each in pairs.items()
    }


def evidence(
    aspect: Aspect, place: int, laid: AnswerLayout, distinct: frozenset[str], left_out: float, is_cued: bool
) -> list[float]:
    """What speaks for an aspect, as figures.

    The shares of its best pieces, what kind of piece that is, whether the words of its ask stand there, how hollow the
    answer is, and how often answers leave the aspect out. Not how long it is: a short answer is no bad one.
    """
    table, pieces, year = laid.table, laid.pieces, laid.year
    column = laid.columns[place]
    best = column.index(laid.tops[place])
    second = max(column[:best] + column[best + 1 :], default=FLOOR)
    others = laid.tops[:place] + laid.tops[place + 1 :]
    piece = pieces[best]
    # of one piece the words of the ask tell nothing: echoes are made of them
    weight = 0.0 if laid.is_alone else 1 / max(1, len(distinct))
    held = [pair for pair in distinct if pair in laid.said]
    asked = [sum(map(laid.bare[at].__contains__, held)) for at in laid.outer]  # parts hold no more
    most = max(asked)
    told = laid.outer[asked.index(most)]
    many = len([share for share in table[best][:-1] if share > ALSO])
    top = odds(column[best])
    count = len(table[0]) - 1
    has_digit = any(map(str.isdigit, piece.words))
    return [
        top,
        odds(second),
        odds(table[best][-1]),
        float(count),
        sum(others) / len(others) if others else 0.5,
        float(laid.likeliest[best] == place),
        float(has_digit),
        float(has_digit and aspect.figure is not FigureNeed.NONE),
        float(aspect.figure is FigureNeed.REQUIRED),
        float(len(piece.words) < 15),
        float(_is_old(piece.words, year)),
        float(piece.is_idle),
        float(piece.is_idle and aspect.plan),
        laid.around[best],
        float(is_cued),
        top * is_cued,
        left_out,
        laid.hollow,
        log1p(laid.likeliest.count(place)),
        _leading(laid.leads, place, column),
        most * weight * (1 - table[told][-1]),
        float(many),
        sum(map(laid.bare[best].__contains__, held)) * weight * many,
    ]


def _around(pieces: Sequence[Piece]) -> list[Piece]:
    """Of every piece the sentence it is a clause of, or itself; sentences stand before their clauses."""
    found: list[Piece] = []
    sentence = pieces[0]
    for piece in pieces:
        start, end = piece.place
        first, last = sentence.place
        if not (first <= start and end <= last):
            sentence = piece
        found.append(sentence)
    return found


def hollowness(words: str) -> float:
    """Log-odds that words are a slogan, a duty, a plan or an echo, whatever they are about."""
    return _hollowness(words, load_model("hollow"))


def hollowness_of(pieces: Sequence[Piece]) -> float:
    """The same of all sentences of an answer, by their lengths."""
    whole = [
        (hollowness(piece.words), len(piece.words))
        for piece, sentence in zip(pieces, _around(pieces), strict=True)
        if sentence is piece
    ]
    return sum(hollow * length for hollow, length in whole) / max(1, sum(length for _, length in whole))


@lru_cache(maxsize=4096)
def _hollowness(words: str, model: Linear) -> float:
    return model.score(set(runs(letters(words).text)))


def odds(value: float) -> float:
    """Log-odds of a share, never endless."""
    return log(max(value, FLOOR) / max(1 - value, FLOOR))


def _bare(words: str) -> str:
    return _BLANK.sub("", words.lower())


def _pairs(words: str) -> frozenset[str]:
    bare = _bare(words)
    return frozenset(map(add, bare, bare[1:]))


def _is_old(words: str, year: int | None) -> bool:
    """Whether an earlier year stands there and not the reporting year."""
    if year is None or "20" not in words:
        return False
    years = [int(found) for found in _YEAR.findall(words)]
    return bool(years) and max(years) < year
