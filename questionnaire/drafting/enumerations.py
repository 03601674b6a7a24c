"""The lists of a Chinese clause: where one begins and ends, what its entries share before and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from questionnaire.drafting.grammar import either, words
from questionnaire.drafting.masks import COVER, masked
from questionnaire.drafting.nouns import (
    LONG,
    PERIOD,
    WHOLE,
    bare_of,
    ends_in_verb,
    has_object,
    is_amount,
    is_closed,
    is_label,
    joints,
    names_itself,
    prefix_of,
    tells,
    verbs,
)
from questionnaire.drafting.parting import by_joint, split_at
from questionnaire.drafting.shares import at_times, counted, crossed, is_sum, owned

_AND = "\ue001"
_MARK = re.compile("、")
_PAIR = re.compile(r"[和及与或、]|以及")
_END = " 　。，、；;：:"


def cut(clause: str) -> list[str]:
    """A clause's entries with what they share, or the clause itself."""
    clause = clause.strip(_END)
    if (adverbial := re.match(r"在[^、]{2,12}?过程中(?=..)", masked(clause))) is not None:
        clause = clause[adverbial.end() :]
    if not clause:
        return []
    sides = split_at(clause, re.compile("以及"))
    if len(sides) == 2 and all(
        "、" in masked(side) for side in sides
    ):  # A、B以及C、D的E: a list behind a list
        return [each for side in sides for each in cut(side)]
    if (attribute := _attribute().match(masked(clause))) is not None:  # A、B等C的D: one attribute
        covered = clause[: attribute.end()].replace("、", COVER).replace("和", _AND)
        return [
            each.replace(COVER, "、").replace(_AND, "和")
            for each in _of_forms(covered + clause[attribute.end() :])
        ]
    return _of_forms(clause)


def _of_forms(clause: str) -> list[str]:
    for form in (_linked, at_times, crossed, _of_fields, _to_audience, _of_means, _enumerated, _pair):
        found = form(clause)
        if found:
            return [each.strip(_END) for each in found if each.strip(_END)]
    return [clause]


@cache
def _attribute() -> re.Pattern[str]:
    """A list that 等 closes and that only tells what the noun behind it is of, with more behind that."""
    fields, named = either("zh", "field_nouns"), either("zh", "closed")
    return re.compile(
        rf"[^等的]*[、和][^等的]*等(?!{fields})[^、，的]{{2,}}的(?=[^、]+、|[^、]{{0,6}}(?:{named})[和及与])"
    )


def entries(text: str) -> list[str]:
    """The entries of a bare list (气候变化、能源转型等)."""
    text = re.sub(rf"(?:{either('zh', 'last')})$", "", text.strip(_END))
    parts = split_at(text, _MARK)
    *head, last = parts
    return [each for each in (*head, *by_joint(last, multiple=len(parts) > 1)) if each]


def questions(told: str) -> list[str]:
    """What is asked behind one 是否: one thing, unless each part has its verb, or parts of a whole are named."""
    told = re.sub(rf"(?:{either('zh', 'last')})$", "", told.strip(_END))
    parts = entries(told)
    if len(parts) < 2:
        return [told] if told else []
    if (holds := re.match(either("zh", "including"), told)) is not None and "、" in masked(told):
        return [parts[0], *(f"{holds.group()}{part}" for part in parts[1:])]
    if "、" not in masked(told):
        return [told]
    # 是否开展、涉及矿种、清单获取情况: only the first is asked with 是否
    apart = len(parts[0]) <= LONG and not is_closed(parts[0]) and all(map(is_closed, parts[2:] or parts[1:]))
    return parts if apart or all(map(has_object, parts)) else [told]


def _linked(clause: str) -> list[str]:
    """将 A、B 与 C 及 D 挂钩: every one of them with the link."""
    found = re.fullmatch(r"将(.+?)与(?!服务)(.+)(挂钩|结合|融合|联动|衔接)(.*)", clause)
    if found is None:
        return []
    subjects, objects, link, _ = found.groups()
    named = re.split(r"等", subjects, maxsplit=1)[0]
    to = [each for each in split_at(objects, joints()) if each]
    kept = to[-1].partition("的")[2] if len(to) > 1 else ""
    partners = [f"{each}的{kept}" if kept and "的" not in each else each for each in to]
    return [f"{each}与{objects}{link}" for each in entries(named)] + (
        [f"与{each}{link}" for each in partners] if len(partners) > 1 else []
    )


