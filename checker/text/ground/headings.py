"""Lines that only name what follows, told from the short lines of somebody who writes in bullets."""

from __future__ import annotations

from checker.text.ground.passages import Sentence

_BULLETS = frozenset("-–—•·●■◆*")
_COLON = ("：", ":")


def names_only(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a heading: no entry of a list of bullets, unless it ends in a colon."""
    if not sentence.is_heading:
        return False
    line = text.rfind("\n", 0, sentence.start) + 1
    mark = text[line : sentence.start].lstrip()[:1]
    return mark not in _BULLETS or text[sentence.start : sentence.end].rstrip().endswith(_COLON)
