"""Passages that stand in two companies' returns: an index brings answers together, then their words are looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec import Struct

from checker.campaign.bins import COUNT, Bins
from checker.campaign.copy_index import Index, close_pairs
from checker.campaign.entries import Entry, Returns
from checker.campaign.forks import in_order
from checker.campaign.record import AnswerText, read_said, read_sketch
from checker.campaign.sentences import Passage, passages_of
from checker.text.ground.quantities import find_quantities
from checker.text.ground.shingles import groups, mask
from questionnaire.answers import Place
from questionnaire.schema import Schema

ALIKE = 85  # similarity (0–100) of masked sentences; see tests/checker/test_copies_across.py for what it tells apart
COPIED = 30  # masked letters that two answers must share
SHARE = 0.4  # of the shorter answer's letters, unless a whole paragraph is shared
PARAGRAPH = 60
KEPT_RETURNS = 64  # while words are compared
KEPT_ANSWERS = 2048


class Member(Struct, frozen=True):
    """One company's part of a copied passage."""

    company: str
    entry: int  # number among the entries
    item: str
    where: Place
    quotes: tuple[str, ...]  # its own sentences
    share: int  # per cent of its answer


class Cluster(Struct, frozen=True):
    """One passage in several returns."""

    number: int
    members: tuple[Member, ...]  # by company
    figures_differ: bool
    letters: int  # of the longest common part


def find_clusters(
    returns: Returns, schema_of: Callable[[str], Schema], forks: int = 1
) -> tuple[Cluster, ...]:
    """All passages that two or more returns share, by their first company and item.

    Args:
        returns: all returns of a campaign.
        schema_of: the questionnaire of an edition's id.
        forks: how many compare words at once.
    """
    schemas = {
        name: schema_of(name) for name in sorted({entry.head.questionnaire for entry in returns.entries})
    }
    items = max((len(schema.items) for schema in schemas.values()), default=1)
    asked = frozenset().union(*map(asked_groups, schemas.values()))
    with Bins() as groups_of_all, Bins() as pairs:
        index = Index(items, len(returns.entries), groups_of_all)
        for number, entry in enumerate(returns.entries):
            index.add(number, read_sketch(returns.blob(entry)))
        common = index.pair(asked, pairs)
        answers = _Answers(returns, schemas, items)
        matches = partial(_matches, pairs, answers, common | asked)
        found = (match for part in in_order(matches, COUNT, forks) for match in part)
        return tuple(_clusters(found, answers, returns.entries))


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


class _Groups:
    """Answers that belong together, as pairs join them."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, answer: int) -> int:
        """The answer that stands for its group."""
        parent = self._parent
        while parent.setdefault(answer, answer) != answer:
            parent[answer] = parent[parent[answer]]
            answer = parent[answer]
        return answer

    def join(self, first: int, second: int) -> bool:
        """Makes one group of two; False where they are one already."""
        ours, theirs = self.root(first), self.root(second)
        self._parent[theirs] = ours
        return ours != theirs


def _matches(
    pairs: Bins, answers: _Answers, common: frozenset[int] | set[int], part: int
) -> list[tuple[int, int, Match]]:
    """The pairs of a part whose words are alike; those that the part itself joined before are not compared."""
    known, found = _Groups(), []
    for first, second in close_pairs(pairs, part):
        if known.root(first) != known.root(second):
            match = compare(answers.of(first).passages, answers.of(second).passages, common)
            if match is not None:
                known.join(first, second)
                found.append((first, second, match))
    return found


def _clusters(
    matches: Iterable[tuple[int, int, Match]], answers: _Answers, entries: Sequence[Entry]
) -> Iterator[Cluster]:
    known = _Groups()
    shared: dict[int, dict[str, None]] = defaultdict(dict)
    letters: Counter[int] = Counter()
    differ: set[int] = set()
    for first, second, match in matches:
        if not known.join(first, second):
            continue
        for answer, quotes in ((first, match.first), (second, match.second)):
            shared[answer].update(dict.fromkeys(quotes))
            letters[answer] = max(letters[answer], match.letters)
        if match.figures_differ:
            differ.update((first, second))
    members: dict[int, list[int]] = defaultdict(list)
    for answer in sorted(shared):
        members[known.root(answer)].append(answer)
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


class Match(Struct, frozen=True):
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
