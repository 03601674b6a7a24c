"""Finds what an answer promises for the year behind its own: a definite deed with a time to come (次年6月投用光伏)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.passages import split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.spans import Span, span
from checker.text.readers.time.dues import find_months
from checker.text.readers.time.plan_words import coming_year, drawn_up, other_year, plan_words
from checker.text.readers.time.things import features

BARE = 2  # weight of the features by which a promise names its thing; with less, the words before it do
LEAST = 1.0  # weight of the features that a promise must have to be of something definite
_CLAUSE = re.compile(r"(?:[^，,。；;！!？?\n\t|｜]|(?<=\d),(?=\d{3}))+")  # a comma within 5,400 parts nothing
_CELL = re.compile(r"[^\t|｜]+")
LEAST_CELLS = 3  # in a line that is one of a table
_NUMBERED = re.compile(
    r"[①-⑳]|[（(]?[\da-zA-Z一二三四五六七八九十]{1,2}[)）、.．]"
)  # what opens a part of a list
_NOT_YET = re.compile(r"了(?=$|[换建改装做重另再修])")  # of a clause that names the time to come
_TITLE = re.compile(r"《[^》\n]{1,80}》")


class Promise(Struct, frozen=True):
    """What was promised: the words, what they are about, and the figures in them."""

    quote: Span
    year: int  # for which it was promised
    thing: str  # the words that name it, those of the clause before among them where its own do not
    quantities: tuple[Quantity, ...]
    follows: bool = False  # it only goes on with the one before it (……，排放浓度降至5mg)


def find_promises(text: str, year: int, others: Iterable[str] = ()) -> tuple[Promise, ...]:
    """The promises of an answer in a return of ``year`` for the year behind it, in order; none of ``others``."""
    words = plan_words()
    said = _TITLE.sub(_blank, simplified(text))
    if named := [name for name in others if name]:
        said = re.compile(either(named)).sub(lambda match: words.parent.ljust(len(match.group()), "〇"), said)
    plain = drawn_up(year + 1).sub(_blank, words.not_intends.sub(_blank, said))
    coming = coming_year(year + 1)
    if not any(time.search(plain) for time in (coming, words.soon, words.agreed, words.step)):
        return ()
    found = [*_columns(text, plain, year, coming), *_found(text, said, plain, year, coming)]
    return tuple(sorted(found, key=lambda promise: promise.quote.start))


def _blank(match: re.Match[str]) -> str:
    """As many letters that say nothing."""
    return "〇" * len(match.group())


def _columns(text: str, plain: str, year: int, coming: re.Pattern[str]) -> Iterator[Promise]:
    """What stands in a table's column for the year to come (2024年计划), row by row."""
    words, quantities = plan_words(), find_quantities(text)
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
                    yield Promise(span(text, start, end), year + 1, thing, within)
        offset += len(line) + 1


def _found(text: str, said: str, plain: str, year: int, coming: re.Pattern[str]) -> Iterator[Promise]:
    words, before = plan_words(), -1
    goes_on = listed = under = False
    quantities = find_quantities(text)
    for start, end in _sentences(text):
        earlier, before = before, start
        whole = plain[start:end]
        time = _time(whole, coming)
        goes_on = under or (goes_on and (listed or words.goes_on.match(whole.lstrip()) is not None))
        if time.search(whole) and whole.rstrip().endswith((":", "：")):
            under = True  # 2024年计划：, and a list below
            continue
        under = under and time.search(whole) is None and other_year(year + 1).search(whole) is None
        if (time.search(whole) is None and not goes_on) or words.conditions.search(whole):
            continue
        if words.carried_out.search(whole) or words.gathering.search(simplified(text[start:end])):
            continue
        clauses = [match.span() for match in _CLAUSE.finditer(plain, start, end)]
        planned = list(_planned(said, plain, clauses, time, other_year(year + 1), goes_on=goes_on))
        carried, goes_on, listed = goes_on, bool(planned), whole.rstrip().endswith((";", "；"))
        if all(words.moves.search(plain, begin, close) for begin, close, _ in planned):
            listed = False  # 余2项转入次年；…: what follows is told of this year
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
                head = plain[begin:close].lstrip()
                alone = named or carried or words.goes_on.match(head) or _NUMBERED.match(head)
                yield Promise(span(text, begin, close), year + 1, thing, within, not alone)


def _time(sentence: str, coming: re.Pattern[str]) -> re.Pattern[str]:
    """What names the time to come in a sentence: the year, or where there is none a month, a season, or the next step.

    预计5月投用; 跟设备科说好了，春节检修时换成带光栅的; 下一步重做防渗.
    """
    words = plan_words()
    if coming.search(sentence) or words.behind.search(sentence):
        return coming
    if words.soon.search(sentence):
        return words.soon
    if words.agreed.search(sentence):
        return words.season
    return words.step if words.step.search(sentence) else coming


def _reach(planned: list[tuple[int, int, bool]], begin: int, end: int) -> int:
    """Up to where figures belong to a promise: the next one, or the end of the sentence."""
    return min((at for at, _, _ in planned if at > begin), default=end)


