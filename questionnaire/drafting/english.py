"""The grammar by which an English question is cut: sentences, including, such as, whether, and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from questionnaire.drafting.grammar import Cut, either, summed_up
from questionnaire.drafting.masks import brackets, masked, split
from questionnaire.vocabulary import Need, Option

_SENTENCE = re.compile(r"[;；?？!\n]+|\.(?=\s+[A-Z])|\.$")
_COMMA = re.compile(r",\s*(?:(?:and|or)\s+)?|\s+as well as\s+", re.IGNORECASE)
_JOINT = re.compile(r"\s+(?:and|or)\s+|\s*/\s*", re.IGNORECASE)
_CLOSING = " .,;:?!-–—"
SHORT = 2  # words of an entry that is no matter of its own where only two are joined


def cut(question: str) -> Iterator[Cut]:
    """What a question asks for."""
    for sentence in split(question, _SENTENCE):
        yield from _sentence(sentence)


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s(,]))(?:{either('en', name)})(?=[\s,:]|$)", re.IGNORECASE)


def _sentence(sentence: str) -> Iterator[Cut]:
    sentence, aside = _without_brackets(sentence)
    covered = masked(sentence)
    marks = sorted(
        (found.start(), found.end(), name)
        for name in ("including", "examples", "whether")
        for found in _word(name).finditer(covered)
    )
    ends = [start for start, _, _ in marks[1:]] + [len(sentence)]
    head = sentence[: marks[0][0]] if marks else sentence
    after: Option | None = None
    if (when := _condition().match(head)) is not None:
        denied = re.search(r"\b(?:no|not)\b", when.group(), re.IGNORECASE) is not None
        head, after = head[when.end() :], Option.NO if denied else Option.YES
    heads = [Cut(entry, after=after) for entry in _entries(_bare(head))]
    listed: list[Cut] = []
    for (start, end, name), stop in zip(marks, ends, strict=True) if marks else ():
        told = sentence[end:stop].strip(_CLOSING)
        if name == "whether":
            listed.append(Cut(_bare(f"{sentence[start:end]} {told}"), whether=True))
        else:
            need = Need.EXAMPLE if name == "examples" else Need.REQUIRED
            listed += [Cut(entry, need) for entry in _entries(_bare(told), listed=True)]
    listed, aside = ([each._replace(after=after) for each in found] for found in (listed, aside))
    yield from summed_up(heads, [*listed, *aside])
    yield from listed
    yield from aside


def _without_brackets(sentence: str) -> tuple[str, list[Cut]]:
    """A sentence without the brackets that hold examples or what may be added, and what those ask for."""
    aside: list[Cut] = []
    for each in reversed(list(brackets(sentence))):
        if _word("examples").match(each.words):
            found = [Cut(entry, Need.EXAMPLE) for entry in _entries(_bare(each.words), listed=True)]
        elif _word("including").match(each.words):
            found = [Cut(entry) for entry in _entries(_bare(each.words), listed=True)]
        elif _word("optional").match(each.words):
            found = []
        else:
            continue
        sentence = f"{sentence[: each.start].rstrip()} {sentence[each.end :].lstrip()}"
        aside = found + aside
    return sentence.replace(" ,", ",").strip(), aside


def _bare(text: str) -> str:
    """Words without those that lead on to them and the marks at their ends."""
    text = re.sub(r",?\s+(?:and|or)$", "", text.strip(_CLOSING))
    leads = re.compile(
        rf"(?:{either('en', 'leads')}|{either('en', 'including')}|{either('en', 'examples')}|the)(?=[\s,:])[\s,:]*",
        re.IGNORECASE,
    )
    while (found := leads.match(text)) is not None and found.end() < len(text):
        text = text[found.end() :].strip(_CLOSING)
    return "" if leads.fullmatch(f"{text} ") else text


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{either('en', 'conditions')})\b[\s,:]*", re.IGNORECASE)


def _entries(text: str, *, listed: bool = False) -> list[str]:
    """The entries of a list; two words joined are one matter unless they were announced as a list."""
    if not text:
        return []
    parts = split(text, _COMMA)
    *first, last = parts
    pair = split(last, _JOINT)
    apart = len(pair) == 2 and (listed or len(parts) > 1 or _are_two(*pair))
    found = [*first, *(pair if apart and not (len(parts) > 1 and "," in last) else [last])]
    if "," in text and apart and re.search(r",\s*(?:and|or)\s", text) and len(parts) > 1:
        found = parts  # A, B, and C D and E: the last comma closed the list
    return [each for part in found if (each := _bare(re.sub(r"\b(?:etc|and so on)\.?$", "", part)))]


def _are_two(one: str, other: str) -> bool:
    """Whether two things joined are two matters: quantities, or each with words enough."""
    amounts = re.compile(rf"\b(?:{either('en', 'amounts')})\b", re.IGNORECASE)
    if amounts.search(one) and amounts.search(other):
        return True
    return min(len(one.split()), len(other.split())) > SHORT
