"""Standards cited by number, and whether anything is certified under that number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.lexicon import either
from frameworks.yamlfile import load_data

NEAR = 24  # characters behind a number in which 认证, 体系 … make it a certificate's
BEFORE = 16

_CITED = re.compile(
    r"(?<![A-Za-z])(?P<family>ISO|IEC|IATF|OHSAS|SA|AA|AS|EN|QC|GB)(?:\s?/\s?(?:IEC|TS|T|SAE|ISO|FDIS|DIS))?"
    r"\s?[-:：]?\s?(?P<number>\d{3,6})(?!\d)(?P<rest>(?:\s?[-–—:：/.]\s?\d{1,4}){0,3})(?!\d)"
)
_JOINED = re.compile(
    r"\s?(?:[、，,/和与及]|以及)\s?(?P<number>\d{4,5})(?!\d)(?:\s?[-:：]\s?\d{1,4}){0,2}(?![\d万亿.%])"
)
_STOP = re.compile(r"[。；;！？!?\n]")
_SYSTEM = re.compile(r"[^，,、。；;\n\d]{0,12}?管理体系")


@dataclass(frozen=True, slots=True)
class Cited:
    """A standard as cited."""

    text: str
    start: int
    end: int
    family: str
    number: str
    clause: str  # the words around it
    certified: bool  # cited as a certificate's, not as a method's


@dataclass(frozen=True, slots=True)
class Standard:
    """A registered standard."""

    family: str
    number: str
    kind: str
    topics: tuple[str, ...]
    successor: str

    @property
    def name(self) -> str:
        """ISO 14001"""
        return f"{self.family} {self.number}"


def find_standards(text: str) -> tuple[Cited, ...]:
    """The standards a text cites, in order; numbers joined to one (ISO 9001、14001) are of its family."""
    if "ISO" not in text and "体系" not in text and "认证" not in text and "证书" not in text:
        return ()
    return tuple(_cited(text))


def _cited(text: str) -> Iterator[Cited]:
    for match in _CITED.finditer(text):
        family = "GB/T" if match["family"] == "GB" else match["family"]
        if match["family"] == "GB" and "T" not in match.group()[: match.start("number") - match.start()]:
            continue  # 强制性国家标准 are emission limits and the like
        yield _made(text, match, family)
        position = match.end()
        while (joined := _JOINED.match(text, position)) is not None:
            yield _made(text, joined, family)
            position = joined.end()


def _made(text: str, match: re.Match[str], family: str) -> Cited:
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
    if not words.certified.search(behind) and "通过" not in clause and "取得" not in clause:
        certified = certified and re.search(r"(?:体系|证书)[（(]?\Z", text[begin:start]) is not None
    return Cited(text[start:end], start, end, family, match["number"], clause, certified)


def registered(family: str, number: str) -> Standard | None:
    """The registered standard of a number; the ISO numbers serve for IEC and GB/T's ISO look-alikes too."""
    known = _registry()
    return known.get((family, number)) or (
        known.get(("ISO", number)) if family in ("IEC", "AS", "EN", "QC") else None
    )


def is_doubted(cited: Cited) -> bool:
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


def suggestions(cited: Cited, used: Iterable[tuple[str, str]]) -> tuple[Standard, ...]:
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
    """One digit put in, left out or changed, or two neighbours swapped."""
    if len(one) == len(other):
        odd = [at for at in range(len(one)) if one[at] != other[at]]
        return len(odd) == 1 or (
            len(odd) == 2
            and odd[1] == odd[0] + 1
            and one[odd[0]] == other[odd[1]]
            and one[odd[1]] == other[odd[0]]
        )
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


@dataclass(frozen=True, slots=True)
class _Words:
    certified: re.Pattern[str]
    not_certified: re.Pattern[str]
    moved: re.Pattern[str]
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
        )
        for entry in _data()["standards"]
    }


@cache
def _words() -> _Words:
    data = _data()

    certified, not_certified, moved = (
        re.compile(either(data[key])) for key in ("certified", "not_certified", "moved")
    )
    return _Words(
        certified, not_certified, moved, tuple(data["system"]), frozenset(data["families"]),
        frozenset(data["careful"]),
    )  # fmt: skip
