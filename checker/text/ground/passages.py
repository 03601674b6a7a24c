"""An answer split into sentences and clauses, with tables and headings told apart. Offsets index the text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from frameworks.ground.yaml import load_data

HEADING_LENGTH = 40  # characters; a longer line is a sentence even if it ends in a colon

BAR = "|"  # stands between the cells of a line in which it stands twice
STOP = "\u3002"  # what a Western full stop is taken for
WHOLE = "\u3007"  # what stands for punctuation that cuts nothing

_SENTENCE = re.compile(r"[^。！？；;!?\n]{1,32767}[。！？；;!?]{0,3}|[。！？；;!?]")
_INNER = re.compile(r"《[^》\n]{1,80}》|\d{1,3}(?:[,，]\d{3}){1,5}(?!\d)")
_PUNCTUATION = re.compile(r"[，,。！？；;!?：:]")
_CLAUSE = re.compile(r"[^，,。！？；;!?：:\n]{1,32767}")
_LIST_MARK = re.compile(
    r"\s{0,8}(?:[-•·●■◆*]\s{0,2})?(?:[（(]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[）)]"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[、．.)）](?!\d)|[①-⑳]|[-•·●■◆]\s)\s{0,4}"
)


class Sentence(NamedTuple):
    """A sentence with its end mark, or a line of a table."""

    start: int
    end: int
    paragraph: int  # index of the line
    is_table: bool
    is_heading: bool  # a short line that only names what follows


class Clause(NamedTuple):
    """What stands between two commas; without its end mark."""

    start: int
    end: int
    sentence: int  # index into sentences


class Passages(Struct, frozen=True):
    """All sentences and clauses of a text, in order."""

    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]

    def prose(self, text: str) -> str:
        """The text without its tables."""
        return "\n".join(text[part.start : part.end] for part in self.sentences if not part.is_table)


def is_listed(text: str, line: int) -> bool:
    """Whether the line that begins here is an entry of a list (1、, （一）, -)."""
    mark = _LIST_MARK.match(text, line)
    return mark is not None and mark.end() > line


def split(text: str) -> Passages:
    """Splits a text; list marks (1、 （一） -) are not part of the sentence that they open."""
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    offset = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if "\t" in line or line.count(BAR) > 1:
            sentences.append(Sentence(offset, offset + len(line), number, True, False))
        elif line.strip():
            _line(_as_cut(line), offset, number, sentences, clauses, followed=number + 1 < len(lines))
        offset += len(line) + 1
    return Passages(tuple(sentences), tuple(clauses))


def _as_cut(line: str) -> str:
    """The line for cutting, as long as it is: titles and numbers whole, a Western full stop a 。"""
    if "《" in line or "," in line or "，" in line:
        line = _INNER.sub(lambda match: _PUNCTUATION.sub(WHOLE, match.group()), line)
    if "." in line:
        line = _western_stop().sub(STOP, line)
    return line


@cache
def _western_stop() -> re.Pattern[str]:
    """A full stop with a blank or the end behind it, no abbreviation's and no list mark's."""
    short = sorted(load_data("checker.data", "passages.yaml")["abbreviations"])
    behind = "".join(rf"(?<![^A-Za-z]{re.escape(word)}\.)(?<!^{re.escape(word)}\.)" for word in short)
    return re.compile(rf"\.(?=\s|$)(?<=[^\s.]\.){behind}(?<!^\d\.)(?<!^\d\d\.)")


def _line(
    line: str, offset: int, number: int, sentences: list[Sentence], clauses: list[Clause], *, followed: bool
) -> None:
    mark = _LIST_MARK.match(line)
    begin = mark.end() if mark else 0
    body = line[begin:].rstrip()
    heading = (
        followed
        and 0 < len(body) <= HEADING_LENGTH
        and (
            body[-1] in "：:"
            or (mark is not None and body[-1] not in "。！？；;!?，,、" and "，" not in body)
        )
    )
    for found in _SENTENCE.finditer(line, begin):
        start, end = found.span()
        if not line[start:end].strip():
            continue
        sentences.append(Sentence(offset + start, offset + end, number, False, heading))
        for part in _CLAUSE.finditer(line, start, end):
            if part.group().strip():
                clauses.append(Clause(offset + part.start(), offset + part.end(), len(sentences) - 1))
