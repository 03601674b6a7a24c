"""The lists of a Chinese clause: where one begins and ends, what its entries share before and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from questionnaire.drafting.grammar import either, words
from questionnaire.drafting.masks import COVER, masked

LONG = 4  # letters from which two nouns joined by 和 are two matters; shorter ones are one (意识和能力)
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
    for form in (_linked, _of_fields, _to_audience, _of_means, _enumerated, _pair):
        found = form(clause)
        if found:
            return [each.strip(_END) for each in found if each.strip(_END)]
    return [clause]


def entries(text: str) -> list[str]:
    """The entries of a bare list (气候变化、能源转型等)."""
    text = re.sub(rf"(?:{either('zh', 'last')})$", "", text.strip(_END))
    parts = _split(text, _MARK)
    *head, last = parts
    return [each for each in (*head, *_by_joint(last, multiple=len(parts) > 1)) if each]


def questions(told: str) -> list[str]:
    """What is asked behind one 是否: one thing, unless each part has its verb, or parts of a whole are named."""
    told = re.sub(rf"(?:{either('zh', 'last')})$", "", told.strip(_END))
    parts = entries(told)
    if len(parts) < 2:
        return [told] if told else []
    if (holds := re.match(either("zh", "including"), told)) is not None and "、" in masked(told):
        return [parts[0], *(f"{holds.group()}{part}" for part in parts[1:])]
    return parts if all(map(_has_object, parts)) and "、" in masked(told) else [told]


def _split(text: str, pattern: re.Pattern[str]) -> list[str]:
    parts, at = [], 0
    for found in pattern.finditer(masked(text)):
        parts.append(text[at : found.start()])
        at = found.end()
    return [*parts, text[at:]]


def _by_joint(text: str, *, multiple: bool) -> list[str]:
    """The last entry of a list, parted at its first 和, unless that joins two verbs."""
    for found in _joint().finditer(masked(text)):
        left, right = text[: found.start()], text[found.end() :]
        if not left.strip() or not right.strip():
            continue
        if _ends_in_verb(left) and _verb().match(right):
            return [text]
        if multiple or len(left) >= 2:
            return [_measured(left.strip(), right), right.strip()]
    return [text]


def _measured(left: str, right: str) -> str:
    """A short word with the quantity that closes its neighbour: 汽油和柴油用量（吨）."""
    found = re.search(rf"(?<=..)(?:{either('zh', 'amounts')})(?:[（(][^（）()]*[）)])?$", right)
    if found is None or len(left) >= LONG or _is_closed(left) or found.group().startswith("率"):
        return left
    if "的" in right or _joint().search(right):
        return left
    return left + found.group()


def _is_closed(text: str) -> bool:
    """Whether a word is a quantity or another noun that needs nothing behind it."""
    return (
        re.search(rf"(?:{either('zh', 'amounts')}|{either('zh', 'heads')}|..[量率额数])$", text) is not None
    )


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(r"以及|及其|或者|和(?![谐解])|(?<![涉普危])及(?![时格])|(?<!参)与(?!会)|或")


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(f"(?!{either('zh', 'nouns')})(?:{either('zh', 'verbs')})")


@cache
def _stem() -> re.Pattern[str]:
    """What a list may have before it that belongs to all of it: adverbs, whom it is for, verbs."""
    adverbs, prepositions, verb = either("zh", "adverbs"), either("zh", "prepositions"), _verb().pattern
    joint = r"(?:和|及|与|或|并|、)"
    verbs = rf"(?:{adverbs}|{verb})+(?:{joint}(?:{adverbs}|{verb})+)*"
    return re.compile(rf"(?:{adverbs})*(?:(?:{prepositions})(?:(?!{verb})[^、的]){{1,8}})?{verbs}(?=..)")


def _ends_in_verb(text: str) -> bool:
    return re.search(rf"(?:{either('zh', 'verbs')})$", text) is not None


def _linked(clause: str) -> list[str]:
    """将 A、B 与 C 及 D 挂钩: every one of them with the link."""
    found = re.fullmatch(r"将(.+?)与(?!服务)(.+)(挂钩|结合|融合|联动|衔接)(.*)", clause)
    if found is None:
        return []
    subjects, objects, link, _ = found.groups()
    named = re.split(r"等", subjects, maxsplit=1)[0]
    to = [each for each in _split(objects, _joint()) if each]
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
    stem = field
    if (verb := _light_verb().match(fields[0])) is not None and not any(map(_verb().match, fields[1:])):
        lead, head = f"{lead}{head}{verb.group()}", ""
        fields[0] = fields[0][verb.end() :]
    amounts = _amounts(rest)
    if amounts:
        return [*(f"{lead}{head}{each}{stem}" for each in fields), *amounts]
    return [f"{lead}{head}{each}{stem}{found.group(6)}{rest}" for each in fields]


def _amounts(rest: str) -> list[str]:
    """Two quantities joined (支出金额和比例)."""
    parts = _by_joint(rest, multiple=True)
    if len(parts) == 2 and re.search(rf"(?:{either('zh', 'amounts')})$", parts[1]):
        return parts
    return []


@cache
def _audience() -> re.Pattern[str]:
    verb = _verb().pattern
    return re.compile(rf"([^、]{{0,4}}?)(面向|向|针对|为|对|)((?:(?!{verb}|对).)+?)(的?{verb}.*|的.+|对.+)$")


def _to_audience(clause: str) -> list[str]:
    """面向 A、B 和 C 开展 D: 面向 A 开展 D, …; A、B 对 C 的 D: each of them."""
    covered = masked(clause)
    found = _audience().match(covered)
    if found is None or not _PAIR.search(found.group(3)) or COVER in found.group(3):
        return []
    if not found.group(2) and (found.group(1) or not found.group(4).startswith("对")):
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
    last_mark = covered.rfind("、")
    ends = re.compile(r"等(?!级|离|同|待|候|额|于|效)").search(covered, last_mark)
    listed, suffix = (clause[: ends.start()], clause[ends.end() :]) if ends else (clause, "")
    parts = _split(listed, _MARK)
    if _adjectives(parts):
        return _pair(clause.replace("、", COVER)) and [
            each.replace(COVER, "、") for each in _pair(clause.replace("、", COVER))
        ]
    own = [part for part in parts if _has_object(part)]
    if len(own) == len(parts):  # every part has its verb: nothing is shared
        return [each for part in parts for each in (_pair(part) or [part])]
    *head, last = parts
    found = [*head, *_by_joint(last, multiple=True)]
    prefix = _prefix(found[0])
    if any(prefix in each for each in found[1:]):  # 培训总时长、人均学时、培训投入: said where it belongs
        prefix = ""
    bare = [found[0][len(prefix) :], *found[1:]]
    if all(_verb().fullmatch(each) for each in (bare if not _is_object(found) else bare[:-1])) and (
        not prefix or _verb().fullmatch(prefix)
    ):
        return [clause]
    if suffix and not re.search(rf"的|^(?:{either('zh', 'predicates')})|{_verb().pattern}", suffix):
        # what the entries are, all together (等自然生态环境): said with the last
        found, suffix = [*found[:-1], f"{found[-1]}等{suffix}"], ""
        return list(_composed([found[0][len(prefix) :], *found[1:]], prefix, ""))
    if not prefix and suffix and (told := re.match(either("zh", "prepositions"), found[0])):
        prefix, bare = told.group(), [found[0][told.end() :], *found[1:]]
    shared, bare = (suffix, bare) if suffix else _shared(bare)
    return list(_composed(bare, prefix, shared))


def _composed(bare: list[str], prefix: str, shared: str) -> Iterator[str]:
    """The entries with what they share; a verb holds until the next one."""
    for number, entry in enumerate(bare):
        if number and _has_object(entry):
            yield entry + shared
            prefix = _prefix(entry)
        else:
            yield f"{prefix}{entry}{shared}"


def _is_object(found: list[str]) -> bool:
    """Whether the last entry is a verb with an object, which belongs to all before it (保护、恢复和促进…)."""
    last = _verb().match(found[-1])
    return last is not None and last.end() < len(found[-1])


def _adjectives(parts: list[str]) -> bool:
    """安全、健康、卫生的工作条件: short words before 的 are no entries."""
    return all(len(part) <= 2 for part in parts[1:-1]) and re.match(r"^[^的]{1,2}的", parts[-1]) is not None


def _has_object(part: str) -> bool:
    found = _verb().match(part)
    return found is not None and len(part) - found.end() >= 2 and not _is_head(part[found.end() :])


def _is_head(text: str) -> bool:
    """Whether a word behind a verb makes a noun of it (管理机制, 考核制度)."""
    return (
        re.fullmatch(f"{either('zh', 'heads')}|{either('zh', 'amounts')}", text) is not None or len(text) < 2
    )


def _prefix(first: str) -> str:
    """What the first entry has before it that belongs to all: up to its last 的, else its verbs."""
    covered = masked(first)
    if 0 < covered.rfind("的") < len(first) - 1:
        return first[: covered.rfind("的") + 1]
    found = _stem().match(covered)
    return first[: found.end()] if found else ""


def _shared(bare: list[str]) -> tuple[str, list[str]]:
    """What closes the last entry and no other: 贿赂、勒索、不正当竞争行为; 按性别、年龄、用工形式划分的人数."""
    *others, last = bare
    if any(_is_closed(each) for each in others) or max(map(len, others)) > LONG + 1:
        return "", bare
    tail = re.search(rf"(?<=..)(?:{_verb().pattern}|划分)?的[^的]+$", masked(last))
    head = re.search(rf"(?<=..)(?:{either('zh', 'heads')})$", last)
    found = tail if tail is not None and len(others) > 1 else head
    if found is None:
        return "", bare
    return last[found.start() :], [*others, last[: found.start()]]


def _pair(clause: str) -> list[str]:
    """Two matters joined by 和, where they are two."""
    covered = masked(clause)
    for found in _joint().finditer(covered):
        left, right = clause[: found.start()], clause[found.end() :]
        if parts := left and right and (_contrast(left, right) or _two(left, right)):
            return parts
    if "/" in covered or "／" in covered:
        left, right = re.split("[/／]", clause, maxsplit=1)
        if len(left) >= LONG and len(right) >= LONG and left[-2:] == right[-2:]:
            return [left, _prefix(left) + right]
    return []


def _two(left: str, right: str) -> list[str]:
    """What stands before and behind a joint, where each is long enough to be a matter of its own."""
    if _has_object(right) and not _ends_in_verb(left) and len(left) >= LONG:
        return [left, right]
    amount = rf"(?:{either('zh', 'amounts')})$"
    if re.search(amount, left) and re.search(amount, right):
        return [left, right]
    noun, other = _left_noun(left), _right_noun(right)
    stem, rest = left[: len(left) - len(noun)], right[len(other) :]
    long = len(noun) >= LONG and len(other) >= LONG
    same_kind = left[-1:] == right[1:2]  # 产业和行业…: two letters each
    if long and not same_kind and not _joint().search(noun) and not _ends_in_verb(noun):
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
    rest = left[len(_prefix(left)) :]
    found = re.search(r".*(?:对|将|把|向|为)", rest)
    if found:
        rest = rest[found.end() :]
        rest = rest[len(_prefix(rest)) :]
    return rest


def _right_noun(right: str) -> str:
    """The noun behind a joint: up to 的, a predicate, or the end."""
    found = re.match(rf"[^的，]+?(?=的|等|{either('zh', 'predicates')}|$)", masked(right))
    return right[: found.end()] if found else right
