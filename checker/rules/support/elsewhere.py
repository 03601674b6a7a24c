"""Which item an answer is about, and where else a missing aspect is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.finding import AspectState
from checker.reading.answers import ReturnReading
from checker.reading.aspects import prove
from checker.reading.items import Content, ItemReading
from checker.text.ground.english import gloss, is_mostly_english
from checker.text.ground.similarity import bigram_containment, bigrams
from checker.text.readers.subjects.sections import KNOWN, belonging
from frameworks.ground.yaml import load_data
from questionnaire.cues import compile_cue
from questionnaire.schema import Aspect, Schema
from questionnaire.vocabulary import Need

PROVED = 1 / 3  # share of aspects; an answer that proves more is on its subject
NAMED = 0.3  # share of an aspect's bigrams in the words found elsewhere: generic aspects name nothing
LETTERS = 26  # Chinese letters of an answer that must be there before its subject can be told; guessed
UNRELATED, PAIRS = (
    20,
    5,
)  # the same for an answer that shares nothing with its question; known pairs of its letters
SURE = 3  # words of a subject that the item does not ask for
# the same where the item's topic is not named, and letters that the aspect must then have; guessed
MOST, ASK = 0.5, 6
# letters of a telling word, words of one cue that tell together (one more where the topic is not named); guessed
LONG, GROUPS = 4, 2
# an answer is off its subject when its own section's log-odds lie below STRANGE, those of BEHIND others above them
# and the best of them by APART; measured on 238 answers and as many laid under other sections
STRANGE, BEHIND, APART = -2.1, 2, 1.0
# an English answer is glossed word by word: less is known of it, and it may prove nothing; by four authors
STRANGE_ENGLISH, WORDS = -0.5, 8
FEW = 2  # aspects that words of another subject can seem to prove
CHINESE = 0.5  # share of Chinese characters below which bigrams say nothing
_HAN = re.compile("[一-龥]")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")


def is_astray(schema: Schema, reading: ItemReading) -> bool:
    """Whether an answer is about something else than its item.

    Its letters belong to other sections than its own, or it holds several words of one subject, proves hardly
    anything and never names the item's topic.
    """
    if reading.idle and reading.is_idle:
        return False
    proved = sum(found.state is not AspectState.MISSING for found in reading.aspects)
    if is_mostly_english(reading.text):
        return not proved and _is_strange_in_english(schema, reading)
    letters = _letters(reading.text)
    if letters < UNRELATED:
        return False
    if not proved and _is_unrelated(reading) and _is_strange(schema, reading, proved, least=PAIRS):
        return True
    if letters < LETTERS:
        return False
    if proved <= FEW and reading.delegation.kind != "partial" and _is_strange(schema, reading, proved):
        return True
    if proved > PROVED * len(reading.aspects) or _on_subject(reading):
        return False
    return _foreign(schema, reading) >= SURE


def _is_strange(schema: Schema, reading: ItemReading, proved: int, least: int = KNOWN) -> bool:
    """Whether an answer clearly belongs to other sections: the more clearly, the more it seems to prove."""
    found = belonging(reading.text, schema.sections[reading.item.id][1].title, STRANGE, least)
    return found is not None and found.rank >= BEHIND and found.behind >= APART * (1 + proved)


def _is_strange_in_english(schema: Schema, reading: ItemReading) -> bool:
    """The same of an English answer that proves nothing, by the Chinese words for its own; a slogan has no figure."""
    if len(reading.text.split()) < WORDS or not any(map(str.isdigit, reading.text)):
        return False
    section = schema.sections[reading.item.id][1].title
    found = belonging(gloss(reading.text), section, STRANGE_ENGLISH, PAIRS)
    return found is not None and found.rank >= BEHIND and found.behind >= APART


def _is_unrelated(reading: ItemReading) -> bool:
    """Whether an answer in Chinese shares no pair of letters with its question, nor a word of its topic."""
    text, item = reading.text, reading.item
    if any(word in text for word in item.topic) or _letters(text) < CHINESE * len(text):
        return False
    held = bigrams(text)
    return not held & bigrams(item.question) and not any(held & bigrams(asked.ask) for asked in item.judged)


def _letters(text: str) -> int:
    return len(_HAN.findall(text))


def _foreign(schema: Schema, reading: ItemReading) -> int:
    """How many words of one subject an answer holds that its item does not ask for.

    None where a word of the item's topic stands beside them. Of a subject that the item's neighbours ask for (energy
    under water) one more is wanted.
    """
    text = reading.text
    if any(word in text for word in reading.item.topic):
        return 0
    section = schema.sections[reading.item.id][1].title
    return max(
        (sum(word in text for word in words) - (section in sections) for sections, words in _subjects()),
        default=0,
    )


@cache
def _subjects() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    data = load_data("checker.data", "subjects.yaml")
    return tuple((frozenset(entry["sections"]), tuple(entry["words"])) for entry in data["subjects"])


@cache
def _generic() -> tuple[str, ...]:
    return tuple(load_data("checker.data", "subjects.yaml")["generic"])


def _on_subject(reading: ItemReading) -> bool:
    """Whether a word of the item's topic stands in a third of its sentences, or the answer is not in Chinese."""
    if _letters(reading.text) < CHINESE * len(reading.text):
        return True
    parts = [reading.text[part.start : part.end] for part in reading.passages.sentences]
    named = sum(any(word in part for word in reading.item.topic) for part in parts)
    return named * 3 >= len(parts)