@cache
def _field() -> re.Pattern[str]:
    begins = either("zh", "field_heads")
    fields = "|".join(map(re.escape, sorted(words()["zh"]["fields"], key=len, reverse=True)))
    return re.compile(rf"^(.*?)({begins})?([^的]+?)(等[^、，的]{{0,6}}?)?({fields})(的?)(.*)$")


@cache
def _light_verb() -> re.Pattern[str]:
    """For whom, and a verb that only carries its object: 供应商进行环境、劳工方面的审核."""
    return re.compile(rf"[^、]{{0,8}}?(?:{either('zh', 'light_verbs')})(?=..)")


def _of_fields(clause: str) -> list[str]:
    """在 A、B 等方面的 N: A 方面的 N, B 方面的 N."""
    covered = masked(clause)
    found = _field().match(covered)
    if found is None or not _PAIR.search(found.group(3)):
        return []
    lead, head, named, several, field, _, _ = (
        clause[slice(*found.span(n))] if found.group(n) is not None else "" for n in range(1, 8)
    )
    if not head and not several and field in ("中", "领域"):
        return []
    rest = clause[found.start(7) :]
    if len(rest.strip()) < 2:
        return []
    fields = entries(named)
    if len(fields) < 2:
        return []
    if field == "中" and len(fields) > 2:
        return []
    if "、" not in covered[slice(*found.span(3))] and "、" in masked(rest) and not several:
        # A和B方面的C、D: what is asked is the list behind
        return [f"{clause[: found.start(7)]}{each}" if not n else each for n, each in enumerate(cut(rest))]
    stem = field
    if (verb := _light_verb().match(fields[0])) is not None and not any(map(verbs().match, fields[1:])):
        lead, head = f"{lead}{head}{verb.group()}", ""
        fields[0] = fields[0][verb.end() :]
    amounts = _amounts(rest)
    if amounts:
        return [*(f"{lead}{head}{each}{stem}" for each in fields), *amounts]
    return [f"{lead}{head}{each}{stem}{found.group(6)}{rest}" for each in fields]


def _amounts(rest: str) -> list[str]:
    """Two quantities joined (支出金额和比例)."""
    parts = by_joint(rest, multiple=True)
    if len(parts) == 2 and re.search(rf"(?:{either('zh', 'amounts')})$", parts[1]):
        return parts
    return []


@cache
def _audience() -> re.Pattern[str]:
    verb = verbs().pattern
    return re.compile(
        rf"([^、]{{0,4}}?)(面向|向|针对|为|对(?![应象])|)((?:(?!{verb}|对(?![应象])).)+?)(的?{verb}.*|的.+|对(?![应象]).+)$"
    )


def _to_audience(clause: str) -> list[str]:
    """面向 A、B 和 C 开展 D: 面向 A 开展 D, …; A、B 对 C 的 D: each of them."""
    covered = masked(clause)
    found = _audience().match(covered)
    if found is None or not _PAIR.search(found.group(3)) or COVER in found.group(3):
        return []
    if not found.group(2) and (found.group(1) or not found.group(4).startswith("对")):
        return []
    if re.search(rf"(?:{joints().pattern})$", found.group(3)):  # A以及对B的C: the last entry has its own 对
        return []
    rest, lead = clause[found.start(4) :], clause[: found.end(2)]
    audience = entries(clause[slice(*found.span(3))])
    told = found.group(2) in ("面向", "向") or "、" in found.group(3) or min(map(len, audience)) >= LONG
    if len(audience) < 2 or not told:
        return []
    return [f"{lead}{each}{rest}" for each in audience]


def _of_means(clause: str) -> list[str]:
    """以 A、B、C 等方式 V: every means with what it is for."""
    found = re.match(
        r"^(通过|以|采用|采取)(.+?)(等[^、，]{0,4})?(方式|手段|途径|渠道|形式)(.*)$", masked(clause)
    )
    if found is None or not _PAIR.search(found.group(2)):
        return []
    named, rest = clause[slice(*found.span(2))], clause[found.start(5) :]
    head = found.group(4)
    means = entries(named)
    if len(means) < 2:
        return []
    if found.group(1) == "通过":
        return [
            *(f"{each}{'' if each.endswith(head) else head}" for each in means),
            *([rest] if len(rest) > 3 else []),
        ]
    return [f"{each}{rest}" for each in means]


