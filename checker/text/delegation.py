"""Reads whether an answer leaves its subject to the parent: a small grammar of reliance.

Clause by clause: which trigger (依托, 由, 参照, 纳入, 同 …) governs the parent's name, and what follows it. Then what
remains when the delegating clauses are taken away decides: nothing of one's own → full; own substance beside a
delegated topic → partial; own substance that rests on the parent's policy → reference. Any true figure or stated
nil of one's own blocks "full". Word classes are data (``data/delegation.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from checker.text.agents import Agents, grammar
from checker.text.nil import NilStatement, find_nils
from checker.text.quantities import Quantity, find_quantities
from checker.text.spans import Span, span

SHORT = 30  # characters; a longer answer that fits no pattern is not suspected
REACH = 24  # characters between a trigger and its verb

_CLAUSE = re.compile(r"[^，,。；;！!？?：:\n\t（）()]{1,32767}")
_LIST_MARK = re.compile(
    r"^\s{0,8}[-•·]?\s?(?:[（(]?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[、.．）)])?\s{0,3}"
)
_QUANTIFIER = re.compile(
    r"^(?:均|都|全部|全|一律|皆|统一|概|悉|也|亦|仍|全权|已|目前|暂|暂时|现|将|需|须|应|主要|完全|整体|则)*"
)
_BREAK = re.compile(r"[。；;！!？?\n]")
_FUNCTION_IN = re.compile(r"(?:职能|职责|权限|管理权|决策权|审批权|所有权|权属)(?:均|都|全部)?在$")
_WE_DID = re.compile(r"(?:我们|我司|我厂|本厂|公司|车间|厂里|班组)[^，。]{0,12}了")
_TOPICS = re.compile(r"职能|事项|工作|内容|业务|方面|环节|部分|指标|权限|问题")  # 三项职能: topics, no figure
_PRONOUN = re.compile(r"由(?:其|他们|该部|对方)(?:统一|集中|负责|统筹|代|全权|一并)")
_HANDED_IN = re.compile(r"把|将|上交|提交|样品|材料|报表|月报|资料")  # 把报表交给总部: an addressee
_FORMERLY = re.compile(r"过去|以前|此前|曾经|原先|原来|早期|往年(?:均|都)?依")
_ACCORDINGLY = re.compile(r"据此|以此|按此|依此|照此|参照执行后")
_UPON_WHICH = re.compile(r"基础[上之]|框架[下之]|前提下|之上")
_HONOURED = re.compile(
    r"获|荣|评为|评级|聘请|选举|颁发|授予|入选|位列|排名"
)  # an award, an election: nothing is left
_HAN = re.compile("[一-龥]")
_EACH_YEAR = re.compile(r"^(?:每年|定期|每季度?|每月|常年|一直|历来|已|均|都|负责|统一)+")
_APPOSITION = re.compile(
    r"由(?:唯一|控股|其)?(?:股东|母公司|上级|上级单位|上级公司|集团公司?)$"
)  # 由股东中信戴卡
_OWN_SUBJECT = re.compile(
    r"(?:公司|我司|我厂|本厂|工厂|本部门|部门|车间|单位|严格|认真|全面|积极|均|一直|始终)$|^$"
)
_OWN_AGENT = re.compile(
    r"由(?:本厂|本公司|我司|我厂|我公司|本单位|本工厂|厂内|车间|工厂)[^，,。；;]{0,4}(?:自行|自主|独立|每|定期|组织|开展|评估|检查|管理|负责|实施|完成)"
)
_UPON_US = re.compile(
    r"对(?:本公司|我司|公司|本厂|我厂|我公司|子公司)[^，。]{0,6}(?:进行|开展|实施|审计|检查|考核|评估|审核|稽核)"
)
_DOCUMENT = re.compile(
    r"《[^》\n]{2,60}》|[一-龥]{2,16}(?:管理办法|管理制度|协议|授权书|通知|细则|规定)(?=[，,。；;、（(]|执行|$)"
)
_SINCE = re.compile(
    r"(?:自|从|于)?\s?(?:(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?|公司成立|投产|建厂|设立)(?:之日)?(?:起|以来|开始|至今)"
)
_RETAINED = re.compile(
    r"(?:我司|本公司|公司|本厂|我厂|工厂|厂内|本部门|我公司)(?:[一-龥]{0,10}?)(?:负责|承担|保留|自行|仍|只|按(?:月|季|年)|配合|落实|报送|提供|执行|填报|反馈)[^。；;\n]{2,60}"
    r"|[^，。；;\n]{2,30}由(?:我司|本公司|公司|本厂|我厂|工厂|我公司)(?:自行)?(?:负责|承担|管理|组织|实施|开展|落实)"
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an answer says about a delegation; None where it is silent."""

    provider: str | None = None  # a unit of the parent
    scope: str | None = None  # what it provides
    document: str | None = None
    since: str | None = None
    retained: str | None = None  # what stays with the subsidiary


