"""What an entry of a list is: a noun that closes itself, a quantity, a verb with its object."""

from __future__ import annotations

import re
from functools import cache

from questionnaire.drafting.grammar import either
from questionnaire.drafting.masks import masked

LONG = 4  # letters from which two nouns joined by 和 are two matters; shorter ones are one (意识和能力)
WHOLE = 6  # letters of a quantity that says itself what it is of (集体合同覆盖率)
PERIOD = re.compile(r"20\d\d年")


@cache
def joints() -> re.Pattern[str]:
    """What joins two entries."""
    return re.compile(r"以及|及其|或者|和(?![谐解])|(?<![涉普危])及(?![时格])|(?<!参)与(?!会)|或")


@cache
def verbs() -> re.Pattern[str]:
    """A verb that shares its object."""
    return re.compile(f"(?!{either('zh', 'nouns')})(?:{either('zh', 'verbs')})")


@cache
def _stem() -> re.Pattern[str]:
    """What a list may have before it that belongs to all of it: adverbs, whom it is for, verbs."""
    adverbs, prepositions, verb = either("zh", "adverbs"), either("zh", "prepositions"), verbs().pattern
    joint = r"(?:和|及|与|或|并|、)"
    several = rf"(?:{adverbs}|{verb})+(?:{joint}(?:{adverbs}|{verb})+)*"
    return re.compile(rf"(?:{adverbs})*(?:(?:{prepositions})(?:(?!{verb})[^、的]){{1,8}})?{several}(?=..)")


def prefix_of(first: str) -> str:
    """What the first entry has before it that belongs to all: up to its last 的, else its verbs."""
    covered = masked(first)
    if 0 < (end := covered.rfind("的") + 1) < len(first):
        return "" if first.startswith("从") or tells(first) else first[:end]
    if (grouped := re.match(r"按(?=..)", covered)) is not None:
        return grouped.group()
    found = _stem().match(covered)
    return first[: found.end()] if found else ""


def ends_in_verb(text: str) -> bool:
    """Whether a verb closes a text."""
    return re.search(rf"(?:{either('zh', 'verbs')})$", text) is not None


def has_object(part: str) -> bool:
    """Whether a verb with what it is about begins an entry."""
    found = verbs().match(part)
    return found is not None and len(part) - found.end() >= 2 and not _is_head(part[found.end() :])


def _is_head(text: str) -> bool:
    """Whether a word behind a verb makes a noun of it (管理机制, 考核制度)."""
    return (
        re.fullmatch(f"{either('zh', 'heads')}|{either('zh', 'amounts')}", text) is not None or len(text) < 2
    )


def is_closed(text: str) -> bool:
    """Whether a word is a quantity or another noun that needs nothing behind it."""
    return (
        re.search(
            rf"(?:{either('zh', 'amounts')}|{either('zh', 'heads')}|{either('zh', 'closed')}|..[量率额数])$",
            bare_of(text),
        )
        is not None
    )


def is_label(noun: str) -> bool:
    """Whether a short noun closes itself: 网址, 有效期, 到期日."""
    bare = bare_of(noun)
    closes = re.search(rf"(?:{either('zh', 'closed')}|{either('zh', 'amounts')})$", bare)
    return len(bare) <= LONG and closes is not None


def names_itself(noun: str) -> bool:
    """Whether a noun without 的 needs nothing behind it: 核算方法, 数据来源."""
    return re.search(rf"^[^的和及与]+(?:{either('zh', 'closed')})$", bare_of(noun)) is not None


def is_amount(text: str) -> bool:
    """Whether a word of quantity closes a text."""
    return re.search(rf"(?:{either('zh', 'amounts')}|[量率额数])$", bare_of(text)) is not None


def bare_of(text: str) -> str:
    """A noun without the brackets behind it."""
    return re.sub(r"[（(][^（）()]*[)）]$", "", text.strip())


def tells(part: str) -> bool:
    """Whether an entry has its own verb before 的: 取得的成效, 收到的投诉."""
    return re.match(rf"(?:{either('zh', 'results')})[^的]{{0,4}}的|占[^、]+的", part) is not None
