"""The grammar by which a Chinese question is cut: sentences, clauses, what belongs to a clause, its lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from questionnaire.drafting import enumerations
from questionnaire.drafting.grammar import Cut, either, summed_up, words
from questionnaire.drafting.masks import brackets, masked, split
from questionnaire.schema import Need

LISTED = 3  # examples in brackets from which each is asked for; fewer only explain what stands before them

_SENTENCE = re.compile(r"[。；;！!？?\n]+")
_CLAUSE = re.compile(r"[，,：:]+")
_CLOSING = " 　。，、；;：:.!！?？—-"


def cut(question: str) -> Iterator[Cut]:
    """What a question asks for."""
    for sentence in split(question, _SENTENCE):
        need = Need.REQUIRED
        heads: list[Cut] = []
        for clause in _joined(split(_announced(sentence), _CLAUSE)):
            if clause in words()["zh"]["conditions"]:
                need = Need.OPTIONAL
                continue
            listed = _opens_list().match(clause) is not None
            need = Need.EXAMPLE if _word("examples").match(clause) else need
            found = list(_clause(clause, need))
            yield from summed_up(heads, found) if listed else heads
            heads = found
        yield from heads


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
        if number + 1 < len(clauses) and _is_circumstance(clause):
            continue
        yield clause


@cache
def _circumstance() -> re.Pattern[str]:
    begins, fields, verbs = either("zh", "adjuncts"), either("zh", "fields"), either("zh", "verbs")
    return re.compile(rf"(?:{begins})(?:(?!{verbs}).)*$|(?:{begins})[^、]*(?:{fields})$")


def _is_circumstance(clause: str) -> bool:
    return _circumstance().match(masked(clause)) is not None


def _clause(clause: str, need: Need = Need.REQUIRED) -> Iterator[Cut]:
    clause, aside = _without_brackets(clause)
    clause = _bare(clause)
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
        if asked:
            kept = kept[: each.start] + kept[each.end :]
            aside = asked + aside
    return kept, aside


def _in_bracket(inside: str) -> Iterator[Cut]:
    if _word("optional").match(inside):
        yield Cut(inside, Need.OPTIONAL)
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


def _listed(clause: str, need: Need) -> Iterator[Cut]:
    """The entries of a clause; those behind 是否 ask whether."""
    found = _word("whether").search(masked(clause))
    if found is None:
        yield from (Cut(entry, need) for entry in enumerations.cut(clause))
        return
    if before := clause[: found.start()].strip(_CLOSING):
        clause = clause[found.start() :] if len(before) > 4 and "、" in before else clause
        found = _word("whether").search(masked(clause))
        assert found is not None
        if before not in clause:
            yield from (Cut(entry, need) for entry in enumerations.cut(before))
    stem = clause[: found.end()]
    for entry in enumerations.cut(clause[found.end() :]):
        whole = entry if _word("whether").match(entry) else stem + entry
        yield Cut(whole, need, whether=True)