@dataclass(frozen=True, slots=True)
class Delegation:
    """How an answer relies on the parent.

    ``kind`` is none, partial, full, reference or suspected; ``evidence`` the clauses that rely, ``topics`` what they
    cover with the clause before them where it is their subject, ``residual`` the clauses with own substance.
    """

    kind: str = "none"
    provider: str | None = None
    evidence: tuple[Span, ...] = ()
    topics: tuple[Span, ...] = ()
    residual: tuple[Span, ...] = ()
    explanation: Explanation = Explanation()


class _Clause(NamedTuple):
    start: int
    end: int
    text: str
    sentence: int
    agents: tuple[tuple[int, int], ...]  # relative to the clause
    hard: bool  # holds a figure, a stated nil, or names oneself as the one who acts (由本厂每年评估)


def read_delegation(
    text: str,
    agents: Agents,
    quantities: tuple[Quantity, ...] | None = None,
    nils: tuple[NilStatement, ...] | None = None,
) -> Delegation:
    """Reads one whole answer; its figures and nils can be given where they are known."""
    named = list(agents.find(text))
    if not named:
        return Delegation()
    hard = [
        (found.start, found.end)
        for found in (find_quantities(text) if quantities is None else quantities)
        if not (found.kind == "count_thing" and _TOPICS.match(text, found.end))
    ]
    hard += [(found.start, found.end) for found in (find_nils(text) if nils is None else nils)]
    clauses = _clauses(text, named, sorted(hard))
    delegating: list[int] = []
    relying: list[int] = []
    for index, clause in enumerate(clauses):
        if not clause.agents:
            continue
        verdict = _verdict(clause)
        if not verdict and index + 1 < len(clauses) and _ACCORDINGLY.search(clauses[index + 1].text):
            verdict = "policy" if _rule_follows(clause) else ""
        if verdict == "relies":
            verdict = "" if _is_means(clause, clauses, index) else "delegates"
        if verdict == "delegates":
            delegating.append(index)
        elif verdict == "policy":
            relying.append(index)
    if not delegating and not relying:
        return _suspected(text, clauses)
    taken = set(delegating) | set(relying)
    heads = {index: _head(clauses, index) for index in (*delegating, *relying)}
    covered = {at for head in heads.values() for at in head}
    residual = [
        clause
        for index, clause in enumerate(clauses)
        if index not in taken and (clause.hard or (index not in covered and not _hollow(clause)))
    ]
    own = any(clause.hard for clause in residual) or _soft(residual) >= grammar()["SOFT_LIMIT"]
    own = own or any(clauses[index].hard for index in relying)
    own = own or any(_inner_substance(clauses[index]) for index in relying)
    if delegating:
        kind = "partial" if own else "full"
        if not own and relying:
            delegating = sorted(taken)
    else:
        kind, delegating = ("reference", relying) if own else ("full", relying)
    evidence = tuple(span(text, clauses[index].start, clauses[index].end) for index in delegating)
    topics = tuple(
        span(text, clauses[min([*heads.get(index, ()), index])].start, clauses[index].end)
        for index in delegating
    )
    return Delegation(
        kind=kind,
        provider=_provider(text, [clauses[index] for index in delegating]),
        evidence=evidence,
        topics=topics,
        residual=tuple(span(text, clause.start, clause.end) for clause in residual),
        explanation=_explanation(text, [clauses[index] for index in delegating], topics),
    )


