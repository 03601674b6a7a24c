"""What is kept of one return: its report, and what lies across returns is compared by.

A record is a block of bytes that depends on nothing but the file's content, the rules and the questionnaire, so that
it can come from another process, another machine, or last week's cache. The file's name is put in when it is read.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct, convert
from msgspec.json import decode, encode
from msgspec.structs import replace

from checker.campaign.labelled_figures import labelled_figures
from checker.campaign.sentences import passages_of
from checker.finding import AspectResult, AspectState, ItemResult, ItemState, Report, Severity
from checker.reading.answers import ReturnReading
from checker.reading.aspects import AspectReading
from checker.rules.peers import DelegatedPart, LabelledFigure
from checker.text.ground.openings import opening
from checker.text.ground.shingles import groups
from questionnaire.answers import Place
from questionnaire.cells import squeeze
from questionnaire.schema import Schema
from questionnaire.vocabulary import Option

NAME = "@FILE@"  # stands for the file's name in a record
STATES = dict(zip(ItemState, "APDNM", strict=True))  # one letter an item
PROFILE = ("kind", "employees", "contact", "overseas")
REMARKS = 1  # below a list of questions
INFLATED = 256 << 20  # bytes of one section
SECTIONS = 6  # head, sketch, figures, record, answers, states
_HEAD = struct.Struct(f"<4s{SECTIONS}I")
_MAGIC = b"ESG1"
ASPECT = tuple(
    name for name in AspectResult.__struct_fields__ if name not in ("id", "ask")
)  # the schema knows these


def _by_aspect(aspect: AspectReading) -> list[Any]:
    return [getattr(aspect, name) for name in ASPECT]


_MARK = f'"file":"{NAME}"'.encode()


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept of one return, but for its answers and the states of their aspects."""

    report: Report  # without items; ``read_items`` gives them
    profile: dict[str, str]
    delegated: tuple[DelegatedPart, ...]
    figures: tuple[LabelledFigure, ...]
    covered: dict[str, str]  # edition of a framework → a letter a disclosure


class AnswerText(NamedTuple):
    """One answer with its place."""

    text: str
    sheet: str | None
    cell: str | None
    line: int | None
    relied: list[str]  # clauses that leave something to the parent


class ItemStates(NamedTuple):
    """The states of one item."""

    state: str
    given: bool  # whether the file holds an answer at all
    aspects: list[list[Any]]  # what is known of each, in the order of ASPECT
    option: str | None = None  # how it was answered, where it is answered by 是 or 否


class Comparable(NamedTuple):
    """What a return is compared with others by, but for its words."""

    profile: dict[str, str]
    figures: list[tuple[str, str, float]]  # aspect or key figure, unit, value
    changes: list[tuple[str, str, float]]  # the same, with what it is of the year before


class Head(Struct, frozen=True):
    """The few values of a record that the whole campaign keeps in memory."""

    company: str
    year: int | None
    questionnaire: str  # id of the edition by which it was read
    chosen_by: str  # why it is that one
    states: str  # a letter an item, in that edition's order
    counts: tuple[int, int, int]  # errors, warnings, notices
    failures: int
    figures: int = 0  # how many can be compared
    missed: tuple[int, ...] = ()  # places of the items whose words answer nothing that is asked
    own: bool = False  # a report or gap list of ours, no return
    blank: bool = False  # a form or a list of questions that nobody filled in
    error: dict[str, Any] | None = None  # why the file could not be read

    @classmethod
    def refused(cls, error: dict[str, Any]) -> Head:
        """The head of a file that could not be read."""
        return cls("", None, "", "", "", (0, 0, 0), 0, error=error)


def make_record(report: Report, whole: ReturnReading, covered: Mapping[str, str]) -> bytes:
    """A return's record as bytes; ``covered`` holds the states of its disclosures."""
    record = Record(
        report=replace(report, items=()),
        profile={name: value for name in PROFILE if (value := whole.source.profile.value(name))},
        delegated=tuple(_delegated(whole)),
        figures=tuple(labelled_figures(whole)),
        covered=dict(covered),
    )
    head = Head(
        report.company,
        report.year,
        report.questionnaire,
        report.chosen_by,
        "".join(STATES[reading.state] for reading in whole.items),
        (report.count(Severity.ERROR), report.count(Severity.WARNING), report.count(Severity.NOTICE)),
        len(report.failures),
        figures=len(record.figures),
        missed=tuple(
            at for at, each in enumerate(whole.items) if each.state is ItemState.MISSING and each.text.strip()
        ),
        blank=_is_blank(whole) and not record.figures,
    )
    said = [
        AnswerText(
            reading.text, reading.where.sheet, reading.where.cell, reading.where.line,
            [span.text for span in reading.delegation.evidence],
        ) for reading in whole.items
    ]  # fmt: skip
    stated = [
        ItemStates(
            reading.state,
            bool(reading.answers),
            [_by_aspect(aspect) for aspect in reading.aspects],
            reading.ticked.option if reading.ticked else None,
        )
        for reading in whole.items
    ]
    compared = Comparable(
        record.profile,
        [(each.aspect, each.unit, each.value) for each in record.figures],
        [(each.aspect, each.unit, each.change) for each in record.figures if each.change is not None],
    )
    return _pack(
        head,
        _sketch(whole).tobytes(),
        _json(compared),
        zlib.compress(encode(record), 1),
        zlib.compress(_json(said), 1),
        zlib.compress(_json(stated), 1),
    )


def _is_blank(whole: ReturnReading) -> bool:
    """Whether nobody answers anything: no company is named, or the parent whose questions these are.

    Under the last question of a list of questions there may be a remark, which looks like its answer.
    """
    company, parent = squeeze(whole.source.company), whole.schema.edition.parent
    if company and company not in map(squeeze, parent.names):
        return False
    filled = sum(bool(each.text.strip()) or each.state is not ItemState.MISSING for each in whole.items)
    return filled <= (REMARKS if company else 0)


