"""Who the parent is: its names and the words that stand for it, and where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

SHORT_NAME, OFTEN = 8, 3  # letters of a short name at most; times that answers use it at least
PLACE = 2  # letters of a place at least
BESIDE = 8  # characters before a word in which another makes it somebody else's
FAR_BESIDE = 20  # the same of English words
SLIPS = 2  # letters by which a long Latin name may be misspelt

_LONG_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]{7,14}(?![A-Za-z])")


class Agents(Struct, frozen=True):
    """The parent's names, and the company's own, in which the parent's may stand."""

    names: tuple[str, ...]
    own_names: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()  # places that stand for the parent
    shared: tuple[str, ...] = ()  # those of the parent that the company's own name holds, too

    @classmethod
    def of(cls, names: Iterable[str], own_names: Iterable[str] = (), seats: Iterable[str] = ()) -> Agents:
        """Longest names first; of an unknown parent's name its usual short forms are added.

        The parent's seat stands for it only where the company's own names do not hold the place.
        """
        given = {name for name in names if name}
        if len(given) == 1:
            given |= {f"{name}{end}" for name in given for end in _data()["name_ends"]}
        own_names = tuple(own_names)
        own = {name for name in own_names if len(name) > 2}
        away = tuple(seat for seat in seats if not any(seat in name for name in own_names))
        shared = tuple(seat for seat in seats if seat not in away)
        return cls(
            tuple(sorted(given, key=_longest_first)), tuple(sorted(own, key=_longest_first)), away, shared
        )

    def may_name(self, text: str) -> bool:
        """A quick look: whether any word stands there that could be the parent."""
        words = _words()
        return bool(
            _names(self.names).search(text)
            or next(self._misspelt(text), None)
            or words.above_of(text).search(text)
            or words.afar.search(text)
            or any(seat in text for seat in self.seats)
        )

    def named(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the parent stands by one of its names, however spaced; not where a longer word runs through it."""
        yield from self._misspelt(text)
        names = _names(self.names)
        if names.search(text) is None:
            return
        for own in self.own_names:
            text = text.replace(own, "\0" * len(own))
        for match in names.finditer(text):
            # 秦皇岛戴卡 is the parent, whoever else has its seat there
            seat = next((seat for seat in self.shared if text.endswith(seat, 0, match.start())), "")
            yield match.start() - len(seat), match.end()

    def _misspelt(self, text: str) -> Iterator[tuple[int, int]]:
        """Where an English answer means a name of the parent and misses a letter or two of it."""
        if not is_mostly_english(text):
            return
        from rapidfuzz.distance import OSA

        known = _long_words(self.names)
        for match in _LONG_WORD.finditer(text):
            word = match.group().lower()
            if word not in known and any(
                OSA.distance(word, name, score_cutoff=SLIPS) <= SLIPS for name in known
            ):
                yield match.span()

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the parent is named, or a word stands for it, in order."""
        found = list(self.named(text))
        found += [
            (start, end)
            for start, end in self.superiors(text)
            if not any(start < behind and first < end for first, behind in found)
        ]
        yield from sorted(found)

    def superiors(self, text: str) -> Iterator[tuple[int, int]]:
        """Words that stand for the parent (集团), its seat among them (问秦皇岛, and not 秦皇岛市)."""
        yield from _above(text)
        for seat in self.seats:
            for match in re.finditer(re.escape(seat), text):
                if _words().place.match(text, match.end()) is None:
                    yield match.span()


def short_names(company: str, texts: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """The company as it calls itself: beginnings of its name that its answers use again and again, longest first.

    A beginning of a beginning counts where it stands often enough without the rest.

    >>> short_names("凯盛轻合金铸造有限公司", ["凯盛轻合金设3个车间", "凯盛轻合金", "凯盛轻合金每年"], ())
    ('凯盛轻合金',)
    """
    whole = "\n".join(texts).replace(company, "")
    found: list[str] = []
    told = 0  # times that a longer one stands there
    for length in range(min(SHORT_NAME, len(company) - 1), 2, -1):
        short = company[:length]
        count = whole.count(short)
        taken = any(name in short or short in name for name in names)
        if not taken and count - told >= OFTEN:
            found.append(short)
            told = count
    return tuple(found)


def names_with_the_parents(company: str, names: Sequence[str], seats: Sequence[str]) -> Iterator[str]:
    """The stretches of a company's name that end with a name of the parent, and its province before such a name.

    They are its own wherever they stand (荆南戴卡), but for the parent's seat (秦皇岛戴卡).

    >>> list(names_with_the_parents("湖北荆南戴卡底盘有限公司", ["中信戴卡", "戴卡"], ["秦皇岛"]))
    ['湖北荆南戴卡', '北荆南戴卡', '荆南戴卡', '湖北戴卡']
    """
    for name in names:
        before, found, _ = company.partition(name)
        is_whole = not any(
            longer in company and name in longer[1:] for longer in names
        )  # 中信戴卡 is no 戴卡
        if not (found and is_whole) or len(before) < PLACE:
            continue
        ends = [before[start:] for start in range(max(0, len(before) - SHORT_NAME), len(before) - PLACE + 1)]
        for end in dict.fromkeys((*ends, before[:PLACE])):
            if not any(seat in end or end in seat for seat in seats):
                yield end + name


def _above(text: str) -> Iterator[tuple[int, int]]:
    """Words for a company above (集团, 总部, HQ), where they are not somebody else's, an authority's or our own."""
    words = _words()
    if words.speaker.search(text):
        return
    for match in words.above_of(text).finditer(text):
        start, end = match.span()
        beside = words.not_behind.search(text, max(0, start - BESIDE), start)
        if words.others_english.search(text, max(0, start - FAR_BESIDE), start):
            continue
        authority = match.group() in words.superiors and words.authority.match(text, end)
        if beside is None and not authority and words.not_before.match(text, end) is None:
            yield start, end


def afar(text: str) -> Iterator[tuple[int, int]]:
    """Words that point to somebody by where he is (上头, 那边)."""
    yield from (match.span() for match in _words().afar.finditer(text))


def own(text: str) -> Iterator[tuple[int, int]]:
    """Words for ourselves."""
    yield from (match.span() for match in _words().own.finditer(text))


@lru_cache(maxsize=64)
def _long_words(names: tuple[str, ...]) -> frozenset[str]:
    """The long Latin words of some names, in small letters."""
    return frozenset(word.lower() for name in names for word in _LONG_WORD.findall(name))


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    data = _data()
    before = either(data["no_name_before"])
    found = []
    for name in names:
        rest = "".join(f"[ \u3000]?{re.escape(letter)}" for letter in name[1:])
        for first in sorted({name[0].lower(), name[0].upper()}):
            behind = "".join(f"(?<!{re.escape(word + first)})" for word in data["no_name_behind"])
            found.append(f"{re.escape(first)}{behind}(?i:{rest})(?!{before})")
    return re.compile("|".join(found) or "(?!)")


def _data() -> dict[str, list[str]]:
    data: dict[str, list[str]] = load_data("checker.data", "agents.yaml")
    return data


class _Words(NamedTuple):
    above: re.Pattern[str]
    not_behind: re.Pattern[str]
    not_before: re.Pattern[str]
    superiors: frozenset[str]
    authority: re.Pattern[str]
    place: re.Pattern[str]
    speaker: re.Pattern[str]
    own: re.Pattern[str]
    afar: re.Pattern[str]
    above_english: re.Pattern[str]
    others_english: re.Pattern[str]

    def above_of(self, text: str) -> re.Pattern[str]:
        """Words for a company above, as a text in its language has them."""
        return self.above_english if is_mostly_english(text) else self.above


@cache
def _words() -> _Words:
    data = _data()

    def words(*keys: str) -> re.Pattern[str]:
        """Any of the words, in any case; each begins with its letter, so that a search skips all others."""
        known = sorted({word for key in keys for word in data[key]}, key=_longest_first)
        chinese = [re.escape(word) for word in known if not word.isascii()]
        latin = [
            rf"{first}(?<![A-Za-z]{{2}})(?i:{re.escape(word[1:])})(?![A-Za-z])"
            for word in known
            if word.isascii()
            for first in sorted({word[0].lower(), word[0].upper()})
        ]
        return re.compile("|".join((*chinese, *latin)))

    return _Words(
        above=words("above"),
        not_behind=re.compile(rf"{either(data['not_behind'])}\s?\Z", re.IGNORECASE),
        not_before=re.compile(either(data["not_before"])),
        superiors=frozenset(data["superiors"]),
        authority=re.compile(either(data["authorities"])),
        place=re.compile(either(data["not_the_seat"])),
        speaker=re.compile(either(data["speaker_is_group"]), re.IGNORECASE),
        own=words("own"),
        afar=words("afar"),
        above_english=words("above", "above_english"),
        others_english=re.compile(rf"(?:{'|'.join(data['others_english'])})\s\Z"),
    )