def _clauses(text: str, named: list[tuple[int, int]], hard: list[tuple[int, int]]) -> list[_Clause]:
    clauses: list[_Clause] = []
    sentence = last = at_agent = at_hard = 0
    for match in _CLAUSE.finditer(text):
        if not match.group().strip():
            continue
        if _BREAK.search(text, last, match.start()):
            sentence += 1
        last = match.end()
        start, end = match.start() + _LIST_MARK.match(match.group()).end(), match.end()  # type: ignore[union-attr]
        while at_agent < len(named) and named[at_agent][1] <= start:
            at_agent += 1
        inside = []
        within = at_agent
        while within < len(named) and named[within][0] < end:
            inside.append((named[within][0] - start, named[within][1] - start))
            within += 1
        while at_hard < len(hard) and hard[at_hard][1] <= start:
            at_hard += 1
        is_hard = at_hard < len(hard) and hard[at_hard][0] < end
        is_hard = is_hard or (not inside and bool(_OWN_AGENT.search(text, start, end)))
        clauses.append(_Clause(start, end, text[start:end], sentence, tuple(inside), is_hard))
    return clauses


def _verdict(clause: _Clause) -> str:
    """delegates, relies (delegates, unless a thing of the parent is only used), policy, or an empty string."""
    for start, end in clause.agents:
        before, after = clause.text[:start], clause.text[end:]
        if _PRONOUN.search(after) and not clause.hard:
            return "delegates"
        for test in (_negated, _rely, _same, _under, _seated, _by, _held, _policy, _central):
            found = test(before, after, clause)
            if found:
                return "" if found == "no" else found
    return ""


def _negated(before: str, after: str, clause: _Clause) -> str:
    return "no" if before.endswith(_negated_triggers()) or _FORMERLY.search(before) else ""


@cache
def _negated_triggers() -> tuple[str, ...]:
    words = grammar()
    triggers = words["rely"] + words["by"] + words["under"] + words["means"] + words["policy"]
    return tuple(negation + trigger for negation in words["negations"] for trigger in triggers)


def _rely(before: str, after: str, clause: _Clause) -> str:
    trigger = _ends(before, grammar()["rely"], slack=4)
    if trigger is None:
        return "no" if _ends(before, grammar()["means"], slack=6) is not None else ""
    if trigger in ("委托", "授权", "交由", "交给", "托管于", "全权委托") and not after:
        return ""
    if trigger.startswith("交") and _HANDED_IN.search(before):
        return ""
    if trigger in ("靠", "随") and len(before) > 8:
        return ""
    return "relies" if not clause.hard else "policy"


def _same(before: str, after: str, clause: _Clause) -> str:
    trigger = _ends(before, grammar()["same"], slack=0)
    if trigger is None:
        return ""
    rest = _past_unit(after)
    if trigger in ("同", "等同于", "同于") and (not rest or rest.startswith(tuple(grammar()["same_after"]))):
        return "delegates" if len(_QUANTIFIER.sub("", before)) <= 12 else ""
    if rest.startswith(tuple(grammar()["same_after"])) or any(
        word in rest[:14] for word in ("一致", "相同", "为准", "合并")
    ):
        return "delegates"
    if trigger in ("详见", "参见", "参阅", "请见", "请参见", "请参阅", "见"):
        return "delegates"
    return ""


def _under(before: str, after: str, clause: _Clause) -> str:
    trigger = _ends(before, grammar()["under"], slack=2)
    if trigger is None:
        return ""
    rest = _past_unit(after)
    whole = trigger in grammar()["under_whole"]
    if whole or not rest or any(word in rest[:REACH] for word in grammar()["under_after"]):
        return "delegates" if not clause.hard else ""
    return ""