def _planned(
    said: str,
    plain: str,
    clauses: list[tuple[int, int]],
    coming: re.Pattern[str],
    other: re.Pattern[str],
    *,
    goes_on: bool,
) -> Iterator[tuple[int, int, bool]]:
    """The clauses of a sentence that promise, and whether they name the time to come.

    It governs the clauses behind it; alone between commas (明年6月前，…) it belongs to the next. A sentence may go on
    with the plans of the one before it. ``plain`` is what was ``said`` without words that only seem to intend.
    """
    words, due, found, alone = plan_words(), goes_on, False, False
    sentence = plain[clauses[0][0] : clauses[-1][1]] if clauses else ""
    clause = ""
    for begin, close in clauses:
        before, clause = clause, plain[begin:close]
        named = coming.search(clause)
        done = _is_done(clause if named is None else _told_of(clause, named))
        if named is None and (other.search(clause) or done):
            due = False
        due = due or named is not None
        if not due or done:
            continue
        theirs = words.others.match(_NUMBERED.sub("", said[begin:close], 1)) is not None
        if theirs or words.terms.search(clause) or _goes_on(clause, before, named):
            due = named is None
        elif (words.rules.search(clause) and not _begins(clause, sentence)) or words.maybes.search(clause):
            continue
        elif named is not None and _waits(clause, named, sentence):
            alone = words.by_then.search(clause) is not None or words.intends.search(sentence) is not None
            alone = alone or (words.in_turn.fullmatch(named.group()) is None and _is_bare(clause))
            alone = alone and words.endless.search(clause) is None
            if alone and close == clauses[-1][1] and _is_deed(before):
                yield clauses[-2][0], close, True  # 更换滤袋，2024年3月
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
    """What a clause is about: without figures, its time, and what is there already (由活性炭改为RTO)."""
    words = plan_words()
    if (due := words.due.search(plain, start, end)) is not None:
        begin, close = due.span()
        plain, text = (f"{each[:begin]}{'0' * (close - begin)}{each[close:]}" for each in (plain, text))
    found = words.instead.search(plain, start, end)
    if found is None:
        return _without(text, start, end, quantities)
    return _without(text, start, found.start(), quantities) + _without(text, found.end(), end, quantities)


def _without(text: str, start: int, end: int, quantities: tuple[Quantity, ...]) -> str:
    """A stretch without its figures: their units name no thing."""
    for each in quantities:
        if start <= each.start < end:
            text = text[: each.start] + "0" * (each.end - each.start) + text[each.end :]
    return text[start:end]


def _begins(clause: str, sentence: str) -> bool:
    """Whether a rule is to begin in the time to come: 决定2024年起每季度听取一次汇报."""
    words = plan_words()
    return words.begins.search(clause) is not None and words.strong.search(sentence) is not None


def _told_of(clause: str, named: re.Match[str]) -> str:
    """What a clause says of the time to come: 部门已定：来年请人打分, 应承了来年装, 来年把管子全换了, 过了年就开."""
    before = clause[: named.start()].rpartition("：")[2]
    before = "" if before.endswith("了") else before
    return _NOT_YET.sub("", before + clause[named.end() :])


def _is_done(clause: str) -> bool:
    words = plan_words()
    rest = words.still_open.sub("", clause)
    done = words.done.search(rest)
    return done is not None and words.moves.search(rest, done.end()) is None  # 已隔离并定于次年施工


def _waits(clause: str, named: re.Match[str], sentence: str) -> bool:
    """Whether a clause names the time to come, and the deed stands behind it (明年6月前，…)."""
    return _is_bare(clause) or not _promises(clause, named, sentence)


def _goes_on(clause: str, before: str, named: re.Match[str] | None) -> bool:
    """Whether a clause that opens with a time goes on with what somebody else does or has made known.

    集团正在选型，2024年上线; 管委会已公示，2024年沿河建一座湿地公园.
    """
    words = plan_words()
    if named is None or clause[: named.start()].strip():
        return False
    if words.announced.search(before) is not None:
        return True
    return before.lstrip().startswith(words.parent) and words.ours.search(clause) is None


def _is_bare(clause: str) -> bool:
    """Whether a clause names a time and nothing else, or who is to do it (2024年由安环部牵头)."""
    words = plan_words()
    rest = words.led.sub("", clause)
    return not features(rest) and words.finishes.search(rest) is None


def _is_deed(clause: str) -> bool:
    """Whether a clause without a time tells a deed that is not done yet."""
    words = plan_words()
    return (
        words.finishes.search(clause) is not None
        and not _is_done(clause)
        and words.years.search(clause) is None
    )


def _promises(clause: str, named: re.Match[str] | None, sentence: str) -> bool:
    """Whether a clause that names the time to come promises: by a word of intention, or by a deed due then."""
    words = plan_words()
    in_turn = named is not None and words.in_turn.fullmatch(named.group()) is not None
    if words.moves.search(clause):
        return not words.may_move.search(clause) and not (in_turn and words.allows.search(clause))
    if in_turn and words.rules.search(sentence):
        return False
    if words.intends.search(clause) or (words.strong.search(sentence) and words.finishes.search(clause)):
        return True
    deeds = words.finishes, words.disposes, words.counted
    return not in_turn and any(deed.search(clause) for deed in deeds)


def _is_definite(clause: str, thing: str, quantities: tuple[Quantity, ...]) -> bool:
    """Whether a plan names something that can be looked for: a deed or a figure, and a thing."""
    words = plan_words()
    figured = any(each.kind != "date" for each in quantities)
    if not figured:
        if words.endless.search(clause.rpartition("：")[2]):  # 2024年重点：6月前通过复评
            return False
        rest = words.empties.sub("", clause)
        dated = find_months(clause) and words.intends.search(clause)  # 将于7月底前交钥匙
        told = words.disposes.search(clause) or words.finishes.search(rest) or words.moves.search(rest)
        if not dated and told is None:
            return False
    return sum(features(thing).values()) >= LEAST
