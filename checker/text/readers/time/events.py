"""Dates that cannot be: days no calendar has, ends before starts, certificates older than their audit, and one event
under two dates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.spans import Span
from frameworks.ground.yaml import load_data

BEGAN = "began"  # kind of event: a document was issued or came into force
NEAR = 80  # characters between a certificate's dates
BACK = 12  # characters before an audit that may call it a later one (监督审核)
AROUND = 300  # characters before an issue date that say what the certificate is about

Day = tuple[int, ...]  # year, month, day as far as given

# Each begins with a digit, so that the search skips all else; what must not stand before it is looked at afterwards.
_DATE = (
    r"[12][09]\d\d\s?(?:年\s?(?:\d{1,2}\s?月份?\s?(?:\d{1,2}\s?[日号])?)?"
    r"|[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{1,2})?)(?!\d)"
)
_FULL = re.compile(
    r"(?P<first>\d{1,4})\s?"
    r"(?:年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?(?:[-—~～至]\s?(?P<to>\d{1,2})\s?)?[日号])?"
    r"|月\s?(?P<day2>\d{1,2})\s?(?:[-—~～至]\s?(?P<to2>\d{1,2})\s?)?[日号]"
    r"|(?P<mark>[./-])(?P<month3>\d{1,2})(?P=mark)(?P<day3>\d{1,2})(?![\d.\-/]))"
)
_RANGE = re.compile(
    rf"(?P<one>{_DATE})\s?(?P<dash>[-—–~～至到]{{1,2}})\s?"
    rf"(?P<other>{_DATE}|\d{{1,2}}\s?月\s?(?:\d{{1,2}}\s?[日号])?|\d{{1,2}}\s?\.\s?\d{{1,2}}(?!\d)|\d{{1,2}}\s?[日号])"
)
_SENTENCE_END = re.compile(r"[，,。；;\n]")
_NUMBERS = re.compile(r"\d{1,4}")
_CERTIFICATE = re.compile(r"证书(?:编)?号(?:码)?\s?[:：]?\s?(?P<number>[A-Za-z0-9][A-Za-z0-9/\-]{4,30})")
_ORDINAL = r"[一二三四五六七八九十\d]{1,3}"
_ONE_DATE = re.compile(rf"(?P<date>{_DATE})")
_STATEMENT = re.compile(r"[^。；;\n]{1,32767}")
_PHASE = re.compile(r"[一二三四五1-5]期")
_STANDARD = re.compile(r"(?:ISO|IATF|OHSAS|SA|GB/T)\s?(?:/IEC)?\s?-?\s?(\d{4,5})")


class Event(Struct, frozen=True):
    """Something that happens once, with its date."""

    key: tuple[str, ...]
    name: str
    day: Day
    start: int
    end: int


class Clash(Struct, frozen=True):
    """Two dates of one text that cannot both hold: kind is calendar, reversed, expired or issued-first."""

    kind: str
    quotes: tuple[Span, ...]


def find_clashes(text: str) -> tuple[Clash, ...]:
    """Dates of a text that cannot be."""
    if "20" not in text and "月" not in text and "19" not in text:
        return ()
    found = [Clash("calendar", (span,)) for span in _impossible(text)]
    found += [Clash("reversed", (span,)) for span in _reversed(text)]
    if any(sign in text for sign in _words().certificate_signs):
        found += _certificates(text)
    return tuple(found)


def find_events(text: str) -> tuple[Event, ...]:
    """The events of a text that happen once, with their dates."""
    words = _words()
    found = list(_once(text)) if words.once.search(text) else []
    if "届" in text:
        found += _meetings(text)
    if "20" not in text and "19" not in text:
        return tuple(found)
    for pattern in words.documents if "《" in text else ():
        found += _documents(text, pattern, ("document",))
    found += _documents(text, words.began, ())
    if "证" in text:
        found += _certified(text)
    if "证书" in text:
        found += _numbered(text)
    return tuple(found)


def _documents(text: str, pattern: re.Pattern[str], kind: tuple[str, ...]) -> Iterator[Event]:
    """When a document was issued or came into force; of the kind ``began`` whichever of the two is told."""
    for match in pattern.finditer(text):
        if not _words().again.search(text, max(0, match.start() - 8), match.end() + 4):
            title = match["title"]
            key = (*kind, title, match["verb"]) if kind else (BEGAN, title.lower())
            yield _event(match, key, f"《{title}》{match['verb']}")


def _certified(text: str) -> Iterator[Event]:
    """When a standard's certificate came: the date nearest the verb of its sentence."""
    words = _words()
    for sentence in _STATEMENT.finditer(text):
        verb = words.certified.search(sentence.group())
        if verb is None or words.later.search(sentence.group()):
            continue
        standards = {match.group(1): match.group() for match in _STANDARD.finditer(sentence.group())}
        dates = list(_ONE_DATE.finditer(sentence.group())) if standards else []
        near = min(dates, key=lambda date: _apart(date, verb), default=None)
        if (
            near is None
            or _apart(near, verb) > NEAR // 2
            or words.until.search(sentence.group()[: near.start()][-8:])
        ):
            continue
        for number, name in standards.items():
            yield Event(("certified", number), name, _day(near["date"]), *sentence.span())