def _seated(before: str, after: str, clause: _Clause) -> str:
    """采购权限在中信戴卡, 三项职能都放在母公司: a function that sits with the parent."""
    seated = before.endswith(tuple(grammar()["seated"])) or _FUNCTION_IN.search(before) is not None
    seated = seated or (before.endswith("在") and len(before) <= 8 and not _own_verb().search(before))
    return "delegates" if seated and not _past_unit(after) and not clause.hard else ""


def _by(before: str, after: str, clause: _Clause) -> str:
    """由 + the parent: it acts, whatever the verb, unless the verb is one of owners, givers and senders."""
    if _ends(before, grammar()["by"], slack=0) is None and not _APPOSITION.search(before):
        return ""
    if _UPON_US.search(after):
        return "no"
    rest = _past_unit(after)
    if any(verb in rest[:10] for verb in grammar()["by_not"]):
        return "no"
    return "delegates"


def _held(before: str, after: str, clause: _Clause) -> str:
    """归集团定, 都是戴卡采购中心在管, 听总部的: the parent decides."""
    trigger = _ends(before, grammar()["held"], slack=0)
    if clause.hard or trigger is None or any(word in after for word in grammar()["identity"]):
        return ""
    decided = _decides().search(_past_unit(after))
    says = decided is not None and (decided.group("verb") or not trigger.endswith(("是", "看")))
    return "delegates" if says else ""


@cache
def _decides() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, grammar()["decides"]), key=len, reverse=True))
    return re.compile(
        rf"^(?:来|去|在|也|都|给|统一|一手|全权|直接|集中|那边|这边|方面|一并|负责)*"
        rf"(?P<verb>(?:(?:统一|代为|代|负责|集中|全权)[一-龥]{{0,6}}|{verbs}))?(?:的|了)?$"
    )


def _policy(before: str, after: str, clause: _Clause) -> str:
    """The parent's rules are followed: the relation (按, 遵循, 以…为依据) stands before or behind them."""
    trigger = _ends(before, grammar()["policy"], slack=12, verbs_between=False)
    rest = after[:40]
    if trigger is None and not _rules_named(before, rest):
        return ""
    if any(word in rest for word in grammar()["policy_not"]) and "统一" not in rest and "《" not in rest:
        return "no"
    if clause.hard and re.match(r"(?:的)?(?:统一)?(?:安排|部署|要求|组织)", rest):
        return "no"  # 按照戴卡统一安排选派队员 1 名: a directive, carried out here
    tail = _past_unit(rest)
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
        topical = not _OWN_SUBJECT.search(before[:at].strip()) and not clause.hard
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
    named = _rule_names().match(rest)
    around = "" if named is None else before[-12:] + rest[named.end() :]
    if named is None:
        return False
    if _UPON_WHICH.search(around):
        return True
    if _ends(before, grammar()["innocent"], slack=6) is not None:
        return False
    return not around.strip() or any(word in around for word in grammar()["policy_around"])


def _rule_follows(clause: _Clause) -> bool:
    """集团发布《…》后: a rule of the parent that the next clause acts upon (公司据此…)."""
    return any(
        _rule_names().match(clause.text[end:]) or "《" in clause.text[end:] for _, end in clause.agents
    )


@cache
def _rule_names() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, grammar()["policy_nouns"]), key=len, reverse=True))
    return re.compile(
        rf"(?:的|有一套|有|现行|相关|有关|统一|关于)*(?:《[^》]{{2,60}}》|[^，。《》]{{0,14}}?(?:{nouns}))"
    )


