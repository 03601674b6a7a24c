"""Passages that stand in two companies' returns: an index of sampled groups of letters, then a look at the words.

The index holds eight bytes a sampled group. A group that many companies share is a common formula, and one that the
questionnaire itself holds is nobody's own; neither makes a pair. So the cost grows with the returns and with the
copies among them, never with the square of the returns.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from checker.campaign.entries import Entry, Returns
from checker.campaign.record import AnswerText, read_said, read_sketch
from checker.campaign.sentences import Passage, passages_of
from checker.text.ground.quantities import find_quantities
from checker.text.ground.shingles import groups, mask
from questionnaire.answers import Place
from questionnaire.schema import Schema

SHARDS = 64  # the index is gone through in parts, so that sorting never needs the whole of it
TOGETHER = 3  # sampled groups that two answers must share before their words are compared
COMMON_FROM = 5  # companies; a group that more share, and more than one in COMMON_SHARE, is a formula
COMMON_SHARE = 20
COMMON_AT_MOST = 40
ALIKE = 85  # similarity (0–100) of masked sentences; see tests/checker/test_copies_across.py for what it tells apart
COPIED = 30  # masked letters that two answers must share
SHARE = 0.4  # of the shorter answer's letters, unless a whole paragraph is shared
PARAGRAPH = 60
KEPT_RETURNS = 64  # while words are compared
KEPT_ANSWERS = 2048

_LOW = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Member:
    """One company's part of a copied passage."""

    company: str
    entry: int  # number among the entries
    item: str
    where: Place
    quotes: tuple[str, ...]  # its own sentences
    share: int  # per cent of its answer


@dataclass(frozen=True, slots=True)
class Cluster:
    """One passage in several returns."""

    number: int
    members: tuple[Member, ...]  # by company
    figures_differ: bool
    letters: int  # of the longest common part


@dataclass
class Index:
    """Sampled groups of all returns, by shard: group in the upper half, answer in the lower."""

    items: int
    shards: list[array[int]]

    @classmethod
    def of(cls, items: int) -> Index:
        """An empty one, for a questionnaire of so many items."""
        return cls(items, [array("Q") for _ in range(SHARDS)])

    def add(self, entry: int, sketch: Iterable[int]) -> None:
        """Takes in one return's sketch."""
        base, shards = entry * self.items, self.shards
        for packed in sketch:
            group = packed & _LOW
            shards[group % SHARDS].append((group << 32) | (base + (packed >> 32)))

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(len(shard) * shard.itemsize for shard in self.shards)


def find_clusters(returns: Returns, schema_of: Callable[[str], Schema]) -> tuple[Cluster, ...]:
    """All passages that two or more returns share, by their first company and item.

    Args:
        returns: all returns of a campaign.
        schema_of: the questionnaire of an edition's id.
    """
    schemas = {
        name: schema_of(name) for name in sorted({entry.head.questionnaire for entry in returns.entries})
    }
    index = Index.of(max((len(schema.items) for schema in schemas.values()), default=1))
    for number, entry in enumerate(returns.entries):
        index.add(number, read_sketch(returns.blob(entry)))
    asked = frozenset().union(*map(asked_groups, schemas.values()))
    pairs, common = _pairs(index, len(returns.entries), asked)
    answers = _Answers(returns, schemas, index.items)
    return tuple(_clusters(pairs, answers, common | asked, returns.entries))


