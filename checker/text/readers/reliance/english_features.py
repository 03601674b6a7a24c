"""What the model of English clauses sees: who stands where beside which kinds of words.

A clause is read as tokens. Around whoever may be the parent: the words and their kinds, the verb and its form, the
preposition, the head of what is named; of the whole clause: its word stems and pairs, figures, ourselves, denials, and
what the table of patterns (``english``) makes of it. Kinds of words are data (``data/english_reliance.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from checker.text.ground.english_tokens import Lexicon, Token
from checker.text.ground.marks import ABOVE, AFAR, DATE, FIGURE, OWN, PARENT, THEIRS, MarkedClause
from checker.text.readers.reliance.english import fits
from frameworks.ground.yaml import load_data

REACH = 3  # words on either side of the parent whose place is told
FAR = 6  # words in which the verb of the parent is looked for

_NOT_APPLICABLE = re.compile(r"\s*(?:not\sapplicable|n/?a\b|n\.a\.|(?:it\s|this\s)?does\snot\sapply)")
_SIGNS = frozenset((PARENT, THEIRS, AFAR))


def english_features(clauses: Sequence[MarkedClause], place: int, *, is_hard: bool) -> set[str]:
    """What the model sees of an English clause; ``is_hard``: it holds a figure or a stated nil."""
    clause = clauses[place]
    tokens = _tokens(clause.marked)
    found = {f"T:{name}" for name in fits(clauses, place)}
    found |= set(_of_words(tokens))
    signs = [at for at, token in enumerate(tokens) if token.word in _SIGNS]
    found.add(f"#{min(len(tokens), 12) // 3}")
    flags = [
        name
        for name, here in (
            ("W", any(token.word == OWN for token in tokens)),
            ("Q", FIGURE in clause.marked),
            ("H", is_hard),
            ("X", _NOT_APPLICABLE.match(clauses[0].marked) is not None),
            ("N", any("NEG" in token.kinds for token in tokens)),
            ("A", any("ALL" in token.kinds for token in tokens)),
        )
        if here
    ]
    found.update(f"has:{flag}" for flag in flags)
    before = clauses[place - 1] if place else None
    behind = clauses[place + 1] if place + 1 < len(clauses) else None
    for name, other in (("-", before), ("+", behind)):
        if other is None:
            found.add(f"{name}none")
        else:
            together = other.sentence == clause.sentence
            found |= {f"{name}{together}{each}" for each in _outline(other.marked)}
    for number, at in enumerate(signs[:2]):
        around = set(_around(tokens, at))
        found |= {f"{'' if number == 0 else '2'}{each}" for each in around}
        if number == 0:
            found |= {f"{each}&{flag}" for each in around if each.startswith("role") for flag in flags}
            found.add("sign" + tokens[at].word)
    if not signs:
        found.add("nobody")
        found |= {f"nobody:{flag}" for flag in flags}
        if tokens:
            found.add("first:" + tokens[0].stem)
            if before is not None and any(sign in before.marked for sign in (PARENT, ABOVE, THEIRS)):
                found.add("after:" + (tokens[0].stem if before.sentence == clause.sentence else "new"))
    return found


def _outline(marked: str) -> Iterator[str]:
    for name, sign in (("P", PARENT), ("P", ABOVE), ("W", OWN), ("Q", FIGURE), ("R", THEIRS)):
        if sign in marked:
            yield name
    if any("NEG" in token.kinds for token in _tokens(marked)):
        yield "N"


def _of_words(tokens: Sequence[Token]) -> Iterator[str]:
    last = "^"
    for token in (*tokens, Token("$", "$", (), "")):
        yield f"b:{last}_{token.stem}"
        if token.word != "$":
            yield f"w:{token.stem}"
            yield from (f"k:{kind}.{token.form}" for kind in token.kinds)
        last = token.stem


def _around(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """What stands beside the parent."""
    for step in range(1, REACH + 1):
        for name, place in (("<", at - step), (">", at + step)):
            if 0 <= place < len(tokens):
                token = tokens[place]
                yield f"{name}{step}{token.stem}"
                yield from (f"{name}{step}{kind}.{token.form}" for kind in token.kinds)
            else:
                yield f"{name}{step}end"
    first, stop = _phrase(tokens, at)
    head = _heads(tokens[at + 1 : stop]) or ("none",)
    owner = _heads(tokens[first:at])  # institute of the parent
    lead = tokens[first - 1] if first else None
    verb = next((tokens[k] for k in range(first - 1, max(-1, first - FAR), -1) if _is_verb(tokens[k])), None)
    behind = next((tokens[k] for k in range(stop, min(len(tokens), stop + FAR)) if _is_verb(tokens[k])), None)
    preposition = lead.stem if lead is not None and "PREP" in lead.kinds else ""
    label = len(tokens) - (stop - first) <= 1 or (lead is not None and lead.word[0] in "=>→–—-")
    if label and verb is None and behind is None and not preposition:
        role = "label"
    elif preposition:
        role = f"prep:{preposition}"
    elif verb is None or (behind is not None and lead is not None and lead.stem in ("and", "that", "which")):
        role = "subject"
    else:
        role = "object"
    done = verb if role == "object" or preposition else behind
    deeds = [f"{kind}.{done.form}" for kind in done.kinds or ("other",)] if done is not None else ["nothing"]
    possessive = "'s" if at + 1 < len(tokens) and tokens[at + 1].stem == "'s" else ""
    yield f"role:{role}"
    for each in (*head, *(f"of {other}" for other in owner)):
        yield f"head:{each}"
        yield f"role:{role}|head:{each}"
        yield from (f"role:{role}|{deed}|head:{each}" for deed in deeds)
    yield from (f"role:{role}|{deed}" for deed in deeds)
    yield f"role:{role}{possessive}"
    yield f"role:{role}|from {'start' if first == 0 else 'inside'}|to {'end' if stop >= len(tokens) else 'inside'}"
    if done is not None:
        yield f"role:{role}|v:{done.stem}.{done.form}"
        yield f"form:{role}|{done.form}"
    if stop < len(tokens):
        yield f"next:{tokens[stop].stem}"


def _phrase(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Where the phrase that holds the parent begins and ends: the institute of the Group, HQ's training matrix."""
    stop = at + 1
    while stop < len(tokens) and stop - at <= 6 and not _ends(tokens, stop):
        stop += 1
    first = at
    while first and tokens[first - 1].stem in ("the", "a", "an", "our", OWN):
        first -= 1
    if first >= 2 and tokens[first - 1].stem in ("of", "at", "from", "in") and _heads([tokens[first - 2]]):
        first -= 2
        while first and (
            tokens[first - 1].stem in ("the", "a", "an", "our", OWN)
            or (not tokens[first - 1].kinds and tokens[first - 1].word.isalpha())
        ):
            first -= 1
    return first, stop


