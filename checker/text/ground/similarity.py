"""How much two texts share, by pairs and triples of characters; of English questions by pairs of words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span, span

ECHOED = 0.7  # share of a sentence's trigrams that stand in the question; guessed
SHORT = 120  # characters; what the questionnaire asks is kept taken apart, answers are not: they are many and long
WINDOW = 6  # characters of a question that stand in a text by no accident

STEMS, STEM, REWORDED = 6, 5, 0.65  # words of an answer at least, letters of a stem, share; guessed

_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[A-Za-z0-9'’%.,-]*[A-Za-z0-9%]")
_FIGURE = re.compile(r"\d+")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def squeeze(text: str) -> str:
    """Letters and digits alone (NFKC, lower case)."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).lower())


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters."""
    return _short_grams(text, 2) if len(text) <= SHORT else _grams(text, 2)


def trigrams(text: str) -> frozenset[str]:
    """Triples of neighbouring letters."""
    return _short_grams(text, 3) if len(text) <= SHORT else _grams(text, 3)


@lru_cache(maxsize=4096)
def _short_grams(text: str, size: int) -> frozenset[str]:
    return _grams(text, size)


def _grams(text: str, size: int) -> frozenset[str]:
    letters = squeeze(text)
    return frozenset(letters[index : index + size] for index in range(len(letters) - size + 1))


def bigram_containment(part: str, whole: str) -> float:
    """The share (0–1) of a short text's bigrams that stand in another; 0 for a text without bigrams."""
    pairs = bigrams(part)
    return len(pairs & bigrams(whole)) / len(pairs) if pairs else 0.0


@lru_cache(maxsize=256)
def _windows(question: str) -> tuple[str, ...]:
    return tuple(question[at : at + WINDOW] for at in range(0, len(question) - WINDOW + 1, WINDOW // 2))


def echoes(answer: str, question: str, share: float = 0.0) -> bool:
    """A cheap test before ``echo``: whether enough of the question's own words stand in the answer.

    A window of the question that stands in an answer makes up at least half of its letters anew.
    """
    if is_spelled(question):
        return True
    hits = sum(window in answer for window in _windows(question))
    return hits > 0 and (hits + 2) * WINDOW >= share * len(answer) * 0.8


def echo(answer: str, question: str) -> float:
    """The share (0–1) of an answer's trigrams that stand in its question."""
    grams = phrases(answer, question)
    share = len(grams & phrases(question, question)) / len(grams) if grams else 0.0
    return max(share, _reworded(answer, question)) if is_spelled(question) else share


def _reworded(answer: str, question: str) -> float:
    """The share of the stems of English words that stand in the question, where nearly all do and no figure stands.

    Pairs of words miss what is put into a sentence: ruling out bribery, we resolutely put an end to bribery.
    """
    if _FIGURE.search(answer):
        return 0.0
    stems = _stems(answer)
    share = len(stems & _stems(question)) / len(stems) if len(stems) >= STEMS else 0.0
    return share if share >= REWORDED else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in re.findall(r"[a-z]{4,}", text.lower()))


def phrases(text: str, question: str) -> frozenset[str]:
    """By what a text is compared with a question: its trigrams, or pairs of words where letters spell words.

    The letters of any two English texts stand in each other.
    """
    return _word_pairs(text) if is_spelled(question) else trigrams(text)


@lru_cache(maxsize=512)
def is_spelled(question: str) -> bool:
    """Whether a question is written in letters that spell words."""
    return _HAN.search(question) is None and len(question.split()) > 1


def _word_pairs(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(f"{first} {second}" for first, second in pairwise(words))


def find_echoes(text: str, passages: Passages, question: str) -> tuple[Span, ...]:
    """The sentences of an answer that only repeat its question."""
    if not echoes(text, question):
        return ()
    return tuple(
        span(text, sentence.start, sentence.end)
        for sentence in passages.sentences
        if not (sentence.is_table or sentence.is_heading)
        and echo(words := text[sentence.start : sentence.end], question) >= ECHOED
        and not (is_spelled(question) and _figures(words) - _figures(question))
    )


def _figures(words: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(words))
