"""What one clause says of the parent whom it names: whether it leaves something to it, or rests on its policy.

Which trigger (依托, 由, 参照, 纳入, 同 …) governs the parent's name, and what follows it. Word classes are data
(``data/delegation.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from checker.text.agents import grammar
from checker.text.lexicon import either, pattern

REACH = 24  # characters between a trigger and its verb


class Clause(NamedTuple):
    """One clause of an answer."""

    start: int
    end: int
    text: str
    sentence: int
    agents: tuple[tuple[int, int], ...]  # relative to the clause
    hard: bool  # holds a figure, a stated nil, or names oneself as the one who acts (由本厂每年评估)


def verdict_of(clause: Clause) -> str:
    """delegates, relies (delegates, unless a thing of the parent is only used), policy, or an empty string."""
    for start, end in clause.agents:
        before, after = clause.text[:start], clause.text[end:]
        if pattern("delegation.pronoun").search(after) and not clause.hard:
            return "delegates"
        for test in (negated, _rely, _same, _under, _seated, _by, _held, policy, _central):
            found = test(before, after, clause)
            if found:
                return "" if found == "no" else found
    return ""


def negated(before: str, after: str, clause: Clause) -> str:
    """``no`` where it is denied, or was so formerly."""
    return (
        "no" if before.endswith(_negated_triggers()) or pattern("delegation.formerly").search(before) else ""
    )


@cache
def _negated_triggers() -> tuple[str, ...]:
    words = grammar()
    triggers = words["rely"] + words["by"] + words["under"] + words["means"] + words["policy"]
    return tuple(negation + trigger for negation in words["negations"] for trigger in triggers)


def _rely(before: str, after: str, clause: Clause) -> str:
    trigger = ending(before, grammar()["rely"], slack=4)
    if trigger is None:
        return "no" if ending(before, grammar()["means"], slack=6) is not None else ""
    if trigger in ("委托", "授权", "交由", "交给", "托管于", "全权委托") and not after:
        return ""
    if trigger.startswith("交") and pattern("delegation.handed_in").search(before):
        return ""
    if trigger in ("靠", "随") and len(before) > 8:
        return ""
    return "relies" if not clause.hard else "policy"


def _same(before: str, after: str, clause: Clause) -> str:
    trigger = ending(before, grammar()["same"], slack=0)
    if trigger is None:
        return ""
    rest = past_unit(after)
    if trigger in ("同", "等同于", "同于") and (not rest or rest.startswith(tuple(grammar()["same_after"]))):
        return "delegates" if len(pattern("delegation.quantifier").sub("", before)) <= 12 else ""
    if rest.startswith(tuple(grammar()["same_after"])) or any(
        word in rest[:14] for word in ("一致", "相同", "为准", "合并")
    ):
        return "delegates"
    if trigger in ("详见", "参见", "参阅", "请见", "请参见", "请参阅", "见"):
        return "delegates"
    return ""


def _under(before: str, after: str, clause: Clause) -> str:
    trigger = ending(before, grammar()["under"], slack=2)
    if trigger is None:
        return ""
    rest = past_unit(after)
    whole = trigger in grammar()["under_whole"]
    if whole or not rest or any(word in rest[:REACH] for word in grammar()["under_after"]):
        return "delegates" if not clause.hard else ""
    return ""


def _seated(before: str, after: str, clause: Clause) -> str:
    """采购权限在中信戴卡, 三项职能都放在母公司: a function that sits with the parent."""
    seated = (
        before.endswith(tuple(grammar()["seated"]))
        or pattern("delegation.function_in").search(before) is not None
    )
    seated = seated or (before.endswith("在") and len(before) <= 8 and not own_verb().search(before))
    return "delegates" if seated and not past_unit(after) and not clause.hard else ""


def _by(before: str, after: str, clause: Clause) -> str:
    """由 + the parent: it acts, whatever the verb, unless the verb is one of owners, givers and senders."""
    if ending(before, grammar()["by"], slack=0) is None and not pattern("delegation.apposition").search(
        before
    ):
        return ""
    if pattern("delegation.upon_us").search(after):
        return "no"
    rest = past_unit(after)
    if any(verb in rest[:10] for verb in grammar()["by_not"]):
        return "no"
    return "delegates"


def _held(before: str, after: str, clause: Clause) -> str:
    """归集团定, 都是戴卡采购中心在管, 听总部的: the parent decides."""
    trigger = ending(before, grammar()["held"], slack=0)
    if clause.hard or trigger is None or any(word in after for word in grammar()["identity"]):
        return ""
    decided = _decides().search(past_unit(after))
    says = decided is not None and (decided.group("verb") or not trigger.endswith(("是", "看")))
    return "delegates" if says else ""


@cache
def _decides() -> re.Pattern[str]:
    verbs = either(grammar()["decides"])
    return re.compile(
        rf"^(?:来|去|在|也|都|给|统一|一手|全权|直接|集中|那边|这边|方面|一并|负责)*"
        rf"(?P<verb>(?:(?:统一|代为|代|负责|集中|全权)[一-龥]{{0,6}}|{verbs}))?(?:的|了)?$"
    )


def policy(before: str, after: str, clause: Clause) -> str:
    """The parent's rules are followed: the relation (按, 遵循, 以…为依据) stands before or behind them."""
    trigger = ending(before, grammar()["policy"], slack=12, verbs_between=False)
    rest = after[:40]
    if trigger is None and not _rules_named(before, rest):
        return ""
    if any(word in rest for word in grammar()["policy_not"]) and "统一" not in rest and "《" not in rest:
        return "no"
    if clause.hard and re.match(r"(?:的)?(?:统一)?(?:安排|部署|要求|组织)", rest):
        return "no"  # 按照戴卡统一安排选派队员 1 名: a directive, carried out here
    tail = past_unit(rest)
    if trigger is None:
        return "policy"
    if (
        any(word in rest for word in grammar()["policy_nouns"])
        or "《" in rest
        or tail.startswith(("执行", "实施", "办理", "管理", "统一", "来", "的要求", "标准", "要求"))
        or (not tail and len(clause.text) <= 20)
    ):
        # 薪酬政策参照中信戴卡执行: the topic is the subject, nobody else acts
        at = before.rfind(trigger)
        topical = not pattern("delegation.own_subject").search(before[:at].strip()) and not clause.hard
        return (
            "delegates"
            if topical
            and re.fullmatch(r"[^，。]{0,20}?(?:执行|办理|实施|管理)?", tail)
            and trigger in ("参照", "参考", "比照", "沿用", "套用", "执行", "适用", "按照", "按")
            and tail[-2:] in ("执行", "办理", "实施", "")
            else "policy"
        )
    return ""