def _pairs(index: Index, companies: int, asked: frozenset[int]) -> tuple[list[tuple[int, int]], set[int]]:
    """Answers of two companies that share groups enough; and the groups of common formulae."""
    limit = min(COMMON_AT_MOST, max(COMMON_FROM, companies // COMMON_SHARE))
    counts: Counter[int] = Counter()  # both answers in one number: there may be many
    common: set[int] = set()
    for shard in index.shards:
        for group, packed in groupby(sorted(shard), key=lambda value: value >> 32):
            answers = [value & _LOW for value in packed]
            if len(answers) < 2 or group in asked:
                continue
            owners = {answer // index.items for answer in answers}
            if len(owners) > limit:
                common.add(group)
            elif len(owners) > 1:
                counts.update(_linked(answers, index.items))
    found = [pair for pair, count in counts.items() if count >= TOGETHER]
    return sorted((pair >> 32, pair & _LOW) for pair in found), common


def _linked(answers: list[int], items: int) -> Iterator[int]:
    """All pairs of a few; of many only neighbours and those with the first, which hold a cluster together."""
    few = len(answers) <= 8
    if few:
        pairs: Iterable[tuple[int, int]] = (
            (first, second) for at, first in enumerate(answers) for second in answers[at + 1 :]
        )
    else:
        pairs = {*pairwise(answers), *((answers[0], other) for other in answers[1:])}
    for first, second in pairs:
        if first // items != second // items:
            yield (first << 32) | second


def asked_groups(schema: Schema) -> frozenset[int]:
    """The groups of the questionnaire's own words: questions, aspects, hints, titles."""
    texts = [section.title for part in schema.parts for section in part.sections]
    for item in schema.items:
        texts += [item.question, *(text for aspect in item.aspects for text in (aspect.ask, aspect.hint))]
    return frozenset(group for text in texts for group in groups(mask(text)))


class _SplitAnswer(NamedTuple):
    """An answer taken apart."""

    said: AnswerText
    passages: list[Passage]


class _Answers:
    """Answers taken apart; the latest are kept."""

    def __init__(self, returns: Returns, schemas: Mapping[str, Schema], items: int) -> None:
        self.returns, self.schemas, self.items = returns, schemas, items
        self._read: Callable[[int], list[AnswerText]] = lru_cache(maxsize=KEPT_RETURNS)(
            lambda entry: read_said(returns.blob(returns.entries[entry]))
        )
        self.of: Callable[[int], _SplitAnswer] = lru_cache(maxsize=KEPT_ANSWERS)(self._take)

    def _take(self, answer: int) -> _SplitAnswer:
        """The answer of a number, and its passages."""
        entry, number = divmod(answer, self.items)
        said = self._read(entry)[number]
        company = self.returns.entries[entry].head.company
        return _SplitAnswer(said, list(passages_of(said.text, company, tuple(said.relied))))


def _clusters(
    pairs: list[tuple[int, int]],
    answers: _Answers,
    common: set[int] | frozenset[int],
    entries: Sequence[Entry],
) -> Iterator[Cluster]:
    parent: dict[int, int] = {}
    shared: dict[int, dict[str, None]] = defaultdict(dict)
    letters: Counter[int] = Counter()
    differ: set[int] = set()

    def root(answer: int) -> int:
        while parent.setdefault(answer, answer) != answer:
            parent[answer] = parent[parent[answer]]
            answer = parent[answer]
        return answer

    for first, second in pairs:
        if root(first) == root(second):
            continue
        match = compare(answers.of(first).passages, answers.of(second).passages, common)
        if match is None:
            continue
        for answer, quotes in ((first, match.first), (second, match.second)):
            shared[answer].update(dict.fromkeys(quotes))
            letters[answer] = max(letters[answer], match.letters)
        if match.figures_differ:
            differ.update((first, second))
        parent[root(second)] = root(first)
    members: dict[int, list[int]] = defaultdict(list)
    for answer in sorted(shared):
        members[root(answer)].append(answer)
    for number, group in enumerate(sorted(members.values()), start=1):
        yield Cluster(
            number=number,
            members=tuple(_member(answer, shared[answer], answers, entries) for answer in group),
            figures_differ=any(answer in differ for answer in group),
            letters=max(letters[answer] for answer in group),
        )


def _member(answer: int, quotes: Iterable[str], answers: _Answers, entries: Sequence[Entry]) -> Member:
    said = answers.of(answer).said
    number, item = divmod(answer, answers.items)
    entry = entries[number]
    place = Place(PurePosixPath(entry.name).name, said.sheet, said.cell, said.line)
    ordered = tuple(sorted(quotes, key=said.text.find))
    share = min(100, round(100 * sum(map(len, ordered)) / max(1, len(said.text))))
    return Member(
        entry.company, number, answers.schemas[entry.head.questionnaire].items[item].id, place, ordered, share
    )


@dataclass(frozen=True, slots=True)
class Match:
    """What two answers share."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    letters: int
    figures_differ: bool


def compare(
    ours: Sequence[Passage],
    theirs: Sequence[Passage],
    common: set[int] | frozenset[int],
) -> Match | None:
    """The sentences that two answers share, when they are enough to speak of a copy."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    masked = [passage.masked for passage in theirs]
    left, right = [], []
    letters = 0
    for passage in ours:
        if _is_formula(passage.masked, common):
            continue
        found = extractOne(passage.masked, masked, scorer=ratio, score_cutoff=ALIKE)
        if found is not None:
            left.append(passage.text)
            right.append(theirs[found[2]].text)
            letters += min(len(passage.masked), len(found[0]))
    smaller = min(sum(len(passage.masked) for passage in side) for side in (ours, theirs))
    if letters < COPIED or (letters < PARAGRAPH and letters < SHARE * smaller):
        return None
    return Match(tuple(left), tuple(right), letters, _figures(left) != _figures(right))


def _is_formula(masked: str, common: set[int] | frozenset[int]) -> bool:
    """Whether most of a sentence is what many companies, or the questionnaire, say too."""
    sampled = set(groups(masked))
    return bool(sampled) and 2 * len(sampled & common) > len(sampled)


def _figures(sentences: Iterable[str]) -> Counter[tuple[str, str]]:
    return Counter((figure.value, figure.unit) for text in sentences for figure in find_quantities(text))
