"""What is kept of one return: its report, and what lies across returns is compared by.

A record is a block of bytes that depends on nothing but the file's content, the rules and the questionnaire, so that
it can come from another process, another machine, or last week's cache. The file's name is put in when it is read.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from checker.across import Delegated, LabelledFigure
from checker.coverage import ReturnReading
from checker.evidence import AspectReading
from checker.finding import AspectState, ItemState, Report, Severity
from checker.passages import passages_of
from checker.text.quantities import find_quantities
from checker.text.shingles import groups
from questionnaire.schema import FigureNeed

NAME = "@FILE@"  # stands for the file's name in a record
STATES = dict(zip(ItemState, "APDNM", strict=True))  # one letter an item
PROFILE = ("kind", "employees", "contact", "overseas")
_HEAD = struct.Struct("<4sII")
_MAGIC = b"ESG1"
_MARK = f'"file":"{NAME}"'.encode()


class Record(BaseModel):
    """Everything that is kept of one return."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    report: Report
    profile: dict[str, str]
    delegated: tuple[Delegated, ...]
    figures: tuple[LabelledFigure, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The few values of a record that the whole campaign keeps in memory."""

    company: str
    year: int | None
    states: str  # a letter an item, in the questionnaire's order
    counts: tuple[int, int, int]  # errors, warnings, notices
    failures: int
    figures: int = 0  # how many can be compared
    own: bool = False  # a report or gap list of ours, no return
    error: dict[str, Any] | None = None  # why the file could not be read

    @classmethod
    def refused(cls, error: dict[str, Any]) -> Head:
        """The head of a file that could not be read."""
        return cls("", None, "", (0, 0, 0), 0, error=error)


def make_record(report: Report, whole: ReturnReading) -> bytes:
    """A return's record as bytes."""
    record = Record(
        report=report,
        profile={name: value for name in PROFILE if (value := whole.source.profile.value(name))},
        delegated=tuple(_delegated(whole)),
        figures=tuple(labelled_figures(whole)),
    )
    head = Head(
        report.company,
        report.year,
        "".join(STATES[item.state] for item in report.items),
        (report.count(Severity.ERROR), report.count(Severity.WARNING), report.count(Severity.NOTICE)),
        len(report.failures),
        figures=len(record.figures),
    )
    return _pack(head, _sketch(whole).tobytes(), record.model_dump_json().encode("utf-8", "replace"))


def refusal(error: dict[str, Any], *, own: bool = False) -> bytes:
    """The record of a file that is no return."""
    head = Head("", None, "", (0, 0, 0), 0, own=True) if own else Head.refused(error)
    return _pack(head, b"", b"")


def read_head(blob: bytes) -> Head:
    """The head alone.

    Raises:
        ValueError: the bytes are no record (a torn file of the cache).
    """
    if len(blob) < _HEAD.size:
        raise ValueError("short")
    magic, size, sketch = _HEAD.unpack_from(blob)
    if magic != _MAGIC or len(blob) < _HEAD.size + size + sketch:
        raise ValueError("torn")
    values = json.loads(blob[_HEAD.size : _HEAD.size + size])
    values["counts"] = tuple(values["counts"])
    return Head(**values)


def read_sketch(blob: bytes) -> array[int]:
    """The groups of letters with their items: item number in the upper half, group in the lower."""
    _, size, length = _HEAD.unpack_from(blob)
    found = array("Q")
    found.frombytes(blob[_HEAD.size + size : _HEAD.size + size + length])
    return found


def read_record(blob: bytes, name: str) -> Record:
    """The whole record, with the file's name put in."""
    _, size, length = _HEAD.unpack_from(blob)
    content = zlib.decompress(blob[_HEAD.size + size + length :])
    named = b'"file":' + json.dumps(name, ensure_ascii=False).encode("utf-8", "replace")
    return Record.model_validate_json(content.replace(_MARK, named))


def _pack(head: Head, sketch: bytes, content: bytes) -> bytes:
    values = {name: getattr(head, name) for name in Head.__slots__}
    packed = json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "replace")
    return _HEAD.pack(_MAGIC, len(packed), len(sketch)) + packed + sketch + zlib.compress(content, 1)


def _delegated(whole: ReturnReading) -> list[Delegated]:
    found = []
    for reading in whole.items:
        delegation = reading.delegation
        if delegation.kind not in ("full", "partial", "suspected"):
            continue
        found.append(
            Delegated(
                item=reading.item.id,
                kind=delegation.kind,
                provider=delegation.provider or "",
                quotes=tuple(span.text for span in delegation.evidence) or (reading.text[:60],),
                topics=tuple(span.text for span in delegation.topics),
                aspects=tuple(each.aspect.id for each in reading.of_state(AspectState.DELEGATED)),
                where=reading.where,
            )
        )
    return found


def labelled_figures(whole: ReturnReading) -> list[LabelledFigure]:
    """The figures by which companies are compared: the one place to take them from.

    For now those in the words that prove an aspect which asks for a figure.
    """
    found = []
    for reading in whole.items:
        for aspect in reading.aspects:
            figure = _figure(aspect)
            if figure is not None:
                value, unit = figure
                found.append(
                    LabelledFigure(
                        aspect=aspect.aspect.id, value=value, unit=unit, quote=aspect.evidence,
                        where=reading.where,
                    )
                )  # fmt: skip
    return found


def _figure(reading: AspectReading) -> tuple[float, str] | None:
    """The one exact figure in an aspect's proof, in one of its units; None where there are several or none."""
    aspect = reading.aspect
    if reading.state is not AspectState.DISCLOSED or not aspect.unit:
        return None
    if aspect.figure is FigureNeed.NONE and not aspect.kpi:
        return None
    known = [
        quantity
        for quantity in find_quantities(reading.evidence)
        if quantity.unit in aspect.unit
        and quantity.exact in ("exact", "approx")
        and ".." not in quantity.value
    ]
    if len(known) != 1:
        return None
    return float(known[0].value), known[0].unit


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