def _enumerated(clause: str) -> list[str]:
    """A、B 和 C: each with the verb before the list and the noun behind it."""
    covered = masked(clause)
    if "、" not in covered:
        return []
    if (at := _own_quantity(clause)) is not None:
        return [*_of_forms(clause[: at.start()]), clause[at.end() :]]
    last_mark = covered.rfind("、")
    ends = re.compile(r"等(?!级|离|同|待|候|额|于|效)").search(covered, last_mark)
    listed, suffix = (clause[: ends.start()], clause[ends.end() :]) if ends else (clause, "")
    parts = split_at(listed, _MARK)
    if _adjectives(parts):
        return _pair(clause.replace("、", COVER)) and [
            each.replace(COVER, "、") for each in _pair(clause.replace("、", COVER))
        ]
    own = [part for part in parts if has_object(part)]
    if len(own) == len(parts):  # every part has its verb: nothing is shared
        return [each for part in parts for each in (_pair(part) or [part])]
    if not suffix and (asked := owned(parts) or counted(parts)):
        return asked
    if suffix and is_sum(suffix):  # A、B等C的数量: all of C together
        return [clause]
    *head, last = parts
    found = [*head, *by_joint(last, multiple=True)]
    if tells(found[-1]) and (several := _pair(found[-1])):
        found[-1:] = several
    prefix = prefix_of(found[0])
    if any(prefix in each for each in found[1:]):  # 培训总时长、人均学时、培训投入: said where it belongs
        prefix = ""
    bare = [found[0][len(prefix) :], *found[1:]]
    if all(verbs().fullmatch(each) for each in (bare if not _is_object(found) else bare[:-1])) and (
        not prefix or verbs().fullmatch(prefix)
    ):
        return [clause]
    if suffix and not re.search(rf"的|^(?:{either('zh', 'predicates')})|{verbs().pattern}", suffix):
        # what the entries are, all together (等自然生态环境): said with the last
        found, suffix = [*found[:-1], f"{found[-1]}等{suffix}"], ""
        return list(_composed([found[0][len(prefix) :], *found[1:]], prefix, ""))
    if not prefix and suffix and (told := re.match(either("zh", "prepositions"), found[0])):
        prefix, bare = told.group(), [found[0][told.end() :], *found[1:]]
    shared, bare = (suffix, bare) if suffix else _shared(bare)
    return list(_composed(bare, prefix, shared))


def _own_quantity(clause: str) -> re.Match[str] | None:
    """The last joint, where a quantity stands behind it that says itself what it is of: A、B的构成及女性董事占比."""
    covered = masked(clause)
    *_, last = joints().finditer(covered) if joints().search(covered) else (None,)
    if last is None or "、" not in covered[: last.start()] or "、" in covered[last.end() :]:
        return None
    noun, quantity = clause[: last.start()], clause[last.end() :]
    alone = is_amount(quantity) and len(bare_of(quantity)) >= WHOLE and "的" not in covered[last.end() :]
    owned_noun = re.search(rf"的(?:{either('zh', 'closed')}|{either('zh', 'heads')})$", noun)
    return last if alone and owned_noun is not None else None


def _composed(bare: list[str], prefix: str, shared: str) -> Iterator[str]:
    """The entries with what they share; a verb holds until the next one."""
    for number, entry in enumerate(bare):
        if number and has_object(bare_of(entry)):
            yield entry + shared
            # a verb holds for nouns behind it, not for what closes itself: 参加人次、员工覆盖率
            prefix = "" if any(map(is_closed, bare[number + 1 :])) else prefix_of(entry)
        elif number and _stands_alone(entry, prefix):
            yield entry + shared
        else:
            yield f"{prefix}{entry}{shared}"


def _stands_alone(entry: str, prefix: str) -> bool:
    """Whether an entry says itself what it is of, so that nothing before the list belongs to it."""
    if tells(entry) or PERIOD.match(entry) or "的" in masked(entry):
        return True
    noun = prefix.removesuffix("的")[-2:]
    if prefix.endswith("的") and len(noun) == 2 and entry.startswith(noun):  # 产品召回的批次、召回原因
        return True
    return prefix.endswith("的") and len(bare_of(entry)) >= WHOLE and is_amount(entry)


def _is_object(found: list[str]) -> bool:
    """Whether the last entry is a verb with an object, which belongs to all before it (保护、恢复和促进…)."""
    last = verbs().match(found[-1])
    return last is not None and last.end() < len(found[-1])


def _adjectives(parts: list[str]) -> bool:
    """安全、健康、卫生的工作条件: short words before 的 are no entries."""
    told = re.match(r"^[^的]{1,2}的", parts[-1])
    if told is None or tells(parts[-1]) or is_amount(parts[-1]):
        return False
    return all(len(part) <= 2 for part in parts[1:-1])