def refusal(error: dict[str, Any], *, own: bool = False) -> bytes:
    """The record of a file that is no return."""
    return _pack(Head("", None, "", "", "", (0, 0, 0), 0, own=True) if own else Head.refused(error))


def read_head(blob: bytes) -> Head:
    """The head alone.

    Raises:
        ValueError: the bytes are no record (a torn file of the cache).
    """
    if len(blob) < _HEAD.size:
        raise ValueError("short")
    magic, *sizes = _HEAD.unpack_from(blob)
    if magic != _MAGIC or len(blob) != _HEAD.size + sum(sizes):
        raise ValueError("torn")
    values = json.loads(_section(blob, 0))
    values["counts"] = tuple(values["counts"])
    return Head(**values)


def sound_head(blob: bytes | None) -> Head | None:
    """The head of a whole record; None where there is none, or a torn or forged one."""
    if blob is None:
        return None
    try:
        check_record(blob)
    except ValueError:
        return None
    return read_head(blob)


def check_record(blob: bytes) -> None:
    """Looks at every part of a record: what reads it later need not expect a forged one.

    Raises:
        ValueError: it is no whole record.
    """
    try:
        head = read_head(blob)
        if head.own or head.error is not None:
            return
        read_record(blob, NAME)
        read_compared(blob)
        states = json.loads(_inflated(blob, 5))
        if not len(head.states) == len(read_said(blob)) == len(list(map(_stated, states))):
            raise ValueError("answers")
        if max(read_sketch(blob), default=0) >> 32 >= max(1, len(head.states)):
            raise ValueError("sketch")
    except (KeyError, TypeError, AttributeError, RecursionError, struct.error, zlib.error) as error:
        raise ValueError(str(error)) from error


def read_sketch(blob: bytes) -> array[int]:
    """The groups of letters with their items: item number in the upper half, group in the lower."""
    found = array("Q")
    found.frombytes(_section(blob, 1))
    return found


def read_record(blob: bytes, name: str) -> Record:
    """The record without its answers, with the file's name put in."""
    return decode(_named(_inflated(blob, 3), name), type=Record)


def read_said(blob: bytes) -> list[AnswerText]:
    """All answers, in the questionnaire's order."""
    return [AnswerText(*each) for each in json.loads(_inflated(blob, 4))]


def read_compared(blob: bytes) -> Comparable:
    """Figures, and what they are divided by."""
    return Comparable(*json.loads(_section(blob, 2)))


def read_items(blob: bytes, name: str, schema: Schema) -> tuple[ItemResult, ...]:
    """The items with the states of their aspects, in the questionnaire's order."""
    states = json.loads(_inflated(blob, 5))
    return tuple(
        ItemResult(
            id=item.id,
            key=item.key,
            label=schema.label(item.id),
            question=item.question,
            state=ItemState(stated.state),
            where=Place(name, said.sheet, said.cell, said.line) if stated.given else None,
            answer=said.text,
            option=Option(stated.option) if stated.option else None,
            aspects=tuple(
                convert(
                    {"id": aspect.id, "ask": aspect.ask, **dict(zip(ASPECT, values, strict=True))},
                    AspectResult,
                )
                for aspect, values in zip(item.judged, stated.aspects, strict=True)
            ),
        )
        for item, said, stated in zip(schema.items, read_said(blob), map(_stated, states), strict=True)
    )


def _stated(values: list[Any]) -> ItemStates:
    return ItemStates(*values)


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _named(content: bytes, name: str) -> bytes:
    named = b'"file":' + json.dumps(name, ensure_ascii=False).encode("utf-8", "replace")
    return content.replace(_MARK, named)


def _section(blob: bytes, number: int) -> bytes:
    _, *sizes = _HEAD.unpack_from(blob)
    start = _HEAD.size + sum(sizes[:number])
    return blob[start : start + sizes[number]]


def _inflated(blob: bytes, number: int) -> bytes:
    """A packed section, so far as an honest one goes."""
    return zlib.decompressobj().decompress(_section(blob, number), INFLATED)


def _pack(head: Head, *sections: bytes) -> bytes:
    values = {name: getattr(head, name) for name in Head.__struct_fields__}
    packed = json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "replace")
    parts = (packed, *sections, *(b"",) * (SECTIONS - 1 - len(sections)))
    return _HEAD.pack(_MAGIC, *map(len, parts)) + b"".join(parts)


def _delegated(whole: ReturnReading) -> list[DelegatedPart]:
    found = []
    for reading in whole.items:
        delegation = reading.delegation
        if delegation.kind not in ("full", "partial", "suspected"):
            continue
        found.append(
            DelegatedPart(
                item=reading.item.id,
                kind=delegation.kind,
                provider=delegation.provider or "",
                quotes=tuple(span.text for span in delegation.evidence) or (opening(reading.text),),
                topics=tuple(span.text for span in delegation.topics),
                aspects=tuple(each.aspect.id for each in reading.of_state(AspectState.DELEGATED)),
                where=reading.where,
            )
        )
    return found


def _sketch(whole: ReturnReading) -> array[int]:
    company = whole.source.company
    found = array("Q")
    for number, reading in enumerate(whole.items):
        if not reading.text or reading.stands_aside:
            continue
        relied = tuple(span.text for span in reading.delegation.evidence)
        sampled = {
            group
            for passage in passages_of(reading.text, company, relied, reading.passages)
            for group in groups(passage.masked)
        }
        found.extend((number << 32) | group for group in sorted(sampled))
    return found
