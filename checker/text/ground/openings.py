"""How a text begins, cut where a reader would: behind a clause, else between words, never in one."""

from __future__ import annotations

import re

# a word of ASCII letters or digits (1,204; ISO45001) stays whole; a mark that may not open a line follows its letter
TOKEN = re.compile(r"(?:[!-~]+|\S|\s)[，。；：、！？）」』》”…％%]*")
QUOTED = 60  # characters that a finding quotes of an answer
_CLAUSE_ENDS = "，。；、：！？\n"
_ENOUGH = 2 / 3  # of the limit: a clause that ends earlier says too little; guessed


def opening(text: str, limit: int = QUOTED) -> str:
    """The beginning of a text, at most ``limit`` characters of it, exactly as it stands; all of a shorter one."""
    if len(text) <= limit:
        return text
    end = 0
    for token in TOKEN.finditer(text):
        if token.end() > limit:
            break
        end = token.end()
    kept = text[: end or limit]  # a single word longer than that is cut
    clause = max(kept.rfind(mark) for mark in _CLAUSE_ENDS)
    return (kept[:clause] if clause >= limit * _ENOUGH else kept).rstrip()