def _central(before: str, after: str, clause: _Clause) -> str:
    """The parent as subject: 戴卡统一安排, 总部统筹, 中信戴卡层面开展."""
    head = _QUANTIFIER.sub("", before).strip()
    rest = _past_unit(after)
    rest = _QUANTIFIER.sub("", rest) if rest[:2] not in ("统一",) else rest
    innocent = _ends(head, grammar()["innocent"], slack=3)
    commands = rest.startswith(("统一", "代为", "给统一", "集中", "全权")) and innocent in grammar()["weak"]
    if innocent is not None and not commands:
        return "no"
    centre = next((word for word in grammar()["central"] if word in rest[:10]), None)
    if centre is not None and not clause.hard:
        return "delegates"
    if _EACH_YEAR.match(rest) and _past_verb(_EACH_YEAR.sub("", rest)) == "":
        return "delegates"
    level = after.startswith("层面")
    return "delegates" if level and any(verb in rest for verb in grammar()["by_verbs"]) else ""


def _past_verb(rest: str) -> str:
    """What follows the parent's verb; empty where it closes the clause (总部每年开展)."""
    verb = next((word for word in grammar()["by_verbs"] if rest.startswith(word)), None)
    return rest if verb is None else rest[len(verb) :].strip()


def _ends(before: str, words: Iterable[str], slack: int, *, verbs_between: bool = True) -> str | None:
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
def _unit() -> re.Pattern[str]:
    ends = "|".join(sorted(grammar()["unit_ends"], key=len, reverse=True))
    return re.compile(
        rf"^\s?(?:股份|有限|公司|集团|总部|本部|的)*[一-龥]{{0,9}}?(?:{ends})(?:办公室|部门|部|处|科)?(?![一-龥]{{0,1}}门)"
    )


def _past_unit(after: str) -> str:
    """What follows the parent's unit (采购部, 工程技术研究院)."""
    match = _unit().match(after)
    rest = after[match.end() :] if match else after
    return rest.lstrip('的 》”"')


def _is_means(clause: _Clause, clauses: list[_Clause], index: int) -> bool:
    """The parent's bus, lab or system is used, and the company goes on to say what it does itself."""
    # the parent's unit is no resource: 人力资源部
    used = " ".join(_past_unit(clause.text[end:]) for _, end in clause.agents)
    if not any(noun in used for noun in grammar()["means_nouns"]):
        return False
    following = clauses[index + 1 :]
    same = [other for other in following if other.sentence == clause.sentence]
    return bool(same) or any(
        verb in clause.text[clause.agents[-1][1] :] for verb in ("鼓励", "方便", "完成", "实现")
    )


def _hollow(clause: _Clause) -> bool:
    if clause.hard:
        return False
    if clause.agents:  # it only says who the parent is
        return any(word in clause.text for word in grammar()["identity"])
    text = clause.text.strip(" “”\"'")
    return len(text) < 2 or _hollow_pattern().search(text) is not None


@cache
def _hollow_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{source})" for source in grammar()["hollow"]))


@cache
def _own_verb() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, grammar()["own_verbs"]), key=len, reverse=True))
    return re.compile(rf"(?:{verbs})(?!层|人员|制度|办法|体系|规定|机制|情况)")  # 管理层 acts not


def _soft(residual: list[_Clause]) -> float:
    """Chinese characters of clauses with a verb of one's own; others count half, bare topics not at all."""
    weight = 0.0
    for clause in residual:
        letters = len(_HAN.findall(clause.text))
        acts = _own_verb().search(clause.text) or _WE_DID.search(clause.text)
        weight += letters if acts else letters / 2
    return weight


def _inner_substance(clause: _Clause) -> bool:
    """A policy clause that goes on to say what the company does: 执行集团制度开展危废处置并建立台账."""
    after = clause.text[clause.agents[-1][1] :]
    if (named := _rule_names().match(after)) is not None:
        rest = after[named.end() :]
    else:
        nouns = [
            after.rfind(noun) + len(noun) for noun in (*grammar()["policy_nouns"], "》") if noun in after
        ]
        rest = after[max(nouns) :] if nouns else after
    rest = re.sub(
        r"^(?:的)?(?:要求|规定|标准|精神)?(?:统一|严格|认真|具体)?(?:执行|实施|办理|管理|开展|落实|处理|要求|进行管理)?",
        "",
        rest,
    )
    return len(_HAN.findall(rest)) >= 5 and _own_verb().search(rest) is not None