def _ends(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.stem == "'s":
        return False
    if token.word in (OWN, FIGURE, DATE) or token.word[0] in "=>→–—-":
        return True
    if any(kind in ("PREP", "BE", "HAVE", "MOD", "PRON", "CONJ", "NEG", "ALL") for kind in token.kinds):
        return True
    return _is_verb(token) and not _heads([token]) and token.form in ("s", "ed")


def _heads(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The kinds of the last noun of a phrase that are of nouns."""
    for token in reversed(tokens):
        kinds = tuple(kind for kind in token.kinds if kind in _NOUNS)
        if kinds:
            return kinds
    return ()


_NOUNS = frozenset(("DOC", "CHG", "UNIT", "PER", "TOOL", "KIN", "OFF"))
_VERBS = frozenset(("HND", "GST", "TEL", "LIE", "RLY", "OVR", "SEE", "RST", "BE", "HAVE", "MOD"))


def _is_verb(token: Token) -> bool:
    return any(kind in _VERBS for kind in token.kinds) or (token.form == "ed" and len(token.word) > 4)


def _tokens(marked: str) -> list[Token]:
    found: list[Token] = []
    for token in _lexicon().tokens(marked.replace(ABOVE, PARENT)):
        if not (token.word == PARENT and found and found[-1].word == PARENT):  # the Dicastal Group
            found.append(token)
    return found


@cache
def _lexicon() -> Lexicon:
    data: dict[str, Any] = load_data("checker.data", "english_reliance.yaml")
    kinds = {kind: list(words) for kind, words in data["kinds"].items()}
    for kind, name in _LISTS:
        kinds[kind] = [*kinds.get(kind, ()), *data[name]]
    return Lexicon(kinds, data["irregular"], data["titles"])


_LISTS = (
    ("HND", "handling"), ("GST", "guests"), ("DOC", "documents"), ("CHG", "charges"), ("LIE", "lying"),
    ("PER", "persons"), ("TOOL", "tools"), ("OFF", "offices"),
)  # fmt: skip