def _shared(bare: list[str]) -> tuple[str, list[str]]:
    """What closes the last entry and no other: 贿赂、勒索、不正当竞争行为; 按性别、年龄、用工形式划分的人数."""
    *others, last = bare
    if any(is_closed(each) or "的" in masked(each) for each in others) or tells(last):
        return "", bare
    if max(map(len, others)) > LONG + 1 and not _same_begin(bare):
        return "", bare
    tail = re.search(rf"(?<=..)(?:{verbs().pattern}|划分)?的[^的]+$", masked(last))
    head = re.search(rf"(?<=..)(?:{either('zh', 'heads')})(?:[（(][^（）()]*[)）])?$", last)
    grouped = tail is not None and (len(others) > 1 or is_amount(last))
    found = tail if grouped else head
    if found is None or (PERIOD.match(last) and found is tail):
        return "", bare
    return last[found.start() :], [*others, last[: found.start()]]


def _same_begin(bare: list[str]) -> bool:
    """范围一、范围二: entries that begin alike share what closes the last of them."""
    return len({each[:2] for each in bare}) == 1


def _pair(clause: str) -> list[str]:
    """Two matters joined by 和, where they are two."""
    covered = masked(clause)
    for found in joints().finditer(covered):
        left, right = clause[: found.start()], clause[found.end() :]
        if found.group() == "及其" and left and right and is_closed(left):  # 比例及其取得方式
            return [left, right]
        if parts := left and right and (_contrast(left, right) or _two(left, right)):
            return parts
    if "/" in covered or "／" in covered:
        left, right = re.split("[/／]", clause, maxsplit=1)
        if len(left) >= LONG and len(right) >= LONG and left[-2:] == right[-2:]:
            return [left, prefix_of(left) + right]
    return []


def _two(left: str, right: str) -> list[str]:
    """What stands before and behind a joint, where each is long enough to be a matter of its own."""
    if has_object(right) and not ends_in_verb(left) and len(left) >= LONG:
        return [left, right]
    if is_amount(left) and is_amount(right):
        return [left, right]
    if is_closed(left) and (tells(right) or is_label(right)):
        return [left, right]
    if re.fullmatch(either("zh", "closed"), left) and is_closed(right):  # 原因及后续计划
        return [left, right]
    if re.search(rf"(?:^|的)(?:{either('zh', 'closed')})$", left) and is_amount(right):  # 型号和全年补充量
        return [left, right]
    if "的" in left and re.match("对.+的", right):  # 渠道的设置和对举报人的保护措施
        return [left, right]
    if (
        min(len(left), len(right)) >= LONG and names_itself(left) and names_itself(right)
    ):  # 核算方法和数据来源
        return [left, right]
    if left.endswith(("）", ")")) and tells(right):  # 建筑面积（万平方米）及占新开工面积的比例
        return [left, right]
    noun, other = _left_noun(left), _right_noun(right)
    stem, rest = left[: len(left) - len(noun)], right[len(other) :]
    long = len(noun) >= LONG and len(other) >= LONG
    same_kind = left[-1:] == right[1:2]  # 产业和行业…: two letters each
    if long and not same_kind and not joints().search(noun) and not ends_in_verb(noun):
        return [f"{stem}{noun}{rest}", f"{stem}{other}{rest}"]
    return []


def _contrast(left: str, right: str) -> list[str]:
    """有害及无害废弃物, 风险和机遇的识别: words that are two matters however short."""
    for pair in words()["zh"]["contrasts"]:
        for one, other in (pair, pair[::-1]):
            if left.endswith(one) and right.startswith(other):
                return [left + right[len(other) :], left[: -len(one)] + right]
    return []


def _left_noun(left: str) -> str:
    """The noun before a joint: behind the last 的, preposition or verb."""
    rest = re.sub(rf"^{PERIOD.pattern}", "", left[len(prefix_of(left)) :])
    found = re.search(r".*(?:对|将|把|向|为)", rest)
    if found:
        rest = rest[found.end() :]
        rest = rest[len(prefix_of(rest)) :]
    return rest


def _right_noun(right: str) -> str:
    """The noun behind a joint: up to 的, a predicate, or the end."""
    found = re.match(rf"[^的，]+?(?=的|等|{either('zh', 'predicates')}|$)", masked(right))
    return right[: found.end()] if found else right
