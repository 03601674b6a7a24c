"""What is quoted of an answer: a whole sentence where it is short, a table's row with its head, else a part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.reading.aspects import QUOTE_LENGTH
from checker.text.ground.similarity import bigrams

TABLE = 240  # characters of a table that are quoted
LEAD = 40  # letters of a line that leads to a table


def is_row(words: str) -> bool:
    """Whether words are a row of a table: cells between tabs or between strokes."""
    return "\t" in words or "|" in words or "｜" in words


def above(answer: str, start: int) -> str:
    """What stands above a row of a table: its head, and the line that leads to it."""
    head = start
    for line in _lines_before(answer, start):
        head = line
    lead = answer.rfind("\n", 0, max(0, head - 1)) + 1
    return answer[head:start].partition("\n")[0] + (answer[lead:head] if head - lead <= LEAD else "")


def around(answer: str, segment: tuple[int, int], start: int, end: int) -> str:
    """The words around a figure; a row of a table with its head, where that is not too long."""
    first, last = segment
    if is_row(answer[first:last]):
        head = first
        for line in _lines_before(answer, first):
            if not is_row(answer[line:first]) or last - line > TABLE:
                break
            head = line
            if not any(character.isdigit() for character in answer[line : answer.find("\n", line)]):
                break
        return answer[head:last].strip()
    if last - first <= QUOTE_LENGTH:
        return answer[first:last].strip()
    begin = (
        max(first, min(answer.rfind("，", first, start) + 1, start)) if end - first > QUOTE_LENGTH else first
    )
    return answer[begin : min(last, max(begin + QUOTE_LENGTH, end))].strip()


def _lines_before(answer: str, at: int) -> Iterator[int]:
    """Where the lines before a position begin, from the nearest."""
    end = at - 1
    while end > 0:
        start = answer.rfind("\n", 0, end) + 1
        if not is_row(answer[start:end]):
            return
        yield start
        end = start - 1


def widened(answer: str, segment: tuple[int, int], held: int, evidence: str) -> str:
    """A quote as far as its sentence goes: a fragment is made whole, what lies outside is left out."""
    start, end = segment
    if held < start or held + len(evidence) > end:
        return answer[max(start, held) : min(end, held + len(evidence))].strip()
    if len(evidence) >= QUOTE_LENGTH:
        return evidence
    if end - start <= QUOTE_LENGTH:
        return answer[start:end].strip()
    stop = min(end, held + QUOTE_LENGTH)
    marks = [at for mark in "，、" if (at := answer.rfind(mark, held + len(evidence), stop)) > 0]
    return answer[held : stop if stop == end else max(marks, default=held + len(evidence))].strip()


def best_part(answer: str, segment: tuple[int, int], telling: frozenset[str]) -> str:
    """The part of a sentence that is about an ask."""
    start, end = segment
    if end - start <= QUOTE_LENGTH:
        return answer[start:end].strip()
    cuts = [start, *(match.end() for match in re.finditer("[，：]", answer[start:end]))]
    begins = [start, *(start + cut for cut in cuts[1:])]
    windows = [(len(telling & bigrams(answer[at : at + QUOTE_LENGTH])), -at) for at in begins if at < end]
    at = -max(windows)[1]
    return answer[at : min(end, at + QUOTE_LENGTH)].strip()
