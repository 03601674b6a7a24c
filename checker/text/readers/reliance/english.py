"""Patterns of English clauses that name the parent: what the model of such clauses weighs, among other features.

The parent as agent of a verb of handling (passive with "by", active before the verb), as the place where a thing lies,
as somebody relied on or pointed to; a document of it that one's own work follows; a guest, a customer, who receives
reports or took one step. Word classes are data (``data/english_reliance.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from checker.text.ground.english import is_mostly_english
from checker.text.ground.marks import ABOVE, AFAR, DATE, FIGURE, OWN, PARENT, THEIRS, MarkedClause
from frameworks.ground.yaml import load_data

LABEL = 5  # words of a clause that only names who: Tax: Group

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z]{2,}")
_SIGN = f"[{PARENT}{ABOVE}{AFAR}{THEIRS}]"
_SIGNS = re.compile(_SIGN)
_NAMED = re.compile(f"[{PARENT}{ABOVE}{THEIRS}]")


def is_english_answer(clauses: Sequence[MarkedClause]) -> bool:
    """Whether all clauses of an answer are written in English; of mixed ones the model has learned."""
    return is_mostly_english(" ".join(clause.marked for clause in clauses)) or not any(
        _HAN.search(clause.marked) for clause in clauses
    )


def fits(clauses: Sequence[MarkedClause], place: int) -> Iterator[str]:
    """The names of the patterns that a clause fits."""
    words, grammar = clauses[place].marked, _grammar()
    for name, patterns in grammar.patterns:
        yield from (f"{name}{at}" for at, each in enumerate(patterns) if each.search(words))
    if _goes_on(words, clauses[place - 1] if place else None, grammar):
        yield "goes on"
    if _is_label(words, grammar):
        yield "label"


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


class _Grammar(NamedTuple):
    patterns: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
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
    finite = r"\b(?:is|are|was|were|has|have|had|will|do|does|did|can|[a-z]{3,}ed"
    finite += r"|ran|held|gave|took|made|met|kept|built|bought|led|went|came|put|set|got|grew|fell|rose"
    finite += rf"|cut|found|paid|sent|won|wrote|taught)\b|(?:{OWN}|\bthey|\bit|\bwho|\bwhich)\s[a-z]{{2,}}"
    visiting = _verbs(data["visiting"], {"sent": "send", "lent": "lend"}, finite=True)
    single = {
        "guest": rf"{telling}|{_participles(data['guests'])}{words}{{0,5}}?\sby\s{above}"
        rf"|{parent}{unit}\s(?:(?:has|have|had|also)\s)?{visiting}",
        "kin": rf"{data['kin']}{parent}|\b(?:customer|owner|shareholder|client)\s(?:is|are|was)\s{above}"
        rf"|(?:^|{OWN}\s(?:\w+\s)?(?:is|are)\s(?:fully\s|wholly\s)?)owned\sby\s{parent}"
        rf"|{parent}\s(?:bought|acquired|founded|owns|owned|holds)\s(?:the|a|all|{OWN}|this|\d)|"
        rf"{parent}\s(?:is|are|was)\s(?:{OWN}|the|a)\s(?:\w+\s)?(?:customer|shareholder|owner|parent|supplier|client)",
        "persons": persons,
        "by unit": rf"{done}{words}{{0,8}}?\sby\s(?:the|an?)\s(?:[\w&-]+\s){{1,4}}?of\s{above}",
        "gave": rf"{parent}{unit}{adverbs}\s{handling}\s(?:(?:the|an?|its|{OWN})\s)?(?:[\w-]+\s){{0,2}}?{tools}",
        "tool": rf"^(?:the|a|{OWN}|this|that)?\s?(?:[\w-]+\s){{0,2}}?{tools}(?!\sand\b)",
        "document": rf"{_SIGN}(?:[’']s?)?(?:\s[\w&/.-]+){{0,6}}?\s{documents}\b"
        rf"|\b{documents}{words}{{0,4}}?\s(?:of|from|by|at)\s{parent}|{THEIRS}",
        "resting": data["resting"],
        "padding": data["padding"],
        "hanging": rf"^\s*(?:and\s)?{data['hanging']}",
        "wholly": r"\b(?:all|entirely|wholly|completely|exclusively|solely|centrally|whole)\b",
        "finite": finite,
    }
    patterns = {"strong": strong, "weak": weak, **{name: (each,) for name, each in single.items()}}
    return _Grammar(
        patterns=tuple((name, tuple(map(re.compile, each))) for name, each in patterns.items()),
        finite=re.compile(finite),
        pronoun=re.compile(
            rf"^(?:(?:to|of|in|by|from)\s)?(?:which|whose|whom)\b|^(?:(?:in|for|during)\s\S+\s)?(?:it\b|its\b|their\b|he\b|she\b|{AFAR}\s[a-z])|(?<=.)\b(?:it|its(?!\sown))\b"
        ),
    )
