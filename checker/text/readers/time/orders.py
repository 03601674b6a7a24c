"""Orders of dates that cannot be: signed before it was adopted, reported before it was held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

Day = tuple[int, ...]  # year, month, day as far as given

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>20\d\d)\s?(?:年\s?|[./-]\s?))?(?P<month>\d{1,2})\s?(?:月份?|[./-](?=\s?\d))\s?"
    r"(?:(?P<day>\d{1,2})\s?[日号]?)?(?:\s?[-—–~至到]\s?(?:\d{1,2}\s?月)?\s?\d{1,2}\s?[日号])?"
)
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?年")
_SENTENCE = re.compile(r"[^。！？!?\n]{1,32767}")
_BREAK = re.compile(r"[，,；;]")
_TITLE = re.compile(r"《([^《》\n]{2,40})》")
MOST = 24  # dated acts of an answer that are compared


class _Act(Struct, frozen=True):
    """What was done on a day, and to what."""

    verb: str  # adopted, put-out, held, reported
    subject: str
    day: Day
    quote: Span


def find_disorders(text: str) -> tuple[tuple[str, Span, Span], ...]:
    """Kind (adopted-later, reported-first) and the words of both acts, the later step first."""
    if "20" not in text or _words().trigger.search(text) is None:
        return ()
    acts = list(_acts(text))[:MOST]
    return (*_adopted_later(acts), *_reported_first(acts))


def _adopted_later(acts: list[_Act]) -> Iterator[tuple[str, Span, Span]]:
    for adopted in acts:
        if adopted.verb != "adopted" or not adopted.subject:
            continue
        same = [act for act in acts if act.verb == "adopted" and act.subject == adopted.subject]
        for act in acts:
            if act.verb != "put-out" or act.subject != adopted.subject:
                continue
            if all(_before(act.day, other.day) for other in same):
                yield "adopted-later", adopted.quote, act.quote
                return


def _reported_first(acts: list[_Act]) -> Iterator[tuple[str, Span, Span]]:
    for report in acts:
        if report.verb != "reported":
            continue
        held = [act for act in acts if act.verb == "held" and act.subject == report.subject]
        if held and all(_before(report.day, act.day) for act in held):
            yield "reported-first", held[0].quote, report.quote
            return


def _before(one: Day, other: Day) -> bool:
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _acts(text: str) -> Iterator[_Act]:
    """The dated acts of a text; a month without its year has that of the date before."""
    words = _words()
    named_years = set(_YEARS.findall(text))
    year = int(named_years.pop()) if len(named_years) == 1 else 0
    for sentence in _SENTENCE.finditer(text):
        dates = list(_DATE.finditer(text, *sentence.span()))
        subject = ""
        last = sentence.start()
        for at, match in enumerate(dates):
            year = int(match["year"] or year)
            end = dates[at + 1].start() if at + 1 < len(dates) else sentence.end()
            before = text[last : match.start()]
            begin = max((found.end() for found in _BREAK.finditer(before)), default=0)
            stop = _BREAK.search(text, match.end(), end)
            comma = stop is not None and stop.start() - match.end() <= 1
            if comma and stop is not None:  # 2024年2月6日，合同报备案
                stop = _BREAK.search(text, stop.end(), end)
            while stop is not None and words.goes_on.match(text, stop.end(), end):
                stop = _BREAK.search(text, stop.end(), end)
            behind_end = stop.start() if stop else end
            behind = text[match.end() : behind_end]
            lead = before[begin:] if at == 0 or begin or not _BREAK.search(behind) else ""
            lead = lead if at == 0 or begin else ""
            last = match.end()
            month = int(match["month"])
            if not year or not 1 <= month <= 12 or words.other.search(lead + behind):
                continue
            day: Day = (year, month, int(match["day"])) if match["day"] else (year, month)
            quote = span(text, match.start() - len(lead), behind_end)
            for verb, named in _done(lead, behind):
                known = named or ("" if verb in ("held", "reported") else subject)
                if verb in ("adopted", "put-out") and named:
                    subject = named
                if known:
                    yield _Act(verb, known, day, quote)
            named = _thing(lead + behind)
            subject = named or subject


def _done(lead: str, behind: str) -> Iterator[tuple[str, str]]:
    """What a clause says was done, and to what; "" for what its sentence is about."""
    words = _words()
    report = words.report.search(lead) or words.report.search(behind)
    if report is not None:
        if words.out.search(behind):
            yield "reported", report["act"]
        return
    held = words.held.search(behind) or words.held_after.search(f"{lead}\t{behind}")
    if held is not None:
        yield "held", held["act"]
        return
    adopted = words.adopted.search(behind)
    if adopted is not None:
        after = behind[adopted.end() :].lstrip("了的")
        named = _thing(after) or _thing(lead + behind[: adopted.start()])
        if named or len(after) < 2 or after.startswith(("该", "此", "上述")):
            yield "adopted", named
        return
    put_out = words.put_out.search(behind)
    if put_out is not None:
        yield "put-out", _thing(behind) or _thing(lead)


def _thing(clause: str) -> str:
    """The document that a clause names: its title, or its kind."""
    title = _TITLE.search(clause)
    if title is not None:
        return title.group(1)
    found = _words().things.search(clause)
    if found is None or clause[: found.start()].endswith(("该", "此", "上述")):
        return ""  # 该合同: what the sentence is about
    return found.group()


class _Words(Struct, frozen=True):
    trigger: re.Pattern[str]
    adopted: re.Pattern[str]
    put_out: re.Pattern[str]
    things: re.Pattern[str]
    report: re.Pattern[str]
    out: re.Pattern[str]
    held: re.Pattern[str]
    held_after: re.Pattern[str]
    goes_on: re.Pattern[str]
    other: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "dates.yaml")["orders"]

    acts = either(data["acts"])
    return _Words(
        trigger=re.compile(f"{either(data['adopted'])}|报告"),
        adopted=re.compile(either(data["adopted"])),
        put_out=re.compile(either(data["put_out"])),
        things=re.compile(either(data["things"])),
        report=re.compile(rf"(?P<act>{acts})[^，,。；;《》\n]{{0,6}}?报告"),
        out=re.compile(either(data["reported"])),
        held=re.compile(
            rf"{either(data['held'])}[^，,。；;\n]{{0,16}}?(?P<act>{acts})(?!{either(data['not_acts'])})"
        ),
        held_after=re.compile(rf"(?P<act>{acts})(?:工作|活动)?[已于在自]{{0,2}}\t\s?{either(data['held'])}"),
        goes_on=re.compile(rf"(?:会议)?{either(data['debated'])}"),
        other=re.compile(either(data["other"])),
    )
