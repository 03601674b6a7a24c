"""What an English clause does that names the parent: by its agent, its voice and the head of what it names.

The parent as agent of a verb of handling (passive with "by", active before the verb), as the place where a thing lies,
as somebody relied on or pointed to: it handles. A document of it that one's own work follows: a rule. A guest, a
customer, who receives reports or took one step: neither. Word classes are data (``data/english_reliance.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from checker.text.ground.marks import ABOVE, AFAR, DATE, FIGURE, OWN, PARENT, THEIRS, MarkedClause
from frameworks.ground.yaml import load_data

SURELY, HARDLY = 0.95, 0.05
WORDS = 3  # words of a clause that says something
FEW = 12  # words of an answer that says nothing but the parent's name
LABEL = 5  # words of a clause that only names who: Tax: Group

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z]{2,}")
_SIGN = f"[{PARENT}{ABOVE}{AFAR}{THEIRS}]"
_SIGNS = re.compile(_SIGN)
_NAMED = re.compile(f"[{PARENT}{ABOVE}{THEIRS}]")


class Shares(NamedTuple):
    """How surely a clause hands over, rests on a rule, says something of one's own; shares of 1."""

    handles: float
    rule: float
    own: float


def is_english_answer(clauses: Sequence[MarkedClause]) -> bool:
    """Whether all clauses of an answer are written in English; of mixed ones the model has learned."""
    return not any(_HAN.search(clause.marked) for clause in clauses) and any(
        _WORD.search(clause.marked) for clause in clauses
    )


def read_english(clauses: Sequence[MarkedClause], place: int, *, is_hard: bool) -> Shares:
    """What an English clause does."""
    words = clauses[place].marked
    grammar = _grammar()
    last = clauses[place - 1] if place else None
    before = last if last is not None and last.sentence == clauses[place].sentence else None
    if _SIGNS.search(words) is None:
        own = not _goes_on(words, last, grammar) and _is_own(
            words, grammar, is_hard=is_hard, follows=before is not None
        )
        return _shares(own=own)
    if before is not None and _is_label(words, grammar):
        return _shares(handles=True)
    if grammar.behalf.search(words) is None and _is_guest(words, grammar):
        return _shares(own=is_hard or _is_own(words, grammar, is_hard=False, follows=before is not None))
    hard = is_hard and FIGURE in words and grammar.wholly.search(words) is None
    strong = grammar.left.search(words) if hard else grammar.strong.search(words)
    if strong is not None:
        return _shares(handles=True)
    if grammar.document.search(words) and grammar.resting.search(words):
        return _shares(rule=True, own=is_hard)
    if not hard and grammar.weak.search(words) is not None:
        return _shares(handles=True)
    theirs = _NAMED.match(words.removeprefix("the ")) is not None and OWN not in words
    own = is_hard or (not theirs and _is_own(words, grammar, is_hard=False, follows=before is not None))
    return _shares(own=own and not _goes_on(words, last, grammar))


def _shares(*, handles: bool = False, rule: bool = False, own: bool = False) -> Shares:
    return Shares(*(SURELY if each else HARDLY for each in (handles, rule, own)))


def settle(found: Iterable[tuple[bool, Shares]], first: str) -> tuple[str, float]:
    """The kind that clauses make together, each with whether it names the parent; its share of 1.

    ``first`` are the words of the first clause: a short answer of one clause that only names the parent is suspected.
    """
    rows = list(found)
    own = any(shares.own > 0.5 and shares.handles < 0.5 for _, shares in rows)
    handles = any(named and shares.handles > 0.5 for named, shares in rows)
    rule = any(named and shares.rule > 0.5 for named, shares in rows)
    if handles:
        return ("partial" if own else "full"), SURELY
    if rule:
        return ("reference" if own else "full"), SURELY
    if (
        len(rows) == 1
        and rows[0][0]
        and not own
        and len(_WORD.findall(first)) <= FEW
        and _NAMED.search(first)
        and not _is_guest(first, _grammar())
    ):
        return "full", HARDLY  # nothing but the parent is named: suspected
    return "none", SURELY


