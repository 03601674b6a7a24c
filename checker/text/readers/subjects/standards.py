"""Standards cited by number, and whether anything is certified under that number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

NEAR = 24  # characters behind a number in which 认证, 体系 … make it a certificate's
FAR = 60  # characters before a number in an English sentence
BEFORE = 16
AHEAD = 24  # characters before a number in which the system that it certifies is named

_CITED = re.compile(
    r"(?<![A-Za-z])(?P<family>ISO|IEC|IATF|OHSAS|SA|AA|AS|EN|QC|GB)(?:\s?/\s?(?:IEC|TS|T|SAE|ISO|FDIS|DIS))?"
    r"\s?[-:：]?\s?(?P<number>\d{3,6})(?!\d)(?P<rest>(?:\s?[-–—:：/.]\s?\d{1,4}){0,3})(?!\d)"
)
_JOINED = re.compile(
    r"\s?(?:[、，,/和与及]|以及)\s?(?P<number>\d{4,5})(?!\d)(?:\s?[-:：]\s?\d{1,4}){0,2}(?![\d万亿.%年])"
)
_STOP = re.compile(r"[。；;！？!?\n]")
_SYSTEM = re.compile(r"[^，,、。；;\n\d]{0,12}?管理体系")


_WHEN = r"[于在]?(?:(?:20\d\d|[当同今去本])年)?(?:\d{1,2}月|年?[底初中内末])?份?"
_AMONG = re.compile(r"\s?(?:[、/／]|[和及与]\s?(?=[A-Za-z\d]))")
_AMONG_BEFORE = re.compile(r"\d\s?[、/／和及与]\s?\Z")


class CitedStandard(Struct, frozen=True):
    """A standard as cited."""

    text: str
    start: int
    end: int
    family: str
    number: str
    clause: str  # the words around it
    certified: bool  # cited as a certificate's, not as a method's
    systems: tuple[str, ...] = ()  # what the management systems right beside the number are about


class Standard(Struct, frozen=True):
    """A registered standard."""

    family: str
    number: str
    kind: str
    topics: tuple[str, ...]
    successor: str
    title: str

    @property
    def name(self) -> str:
        """ISO 14001"""
        return f"{self.family} {self.number}"


def find_standards(text: str) -> tuple[CitedStandard, ...]:
    """The standards a text cites, in order; numbers joined to one (ISO 9001、14001) are of its family."""
    return tuple(_cited(text)) if any(sign in text for sign in _data()["signs"]) else ()


def _cited(text: str) -> Iterator[CitedStandard]:
    for match in _CITED.finditer(text):
        family = "GB/T" if match["family"] == "GB" else match["family"]
        if match["family"] == "GB" and "T" not in match.group()[: match.start("number") - match.start()]:
            continue  # 强制性国家标准 are emission limits and the like
        yield _made(text, match, family)
        position = match.end()
        while (joined := _JOINED.match(text, position)) is not None:
            yield _made(text, joined, family)
            position = joined.end()


def _made(text: str, match: re.Match[str], family: str) -> CitedStandard:
    start, end = match.start("number") if family not in match.group() else match.start(), match.end()
    if family == "GB/T" and match.group().startswith("GB"):
        start = match.start()
    begin = max(
        (found.end() for found in _STOP.finditer(text, max(0, start - BEFORE), start)), default=start - BEFORE
    )
    begin = max(0, begin)
    stop = _STOP.search(text, end, end + NEAR)
    clause = text[begin : stop.start() if stop else end + NEAR]
    words = _words()
    behind = text[end : stop.start() if stop else end + NEAR]
    certified = words.certified.search(clause) is not None and not words.not_certified.search(clause)
    system = _SYSTEM.match(
        behind
    )  # ISO 9001质量管理体系认证要求…检验: what follows the system is no test of it
    if system is not None and not words.not_certified.search(system.group()):
        certified = True
    if not words.certified.search(behind) and not any(word in clause for word in words.obtained):
        certified = certified and words.numbered.search(text[begin:start]) is not None
    if is_mostly_english(text):
        clause = text[max(0, start - FAR) : end + NEAR]
        certified = words.english.search(clause) is not None and not words.not_english.search(clause)
    about = tuple(_systems(text, start, end))
    certified = certified or any(each in words.letters for each in about)
    certified = certified or (about != () and any(word in clause for word in words.certificate))
    systems = tuple(words.letters.get(each, each) for each in about)
    return CitedStandard(text[start:end], start, end, family, match["number"], clause, certified, systems)


def _systems(text: str, start: int, end: int) -> Iterator[str]:
    """能源 of 能源管理体系取得ISO45001认证 and of ISO45001能源管理体系; none among several numbers or systems."""
    if _AMONG.match(text, end) or _AMONG_BEFORE.search(text, max(0, start - BEFORE), start):
        return
    words = _words()
    for found in (words.behind.match(text, end), words.ahead.search(text, max(0, start - AHEAD), start)):
        if found is not None:
            yield next(filter(None, found.groups()))
    near = max(0, start - FAR)
    for found in (words.english_behind.match(text, end), words.english_ahead.search(text, near, start)):
        if found is not None:  # ISO 14001:2018 for the safety management
            yield words.english_systems[found[1].lower()]


def certifies_other(cited: CitedStandard) -> tuple[Standard, ...]:
    """The standards of the system named beside a number that certifies another (ISO45001 for 能源管理体系)."""
    own = registered(cited.family, cited.number)
    if own is None or not cited.systems or own.kind == "withdrawn" or not own.topics:
        return ()
    general = _data()["general"]
    topics = (*own.topics, *(word for word, english in general.items() if english in own.title.lower()))
    if any(topic in system for topic in topics for system in cited.systems):
        return ()
    return tuple(
        other
        for other in _registry().values()
        if other.family == own.family
        and other.kind == "system"
        and any(topic in cited.systems[0] for topic in other.topics)
    )


def registered(family: str, number: str) -> Standard | None:
    """The registered standard of a number; the ISO numbers serve for IEC and GB/T's ISO look-alikes too."""
    known = _registry()
    return known.get((family, number)) or (
        known.get(("ISO", number)) if family in ("IEC", "AS", "EN", "QC") else None
    )