def elsewhere(whole: ReturnReading, reading: ItemReading) -> Iterator[tuple[Aspect, ItemReading, str]]:
    """Missing aspects of an item whose evidence stands in another answer of the same section."""
    missing = [found.aspect for found in reading.of_state(AspectState.MISSING)]
    missing = [
        aspect
        for aspect in missing
        if aspect.need in (Need.REQUIRED, Need.EXAMPLE)
        and aspect.cues
        and not aspect.ask.endswith(_generic())
    ]
    if not missing:
        return
    _, section = whole.schema.sections[reading.item.id]
    others = [whole.by_id[item.id] for item in section.items if item.id != reading.item.id]
    others = [other for other in others if other.content is Content.TEXT]
    for aspect in missing:
        for other in others:
            proof = prove(aspect, other.facts)
            if proof is None or proof.lacks_figure or _shared(aspect, other):
                continue
            if _is_specific(reading, aspect, proof.evidence):
                yield aspect, other, proof.evidence
                break


def _is_specific(reading: ItemReading, aspect: Aspect, sentence: str) -> bool:
    """Whether a sentence names the aspect: its words beside the item's, most of them, or several words of one cue."""
    words = _TITLE.sub("", sentence)
    share = bigram_containment(aspect.ask, words)
    hits = [found for cue in aspect.cues if (found := _cue_words(cue, words))]
    many = max((len(found) for found in hits), default=0)
    long = {word for found in hits for word in found if len(word) >= LONG}
    topical = any(word in words for word in reading.item.topic)
    if topical and share >= (NAMED if len(aspect.ask) >= ASK or long or many > GROUPS else 2 * NAMED):
        return True
    return many > GROUPS + 1 or (share >= MOST and len(aspect.ask) >= ASK)


def _cue_words(source: str, sentence: str) -> set[str]:
    """The words of a cue of several groups, or of one, that stand in a sentence in which it hits."""
    cue = compile_cue(source)
    if not cue.find(sentence, sentence):
        return set()
    found = {word for group in cue.near for word in group if len(word) > 1 and word in sentence}
    return {word for word in found if not any(word != other and word in other for other in found)}


def _shared(aspect: Aspect, other: ItemReading) -> bool:
    """Whether the other item asks for the same thing: then its answer is its own."""
    return any(aspect.ask == asked.ask for asked in other.item.judged)