def _is_own(words: str, grammar: _Grammar, *, is_hard: bool, follows: bool) -> bool:
    """Whether a clause says something of one's own: a figure, or a predicate that is no padding."""
    if is_hard:
        return True
    if (
        len(_WORD.findall(words)) < WORDS
        or grammar.finite.search(words) is None
        or grammar.padding.search(words)
    ):
        return False
    return not (follows and grammar.hanging.match(words))


def _goes_on(words: str, before: MarkedClause | None, grammar: _Grammar) -> bool:
    """Whether a clause goes on about the parent of the clause before it: the share it published covers the Group."""
    if before is None or _SIGNS.search(before.marked) is None:
        return False
    if grammar.pronoun.match(words) is not None:
        return True
    if OWN in words:
        return False
    return _SIGNS.search(words) is not None or grammar.pronoun.search(words) is not None


def _is_label(words: str, grammar: _Grammar) -> bool:
    """Tax: Group. Clean technology -> Dicastal strategy department."""
    bare = _WORD.findall(words)
    named = _NAMED.match(words.removeprefix("the ").lstrip(" ->→–—=")) is not None
    return named and len(bare) <= LABEL and grammar.finite.search(words) is None


def _is_guest(words: str, grammar: _Grammar) -> bool:
    theirs = any(each.search(words) for each in (grammar.kin, grammar.persons))
    return (
        (theirs and grammar.by_unit.search(words) is None)
        or any(each.search(words) for each in (grammar.guest, grammar.gave))
        or grammar.tool.match(words) is not None
    )


class _Grammar(NamedTuple):
    strong: re.Pattern[str]  # hands over whatever else the clause names
    weak: re.Pattern[str]  # hands over unless a document of the parent is followed
    left: re.Pattern[str]  # hands over though a figure stands there
    behalf: re.Pattern[str]
    wholly: re.Pattern[str]
    guest: re.Pattern[str]
    kin: re.Pattern[str]
    persons: re.Pattern[str]  # colleagues of the parent who came
    by_unit: re.Pattern[str]  # led by the sales company of the parent
    tool: re.Pattern[str]
    gave: re.Pattern[str]
    document: re.Pattern[str]
    resting: re.Pattern[str]
    padding: re.Pattern[str]
    hanging: re.Pattern[str]
    finite: re.Pattern[str]
    pronoun: re.Pattern[str]


def _verbs(words: Iterable[str], irregular: dict[str, str], *, finite: bool = False) -> str:
    """Any form of some verbs; ``finite``: none that can be a noun."""
    forms = set()
    for word in words:
        first, _, rest = word.partition(" ")
        stem = first.removesuffix("e")
        inflected = {f"{first}s", f"{first}es", f"{stem}ed"}
        if not finite:
            inflected |= {first, f"{stem}ing"}
        inflected |= {f"{first}{first[-1]}ed", f"{first}{first[-1]}ing"}
        if first.endswith("y"):
            inflected |= {f"{first[:-1]}ies", f"{first[:-1]}ied"}
        forms |= {f"{form} {rest}" if rest else form for form in inflected}
    forms |= {form for form, plain in irregular.items() if plain in set(words)}
    written = sorted(map(re.escape, forms), key=lambda form: (-len(form), form))
    return rf"\b(?:{'|'.join(written)})\b"


