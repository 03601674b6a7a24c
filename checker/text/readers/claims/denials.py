"""Clauses that say that something is not there or not done (目前尚未制定)."""

from __future__ import annotations

from checker.text.ground.lexicon import pattern
from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span


def find_denials(text: str, passages: Passages) -> tuple[Span, ...]:
    """The clauses that deny, in order.

    >>> from checker.text.ground.passages import split
    >>> words = "已任命负责人，尚未制定书面政策。全年未发生事故。"
    >>> [span.text for span in find_denials(words, split(words))]
    ['尚未制定书面政策']
    """
    denial, rule = pattern("denials.denial"), pattern("denials.rule")
    if denial.search(text) is None:
        return ()
    return tuple(
        Span(text[clause.start : clause.end], clause.start, clause.end)
        for clause in passages.clauses
        if (found := denial.search(text, clause.start, clause.end)) is not None
        and rule.search(text, found.end(), clause.end) is None
    )