def _head(clauses: list[_Clause], index: int) -> list[int]:
    """The clauses before a delegating one that are its subject: a list of topics, 均依托 behind it."""
    clause = clauses[index]
    before = clause.text[: clause.agents[0][0]]
    collective = _COLLECTIVE.search(before) is not None
    bare = len(re.sub(_TRIGGERS(), "", _QUANTIFIER.sub("", before)).strip()) == 0
    found: list[int] = []
    if not (collective or bare):
        return found
    for at in range(index - 1, -1, -1):
        other = clauses[at]
        if other.sentence != clause.sentence or other.hard or other.agents:
            break
        if any(verb in other.text for verb in _FINITE) and not collective:
            break
        if any(mark in other.text for mark in ("公司", "我司", "我厂", "本厂")) and not collective:
            break
        found.append(at)
        if not collective:
            break
    return found


_COLLECTIVE = re.compile(r"均|全部|一律|都|皆|统统|一概|悉|概由|统由")
_FINITE = ("制定了", "建立了", "开展了", "完成", "组织了", "设立", "每年", "每月", "每季", "定期", "已")


@cache
def _TRIGGERS() -> str:  # noqa: N802 - a constant that needs the word lists
    words = grammar()["rely"] + grammar()["by"] + grammar()["under"] + grammar()["same"] + grammar()["policy"]
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _suspected(text: str, clauses: list[_Clause]) -> Delegation:
    """A short answer that only names the parent, with nothing of its own and no innocent reading."""
    if len(text.strip()) > SHORT or any(clause.hard for clause in clauses) or _HONOURED.search(text):
        return Delegation()
    named = [clause for clause in clauses if clause.agents]
    for clause in named:
        start, end = clause.agents[0]
        before, after = clause.text[:start], clause.text[end:]
        if _negated(before, after, clause) or _ends(before, grammar()["innocent"], slack=12) is not None:
            return Delegation()
        if _ends(before, grammar()["means"], slack=8) is not None or _policy(before, after, clause) == "no":
            return Delegation()
        if any(noun in after for noun in grammar()["means_nouns"]):
            return Delegation()
        if any(
            word in after
            for word in (
                "股东",
                "子公司",
                "客户",
                "称号",
                "表彰",
                "领导",
                "派员",
                "来厂",
                "来我司",
                "调研",
                "检查组",
            )
        ):
            return Delegation()
        if any(verb in after for verb in grammar()["own_verbs"]) and not _past_unit(after).startswith(
            tuple(grammar()["by_verbs"])
        ):
            return Delegation()
    others = [clause for clause in clauses if not clause.agents and not _hollow(clause)]
    if others and _soft(others) >= grammar()["SOFT_LIMIT"] / 2:
        return Delegation()
    evidence = tuple(span(text, clause.start, clause.end) for clause in named)
    return Delegation("suspected", _provider(text, named), evidence, evidence)


def _provider(text: str, clauses: list[_Clause]) -> str | None:
    for clause in clauses:
        for start, end in clause.agents:
            unit = _unit().match(clause.text[end:])
            stop = end + unit.end() if unit else end
            return text[clause.start + start : clause.start + stop].strip()
    return None


def _explanation(text: str, clauses: list[_Clause], topics: tuple[Span, ...]) -> Explanation:
    unit = None
    for clause in clauses:
        for _, end in clause.agents:
            match = _unit().match(clause.text[end:])
            if match and match.group().strip("的 ") not in ("公司", "集团", "总部", "本部", "股份公司"):
                unit = _provider(text, [clause])
    document = _DOCUMENT.search(text)
    since = _SINCE.search(text)
    retained = _RETAINED.search(text)
    scope = next((topic.text for topic in topics if len(topic.text) >= 8), None)
    find: Callable[[re.Match[str] | None], str | None] = lambda match: match.group() if match else None  # noqa: E731
    return Explanation(unit, scope, find(document), find(since), find(retained))
