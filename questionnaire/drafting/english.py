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
LISTED = 3  # things joined from which a question of whether asks for each
SHORT = 2  # words of an entry that is no matter of its own where only two are joined


def cut(question: str) -> Iterator[Cut]:
    """What a question asks for."""
    for sentence in split(question, _SENTENCE):
        asks = _begins("asked").match(sentence) is not None
        when = _condition().match(sentence)  # If not, state …
        at = when.end() if when is not None and not asks else 0
        first, *rest = split(sentence[at:], _next_asked() if asks else _next_order()) or [""]
        for part in (sentence[:at] + first, *rest):
            if not asks and (parted := _by_kinds().match(part)) is not None:
                yield from _sentence(parted["what"])
                yield from (Cut(each) for each in _entries(parted["kinds"], listed=True))
            else:
                yield from _sentence(part)


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s(,]))(?:{either('en', name)})(?=[\s,:]|$)", re.IGNORECASE)


@cache
def _begins(name: str) -> re.Pattern[str]:
    """One of the words of a kind at the beginning."""
    return re.compile(rf"(?:{either('en', name)})\s", re.IGNORECASE)


def _is_tail(part: str) -> bool:
    """Whether an entry only tells more of the list before it: in tonnes of CO2, separately."""
    return _begins("tails").match(part) is not None or re.match(r"\w+ly$", part) is not None


@cache
def _next_order() -> re.Pattern[str]:
    """A second thing to do: , and state …; and give …."""
    orders, plain = either("en", "orders"), either("en", "plain_orders")
    return re.compile(
        rf",\s*(?:and\s+)?(?=(?:please\s)?(?:{orders})\s)|\s+and\s+(?=(?:please\s)?(?:{plain})\s)",
        re.IGNORECASE,
    )


@cache
def _next_asked() -> re.Pattern[str]:
    """A second thing of which is asked whether it is so: , and has it been …; and to keep …."""
    return re.compile(rf",?\s+and\s+(?=(?:{either('en', 'asked')})\s)|\s+and\s+(?=to\s\w)", re.IGNORECASE)


def _sentence(sentence: str) -> Iterator[Cut]:
    sentence, aside = _without_brackets(sentence)
    covered = masked(sentence)
    marks = sorted(
        (found.start(), found.end(), name)
        for name in ("including", "examples", "whether")
        for found in _word(name).finditer(covered)
        if name != "whether" or found.group().lower().startswith("whether")  # do you …: asked by itself
    )
    ends = [start for start, _, _ in marks[1:]] + [len(sentence)]
    head = sentence[: marks[0][0]] if marks else sentence
    after: Option | None = None
    if (when := _condition().match(head)) is not None:
        denied = re.search(r"\b(?:no|not)\b", when.group(), re.IGNORECASE) is not None
        head, after = head[when.end() :], Option.NO if denied else Option.YES
    asks = _begins("asked").match(head) is not None
    found = _entries(_bare(head), asks=asks, given=_gives(head))
    heads = [Cut(entry, whether=asks and not at, after=after) for at, entry in enumerate(found)]
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


def _entries(text: str, *, listed: bool = False, asks: bool = False, given: bool = False) -> list[str]:
    """The entries of a list; two words joined are one matter unless they were announced as a list.

    Args:
        text: the words.
        listed: they were announced as a list.
        asks: they ask whether something is so: two things joined are one there, three are three.
        given: they are what a word like give or indicate is followed by, so that two short ones are two.
    """
    if not text:
        return []
    parts = split(text, _COMMA)
    while len(parts) > 1 and _is_tail(parts[-1]):  # , in tonnes of CO2
        text = text[: text.rfind(parts[-1])].rstrip(" ,")
        parts = parts[:-1]
    *first, last = parts
    pair = split(last, _JOINT)
    if asks and (len(first) + len(pair) < LISTED or re.search(r"\sor\s", last)):
        return [text]
    few = given and max(len(_begins("articles").sub("", each).split()) for each in pair) <= SHORT
    apart = len(pair) == 2 and (listed or few or len(parts) > 1 or _are_two(*pair))
    found = [each for part in first for each in _two(part) or [part]]
    found += pair if apart and not (len(parts) > 1 and "," in last) else [last]
    if "," in text and apart and re.search(r",\s*(?:and|or)\s", text) and len(parts) > 1:
        found = parts  # A, B, and C D and E: the last comma closed the list
    return [each for part in found if (each := _bare(re.sub(r"\b(?:etc|and so on)\.?$", "", part)))]


def _two(part: str) -> list[str]:
    """What stands before and behind a joint inside a list, where each is a thing of its own."""
    pair = split(part, _JOINT)
    if len(pair) != 2:
        return []
    return pair if all(map(_begins("articles").match, pair)) or all(map(_amounts().search, pair)) else []


@cache
def _amounts() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either('en', 'amounts')})\b", re.IGNORECASE)


@cache
def _by_kinds() -> re.Pattern[str]:
    """By what a quantity is to be parted: split by gender and age; by gender, country and contract type."""
    entry = r"(?:[\w-]+\s){0,2}[\w-]+"
    return re.compile(
        rf"(?P<what>.+?)[\s,(]+(?:(?:{either('en', 'parted')})\sby|by(?=[^,]+,))\s"
        rf"(?P<kinds>{entry}(?:,\s{entry})*,?\sand\s{entry})[)\s.]*$",
        re.IGNORECASE,
    )


def _gives(head: str) -> bool:
    """Whether the words behind are each to be given: give name and function."""
    return re.match(rf"\s*(?:please\s)?(?:{either('en', 'plain_orders')})\s", head, re.IGNORECASE) is not None


def _are_two(one: str, other: str) -> bool:
    """Whether two things joined are two matters: quantities, or each with words enough."""
    if _amounts().search(one) and _amounts().search(other):
        return True
    if re.search(rf"(?:^|\s)(?:{either('en', 'labels')})$", one, re.IGNORECASE):  # Name and job title of …
        return True
    if one.split(maxsplit=1)[0] == other.split(maxsplit=1)[0] and len(one.split()) > 1:  # Scope 1 and Scope 2
        return True
    return min(len(one.split()), len(other.split())) > SHORT