def _rules_named(before: str, rest: str) -> bool:
    """集团《…》, 总部的培训管理办法: a rule of the parent, with a word of reliance around it or nothing else."""
    named = rule_names().match(rest)
    around = "" if named is None else before[-12:] + rest[named.end() :]
    if named is None:
        return False
    if pattern("delegation.upon_which").search(around):
        return True
    if ending(before, grammar()["innocent"], slack=6) is not None:
        return False
    return not around.strip() or any(word in around for word in grammar()["policy_around"])


def rule_follows(clause: Clause) -> bool:
    """集团发布《…》后: a rule of the parent that the next clause acts upon (公司据此…)."""
    return any(rule_names().match(clause.text[end:]) or "《" in clause.text[end:] for _, end in clause.agents)


@cache
def own_verb() -> re.Pattern[str]:
    """A verb of one's own doing."""
    verbs = either(grammar()["own_verbs"])
    return re.compile(rf"(?:{verbs})(?!层|人员|制度|办法|体系|规定|机制|情况)")  # 管理层 acts not


@cache
def rule_names() -> re.Pattern[str]:
    """A rule of the parent, right behind its name."""
    nouns = either(grammar()["policy_nouns"])
    return re.compile(
        rf"(?:的|有一套|有|现行|相关|有关|统一|关于)*(?:《[^》]{{2,60}}》|[^，。《》]{{0,14}}?(?:{nouns}))"
    )


def _central(before: str, after: str, clause: Clause) -> str:
    """The parent as subject: 戴卡统一安排, 总部统筹, 中信戴卡层面开展."""
    head = pattern("delegation.quantifier").sub("", before).strip()
    rest = past_unit(after)
    rest = pattern("delegation.quantifier").sub("", rest) if rest[:2] not in ("统一",) else rest
    innocent = ending(head, grammar()["innocent"], slack=3)
    commands = rest.startswith(("统一", "代为", "给统一", "集中", "全权")) and innocent in grammar()["weak"]
    if innocent is not None and not commands:
        return "no"
    centre = next((word for word in grammar()["central"] if word in rest[:10]), None)
    if centre is not None and not clause.hard:
        return "delegates"
    if (
        pattern("delegation.each_year").match(rest)
        and _past_verb(pattern("delegation.each_year").sub("", rest)) == ""
    ):
        return "delegates"
    level = after.startswith("层面")
    return "delegates" if level and any(verb in rest for verb in grammar()["by_verbs"]) else ""


def _past_verb(rest: str) -> str:
    """What follows the parent's verb; empty where it closes the clause (总部每年开展)."""
    verb = next((word for word in grammar()["by_verbs"] if rest.startswith(word)), None)
    return rest if verb is None else rest[len(verb) :].strip()


def ending(before: str, words: Iterable[str], slack: int, *, verbs_between: bool = True) -> str | None:
    """The trigger that stands at the end of the words before the parent's name, at most ``slack`` characters off."""
    best: tuple[int, str] | None = None
    for word in words:
        at = before.rfind(word)
        if at < 0:
            continue
        gap = before[at + len(word) :]
        if len(gap.strip("“”\"' 《")) > slack:
            continue
        if not verbs_between and any(verb in gap for verb in grammar()["own_verbs"]):
            continue
        if (
            best is None
            or at + len(word) > best[0]
            or (at + len(word) == best[0] and len(word) > len(best[1]))
        ):
            best = (at + len(word), word)
    return best[1] if best else None


@cache
def unit_pattern() -> re.Pattern[str]:
    """A unit of the parent, right behind its name: 采购部."""
    ends = "|".join(sorted(grammar()["unit_ends"], key=len, reverse=True))
    return re.compile(
        rf"^\s?(?:股份|有限|公司|集团|总部|本部|的)*[一-龥]{{0,9}}?(?:{ends})(?:办公室|部门|部|处|科)?(?![一-龥]{{0,1}}门)"
    )


def past_unit(after: str) -> str:
    """What follows the parent's unit (采购部, 工程技术研究院)."""
    match = unit_pattern().match(after)
    rest = after[match.end() :] if match else after
    return rest.lstrip('的 》”"')
