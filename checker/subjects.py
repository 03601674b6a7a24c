"""Which item an answer is about, and where else a missing aspect is answered."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.coverage import Content, ItemReading, ReturnReading
from checker.evidence import prove
from checker.finding import AspectState
from checker.text.similarity import bigram_containment, bigrams
from questionnaire.schema import Aspect, Item, Need, Schema

PROVED = 1 / 3  # share of aspects; an answer that proves more is on its subject
FAR = 0.4  # the own subject's score against the nearest one's
RANK = 5  # the own subject stands at least here among all
NAMED = 0.3  # share of an aspect's bigrams in the words found elsewhere: generic aspects name nothing
CHINESE = 0.5  # share of Chinese characters below which bigrams say nothing
SPEAKS = 0.5  # score below which an answer is about none of the subjects
_WORD_ENDS = re.compile(r"[()|+&!@ ]")


@dataclass(frozen=True)
class _Index:
    """Weighted bigrams of every item's question and cues."""

    postings: dict[str, list[tuple[int, float]]]  # bigram → (place of the item, weight)
    places: dict[str, int]  # item id → place


class _Same:
    """A schema as a key of a cache: the same object, not an equal one."""

    __slots__ = ("schema",)

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def __hash__(self) -> int:
        return id(self.schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.schema is self.schema


def closest(schema: Schema, reading: ItemReading) -> str | None:
    """The item whose subject an answer has, "" for none of them, None when it keeps to its own."""
    aspects = reading.aspects
    proved = sum(found.state is not AspectState.MISSING for found in aspects)
    if proved > PROVED * len(aspects):
        return None
    scores = [0.0] * len(schema.items)
    if _on_subject(reading):
        return None
    index = _index(_Same(schema))
    for pair in bigrams(reading.text):
        for place, weight in index.postings.get(pair, ()):
            scores[place] += weight
    own = scores[index.places[reading.item.id]]
    best = max(range(len(scores)), key=scores.__getitem__)
    silent = proved == 0 and own < SPEAKS
    if not silent and (sum(score > own for score in scores) < RANK - 1 or own > FAR * scores[best]):
        return None
    nearest = schema.items[best]
    sibling = schema.sections[nearest.id] == schema.sections[reading.item.id]
    if sibling and any(word in reading.text for word in reading.item.topic):
        return None
    return nearest.id if scores[best] >= SPEAKS else ""


def _on_subject(reading: ItemReading) -> bool:
    """Whether a word of the item's topic stands in a third of its sentences, or the answer is not in Chinese."""
    if sum("一" <= letter <= "龥" for letter in reading.text) < CHINESE * len(reading.text):
        return True
    parts = [reading.text[part.start : part.end] for part in reading.passages.sentences]
    named = sum(any(word in part for word in reading.item.topic) for part in parts)
    return named * 3 >= len(parts)


@lru_cache(maxsize=4)
def _index(key: _Same) -> _Index:
    documents = [_words(item) for item in key.schema.items]
    counts = Counter(pair for document in documents for pair in document)
    weight = {pair: math.log((len(documents) + 1) / (count + 0.5)) ** 2 for pair, count in counts.items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, document in enumerate(documents):
        length = math.sqrt(sum(weight[pair] for pair in document))
        for pair in document:
            postings[pair].append((place, weight[pair] / length))
    return _Index(dict(postings), {item.id: place for place, item in enumerate(key.schema.items)})


def _words(item: Item) -> frozenset[str]:
    cues = {word for aspect in item.judged for cue in aspect.cues for word in _WORD_ENDS.split(cue)}
    return bigrams(item.question).union(*(bigrams(word) for word in cues))


def elsewhere(whole: ReturnReading, reading: ItemReading) -> Iterator[tuple[Aspect, ItemReading, str]]:
    """Missing aspects of an item whose evidence stands in another answer of the same section."""
    missing = [found.aspect for found in reading.of_state(AspectState.MISSING)]
    missing = [aspect for aspect in missing if aspect.need in (Need.REQUIRED, Need.EXAMPLE) and aspect.cues]
    if not missing:
        return
    _, section = whole.schema.sections[reading.item.id]
    others = [whole.by_id[item.id] for item in section.items if item.id != reading.item.id]
    others = [
        other
        for other in others
        if other.content is Content.TEXT and any(word in other.text for word in reading.item.topic)
    ]
    for aspect in missing:
        for other in others:
            proof = prove(aspect, other.facts)
            if proof is None or proof.lacks_figure or _shared(aspect, other):
                continue
            if bigram_containment(aspect.ask, proof.evidence) >= NAMED and any(
                word in proof.evidence for word in reading.item.topic
            ):
                yield aspect, other, proof.evidence
                break


def _shared(aspect: Aspect, other: ItemReading) -> bool:
    """Whether the other item asks for the same thing: then its answer is its own."""
    return any(aspect.ask == asked.ask for asked in other.item.judged)