def _apart(one: re.Match[str], other: re.Match[str]) -> int:
    """Characters between two matches."""
    return max(one.start() - other.end(), other.start() - one.end(), 0)


def _once(text: str) -> Iterator[Event]:
    """What happens to a plant once (6月并网); a date without its year has the year 0."""
    for match in _words().once.finditer(text):
        day = _day(match["date"]) if match["date"] else (0, int(match["month"]))
        name = _words().split.sub("", match["verb"])
        begin = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        if not _words().phase.search(text, begin, match.end()):
            phases = _PHASE.findall(text, begin, match.end())
            yield Event(("once", name, phases[-1] if phases else ""), name, day, match.start(), match.end())


def _meetings(text: str) -> Iterator[Event]:
    """Numbered meetings with their day, which stands before their name or behind it."""
    words = _words()
    for match in words.meeting.finditer(text):
        dated = words.met_before.search(text, max(0, match.start() - NEAR), match.start())
        dated = dated or words.met_behind.match(text, match.end())
        if dated is None:
            continue
        day = _day(dated["date"]) if dated["date"] else (0, *_day(dated["day"]))
        body = words.body.sub(words.body_name, match["body"] + match["kind"]).removesuffix(words.meets)
        key = ("meeting", match["session"], match["number"], body)
        start, end = min(match.start(), dated.start()), max(match.end(), dated.end())
        yield Event(key, match.group().removeprefix("第"), day, start, end)


def differ(one: Day, other: Day) -> bool:
    """Whether two dates differ as far as both are given: 2023 and 2023-05 do not."""
    return any(a != b for a, b in zip(one, other, strict=False))


def _event(match: re.Match[str], key: tuple[str, ...], name: str) -> Event:
    return Event(key, name, _day(match["date"]), match.start(), match.end())


def _day(written: str) -> Day:
    return tuple(int(number) for number in _NUMBERS.findall(written)[:3])


def _before(one: Day, other: Day) -> bool:
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _impossible(text: str) -> Iterator[Span]:
    for match in _FULL.finditer(text):
        groups = match.groupdict()
        if match.start() and text[match.start() - 1] in ".-/年" + "0123456789":
            continue  # the end of another number or of a date that was read
        coded = groups["mark"] is not None
        year = 2024 if groups["day2"] else int(groups["first"])  # without a year, 29 February is possible
        month = int(groups["first"] if groups["day2"] else groups["month"] or groups["month3"])
        days = [int(groups[name]) for name in ("day", "day2", "day3", "to", "to2") if groups[name]]
        if (coded and (month > 12 or not month or max(days) > 31)) or not 1900 <= year < 2100:
            continue  # a number of another kind
        if not 1 <= month <= 12 or any(not 1 <= day <= monthrange(year, month)[1] for day in days):
            yield Span(match.group(), match.start(), match.end())


