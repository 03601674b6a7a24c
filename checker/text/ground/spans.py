"""A piece of a text with its place."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Words exactly as in the text, from ``start`` up to ``end``."""

    text: str
    start: int
    end: int


def span(text: str, start: int, end: int) -> Span:
    """The span without blanks and punctuation at its ends."""
    while start < end and (text[start].isspace() or text[start] in "，,。；;：:、（()）"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,；;：:、（("):
        end -= 1
    return Span(text[start:end], start, end)
