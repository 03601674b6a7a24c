"""Finds what an answer promises for the year behind its own: a definite deed with a time to come (次年6月投用光伏)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.passages import split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.spans import Span, span
from checker.text.readers.time.things import features
from frameworks.ground.yaml import load_data

BARE = 2  # features by which a promise names its thing; with fewer, the words before it do
LEAST = 1.0  # weight of the features that a promise must have to be of something definite
_CLAUSE = re.compile(r"[^，,。；;！!？?\n\t|｜]+")
_CELL = re.compile(r"[^\t|｜]+")
LEAST_CELLS = 3  # in a line that is one of a table
_TITLE = re.compile(r"《[^》\n]{1,80}》")


class Promise(Struct, frozen=True):
    """What was promised: the words, what they are about, and the figures in them."""

    quote: Span
    thing: str  # the words that name it, those of the clause before among them where its own do not
    quantities: tuple[Quantity, ...]
    near: tuple[Quantity, ...] = ()  # figures of its sentence
    follows: bool = False  # it only goes on with the one before it (……，排放浓度降至5mg)


def find_promises(text: str, year: int, others: Iterable[str] = ()) -> tuple[Promise, ...]:
    """The promises of an answer in a return of ``year`` for the year behind it, in order; none of ``others``."""
    words = _words()
    plain = words.not_intends.sub(lambda match: "〇" * len(match.group()), simplified(text))
    plain = _TITLE.sub(lambda match: "〇" * len(match.group()), plain)
    if named := [name for name in others if name]:
        plain = re.compile(either(named)).sub(
            lambda match: words.parent.ljust(len(match.group()), "〇"), plain
        )
    plain = _drawn_up(year + 1).sub(lambda match: "〇" * len(match.group()), plain)
    coming = _coming(year + 1)
    if coming.search(plain) is None:
        return ()
    found = [*_columns(text, plain, coming), *_found(text, plain, year, coming)]
    return tuple(sorted(found, key=lambda promise: promise.quote.start))


def _columns(text: str, plain: str, coming: re.Pattern[str]) -> Iterator[Promise]:
    """What stands in a table's column for the year to come (2024年计划), row by row."""
    words, quantities = _words(), find_quantities(text)
    column, offset = -1, 0
    for line in plain.split("\n"):
        cells = [match.span() for match in _CELL.finditer(line)]
        if len(cells) < LEAST_CELLS:
            column = -1
        else:
            heads = [at for at, (start, end) in enumerate(cells) if at and coming.search(line[start:end])]
            if heads and column < 0:
                column = heads[0]
            elif 0 < column < len(cells):
                start, end = (offset + place for place in cells[column])
                within = tuple(each for each in quantities if start <= each.start < end)
                name = text[offset + cells[0][0] : offset + cells[0][1]]
                thing = f"{name}\n{_without(text, start, end, quantities)}"
                definite = within or words.finishes.search(plain, start, end)
                if definite and not words.rules.search(plain, start, end) and features(thing):
                    yield Promise(span(text, start, end), thing, within, within)
        offset += len(line) + 1


def _found(text: str, plain: str, year: int, coming: re.Pattern[str]) -> Iterator[Promise]:
    words, before = _words(), -1
    goes_on = listed = under = False
    quantities = find_quantities(text)
    for start, end in _sentences(text):
        earlier, before = before, start
        whole = plain[start:end]
        goes_on = under or (goes_on and (listed or words.goes_on.match(whole.lstrip()) is not None))
        if coming.search(whole) and whole.rstrip().endswith((":", "：")):
            under = True  # 2024年计划：, and a list below
            continue
        under = under and coming.search(whole) is None and _other_year(year + 1).search(whole) is None
        if (coming.search(whole) is None and not goes_on) or words.conditions.search(whole):
            continue
        clauses = [match.span() for match in _CLAUSE.finditer(plain, start, end)]
        planned = list(_planned(plain, clauses, coming, _other_year(year + 1), goes_on=goes_on))
        carried, goes_on, listed = goes_on, bool(planned), whole.rstrip().endswith((";", "；"))
        for begin, close, named in planned:
            behind = [at for at, _ in clauses if at < begin]
            if named and earlier >= 0:
                behind.insert(0, earlier)
            thing = _thing(text, plain, begin, close, quantities)
            if behind and sum(features(thing).values()) < BARE:  # the words before it name the thing
                thing = _without(text, start if begin > start else behind[0], close, quantities)
            if named and earlier >= 0 and sum(features(thing).values()) < BARE:
                thing = _without(text, earlier, close, quantities)
            if not named and sum(features(text[begin:close]).values()) < BARE:
                continue  # what only goes on with the promise before it
            within = tuple(each for each in quantities if begin <= each.start < _reach(planned, begin, end))
            if _is_definite(plain[begin:close], thing, within):
                joined = words.goes_on.match(plain[begin:close].lstrip()) is not None
                near = tuple(each for each in quantities if start <= each.start < end)
                yield Promise(span(text, begin, close), thing, within, near, not (named or joined or carried))


