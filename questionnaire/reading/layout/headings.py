"""Recognises the questionnaire's own words in a file: parts, sections, item markers and questions.

A question is matched letter by letter against the schema, across line and page breaks and whatever brackets and
widths were used, so that no half of a question becomes an answer. Only where that fails is the nearest question
taken, and then the file's wording is kept for the rule question-edited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from questionnaire.cells import squeeze
from questionnaire.likeness import letters_changed, likeness, nearest
from questionnaire.numerals import NUMERALS, counted
from questionnaire.reading.layout.labels import LABEL, id_in, is_label, label_end
from questionnaire.schema import Item, Schema
from questionnaire.template import words
from questionnaire.vocabulary import Numbering

# similarity (0–100) that identifies an edited question at its own number; guessed, tested on edits
NEAR_HERE = 75
NEAR_ANYWHERE = 88  # the same at any other number
LONGEST = 8  # lines over which a question may be broken
INDEX = 5  # letters by which questions are looked up
SHORT = 14  # letters; a shorter question may be an answer's own words, and is known by its section too
WORDS = 8  # letters of words before a question that are no number (本次填报的问题)
LONG = 20  # letters of a question that nobody writes by chance
NUMBER = 7  # letters of a number or an id before the question in a cell
OPENING = 6  # letters of a question's first clause that stand for it
REACH = 80  # characters of a line in which a question's beginning is looked for
LONGEST_QUESTION = 400  # letters

_DECORATION = re.compile(r"^[\s#>*\-–—•·●■◆\"]{1,20}")
_MARKER = re.compile(rf"^[（(\[【]\s?([{NUMERALS}]{{1,3}})\s?[）)\]】]\s{{0,4}}")
_PART = re.compile(rf"^第\s?([{NUMERALS}]{{1,3}})\s?部分\s{{0,4}}[：:、.]?\s{{0,4}}(.{{0,40}})$")
_SECTION = re.compile(rf"^([{NUMERALS}]{{1,3}})\s?[、.．]\s{{0,4}}(.{{1,40}})$")
_COUNTING = frozenset("0123456789pqn第问题" + NUMERALS)
_CLAUSE = re.compile(r"[。；;，,！!]")
_PARTED = re.compile(r"[。；;，,：:、]")
_QUOTES = "“\"'‘「『《"
_LIST_NUMBER = re.compile(
    rf"(?:第\s?)?(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}|[{NUMERALS}]{{1,3}})\s?(?:题|[、.．:：)）])?"
)
_TAIL = "。．.；;？?：:，,）)】]”\"' \t\u3000*#"


class Heading(Struct, frozen=True):
    """A question found in the text."""

    item: str
    question: str | None  # as it stands in the file; None where only its id stands there
    end_line: int  # index of the line in which the question ends
    rest: str  # what follows the question in that line: the answer's beginning


class _Letter(Struct, frozen=True):
    letter: str
    line: int
    column: int


class HeadingMatcher:
    """Finds the questions of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._items = {item.id: (item, squeeze(item.question)) for item in schema.items}
        self._letters = {item_id: letters for item_id, (_, letters) in self._items.items()}
        self._places = {
            item_id: (part.part, section.section) for item_id, (part, section) in schema.sections.items()
        }
        self._exactly = {letters: item_id for item_id, letters in self._letters.items()}
        self._by_length: dict[int, dict[str, str]] = {}
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
        through = schema.edition.numbering is Numbering.MARKER
        self.numbers = _numbers(schema) if through else {}
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
        number = counted(found.group(1))
        title = squeeze(found.group(2))
        return (
            number
            if number in self._parts and (not title or self._like(title, self._parts[number]))
            else None
        )

    def section(self, line: str, part: int) -> int | None:
        """The number of a section heading (二、资源使用) of the current part, or None."""
        found = _SECTION.match(undecorated(line))
        if found is None or squeeze(found.group()) in self.labels:
            return None
        number = counted(found.group(1))
        title = self._sections.get((part, number))
        return number if title is not None and self._like(squeeze(found.group(2)), title) else None

    def item(self, lines: Sequence[str], start: int, part: int, section: int, current: str) -> Heading | None:
        """The question that begins in a line, or None when the line is part of an answer.

        Args:
            lines: the text.
            start: the line.
            part: number of the part that was met last, 0 for none.
            section: number of its section, 0 for none.
            current: the item whose answer the line would belong to, "" for none.
        """
        line = undecorated(lines[start])
        if not line:
            return None
        if (alone := self._alone(line, current)) is not None:
            return Heading(alone, None, start, "")
        exact = self._exact(lines, start, (part, section), current)
        if exact is not None or "\t" in line:
            return exact
        marker = _MARKER.match(line)
        if marker is not None:
            return self._near(lines, start, marker.end(), f"P{part}.S{section}.I{counted(marker.group(1))}")
        return self._edited(lines, start, current)

    def is_heading(self, lines: Sequence[str], start: int, part: int, section: int, current: str) -> bool:
        """Whether a line is the questionnaire's own and holds no question: a title however it is numbered, or a bare
        number, with the next question below it.
        """
        index = start
        end = min(start + LONGEST, len(lines))
        while index < end and (self._is_title(lines[index]) or (index > start and not lines[index].strip())):
            index += 1
        return start < index < end and self.item(lines, index, part, section, current) is not None

    def _is_title(self, line: str) -> bool:
        if len(line) > REACH:
            return False
        bare = undecorated(line)
        if _LIST_NUMBER.fullmatch(bare):
            return True
        letters = squeeze(bare)
        if letters in self.labels:
            return True
        return any(letters.endswith(t) for t in self.titles) and is_label(bare, self.titles)

    def _alone(self, line: str, current: str) -> str | None:
        """The item whose id is all that a line says."""
        found = id_in(line.strip(_TAIL + "【[（("), self._items) if len(line) <= LABEL else None
        return found if found != current else None

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
        if (found := self._begun(bare, line)) is not None:
            return found, True
        if not near or len(bare) < INDEX or len(bare) > 2 * LONGEST_QUESTION:
            return None
        best, score = self._best(bare, NEAR_ANYWHERE)
        return (best, False) if score >= NEAR_ANYWHERE else None

    def _begun(self, bare: str, line: str) -> str | None:
        """The item whose question begins a cell in which more was typed behind it."""
        if len(bare) <= LONG:
            return None
        for at in range(NUMBER if bare[0] in _COUNTING else 1):
            for item_id in self._index.get(bare[at : at + INDEX], ()):
                letters = self._letters[item_id]
                if len(letters) >= LONG and bare.startswith(letters, at) and (not at or label_end(line)):
                    return item_id
        return None

    def _exact(
        self, lines: Sequence[str], start: int, section: tuple[int, int], current: str
    ) -> Heading | None:
        head = squeeze(lines[start][:REACH])
        letters: list[_Letter] = []
        for at in range(min(len(head), LABEL + 1)):
            for item_id in self._index.get(head[at : at + INDEX], ()):
                letters = letters or _letters(lines, start, 0)
                question = self._letters[item_id]
                found = letters[at : at + len(question)]
                if "".join(letter.letter for letter in found) == question and found[0].line == start:
                    return self._accepted(lines, start, item_id, found, section, current)
        return None

    def _accepted(
        self,
        lines: Sequence[str],
        start: int,
        item_id: str,
        found: list[_Letter],
        section: tuple[int, int],
        current: str,
    ) -> Heading | None:
        """The heading at a verbatim question, unless an answer repeats its words."""
        begin, last = found[0].column, found[-1]
        line = lines[last.line]
        rest = line[last.column + 1 :]
        stripped = rest.lstrip(_TAIL)
        before = lines[start][:begin].rstrip(_QUOTES)
        if _MARKER.fullmatch(undecorated(before)) is None and not self._stands_alone(
            before, item_id, rest, section, current
        ):
            return None
        taken = [*lines[start : last.line], line[: len(line) - len(stripped)]]
        taken[0] = taken[0][len(before) :]
        end = last.line if stripped else _past_punctuation(lines, last.line)
        return Heading(item_id, "".join(taken).strip(), end, stripped)

    def _stands_alone(
        self, before: str, item_id: str, rest: str, section: tuple[int, int], current: str
    ) -> bool:
        """Whether a verbatim question without the form's own number is one, and not an answer that uses its words."""
        stripped = rest.lstrip(_TAIL)
        if stripped and rest[:1] not in _TAIL:
            return False  # an answer that begins with the question's words
        size = len(self._letters[item_id])
        words = squeeze(before)
        if not words:
            return item_id != current and (not stripped or size >= LONG)
        if is_label(before, self.titles):
            return size >= SHORT or section in ((0, 0), self._places[item_id])
        bare = len(words) <= WORDS and not _CLAUSE.search(before)
        return bare and not stripped and size >= LONG and item_id != current

    def _edited(self, lines: Sequence[str], start: int, current: str) -> Heading | None:
        """An edited question behind a number that is not the form's own: close enough to be nothing else."""
        line = lines[start]
        begin = label_end(line)
        if not begin or len(squeeze(line[begin : begin + REACH])) < SHORT:
            return None
        found = self._near(lines, start, begin - line.find(undecorated(line)), "")
        return found if found is not None and found.item != current else None

    def _near(self, lines: Sequence[str], start: int, begin: int, expected: str) -> Heading | None:
        """An edited question: at its own number, or close enough to be nothing else.

        Args:
            lines: the text.
            start: its line.
            begin: where it begins in the line without its decoration.
            expected: the item that its number names; "" where it names none.
        """
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
            text += line[begin:] if index == start else line
            used += 1
            letters = squeeze(text)
            if expected in self._items:
                score = likeness(letters, self._items[expected][1])
                if self._opens(expected, text):
                    score = max(score, NEAR_HERE)
                if score >= NEAR_HERE and score > best_score:
                    best, best_score = Heading(expected, text.strip(), index, ""), score
            other, score = self._best(letters)
            if score >= NEAR_ANYWHERE and score > best_score:
                best, best_score = Heading(other, text.strip(), index, ""), score
            if len(letters) > 200 or used >= 4:
                break
        return best

    def _opens(self, item_id: str, text: str) -> bool:
        """Whether somebody wrote of a question, at its own number, no more than its first clauses."""
        item, letters = self._items[item_id]
        begun = squeeze(text)
        if len(begun) < OPENING or not letters.startswith(begun):
            return False
        clauses = accumulate(len(squeeze(clause)) for clause in _PARTED.split(item.question))
        return len(begun) in clauses

    def _best(self, letters: str, least: float = 0.0) -> tuple[str, float]:
        choices = self._alike(len(letters)) if least == NEAR_ANYWHERE else self._letters
        return nearest(letters, choices, least) or ("", 0.0)

    def _alike(self, length: int) -> dict[str, str]:
        """The questions that so many letters can be near to: of others the lengths alone differ by more."""
        if length not in self._by_length:
            self._by_length[length] = {
                item_id: letters
                for item_id, letters in self._letters.items()
                if 100 * abs(len(letters) - length) <= (100 - NEAR_ANYWHERE) * (len(letters) + length)
            }
        return self._by_length[length]

    @staticmethod
    def _like(found: str, title: str) -> bool:
        return found == title or (len(title) >= 4 and likeness(found, title) >= 80)


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
    return letters_changed(squeeze(found), squeeze(item.question))


def undecorated(line: str) -> str:
    """A line without the marks of Markdown headings, quotes and bullets."""
    return _DECORATION.sub("", line).rstrip(" *#\t")


def _numbers(schema: Schema) -> dict[str, str]:
    """Items by their marks, and by the bare number where a mark is a letter with one (Q7)."""
    marks = {squeeze(item.marker): item.id for item in schema.items}
    bare = {mark[1:]: item for mark, item in marks.items() if mark[:1].isalpha() and mark[1:].isdigit()}
    return (bare if len(bare) == len(marks) else {}) | marks


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
    """A question without the number printed before it: （三）…, 3. …"""
    line = undecorated(question)
    marker = _MARKER.match(line)
    begin = marker.end() if marker else label_end(line)
    return line[begin:] if begin else question.strip()
