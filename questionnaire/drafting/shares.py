"""Lists of which each entry is asked the same: what closes the last one is asked of all that lack it."""

from __future__ import annotations

import re

from questionnaire.drafting.grammar import either
from questionnaire.drafting.masks import masked
from questionnaire.drafting.nouns import (
    LONG,
    PERIOD,
    WHOLE,
    bare_of,
    ends_in_verb,
    has_object,
    is_amount,
    is_closed,
    joints,
    prefix_of,
    verbs,
)
from questionnaire.drafting.parting import by_joint


def at_times(clause: str) -> list[str]:
    """A和B时如何C: A时如何C, B时如何C."""
    found = re.fullmatch(r"([^、的]{2,10})(?:和|与|及|或)([^、的]{2,10})时(如何|怎样|怎么|是否)(.+)", clause)
    if found is None:
        return []
    one, other, how, rest = found.groups()
    if len(other) == 2 < len(one):  # 供应商准入和评估: two words of two letters have one noun before them
        other = one[:-2] + other
    return [f"{one}时{how}{rest}", f"{other}时{how}{rest}"]


def crossed(clause: str) -> list[str]:
    """A和B的C及D: C of A, C of B, D of A, D of B, where C or D is a quantity."""
    found = re.fullmatch(
        r"([^、的]+?)(?:和|与)([^、的]+)的([^、的]+?)(?:及其?|以及|和|与)([^、的]+)", masked(clause)
    )
    if found is None:
        return []
    one, other, first, second = (clause[slice(*found.span(n))] for n in range(1, 5))
    nouns = min(len(one), len(other)) >= LONG and not has_object(other) and not verbs().match(one)
    if not nouns or not is_closed(bare_of(first)) or not is_closed(bare_of(second)) or not is_amount(first):
        return []
    return [f"{one}的{first}", f"{other}的{first}", f"{one}的{second}", f"{other}的{second}"]


def owned(parts: list[str]) -> list[str]:
    """A、B的C、D: C is asked of A and of B, where both are whole nouns and C closes itself; D for itself."""
    at = next((number for number, part in enumerate(parts) if "的" in masked(part)), 0)
    nouns, holder = parts[:at], parts[at]
    end = masked(holder).find("的")
    noun, rest = holder[:end], holder[end:]
    told = by_joint(rest, multiple=True)
    if (
        not nouns
        or end < 2
        or PERIOD.match(noun)
        or nouns[0].startswith("按")
        or any(map(is_closed, nouns))
        or any(map(_has_own, (*nouns[1:], noun)))
    ):
        return []
    short = max(map(len, (*nouns, noun))) <= LONG
    if not is_amount(told[0]) and not (is_closed(told[0]) and (short or verbs().match(nouns[0]))):
        return []
    both = len(told) > 1 and is_amount(told[0]) and is_amount(told[-1]) and "的" not in told[-1]
    if len(told) > 1 and not both:
        rest, more = told[0], told[1:]  # 的采购量及占原料总量的比重
    else:
        more = []
    *behind, last = parts[at + 1 :] or [""]
    closing = by_joint(last, multiple=True) if last else []
    return [*(f"{each}{rest}" for each in (*nouns, noun)), *more, *behind, *closing]


def _has_own(noun: str) -> bool:
    return has_object(noun) or bool(joints().search(noun))


def counted(parts: list[str]) -> list[str]:
    """A、B、C数量和D: the number of each, where A and B are no quantities; D for itself."""
    *head, last = parts
    told = [*head, *by_joint(last, multiple=True)]
    at = next((number for number, part in enumerate(told) if is_amount(part)), 0)
    things, amounts = either("zh", "counted"), either("zh", "amounts")
    tail = re.search(rf"(?<=..)(?:{things})?(?:{amounts})(?:[（(][^（）()]*[)）])?$", told[at])
    if (
        not at
        or at < len(head) - 1
        or tail is None
        or tail.group().startswith("率")
        or any("的" in masked(part) for part in told[1 : at + 1])
    ):
        return []
    first = prefix_of(told[0])
    nouns = [told[0][len(first) :], *told[1:at], told[at][: tail.start()]]
    if any(is_closed(each) or ends_in_verb(each) or len(each) > WHOLE for each in nouns) or has_object(
        told[at]
    ):
        return []
    return [*(f"{first}{each}{tail.group()}" for each in nouns), *told[at + 1 :]]


def is_sum(suffix: str) -> bool:
    """Whether what stands behind 等 counts one thing: 安全事故的起数, 公益投入金额."""
    bare = bare_of(suffix)
    tail = re.search(rf"(?:的|(?<=..))(?:{either('zh', 'amounts')})$", bare)
    return tail is not None and tail.start() >= 2 and not verbs().match(suffix)
