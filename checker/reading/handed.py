"""Which aspects the words of a delegation give away, and which ones a topic names."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from checker.reading.proof import Weight, likeliest, odds, spoken_of
from checker.text.ground.english import gloss, is_mostly_english
from checker.text.ground.similarity import bigram_containment
from checker.text.ground.spans import Span
from questionnaire.proofs import ItemProofs
from questionnaire.schema import Aspect, Item

TOPIC_OVERLAP = 0.5  # share of an ask that a topic repeats when it names it
PROOF = 0.5  # what the proof of an aspect counts against the words that give it away
SURELY_ONE = -4.0  # log-odds from which the likeliest goes whatever proves it
UNPROVED = -1.0  # log-odds below which an aspect is no more unproved
NAMING = 2.0  # what it counts that a topic names an aspect in its own words


def handed_over(
    item: Item,
    proofs: ItemProofs | None,
    topics: Sequence[Span],
    weighed: Mapping[str, Weight],
    counted: Container[str],
) -> dict[str, str]:
    """The aspects that a partial delegation gives away, with the words that do; the likeliest one at least.

    What speaks for an aspect in the words that rely is held against what the rest of the answer proves of it; what
    is ``counted`` there goes only where nothing else does.
    """
    if proofs is None:
        return named(item, proofs, topics)
    spoken: dict[str, tuple[float, str]] = {}
    for topic in topics:
        shares = spoken_of(proofs, topic.text)
        for aspect in item.judged:
            if (share := shares.get(aspect.id)) is not None:
                repeated = bigram_containment(aspect.ask, topic.text) + names(topic.text, aspect)
                told = (odds(share) + NAMING * repeated, topic.text)
                spoken[aspect.id] = max(spoken.get(aspect.id, told), told)
    proved = {name: odds(weighed[name].share if name in weighed else 0.0) for name in spoken}
    usual = dict(zip(proofs.classes, proofs.habits.handed, strict=False))
    best = max(spoken, key=lambda name: spoken[name][0] - proved[name] + usual[name], default=None)
    found = {
        name: words
        for name, (score, words) in spoken.items()
        if name not in counted and score > PROOF * max(proved[name], UNPROVED)
    }
    if best is not None and spoken[best][0] - proved[best] > SURELY_ONE:
        found[best] = spoken[best][1]
    if len(found) == len(item.judged):  # who relies in part keeps something
        kept = max(found, key=lambda name: proved[name])
        if kept in weighed and weighed[kept].is_proved:
            del found[kept]
    return found


def named(item: Item, proofs: ItemProofs | None, topics: Sequence[Span]) -> dict[str, str]:
    """The aspects that some topics name (学历提升项目走戴卡学院的渠道), with the words that do."""
    found: dict[str, str] = {}
    for topic in topics:
        likely = likeliest(proofs, topic.text) if proofs is not None else frozenset()
        for aspect in item.judged:
            if aspect.id in likely or names(topic.text, aspect):
                found.setdefault(aspect.id, topic.text)
    return found


def names(topic: str, aspect: Aspect) -> bool:
    """Whether a topic (1、新兴风险、气候变化及能源转型风险) names what an aspect asks for."""
    topic = gloss(topic) if is_mostly_english(topic) else topic
    if any(cue.find(topic, topic) for cue in aspect.compiled_cues):
        return True
    return bigram_containment(aspect.ask, topic) >= TOPIC_OVERLAP