def _reversed(text: str) -> Iterator[Span]:
    for match in _RANGE.finditer(text):
        one, other = _day(match["one"]), _day(match["other"])
        if not one or not other or (match.start() and text[match.start() - 1] in ".0123456789"):
            continue
        if re.match(r"[12][09]\d\d", match["other"]):
            wrong = _before(other, one)
            if len(one) == 1 and "至" not in match["dash"] and "到" not in match["dash"]:
                wrong = False
        elif len(other) == 1 and "月" not in match["other"]:
            wrong = len(one) == 3 and other[0] < one[2]
        else:
            wrong = len(one) == 3 and len(other) == 2 and other[0] == one[1] and other[1] < one[2]
        if wrong:
            yield Span(match.group(), match.start(), match.end())


def _certificates(text: str) -> Iterator[Clash]:
    words = _words()
    issues = [(_day(match["date"]), match) for match in words.issued.finditer(text)]
    received = [(_day(match["date"] or match["date2"]), match) for match in words.received.finditer(text)]
    for until in words.until.finditer(text):
        end = _day(until["date"])
        for day, match in received:
            outlived = match.end() <= until.start() and _before(end, day)
            if outlived and not words.another.search(text, match.end(), until.start()):
                yield Clash("expired", (_quote(match), _quote(until)))
                break
    if not issues:
        if received:
            yield from _issued_first(text, received)
        return
    for until in words.until.finditer(text):
        end = _day(until["date"])
        for day, match in issues:
            if abs(match.start() - until.start()) <= NEAR and _before(end, day):
                yield Clash("expired", (_quote(match), _quote(until)))
                break
    yield from _issued_first(text, issues)


def _issued_first(text: str, issues: list[tuple[Day, re.Match[str]]]) -> Iterator[Clash]:
    """A certificate older than the audit of its subject."""
    words = _words()
    latest: tuple[Day, re.Match[str]] = max(issues, key=lambda issue: issue[0])
    around = text[max(0, latest[1].start() - AROUND) : latest[1].end() + NEAR]
    about = _subjects(around)
    for match in words.done.finditer(text):
        before = _SENTENCE_END.split(text[max(0, match.start() - NEAR) : match.start()])[-1]
        sentence = before[-BACK:] + match.group()
        subjects = _subjects(match.group()) or _subjects(text[max(0, match.start() - NEAR) : match.start()])
        if words.later.search(sentence) or not about & subjects:
            continue
        if (
            _before(latest[0], _day(match["date"] or match["date2"]))
            and not match.start() <= latest[1].start() < match.end()
        ):
            yield Clash("issued-first", (_quote(match), _quote(latest[1])))
            return


def _subjects(text: str) -> set[int]:
    """What a text is about, as places in the list of subjects."""
    return {place for place, pattern in enumerate(_words().subjects) if pattern.search(text)}


def _numbered(text: str) -> Iterator[Event]:
    """Issue dates beside the number of their certificate."""
    numbers = list(_CERTIFICATE.finditer(text))
    for match in _words().issued.finditer(text) if numbers else ():
        near = min(numbers, key=lambda number: abs(number.start() - match.start()))
        if abs(near.start() - match.start()) <= NEAR:
            role = "first" if match.group().startswith(_words().issued_first) else "last"
            yield _event(match, ("certificate", near["number"], role), near["number"])


def _quote(match: re.Match[str]) -> Span:
    return Span(match.group(), match.start(), match.end())


