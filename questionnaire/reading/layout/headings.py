"""Recognises the questionnaire's own words in a file: parts, sections, item markers and questions.

A question is matched letter by letter against the schema, across line and page breaks and whatever brackets and
widths were used, so that no half of a question becomes an answer. Only where that fails is the nearest question
taken, and then the file's wording is kept for the rule question-edited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from questionnaire.cells import squeeze
from questionnaire.schema import Item, Schema
from questionnaire.template import words

NEAR_HERE = (
    75  # similarity (0–100) that identifies an edited question at its own number; guessed, tested on edits
)
NEAR_ANYWHERE = 88  # the same at any other number
LONGEST = 8  # lines over which a question may be broken
INDEX = 5  # letters by which questions are looked up
LABEL = 30  # letters that a number or label before a question may have
LONGEST_QUESTION = 400  # letters

_NUMERALS = "一二三四五六七八九十"
_DECORATION = re.compile(r"^[\s#>*\-–—•·●■◆\"]{1,20}")
_MARKER = re.compile(rf"^[（(\[【]\s?([{_NUMERALS}]{{1,3}})\s?[）)\]】]\s{{0,4}}")
_PART = re.compile(rf"^第\s?([{_NUMERALS}]{{1,3}})\s?部分\s{{0,4}}[：:、.]?\s{{0,4}}(.{{0,40}})$")
_SECTION = re.compile(rf"^([{_NUMERALS}]{{1,3}})\s?[、.．]\s{{0,4}}(.{{1,40}})$")
_TAIL = "。．.；;？?：:，,）)】]”\"' \t\u3000*#"


@dataclass(frozen=True, slots=True)
class Heading:
    """A question found in the text."""

    item: str
    question: str  # as it stands in the file
    end_line: int  # index of the line in which the question ends
    rest: str  # what follows the question in that line: the answer's beginning


@dataclass(frozen=True, slots=True)
class _Letter:
    letter: str
    line: int
    column: int


class HeadingMatcher:
    """Finds the questions of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._items = {item.id: (item, squeeze(item.question)) for item in schema.items}
        self._letters = {item_id: letters for item_id, (_, letters) in self._items.items()}
        self._exactly = {letters: item_id for item_id, letters in self._letters.items()}
        self._index: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        for item_id, letters in self._letters.items():
            self._index.setdefault(letters[:INDEX], []).append(item_id)
            self._ends.setdefault(letters[-INDEX:], []).append(item_id)
        self._parts = {part.part: squeeze(part.title) for part in schema.parts}
        self._sections = {
            (part.part, section.section): squeeze(section.title)
            for part in schema.parts
            for section in part.sections
        }

        self.labels = {squeeze(schema.label(item.id)): item.id for item in schema.items}
        self.titles = frozenset(self._parts.values()) | frozenset(self._sections.values())
        self.fields = {
            squeeze(name): field.id
            for field in schema.edition.profile
            for name in (field.label, *field.aliases)
        }  # of the company's profile
        edition = words()["edition"]
        self.fields |= dict.fromkeys(map(squeeze, (edition["label"], *edition["names"])), "questionnaire")

    def part(self, line: str) -> int | None:
        """The number of a part heading (第三部分 环境责任), or None."""
        found = _PART.match(undecorated(line))
        if found is None:
            return None
        number = number_of(found.group(1))
        title = squeeze(found.group(2))
        return (
            number
            if number in self._parts and (not title or self._like(title, self._parts[number]))
            else None
        )

    def section(self, line: str, part: int) -> int | None:
        """The number of a section heading (二、资源使用) of the current part, or None."""
        found = _SECTION.match(undecorated(line))
        if found is None:
            return None
        number = number_of(found.group(1))
        title = self._sections.get((part, number))
        return number if title is not None and self._like(squeeze(found.group(2)), title) else None

    def item(self, lines: Sequence[str], start: int, part: int, section: int, current: str) -> Heading | None:
        """The question that begins in a line, or None when the line is part of an answer."""
        line = undecorated(lines[start])
        if not line or "\t" in line:
            return None
        marker = _MARKER.match(line)
        begin = lines[start].find(line) + (marker.end() if marker else 0)
        exact = self._exact(lines, start, begin, marked=marker is not None, current=current)
        if exact is not None or marker is None:
            return exact
        return self._near(lines, start, marker, f"P{part}.S{section}.I{number_of(marker.group(1))}")

    def question(self, text: str, *, near: bool = True) -> tuple[str, bool] | None:
        """The item whose question a cell holds, and whether the wording is exact; None for other text.

        Args:
            text: the cell.
            near: take an edited question too, which costs a comparison with all of them.
        """
        line = undecorated(text)
        for letters in (squeeze(line), bare := squeeze(_MARKER.sub("", line))):
            if letters in self._exactly:
                return self._exactly[letters], True
        for item_id in self._ends.get(bare[-INDEX:], ()):  # its number or label stands before it
            if bare.endswith(self._letters[item_id]) and len(bare) - len(self._letters[item_id]) <= LABEL:
                return item_id, True
        if not near or len(bare) < INDEX or len(bare) > 2 * LONGEST_QUESTION:
            return None
        best, score = self._best(bare, NEAR_ANYWHERE)
        return (best, False) if score >= NEAR_ANYWHERE else None

    def _exact(
        self, lines: Sequence[str], start: int, begin: int, *, marked: bool, current: str
    ) -> Heading | None:
        first_letters = squeeze(lines[start][begin : begin + 4 * INDEX])[:INDEX]
        candidates = self._index.get(first_letters, ())
        letters = _letters(lines, start, begin) if candidates else []
        for item_id in candidates:
            question = self._items[item_id][1]
            if "".join(letter.letter for letter in letters[: len(question)]) != question:
                continue
            last = letters[len(question) - 1]
            line = lines[last.line]
            rest = line[last.column + 1 :]
            stripped = rest.lstrip(_TAIL)
            if stripped and rest[:1] not in _TAIL and not marked:
                return None  # an answer that begins with the question's words
            if not marked and (item_id == current or stripped):
                return None
            taken = [*lines[start : last.line], line[: len(line) - len(stripped)]]
            taken[0] = taken[0][begin:]
            end = last.line if stripped else _past_punctuation(lines, last.line)
            return Heading(item_id, "".join(taken).strip(), end, stripped)
        return None

    def _near(self, lines: Sequence[str], start: int, marker: re.Match[str], expected: str) -> Heading | None:
        """An edited question: at its own number, or close enough to be nothing else."""
        best: Heading | None = None
        best_score = 0.0
        text = ""
        used = 0
        for index in range(start, min(start + LONGEST, len(lines))):
            line = undecorated(lines[index])
            if index > start and (_MARKER.match(line) or "\t" in line):
                break
            if not line:
                continue
            text += line[marker.end() :] if index == start else line
            used += 1
            letters = squeeze(text)
            if expected in self._items:
                score = ratio(letters, self._items[expected][1])
                if score >= NEAR_HERE and score > best_score:
                    best, best_score = Heading(expected, text.strip(), index, ""), score
            other, score = self._best(letters)
            if score >= NEAR_ANYWHERE and score > best_score:
                best, best_score = Heading(other, text.strip(), index, ""), score
            if len(letters) > 200 or used >= 4:
                break
        return best

    def _best(self, letters: str, least: float = 0.0) -> tuple[str, float]:
        found = extractOne(letters, self._letters, scorer=ratio, score_cutoff=least)
        return (found[2], found[1]) if found else ("", 0.0)

    @staticmethod
    def _like(found: str, title: str) -> bool:
        return found == title or (len(title) >= 4 and ratio(found, title) >= 80)


