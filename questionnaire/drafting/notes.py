"""Numbered lines of a list that ask nothing: how it is to be filled in, and what is to be sent along with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from questionnaire.drafting.grammar import words
from questionnaire.drafting.lines import Line

NOTE_HEAD = 16  # letters of a heading that names papers to be sent along
SIGNED = 60  # letters of a line to be signed, without its blanks

_BLANK = re.compile(r"[\s\u3000_＿]+")


def without_notes(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines without those that stand numbered below 填报说明 or 附：材料清单, and the words of these.

    Where nothing else is numbered, the numbered lines are the questions, whatever stands above them.
    """
    notes: set[int] = set()
    for at, line in enumerate(lines):
        if line.number not in notes and opens_notes(line.text):
            notes.update(each.number for each in _below(line, lines[at + 1 :]))
    kept = [line for line in lines if line.number not in notes]
    if not any(line.label for line in kept):
        return list(lines), []
    return kept, [f"{line.label} {line.text}".strip() for line in lines if line.number in notes]


def is_note(text: str) -> bool:
    """Whether words that stand across a table ask nothing: a remark, a place for remarks, for signatures."""
    told = words()
    lead = re.split("[:：]", text.strip("（(【["), maxsplit=1)
    is_hint = len(lead) == 2 and lead[0].strip().lower() in told["hint_lines"]
    bare = text.strip(" ：:。.").lower()
    signed = any(word in text for word in told["signatures"]) and len(_BLANK.sub("", text)) <= SIGNED
    begins = (*told["declarations"], *told["sent_along"], *told["remark_lines"])
    return is_hint or signed or bare.startswith(tuple(begins))


def opens_notes(text: str) -> bool:
    """Whether a line announces notes that stand below it."""
    bare = text.strip("（(【[）)】]：: ").lower()
    told = words()
    if bare in told["general_lines"] or bare in told["note_heads"]:
        return True
    enclosed = re.match(r"附[件表录]?\s?[一二三四五六七八九十\d]?\s?[：:]", text) is not None
    return (enclosed or len(bare) <= NOTE_HEAD) and any(word in bare for word in told["enclosures"])


def _below(head: Line, lines: Sequence[Line]) -> list[Line]:
    """The lines that count on from one below the head."""
    found: list[Line] = []
    for line in lines:
        if not line.label or line.count != len(found) + 1 or line.shape == head.shape:
            break
        if found and line.shape != found[0].shape:
            break
        found.append(line)
    return found
