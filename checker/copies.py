"""Passages that stand under two items, or in this year's and last year's answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from checker.coverage import Content, ItemReading, ReturnReading
from checker.text.passages import Sentence
from questionnaire.cells import squeeze

LEAST = 16  # letters of a sentence that count as a passage
ANCHOR = 8  # letters at a sentence's beginning, middle and end by which near-copies are found
ALIKE = 90  # similarity (0–100) of copied sentences; true copies measured at 96 and above, others at most 68
COPIED = 30  # letters that two answers must share
SHARE = 0.4  # of the shorter answer's characters, unless a whole paragraph is shared
PARAGRAPH = 60  # letters that are a paragraph

_YEAR = re.compile(r"(?:19|20)\d\d|(?<!\d)\d\d(?=\s?年)")
_TITLE = re.compile(r"《[^》\n]{1,80}》")


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage that answers two items."""

    earlier: ItemReading
    later: ItemReading
    quote: str  # in the later answer
    share: int  # per cent of the later answer


@dataclass(frozen=True, slots=True)
class _Passage:
    item: int
    letters: str
    sentence: Sentence


def copies_within(whole: ReturnReading) -> Iterator[Copy]:
    """Pairs of items that share a passage, by the later one; delegations, titles and the company's name aside."""
    from rapidfuzz.fuzz import ratio

    exact: dict[str, _Passage] = {}
    anchors: dict[str, list[_Passage]] = defaultdict(list)
    shared: dict[tuple[int, int], list[_Passage]] = defaultdict(list)
    own = squeeze(whole.source.company)
    for place, reading in enumerate(whole.items):
        if reading.content is not Content.TEXT or reading.stands_aside:
            continue
        for passage in _passages(place, reading, own):
            found = exact.get(passage.letters)
            keys = _anchors(passage.letters)
            if found is None:
                near = [other for key in keys for other in anchors.get(key, ())]
                found = next((o for o in near if ratio(o.letters, passage.letters) >= ALIKE), None)
            if found is not None and found.item != place:
                shared[found.item, place].append(passage)
                continue
            exact.setdefault(passage.letters, passage)
            for key in keys:
                anchors[key].append(passage)
    for (first, second), passages in sorted(shared.items()):
        copied = sum(len(passage.letters) for passage in passages)
        later = whole.items[second]
        smaller = min(len(whole.items[first].text), len(later.text))
        if copied >= PARAGRAPH or (copied >= COPIED and copied >= SHARE * smaller):
            longest = max(passages, key=lambda passage: len(passage.letters)).sentence
            quote = later.text[longest.start : longest.end].strip()
            yield Copy(whole.items[first], later, quote, min(100, round(100 * copied / len(later.text))))


def _passages(place: int, reading: ItemReading, own: str) -> Iterator[_Passage]:
    relied = reading.delegation.evidence
    for sentence in reading.passages.sentences:
        if sentence.is_table or sentence.end - sentence.start < LEAST:
            continue
        if any(sentence.start <= span.start < sentence.end for span in relied):
            continue
        words = reading.text[sentence.start : sentence.end]
        letters = squeeze(_TITLE.sub("", words) if "《" in words else words)
        letters = letters.replace(own, "") if own else letters
        if len(letters) >= LEAST:
            yield _Passage(place, letters, sentence)


def _anchors(letters: str) -> tuple[str, ...]:
    middle = (len(letters) - ANCHOR) // 2
    return letters[:ANCHOR], letters[middle : middle + ANCHOR], letters[-ANCHOR:]


def only_years_differ(text: str, before: str) -> bool:
    """Whether two answers are the same letter by letter but for years, blanks and punctuation."""
    return squeeze(_YEAR.sub("", text)) == squeeze(_YEAR.sub("", before))