def _participles(words: Iterable[str]) -> str:
    """The forms in which some verbs are passive."""
    forms = {word.removesuffix("e") + "ed" for word in words if " " not in word}
    forms |= {word + word[-1] + "ed" for word in words if " " not in word}
    return rf"\b(?:{'|'.join(sorted(forms))})\b"


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "english_reliance.yaml")
    irregular = data["irregular"]
    handling = _verbs(data["handling"], irregular)
    acting = _verbs(data["handling"], irregular, finite=True)
    guests = _verbs(data["guests"], {})
    above = rf"(?:(?:the|a|{OWN}|a\sunit\sof|colleagues\s(?:at|in|from))\s)*{_SIGN}"
    documents = rf"(?:{'|'.join(data['documents'])})"
    # itself, or a unit of it: the discipline inspection department of CITIC Dicastal
    parent = rf"(?:what\s)?(?:(?:the|an?)\s(?:(?!{documents}\b)[\w&-]+\s){{1,4}}?(?:of|at)\s)?{above}"
    charges = rf"(?:{'|'.join(data['charges'])})"
    adverb = r"(?:\w+ly|all|also|then|only|alone|itself|always|not|still|just)"
    adverbs = rf"(?:\s(?:{adverb}|has|have|been|is|are|was|were|which|who|that))*"
    lying = _verbs(data["lying"], irregular)
    unit = data["unit"]
    words = rf"(?:\s[\w&/’'{OWN}{ABOVE}{DATE}{FIGURE}-]+)"
    gap = rf"(?:(?!{documents}\b|in\s|with\s|under\s)[\w&-]+\s)"
    done = rf"(?:{handling}|\b[a-z]{{3,}}ed\b)"
    relying = rf"{data['relying']}(?:{words}{{0,6}}?\s(?:of|at|from|by))?\s{parent}"
    getting = r"\b(?:get|gets|got|receive[sd]?|obtain(?:s|ed)?)"
    obtained = rf"{getting}\s(?:their|its|all|{OWN}){words}{{1,4}}?\sfrom\s{parent}"
    seen = rf"{data['seen']}(?:\s[\w’'-]+){{0,6}}?\s{parent}"
    left = rf"{obtained}|{relying}|{data['handed']}\s{parent}|{seen}"
    tools = rf"(?:{'|'.join(data['tools'])})\b"
    behalf = rf"{_SIGN}.{{0,60}}\b(?:on\s(?:{OWN}\s)?behalf|for\s{OWN})(?!\w)"
    strong = (
        rf"{done}{words}{{0,8}}?(?<!not)(?<!never)\sby\s{gap}{{0,5}}?{parent}",
        behalf,
        rf"{done}{words}{{0,4}}?\sbetween\s{parent}",
        rf"\b(?:under|in|within|subject\sto)\s(?:[\w-]+\s){{0,3}}?(?:{'|'.join(data['offices'])})\s(?:of|by|at|with|from)\s{gap}{{0,4}}?{parent}",
        rf"\bunder\s{parent}(?:[’']s?)?\s(?:[\w-]+\s){{0,2}}?(?:{'|'.join(data['offices'])})\b(?!\s(?:[\w-]+\s)?{documents}\b)",
        rf"(?:^|[-–>=]\s?)(?:[\w-]+\s){{0,5}}by\s{parent}",
        rf"{handling}(?:(?!\s{documents}\b){words}){{0,3}}?\s(?:at|in|within|inside|through|via)\s(?:[\w&-]+\s(?:of|at)\s)?{parent}",
        rf"{lying}{words}{{0,6}}?\s{data['lies']}\s(?:[\w&-]+\s){{0,3}}?(?:of\s)?{parent}"
        rf"(?!(?:[’']s?)?(?:\s[\w&/.-]+){{0,5}}?\s{documents}\b)",
        rf"\b(?:is|are|was|were|be)\s(?:{adverb}\s){{0,2}}(?:with|at|in|up\sto|under|for|on)\s(?:the\s(?:hands|level|side|remit)\sof\s)?{parent}",
        rf"\b(?:at|on)\s{parent}(?:\s[\w-]+)?\slevel|{_SIGN}[\s-]level",
        rf"{charges}\s(?:\w+\s)?(?:of|for|with|at)\s(?:[\w&-]+\s){{0,4}}?{parent}",
        left,
    )
    weak = (
        rf"{parent}{unit}{adverbs}\s(?:{acting}|responsible|in charge|accountable)",
        rf"{parent}{unit}\s(?:will|shall|does|do|can|would|may|must|is|are|was|were|has\sbeen|have\sbeen|keeps|colleagues|people|experts|departments|teams)\s{handling}",
        rf"{parent}(?:[’']s?)?\s(?:[\w-]+\s){{0,2}}?{charges}\b(?!\s(?:we|{OWN}))",
        rf"{data['same']}{parent}",
        rf"{data['sources']}\s{parent}",
        rf"{handling}{words}{{0,3}}?\sunder\s{parent}",
        rf"^(?:as\s)?per\s{parent}",
        rf"{handling}{words}{{0,2}}?\sfrom\s{parent}",
        rf"\b(?:is|are|was|were|comes?|came|falls?|fell)\s(?:{adverb}\s){{0,2}}(?:under|within|from|by|done\sby)\s{parent}",
        rf"\b(?:is|are)\s(?:{adverb}\s){{0,2}}{parent}[’']s?(?!\s\w)",
        rf"\bthrough\s{parent}|=\s{parent}|\bwhatever\s{parent}|\bfollow(?:s|ed|ing)?\s{above}\s*$",
        rf"{parent}(?:[’']s?)?(?:\s[\w-]+){{0,3}}?\s(?:applies|apply|prevails?|counts?|is\svalid|is\sin\sforce)\b",
    )
    telling = rf"{data['telling']}{parent}"
    someone = rf"(?:{'|'.join(data['persons'])})"
    persons = (
        rf"{someone}\s(?:\w+\s)?(?:from|of|at)\s{parent}"
        rf"|{parent}(?:[’']s?)?\s(?:[\w-]+\s)?{someone}\s(?:\w+\s)?{guests}"
    )
    visiting = _verbs(data["visiting"], {"sent": "send", "lent": "lend"}, finite=True)
    return _Grammar(
        strong=re.compile("|".join(strong)),
        weak=re.compile("|".join(weak)),
        left=re.compile(left),
        behalf=re.compile(behalf),
        wholly=re.compile(r"\b(?:all|entirely|wholly|completely|exclusively|solely|centrally|whole)\b"),
        guest=re.compile(
            rf"{telling}|{_participles(data['guests'])}{words}{{0,5}}?\sby\s{above}|{parent}{unit}\s(?:(?:has|have|had|also)\s)?{visiting}"
        ),
        kin=re.compile(
            rf"{data['kin']}{parent}|\b(?:customer|owner|shareholder|client)\s(?:is|are|was)\s{above}|(?:^|{OWN}\s(?:\w+\s)?(?:is|are)\s(?:fully\s|wholly\s)?)owned\sby\s{parent}|{parent}\s(?:bought|acquired|founded|owns|owned|holds)\s(?:the|a|all|{OWN}|this|\d)|"
            rf"{parent}\s(?:is|are|was)\s(?:{OWN}|the|a)\s(?:\w+\s)?(?:customer|shareholder|owner|parent|supplier|client)"
        ),
        persons=re.compile(persons),
        by_unit=re.compile(rf"{done}{words}{{0,8}}?\sby\s(?:the|an?)\s(?:[\w&-]+\s){{1,4}}?of\s{above}"),
        gave=re.compile(
            rf"{parent}{unit}{adverbs}\s{handling}\s(?:(?:the|an?|its|{OWN})\s)?(?:[\w-]+\s){{0,2}}?{tools}"
        ),
        tool=re.compile(rf"(?:the|a|{OWN}|this|that)?\s?(?:[\w-]+\s){{0,2}}?{tools}(?!\sand\b)"),
        document=re.compile(
            rf"{_SIGN}(?:[’']s?)?(?:\s[\w&/.-]+){{0,6}}?\s{documents}\b|\b{documents}{words}{{0,4}}?\s(?:of|from|by|at)\s{parent}|{THEIRS}"
        ),
        resting=re.compile(data["resting"]),
        padding=re.compile(data["padding"]),
        hanging=re.compile(rf"\s*(?:and\s)?{data['hanging']}"),
        finite=re.compile(
            rf"\b(?:is|are|was|were|has|have|had|will|do|does|did|can|[a-z]{{3,}}ed|ran|held|gave|took|made|met|kept|built|bought|led|went|came|put|set|got|grew|fell|rose|cut|found|paid|sent|won|wrote|taught)\b|(?:{OWN}|\bthey|\bit|\bwho|\bwhich)\s[a-z]{{2,}}"
        ),
        pronoun=re.compile(
            rf"^(?:(?:to|of|in|by|from)\s)?(?:which|whose|whom)\b|^(?:(?:in|for|during)\s\S+\s)?(?:it\b|its\b|their\b|he\b|she\b|{AFAR}\s[a-z])|(?<=.)\b(?:it|its(?!\sown))\b"
        ),
    )