def _reach(planned: list[tuple[int, int, bool]], begin: int, end: int) -> int:
    """Up to where figures belong to a promise: the next one, or the end of the sentence."""
    return min((at for at, _, _ in planned if at > begin), default=end)


def _planned(
    plain: str,
    clauses: list[tuple[int, int]],
    coming: re.Pattern[str],
    other: re.Pattern[str],
    *,
    goes_on: bool,
) -> Iterator[tuple[int, int, bool]]:
    """The clauses of a sentence that promise, and whether they name the time to come.

    It governs the clauses behind it; alone between commas (明年6月前，…) it belongs to the next. A sentence may go on
    with the plans of the one before it.
    """
    words, due, found, alone = _words(), goes_on, False, False
    sentence = plain[clauses[0][0] : clauses[-1][1]] if clauses else ""
    for begin, close in clauses:
        clause = plain[begin:close]
        named = coming.search(clause)
        done = _is_done(clause if named is None else clause.removesuffix("了"))  # 来年把管子全换了
        if named is None and (other.search(clause) or done):
            due = False
        due = due or named is not None
        if not due or done:
            continue
        if words.terms.search(clause) or words.others.match(clause):
            due = named is None
        elif words.rules.search(clause) or words.maybes.search(clause):
            continue
        elif named is not None and _waits(clause, named, sentence):
            alone = words.by_then.search(clause) is not None or words.intends.search(sentence) is not None
        elif (named is not None or alone) and _promises(clause, named, sentence):
            found, alone = True, False
            yield begin, close, True
        elif (found and any(len(word) > 1 for word in words.finishes.findall(clause))) or (
            goes_on and (words.intends.search(clause) or words.finishes.search(clause))
        ):
            yield begin, close, False


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for sentence in split(text).sentences:
        yield sentence.start, sentence.end


def _thing(text: str, plain: str, start: int, end: int, quantities: tuple[Quantity, ...]) -> str:
    """What a clause is about: without figures, and without what is there already (由活性炭改为RTO)."""
    found = _words().instead.search(plain, start, end)
    if found is None:
        return _without(text, start, end, quantities)
    return _without(text, start, found.start(), quantities) + _without(text, found.end(), end, quantities)


def _without(text: str, start: int, end: int, quantities: tuple[Quantity, ...]) -> str:
    """A stretch without its figures: their units name no thing."""
    for each in quantities:
        if start <= each.start < end:
            text = text[: each.start] + "0" * (each.end - each.start) + text[each.end :]
    return text[start:end]


def _is_done(clause: str) -> bool:
    words = _words()
    rest = words.still_open.sub("", clause)
    done = words.done.search(rest)
    return done is not None and words.moves.search(rest, done.end()) is None  # 已隔离并定于次年施工


def _waits(clause: str, named: re.Match[str], sentence: str) -> bool:
    """Whether a clause names the time to come, and the deed stands behind it (明年6月前，…)."""
    bare = not features(clause) and _words().finishes.search(clause) is None
    return bare or not _promises(clause, named, sentence)


def _promises(clause: str, named: re.Match[str] | None, sentence: str) -> bool:
    """Whether a clause that names the time to come promises: by a word of intention, or by a deed due then."""
    words = _words()
    if words.moves.search(clause):
        return True
    in_turn = named is not None and words.in_turn.fullmatch(named.group()) is not None
    if in_turn and words.rules.search(sentence):
        return False
    if words.intends.search(clause) or (words.strong.search(sentence) and words.finishes.search(clause)):
        return True
    return not in_turn and words.finishes.search(clause) is not None