_MATCHERS: dict[int, tuple[Schema, HeadingMatcher]] = {}


def matcher_for(schema: Schema) -> HeadingMatcher:
    """The matcher of a schema, made once; hashing a whole schema would cost more than making it."""
    kept = _MATCHERS.get(id(schema))
    if kept is None or kept[0] is not schema:
        if len(_MATCHERS) > 8:
            _MATCHERS.clear()
        kept = _MATCHERS[id(schema)] = (schema, HeadingMatcher(schema))
    return kept[1]


def edits(found: str, item: Item) -> int:
    """How many letters of a question were changed, added or dropped against the schema."""
    if found == item.question:
        return 0
    return int(Levenshtein.distance(squeeze(found), squeeze(item.question)))


def undecorated(line: str) -> str:
    """A line without the marks of Markdown headings, quotes and bullets."""
    return _DECORATION.sub("", line).rstrip(" *#\t")


def number_of(numeral: str) -> int:
    """一 to 九十九 as a number; 0 for anything else.

    >>> number_of("十二")
    12
    """
    tens, _, ones = numeral.rpartition("十")
    if "十" not in numeral:
        return _NUMERALS.find(numeral) + 1 if len(numeral) == 1 else 0
    return (_NUMERALS.find(tens) + 1 if tens else 1) * 10 + (_NUMERALS.find(ones) + 1 if ones else 0)


def _past_punctuation(lines: Sequence[str], end: int) -> int:
    """The line in which a question's full stop stands, when a page break tore it off."""
    for index in range(end + 1, min(end + LONGEST, len(lines))):
        if lines[index].strip():
            return end if lines[index].strip(_TAIL) else index
    return end


def _letters(lines: Sequence[str], start: int, column: int) -> list[_Letter]:
    """Letters and digits from a position on, each with its place; enough for the longest question."""
    found: list[_Letter] = []
    for index in range(start, min(start + 2 * LONGEST, len(lines))):
        line = lines[index]
        for at in range(column if index == start else 0, len(line)):
            found.extend(_Letter(letter, index, at) for letter in squeeze(line[at]))
        if len(found) > 300:
            break
    return found


def without_marker(question: str) -> str:
    """A question without the number printed before it: （三）…"""
    line = undecorated(question)
    return _MARKER.sub("", line) if _MARKER.match(line) else question.strip()
