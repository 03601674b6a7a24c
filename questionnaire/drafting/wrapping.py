"""Lines of a plain text that were broken at a width, as mails are: each sentence in one line again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from questionnaire.reading.layout.labels import label_end

WIDE = range(50, 100)  # widths at which mails are broken
ROOM = 14  # letters that a line may be short of the width because the next word was long
_BULLET = re.compile(r"\s*[-–•·●◆■*]\s")
_RULE = re.compile(r"\W+")
_LATIN = re.compile(r"[A-Za-z]")


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
    if label_end(line.strip()) or _BULLET.match(line):
        return False
    is_full = len(last.rstrip()) >= width - ROOM
    further = len(line) - len(line.lstrip()) > len(above) - len(above.lstrip())
    opened = label_end(above.strip()) > 0 or _BULLET.match(above) is not None
    return is_full or (further and opened)


def _is_latin(lines: Sequence[str]) -> bool:
    text = "".join(lines)
    return 2 * len(_LATIN.findall(text)) > len(text)