def is_doubted(cited: CitedStandard) -> bool:
    """Whether a number is cited as a certificate's and certifies nothing that is known."""
    words = _words()
    if not cited.certified or cited.family not in words.families:
        return False
    if registered(cited.family, cited.number) is not None:
        return False
    near = suggestions(cited, ())
    if cited.family in words.careful:
        return bool(near)
    return bool(near) or any(word in cited.clause for word in words.system)


def is_certificate(cited: CitedStandard) -> bool:
    """Whether a certificate is spoken of, not a system that is built after a guidance."""
    return any(word in cited.clause for word in _words().certificate)


def suggestions(cited: CitedStandard, used: Iterable[tuple[str, str]]) -> tuple[Standard, ...]:
    """The registered standards one digit away: those that the return uses elsewhere, else those on the subject.

    A family of one standard has only that one.
    """
    family = [s for s in _registry().values() if s.family == cited.family and s.kind != "withdrawn"]
    only = len(family) == 1 and cited.family not in _words().careful  # SA 516 is a steel
    near = [standard for standard in family if only or _one_apart(standard.number, cited.number)]
    known = set(used)
    elsewhere = [standard for standard in near if (standard.family, standard.number) in known]
    subject = [s for s in (elsewhere or near) if any(topic in cited.clause for topic in s.topics)]
    return tuple(subject or elsewhere or near)


def successor_named(text: str) -> bool:
    """Whether a text says that a withdrawn standard was replaced."""
    return _words().moved.search(text) is not None


def _one_apart(one: str, other: str) -> bool:
    """One digit put in, left out, changed or moved."""
    if len(one) == len(other):
        if _is_moved(one, other):
            return True
        odd = [at for at in range(len(one)) if one[at] != other[at]]
        return len(odd) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _is_moved(one: str, other: str) -> bool:
    """Whether one digit stands elsewhere: 45100 for 45001, 14010 for 14001."""
    rests = {other[:at] + other[at + 1 :] for at in range(len(other))}
    return one != other and any(
        one[:at] + one[at + 1 :] in rests and sorted(one) == sorted(other) for at in range(len(one))
    )


class _Words(Struct, frozen=True):
    english: re.Pattern[str]
    not_english: re.Pattern[str]
    certified: re.Pattern[str]
    not_certified: re.Pattern[str]
    moved: re.Pattern[str]
    numbered: re.Pattern[str]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    english_ahead: re.Pattern[str]
    english_behind: re.Pattern[str]
    english_systems: dict[str, str]
    letters: dict[str, str]
    obtained: tuple[str, ...]
    certificate: tuple[str, ...]
    system: tuple[str, ...]
    families: frozenset[str]
    careful: frozenset[str]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "standards.yaml")
    return data


@cache
def _registry() -> dict[tuple[str, str], Standard]:
    return {
        (entry["family"], entry["number"]): Standard(
            entry["family"],
            entry["number"],
            entry["kind"],
            tuple(entry["topics"]),
            entry.get("successor", ""),
            entry["title"],
        )
        for entry in _data()["standards"]
    }


@cache
def _words() -> _Words:
    data = _data()
    letters: dict[str, str] = data["letters"]
    signs = either([*data["certified"], *data["between"]])
    about = rf"([\u4e00-\u9fff]{{2,12}})管理体系|({either(data['subjects'])})(?={signs})"
    english: dict[str, str] = data["english_systems"]
    named, links = either(english), either(data["english_links"])
    short = rf"(?<![A-Za-z])({either(letters)})(?![A-Za-z])"

    return _Words(
        english=re.compile(data["english"], re.IGNORECASE),
        not_english=re.compile(data["not_english"], re.IGNORECASE),
        certified=re.compile(either(data["certified"])),
        not_certified=re.compile(either(data["not_certified"])),
        moved=re.compile(either(data["moved"])),
        numbered=re.compile(rf"{either(data['numbered'])}[（(:：\s]{{0,2}}\Z"),
        ahead=re.compile(
            rf"(?:(?<![、和及与/／\u4e00-\u9fff])(?:{about})|{short})(?:{signs}|{_WHEN}|[（(：:\s]){{0,6}}\Z"
        ),
        behind=re.compile(rf"[（(\s]{{0,2}}(?:{about})(?![、和及与/／])"),
        english_ahead=re.compile(
            rf"(?i:\b({named})\s(?:management\s(?:system\s)?|system\s)(?:{links}\s){{0,6}}\(?)\Z"
        ),
        english_behind=re.compile(
            rf"(?i:\s(?:(?:certificate|certification)\s)?(?:for|of)\s(?:(?:the|our)\s)?({named})\smanagement\b)"
        ),
        english_systems=english,
        letters=letters,
        obtained=tuple(data["obtained"]),
        certificate=tuple(data["certificate"]),
        system=tuple(data["system"]),
        families=frozenset(data["families"]),
        careful=frozenset(data["careful"]),
    )
