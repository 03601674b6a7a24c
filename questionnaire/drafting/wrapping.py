"""A list of questions in a mail: without its head and what was answered, its broken lines in one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from questionnaire.drafting import grammar
from questionnaire.reading.layout.labels import label_end

LEAST_HEADS = 2  # lines of a mail's head
FIRST = 4  # lines before the first of them
_ORNAMENT = re.compile(r"^\s*\*{2,}\s?|\s?\*{2,}")
WIDE = range(50, 100)  # widths at which mails are broken
ROOM = 14  # letters that a line may be short of the width because the next word was long
BULLET = re.compile(r"\s*[-–•·●◆■*]\s")
_RULE = re.compile(r"\W+")
_LATIN = re.compile(r"[A-Za-z]")


class Mail(NamedTuple):
    """The lines of a text, those of a mail's head and of the mail below it blank, and its subject."""

    lines: list[str]
    subject: str = ""


def opened(lines: Sequence[str]) -> Mail:
    """A text without what surrounds a mail; any other text as it is."""
    words = _words()
    heads = [at for at, line in enumerate(lines) if words.head.match(line)]
    if len(heads) < LEAST_HEADS or heads[0] > FIRST:
        return Mail(list(lines))
    subject = next((found["told"] for at in heads if (found := words.subject.match(lines[at]))), "")
    below = next(
        (at for at, line in enumerate(lines) if at > heads[0] and words.below.search(line)), len(lines)
    )
    kept = [
        "" if at in heads or at >= below else _ORNAMENT.sub("", line).rstrip()
        for at, line in enumerate(lines)
    ]
    return Mail(kept, words.forwarded.sub("", subject).strip())


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines with those joined that go on; as they are where they are not of Latin letters or not broken."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line.split()) > 1)
    if not lengths or not _is_latin(lines):
        return list(lines)
    width = lengths[-1 - len(lengths) // 20]  # a few may be longer
    if width not in WIDE:
        return list(lines)
    found: list[str] = []
    last = ""  # the line as it was broken
    for line in lines:
        if found and _goes_on(line, last, found[-1], width):
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found.append(line)
        last = line
    return found


def _goes_on(line: str, last: str, above: str, width: int) -> bool:
    """Whether a line goes on with the one above it: the one is full, or the other stands further in."""
    if not line.strip() or not last.strip() or _RULE.fullmatch(last) or _RULE.fullmatch(line):
        return False
    if label_end(line.strip()) or BULLET.match(line):
        return False
    is_full = len(last.rstrip()) >= width - ROOM
    further = len(line) - len(line.lstrip()) > len(above) - len(above.lstrip())
    opened = label_end(above.strip()) > 0 or BULLET.match(above) is not None
    return is_full or (further and opened)


def _is_latin(lines: Sequence[str]) -> bool:
    text = "".join(lines)
    return 2 * len(_LATIN.findall(text)) > len(text)


class _Words(NamedTuple):
    head: re.Pattern[str]
    subject: re.Pattern[str]
    forwarded: re.Pattern[str]
    below: re.Pattern[str]


@cache
def _words() -> _Words:
    told = grammar.words()["mail"]

    def either(name: str) -> str:
        return "|".join(map(re.escape, told[name]))

    return _Words(
        re.compile(rf"\s*(?:{either('heads')}|{either('subjects')})\s?[:：]", re.IGNORECASE),
        re.compile(rf"\s*(?:{either('subjects')})\s?[:：]\s?(?P<told>.*)", re.IGNORECASE),
        re.compile(rf"^(?:\s*(?:{either('forwarded')})\s?[:：])+", re.IGNORECASE),
        re.compile(rf"-{{3,}}\s?(?:{either('below')})", re.IGNORECASE),
    )