class _Words(Struct, frozen=True):
    issued: re.Pattern[str]
    received: re.Pattern[str]
    until: re.Pattern[str]
    done: re.Pattern[str]
    later: re.Pattern[str]
    subjects: tuple[re.Pattern[str], ...]
    again: re.Pattern[str]
    certified: re.Pattern[str]
    once: re.Pattern[str]
    split: re.Pattern[str]  # what may stand between a verb and its object
    phase: re.Pattern[str]
    documents: tuple[re.Pattern[str], ...]
    began: re.Pattern[str]
    meeting: re.Pattern[str]
    met_before: re.Pattern[str]
    met_behind: re.Pattern[str]
    another: re.Pattern[str]  # another certificate than the one before
    body: re.Pattern[str]  # the assembly of a plant's staff, by any of its names
    body_name: str
    meets: str
    issued_first: tuple[str, ...]
    certificate_signs: tuple[str, ...]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "dates.yaml")

    verbs = f"(?P<verb>{either(data['document_verbs'])})"
    got, certificate = either(data["certified"]), either(data["certificates"])
    which = either([*data["issued_first"], *data["issued_last"]])
    title = r"《(?P<title>[^《》\n]{2,40})》"
    on = rf"(?:(?P<date>{_DATE})|(?<![\d年.])(?P<day>\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号]))"
    return _Words(
        issued=re.compile(rf"{which}?{either(data['issued'])}\s?[:：为是]?\s?(?P<date>{_DATE})"),
        received=re.compile(
            rf"证书[^，,。；;\n\d]{{0,10}}(?P<date>{_DATE}){either(data['received'])}"
            rf"|(?P<date2>{_DATE})[^，,。；;\n]{{0,8}}?{either(data['received'])}[^，,。；;\n]{{0,24}}?证书"
        ),
        until=re.compile(rf"{either(data['valid_until'])}\s?[:：为是]?\s?(?P<date>{_DATE})"),
        done=re.compile(
            rf"(?P<date>{_DATE})[^，,。；;\n]{{0,16}}?{either(data['done'])}[^，,。；;\n]{{0,30}}?{either(data['audits'])}"
            rf"|{either(data['audits'])}(?:工作)?[于在](?P<date2>{_DATE}){either(data['done'])}"
        ),
        later=re.compile(either(data["later_audits"])),
        subjects=tuple(re.compile(either(group)) for group in data["subjects"]),
        again=re.compile(either(data["again"])),
        certified=re.compile(
            rf"{got}[^，,。；;\n]{{0,40}}{certificate}|{certificate}[^，,。；;\n]{{0,16}}{got}"
            rf"|{either(data['certified_at_once'])}"
        ),
        once=re.compile(
            rf"(?<![\d.])(?:(?P<date>{_DATE})|(?P<month>\d{{1,2}})月)(?:\d{{1,2}}日)?"
            rf"[^，,。；;\n\d]{{0,6}}?(?P<verb>{either(data['once'])})"
        ),
        split=re.compile(either(data["split"])),
        phase=re.compile(either(data["phases"])),
        documents=(
            re.compile(
                rf"{title}\s?(?:已|正式)?(?:于|自|在)?\s?(?P<date>{_DATE})(?:起|正式|开始){{0,2}}{verbs}"
            ),
            re.compile(rf"(?P<date>{_DATE})(?:起|正式|公司){{0,2}}{verbs}了?{title}"),
        ),
        began=re.compile(
            rf"《?(?P<title>(?<=《)[^《》\n]{{2,40}}(?=》)|[A-Z][A-Za-z&-]+(?:[ ][A-Z][A-Za-z&-]+){{1,4}})》?"
            rf"\s?[（(]?\s?(?:已|正式)?(?:于|自|从|在|是)?\s?(?P<date>{_DATE})(?:起|正式|开始)?[^，,。；;（）()\n\d]{{0,6}}?"
            rf"(?P<verb>{either([*data['document_verbs'], *data['began']])})"
        ),
        meeting=re.compile(
            rf"第?(?P<session>{_ORDINAL})届(?P<body>[^，,。；;\n]{{0,16}}?)第?(?P<number>{_ORDINAL})次"
            rf"(?P<kind>[^，,。；;\n]{{0,8}}?{either(data['meetings'])})"
        ),
        met_before=re.compile(rf"{on}[，,]?[^，,。；;\n]{{0,16}}?\Z"),
        met_behind=re.compile(rf"已?[于在（(：:]{{1,2}}\s?{on}"),
        another=re.compile(rf"[。；;\n]|\d{{4,5}}|{either(data['another'])}"),
        body=re.compile(either(data["terms"]["assemblies"])),
        body_name=data["terms"]["assemblies"][0],
        meets=data["meetings"][0],
        issued_first=tuple(data["issued_first"]),
        certificate_signs=tuple(data["certificate_signs"]),
    )
