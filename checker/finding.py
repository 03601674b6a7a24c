"""What a check yields: findings, outcomes of rules, failures of the tool, and the report that holds them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import force_setattr

from questionnaire.answers import Place, Reply, Source
from questionnaire.vocabulary import Option

_NO_LETTER = re.compile(r"[\W_]+")
_PLACE = set(Place.__struct_fields__)


class Severity(StrEnum):
    """What the group office does with a finding."""

    ERROR = "error"  # 退回: must be mended
    WARNING = "warning"  # 说明: mend it or explain it
    NOTICE = "notice"  # 提示

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class AspectState(StrEnum):
    """What the return claims for an aspect."""

    DISCLOSED = "disclosed"
    DELEGATED = "delegated"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class ItemState(StrEnum):
    """What the return claims for an item, from its aspects."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    DELEGATED = "delegated"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Finding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule's result at a place. Holds raw values; the words come from the message catalogue."""

    rule: str
    severity: Severity
    item: str | None
    aspect: str | None = None
    where: Place
    evidence: tuple[str, ...] = ()  # quoted exactly as in the file
    variant: str = ""  # which message of the rule
    params: dict[str, Any] = field(default_factory=dict)
    disclosures: tuple[str, ...] = ()
    fingerprint: str

    def __post_init__(self) -> None:
        """A place among the values is a place again when a finding comes back from JSON."""
        if any(isinstance(value, dict) for value in self.params.values()):
            places = {name: _as_place(value) for name, value in self.params.items()}
            force_setattr(self, "params", places)


class Outcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one rule did: how many items it looked at, stepped back from (by reason), fired on, crashed on."""

    rule: str
    checked: int = 0
    not_applicable: dict[str, int] = field(default_factory=dict)
    fired: int = 0
    failed: int = 0


class Failure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tool's own failure; never a verdict on the return."""

    kind: str  # unreadable-file, crashed-rule, cells-unread
    rule: str | None = None
    item: str | None = None
    file: str | None = None
    detail: str = ""


class AspectResult(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of one aspect, with the words that show it."""

    id: str
    ask: str
    state: AspectState
    evidence: str = ""
    lacks_figure: bool = False  # the words are there, the figure they need is not


class ItemResult(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of one item."""

    id: str
    key: str
    label: str
    question: str
    state: ItemState
    where: Place | None
    answer: str
    aspects: tuple[AspectResult, ...]
    option: Option | None = None  # how it was answered, where it is answered by 是 or 否
    typed: str | None = None  # the words of the answer's own cell, where lines of aspects were read with them


class QuestionKind(StrEnum):
    """What the reader is not sure of."""

    DELEGATED = "delegated"  # whether the words leave the item to the parent
    ASPECT = "aspect"  # whether the words answer an aspect
    LINES = "lines"  # which of two places counts: the aspect's own line, or the free answer


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the clerk is asked, since nothing in the return tells it for sure."""

    id: str
    kind: QuestionKind
    item: str
    aspect: str | None = None
    ask: str = ""  # what the aspect asks
    where: Place
    quotes: tuple[str, ...] = ()  # the words that it is about
    choices: tuple[Reply, ...] = (Reply.YES, Reply.NO)
    reply: Reply | None = None  # hers; None while it waits


class FigureResult(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key figure that the return gives."""

    id: str
    value: str
    unit: str = ""
    where: Place
    kind: str = ""  # what its unit measures; empty for a unit that cannot be converted
    amount: Decimal | None = None  # in the figure's own unit of that kind
    last: Decimal | None = None  # the year before, in the same
    boundary: str = ""
    reason: str = ""  # why it changed, as the return says


class Waiver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One finding accepted by the group office, and where that is written (``checker.checking.waivers`` reads them)."""

    fingerprint: str
    who: str
    why: str
    until: date  # the last day on which it holds
    place: str = ""  # file:line
    below: bool = False  # holds for the same gap of the companies below, too


class WaivedFinding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding that is accepted, or was until its waiver ran out."""

    finding: Finding
    waiver: Waiver


class Report(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything one check of one return found; all writers start here."""

    questionnaire: str
    chosen_by: str = ""  # why this edition: a questionnaire.editions.ChosenBy
    company: str
    year: int | None
    file: str
    sha256: str
    items: tuple[ItemResult, ...]
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    failures: tuple[Failure, ...] = ()
    reading: Source = field(default_factory=Source)  # how the file was read
    figures: tuple[FigureResult, ...] = ()
    figures_aside: tuple[str, ...] = ()  # ids of figures that the return says do not apply
    frameworks: tuple[str, ...] = ()  # editions by which the disclosures were chosen: hkex-2024
    unverified: tuple[str, ...] = ()  # codes among the findings' that no public text confirmed
    not_run: tuple[str, ...] = ()  # rules left out on purpose
    waived: tuple[WaivedFinding, ...] = ()  # accepted; not among the findings
    expired: tuple[WaivedFinding, ...] = ()  # accepted once; among the findings again
    unused: tuple[Waiver, ...] = ()  # waivers that meet no finding
    questions: tuple[Question, ...] = ()  # asked where the reader is not sure, answered ones too

    @property
    def pending(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet."""
        return tuple(question for question in self.questions if question.reply is None)

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def ready(self) -> bool:
        """Whether the return can be submitted: nothing in it has to be sent back, and all rules ran."""
        return not self.failures and not self.not_run and not self.count(Severity.ERROR)

    @property
    def coverage(self) -> dict[ItemState, int]:
        """Items by state; the states add up to all items of the questionnaire."""
        counts = dict.fromkeys(ItemState, 0)
        for item in self.items:
            counts[item.state] += 1
        return counts


def _as_place(value: object) -> object:
    return Place(**value) if isinstance(value, dict) and value.keys() == _PLACE else value


def fingerprint(
    rule: str, company: str, item: str | None, aspect: str | None, evidence: tuple[str, ...]
) -> str:
    """16 hex digits that stay the same when rows move or spaces change, so that a waiver holds."""
    quoted = "".join(_fold(text) for text in evidence)
    key = "\0".join((rule, _fold(company), item or "", aspect or "", quoted))
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16]


def _fold(text: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text))
