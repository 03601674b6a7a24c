"""The little language in which a schema says how an aspect is recognised in an answer.

``举报电话``            the words stand in a sentence
``(a|b|c)``             one of them does
``x+y``                 both stand in the same sentence, in any order
``x&y``                 y stands anywhere in the answer
``x+!(a|b)``            and none of these stands in the sentence
``@training``           a word class of the edition, for (培训|讲座|…)
``{+1}``                the year after the edition's; {+0} its own, {-1} the one before
``到{milestone}``        the years in fives for which plans are made: 到2030, 到2035 …
``whistle``             an English word in small letters stands for itself in capitals too

There are no regular expressions: a cue costs a few substring tests, cannot run away, and a reader without
training can change it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

_NO_WORD = re.compile(r"[()!@{}]")
_MARK = re.compile(r"[()+&]")
_CLASS = re.compile(r"@(\w{1,20})")
_YEAR = re.compile(r"\{([+-]\d)\}")
_MILESTONE = re.compile(r"([^|()+&!]{0,20})\{milestone\}([^|()+&!]{0,20})")
_ENGLISH = re.compile(r"[a-z]{4}")  # shorter ones are units and signs: kg, t
MILESTONES = range(3, 40)  # years after the edition's: what comes sooner is {+1} or {+2}


class CueSyntaxError(ValueError):
    """A cue that cannot be read; the message names the offending part."""


class Cue(Struct, frozen=True):
    """A compiled cue: groups of alternatives."""

    source: str
    near: tuple[tuple[str, ...], ...]  # each group: one of its words stands in the sentence
    absent: tuple[str, ...]  # none of these stands in the sentence
    far: tuple[tuple[str, ...], ...]  # each group: one of its words stands in the answer
    in_any_case: bool = False  # it holds English words

    def find(self, sentence: str, answer: str) -> tuple[str, ...]:
        """The words that made the cue hit, one a group; empty when it does not hit."""
        if self.in_any_case:
            sentence, answer = f"{sentence}\n{sentence.lower()}", f"{answer}\n{answer.lower()}"
        found = []
        for group in self.near:
            for word in group:
                if word in sentence:
                    found.append(word)
                    break
            else:
                return ()
        for word in self.absent:
            if word in sentence:
                return ()
        for group in self.far:
            for word in group:
                if word in answer:
                    found.append(word)
                    break
            else:
                return ()
        return tuple(found)

    def can_hit(self, text: str) -> bool:
        """False when the cue hits in no sentence of a text: a quick look at the whole of it."""
        if self.in_any_case:
            text = f"{text}\n{text.lower()}"
        for group in self.near:
            for word in group:
                if word in text:
                    break
            else:
                return False
        return True


@lru_cache(maxsize=8192)
def compile_cue(source: str) -> Cue:
    """A cue's text to its compiled form.

    Raises:
        CueSyntaxError: when the text is not in the language above.
    """
    near: list[tuple[str, ...]] = []
    absent: list[str] = []
    far: list[tuple[str, ...]] = []
    for part, joiner in _parts(source):
        negated = part.startswith("!")
        words = _words(part.removeprefix("!"), source)
        if negated and joiner == "&":
            raise CueSyntaxError(f"{source}: !")
        if negated:
            absent.extend(words)
        elif joiner == "&":
            far.append(words)
        else:
            near.append(words)
    if not near:
        raise CueSyntaxError(source)
    return Cue(source, tuple(near), tuple(absent), tuple(far), _ENGLISH.search(source) is not None)


def expand(source: str, classes: Mapping[str, Sequence[str]], year: int) -> str:
    """A cue with its word classes and years written out; an unknown class stays and is refused by ``compile_cue``."""
    whole = _CLASS.sub(lambda match: _written_out(match, source, classes), source)
    whole = _MILESTONE.sub(lambda match: "|".join(_milestones(match[1], match[2], year)), whole)
    return _YEAR.sub(lambda match: str(year + int(match.group(1))), whole)


def _milestones(before: str, after: str, year: int) -> list[str]:
    """The words for each year that divides by five."""
    return [f"{before}{year + ahead}{after}" for ahead in MILESTONES if (year + ahead) % 5 == 0]


def _written_out(match: re.Match[str], source: str, classes: Mapping[str, Sequence[str]]) -> str:
    words = classes.get(match.group(1))
    if not words:
        return match.group()
    within = source.rfind("(", 0, match.start()) > source.rfind(")", 0, match.start())
    return "|".join(words) if within else f"({'|'.join(words)})"


def _parts(source: str) -> list[tuple[str, str]]:
    """Splits at ``+`` and ``&`` outside brackets; each part with the joiner before it."""
    parts: list[tuple[str, str]] = []
    depth, start, joiner = 0, 0, "+"
    for mark in _MARK.finditer(source):
        index, character = mark.start(), mark[0]
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif depth == 0:
            parts.append((source[start:index].strip(), joiner))
            start, joiner = index + 1, character
        if depth not in (0, 1):
            raise CueSyntaxError(source)
    if depth:
        raise CueSyntaxError(source)
    parts.append((source[start:].strip(), joiner))
    return parts


def _words(part: str, source: str) -> tuple[str, ...]:
    inner = part[1:-1] if part.startswith("(") and part.endswith(")") else part
    words = tuple(map(str.strip, inner.split("|"))) if inner is not part else (part,)
    if not all(words) or _NO_WORD.search(inner) or (inner is part and "|" in part):
        raise CueSyntaxError(source)
    return words