def _is_definite(clause: str, thing: str, quantities: tuple[Quantity, ...]) -> bool:
    """Whether a plan names something that can be looked for: a deed or a figure, and a thing."""
    words = _words()
    figured = any(each.kind not in ("date",) for each in quantities)
    if not figured:
        if words.endless.search(clause):
            return False
        rest = words.empties.sub("", clause)
        if words.finishes.search(rest) is None and words.moves.search(rest) is None:
            return False
    return sum(features(thing).values()) >= LEAST


class _Words(Struct, frozen=True):
    intends: re.Pattern[str]
    not_intends: re.Pattern[str]
    moves: re.Pattern[str]
    strong: re.Pattern[str]
    in_turn: re.Pattern[str]
    finishes: re.Pattern[str]
    done: re.Pattern[str]
    still_open: re.Pattern[str]
    endless: re.Pattern[str]
    empties: re.Pattern[str]
    rules: re.Pattern[str]
    conditions: re.Pattern[str]
    maybes: re.Pattern[str]
    terms: re.Pattern[str]
    others: re.Pattern[str]
    instead: re.Pattern[str]
    goes_on: re.Pattern[str]
    by_then: re.Pattern[str]
    parent: str  # a word for any company above


@cache
def _coming(year: int) -> re.Pattern[str]:
    """The year to come as it is written."""
    data = _data()
    digits = "〇一二三四五六七八九"
    chinese = "".join("[〇零○]" if letter == "0" else digits[int(letter)] for letter in str(year))
    return re.compile(
        rf"(?<![\d.])(?:{year}|(?<!\d){year % 100:02})\s?年|(?<![\d.]){year}\s?[./-]\s?\d{{1,2}}(?!\d)"
        rf"|(?<![\d.]){year}\s?Q[1-4]|{chinese}年|{either([*data['coming'], *data['next_in_turn']])}"
    )


@cache
def _drawn_up(year: int) -> re.Pattern[str]:
    """A plan for the year to come that is drawn up already: 编制次年培训计划."""
    data = _data()
    return re.compile(
        rf"{either(data['drawn_up'])}(?:了|并下达|完成)?(?:{_coming(year).pattern})度?[一-龥]{{0,10}}?{either(data['plans'])}"
    )


@cache
def _other_year(year: int) -> re.Pattern[str]:
    """Any other year than the one to come."""
    return re.compile(
        rf"(?<!\d)(?!{year})(?:19|20)\d\d\s?年|(?<!\d)(?!{year % 100:02})[12]\d年(?!前)|今年|本年|当年"
    )


@cache
def _data() -> dict[str, Any]:
    return dict(load_data("checker.data", "promises.yaml"))


@cache
def _words() -> _Words:
    data = _data()
    known = {
        name: re.compile(either(data[name]))
        for name in (
            "intends",
            "not_intends",
            "moves",
            "maybes",
            "done",
            "still_open",
            "endless",
            "empties",
        )
    }
    return _Words(
        finishes=re.compile(either([*data["finishes"], *data["acts"]])),
        strong=re.compile(either(word for word in data["intends"] if len(word) > 1)),
        in_turn=re.compile(either(data["next_in_turn"])),
        rules=re.compile(either(data["rules"])),
        conditions=re.compile(
            rf"{either(data['conditions'])}|(?:\A|(?<=[，,。；;]))\s?如(?![期下上实何前今同])"
        ),
        terms=re.compile(either(data["terms"])),
        goes_on=re.compile(either(data["goes_on"])),
        by_then=re.compile(either([*data["by_then"], *data["coming"], *data["next_in_turn"]])),
        parent=data["others"][0],
        instead=re.compile(rf"[由从][^，,。；;\n]{{2,24}}?{either(data['instead'])}"),
        others=re.compile(
            rf"\s*(?:由|待|等)?(?:当地|本地)?{either(data['others'])}|[^，,。；;]*?由[^，,。；;]{{1,14}}?统一"
            rf"|[^，,。；;]{{0,8}}?{either(data['others'])}{either(data['tells_us'])}"
        ),
        **known,
    )
