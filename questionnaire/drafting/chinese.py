"""The grammar by which a Chinese question is cut: sentences, clauses, what belongs to a clause, its lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from questionnaire.drafting import enumerations
from questionnaire.drafting.grammar import Cut, either, summed_up, words
from questionnaire.drafting.masks import brackets, frozen, masked, split, thawed
from questionnaire.numerals import NUMERALS
from questionnaire.vocabulary import Need, Option

LISTED = 3  # examples in brackets from which each is asked for; fewer only explain what stands before them

_SENTENCE = re.compile(r"[。；;！!？?\n]+")
_CLAUSE = re.compile(
    r"[，,：:]+|(?=并(?:请|简要|分别)?(?:说明|提供|列出|列明|列示|注明|披露|描述|介绍|简述|填写|提出))"
)
_PERIOD = re.compile(
    r"(?:20\d\d年(?:度|[内末底中])?|报告期(?:内|末)?|本年度?|年内|[近过]去?.{1,2}年|截[至止]到?[^的]*[日月年末底])"
)
_UNIT = re.compile(r"[，,]\s*单位\s*[：:为]\s*([^，,。；;（）()\s]{1,12})(?=[。；;]|$)")  # …排放量，单位：吨
_LENGTH = re.compile(  # 300字左右, 无召回请填“0”
    r"[如若]?[无没]有?[^，]{0,10}请?填[“\"]?[0零无/]|请?填[“\"][0零无/]"
    r"|(?:不?[超少多]过?于?|约|控制在|请)?\s?\d+\s?(?:[-—–~至到]\s?\d+\s?)?字"
)
_CLOSING = " 　。，、；;：:.!！?？—-"


def cut(question: str) -> Iterator[Cut]:
    """What a question asks for."""
    question = _UNIT.sub(r"（\1）", question)
    for each in _cut(frozen(question, either("zh", "frozen"))):
        yield each._replace(ask=thawed(each.ask))


def _cut(question: str) -> Iterator[Cut]:
    found = _itemised().search(masked(question))
    if found is None or _word("examples").search(question[: found.start("parts")][-3:]):
        yield from _sentences(question)
        return
    head, parts = question[found.start() : found.start("parts")], question[slice(*found.span("parts"))]
    yield from _sentences(question[: found.start()])
    asked = [each for part in split(parts, _SENTENCE) for each in _sentence(_unnumbered(part))]
    heads = [each for each in _sentence(head) if not re.fullmatch(either("zh", "pointers"), each.ask)]
    yield from summed_up(heads, asked)
    yield from asked
    yield from _sentences(question[found.end() :])


@cache
def _itemised() -> re.Pattern[str]:
    """A colon with parts behind it that semicolons close: 包括：（1）…；（2）…。"""
    return re.compile(r"[^；;。？?！!\n]*[：:][；;\s]*(?P<parts>[^。？?！!\n]*[；;][^。？?！!\n]*)")


def _unnumbered(part: str) -> str:
    """A part without its number: （1）, 2., ③."""
    return re.sub(rf"^(?:[（(][\d{NUMERALS}]{{1,3}}[）)]|\d{{1,2}}[.、．](?!\d)|[①-⑳])\s*", "", part)


def _sentences(text: str) -> Iterator[Cut]:
    for sentence in split(text, _SENTENCE):
        if _LENGTH.match(sentence) is None:
            yield from _sentence(sentence)


def _sentence(sentence: str) -> Iterator[Cut]:
    need, after = Need.REQUIRED, None
    heads: list[Cut] = []
    clauses = list(_joined(split(_announced(sentence), _CLAUSE)))
    for number, whole in enumerate(clauses):
        if _leads().fullmatch(whole):  # 其中：
            continue
        told = _condition(whole, follows=number + 1 < len(clauses))
        after, clause = (after, whole) if told is None else told
        if not clause:
            continue
        listed = _opens_list().match(clause) is not None
        need = Need.EXAMPLE if _word("examples").match(clause) else need
        found = [each._replace(after=after) for each in _clause(clause, need)]
        yield from summed_up(heads, found) if listed else heads
        heads = found
    yield from heads


def _condition(clause: str, *, follows: bool) -> tuple[Option, str] | None:
    """The answer on which what follows hangs, and the rest of the clause: 如有, 如已通过, 如有请说明….

    Args:
        clause: the clause.
        follows: whether another clause stands behind it, in which what is asked may be told.
    """
    if follows and clause in words()["zh"]["conditions"]:
        return (Option.NO if re.search(either("zh", "denials"), clause) else Option.YES), ""
    if follows and re.fullmatch(r"[如若][^、，的]{2,4}", clause):  # 若挂钩，…
        return (Option.NO if re.match(either("zh", "denials"), clause[1:]) else Option.YES), ""
    if follows and re.fullmatch(rf"[^，]{{0,6}}[如若](?:{either('zh', 'holds')})[^，]*", clause):
        return Option.YES, ""
    if follows and re.fullmatch(rf"(?:{either('zh', 'holds')}).{{2,14}}的", clause):
        return Option.YES, ""
    found = _when().match(clause)
    if found is None or not (found.end() < len(clause) or follows):
        return None
    denied = found.group("no") or found.group("none")
    return (Option.NO if denied else Option.YES), clause[found.end() :]


@cache
def _when() -> re.Pattern[str]:
    """如已通过, 若尚未建立, 选“是”的; up to the end or to the words that ask (如有请说明)."""
    said, denied = either("zh", "occurrences"), either("zh", "denials")
    mark = '[“”"「」]?'
    return re.compile(
        rf"(?:如果|倘若|如|若|对于?|凡)?选?{mark}(?:(?P<no>{denied})|(?<=[如若果选“\"「对于凡])(?:{said})){mark}"
        r"[^、，]{0,10}?的?(?=$|请|应|须|需)"
        rf"|(?:(?P<none>{denied})|(?:{said}))[^、，的]{{0,8}}的(?=请)"
    )


def _announced(sentence: str) -> str:
    """A list behind a colon, as one behind 包括."""
    found = re.search(r"(?:如下)?[：:](?=[^，]*、)", masked(sentence))
    if found is None or _word("examples").search(sentence[: found.end()][-3:]):
        return sentence
    return f"{sentence[: found.start()]}，{words()['zh']['including'][-1]}{sentence[found.end() :]}"


@cache
def _opens_list() -> re.Pattern[str]:
    return re.compile(f"{either('zh', 'including')}|{either('zh', 'examples')}")


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(either("zh", name))


def _joined(clauses: list[str]) -> Iterator[str]:
    """Clauses; one that only tells the circumstances is left to the one behind it, which asks."""
    for number, clause in enumerate(clauses):
        if (number + 1 < len(clauses) and _is_circumstance(clause)) or (number and _LENGTH.match(clause)):
            continue
        yield clause


@cache
def _circumstance() -> re.Pattern[str]:
    begins, fields, verbs = either("zh", "adjuncts"), either("zh", "fields"), either("zh", "verbs")
    return re.compile(rf"(?:{begins})(?:(?!{verbs}).)*$|(?:{begins})[^、]*(?:{fields})$")


def _is_circumstance(clause: str) -> bool:
    clause = clause.removeprefix("请")
    if re.fullmatch(rf"[^、，的]{{2,12}}(?:{either('zh', 'areas')})", clause):
        return True
    return _PERIOD.fullmatch(clause) is not None or _circumstance().match(masked(clause)) is not None


def _clause(clause: str, need: Need = Need.REQUIRED) -> Iterator[Cut]:
    clause, aside = _without_brackets(clause)
    clause = re.sub(r"(?<=..)(?:分别|各)?[是为](?:多少|几何)$", "", _bare(clause))
    before, after = _including(clause)
    heads, listed = list(_listed(before, need)), list(_listed(after, need))
    yield from summed_up(heads, [*listed, *aside])
    yield from listed
    yield from aside


def _bare(clause: str) -> str:
    """A clause without the words that lead on to it and the marks at its ends."""
    clause = clause.strip(_CLOSING)
    leads = _leads()
    while (found := leads.match(clause)) is not None and found.end() < len(clause):
        clause = clause[found.end() :].strip(_CLOSING)
    return clause


@cache
def _leads() -> re.Pattern[str]:
    # 与…相关的, 及时, 并购 and the like are no leads
    return re.compile(rf"(?:{either('zh', 'leads')}|{either('zh', 'examples')})(?!时|购|网|期|何|下)")


def _including(clause: str) -> tuple[str, str]:
    """What stands before 包括 and the list behind it; all before where there is none."""
    for found in _word("including").finditer(masked(clause)):
        if re.search(rf"(?:{either('zh', 'excepted')})$", clause[: found.start()]):
            continue
        return clause[: found.start()].strip(_CLOSING), clause[found.end() :].strip(_CLOSING)
    return clause, ""


def _without_brackets(clause: str) -> tuple[str, list[Cut]]:
    """A clause without the brackets that ask for something themselves, and what those ask for."""
    aside: list[Cut] = []
    kept = clause
    for each in reversed(list(brackets(clause))):
        asked = list(_in_bracket(each.words))
        if asked or re.match("单位.{0,2}分别", each.words):
            kept = kept[: each.start] + kept[each.end :]
            aside = asked + aside
    return kept, aside


def _in_bracket(inside: str) -> Iterator[Cut]:
    if _word("optional").match(inside):
        yield Cut(inside, Need.OPTIONAL)
        return
    first = split(inside, _CLAUSE)[:1]
    if first and (apart := _by_kinds().fullmatch(first[0])) is not None:  # 按性别、年龄分列
        yield from (Cut(each) for each in enumerations.entries(apart["kinds"]))
        return
    if (asked := re.match(rf"请(?:{either('zh', 'noted')})", inside)) is not None:
        yield from (Cut(each) for each in enumerations.cut(inside[asked.end() :]))
        return
    shown = _word("examples").match(inside) is not None
    for part in split(inside, _CLAUSE):
        if _word("optional").match(part):
            yield Cut(part, Need.OPTIONAL)
        elif shown:
            found = enumerations.entries(_bare(part))
            if len(found) >= LISTED:
                yield from (Cut(entry, Need.EXAMPLE) for entry in found)
        elif _word("including").match(part) or part.startswith("所"):
            yield from (Cut(entry) for entry in enumerations.entries(_bare(part)))


@cache
def _by_kinds() -> re.Pattern[str]:
    """By what a quantity is to be parted: 按性别、年龄分列; 董事、普通员工分列."""
    parted, told = either("zh", "parted"), either("zh", "told")
    return re.compile(
        r"(?:请?(?:分?按|分(?!别))(?P<by>))?(?P<kinds>[^，。；]+?)(?:分别)?"
        rf"(?:(?:{parted})|(?(by)(?:{told})?|(?!)))"
    )


def _listed(clause: str, need: Need) -> Iterator[Cut]:
    """The entries of a clause; those behind 是否 ask whether."""
    several = enumerations.entries(clause) if "、" in masked(clause) else []
    if len(several) > 1 and all(_word("whether").search(each) for each in several):
        yield from (Cut(each, need, whether=True) for each in several)  # A是否…、B是否…
        return
    found = _word("whether").search(masked(clause))
    if found is None:
        yield from (Cut(entry, need) for entry in enumerations.cut(clause))
        return
    if found.start() and "、" in clause[: found.start()] and not _ends_open(clause[: found.start()]):
        yield Cut(clause, need, whether=True)  # 董事会、经理层是否…: of both at once
        return
    if before := clause[: found.start()].strip(_CLOSING):
        clause = clause[found.start() :] if len(before) > 4 and "、" in before else clause
        found = _word("whether").search(masked(clause))
        assert found is not None
        if before not in clause:
            yield from (Cut(entry, need) for entry in enumerations.cut(before))
    stem, told = clause[: found.end()], clause[found.end() :]
    for entry in enumerations.questions(told):
        yield Cut(entry if _word("whether").match(entry) else stem + entry, need, whether=True)


def _ends_open(text: str) -> bool:
    """Whether a mark or a joint closes a text, so that what stands behind it is another entry."""
    return re.search(rf"(?:[、，\s]|{either('zh', 'joints')})$", text) is not None
