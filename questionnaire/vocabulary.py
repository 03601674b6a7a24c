"""The closed words of a rule schema: what an item or an aspect may be marked with."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """How binding the question's own words make an aspect."""

    REQUIRED = "required"
    EXAMPLE = "example"  # （如…）: offered as an example
    OPTIONAL = "optional"  # 可按…: a suggestion
    CONDITIONAL = "conditional"  # only where the company's profile says so


class EvidenceKind(StrEnum):
    """What kind of words proves an aspect."""

    TEXT = "text"
    FIGURE = "figure"
    DATE = "date"
    LIST = "list"
    YES_NO = "yes-no"


class FigureNeed(StrEnum):
    """Whether an aspect needs a figure: by the question itself, by a mapped KPI, or not at all."""

    NONE = "none"
    EXPECTED = "expected"
    REQUIRED = "required"


class Delegable(StrEnum):
    """Whether "see the parent" can be an answer (operational control: GHG Protocol, ISO 14064-1)."""

    YES = "yes"
    WITH_EXPLANATION = "with-explanation"
    NO = "no"


class NotApplicablePolicy(StrEnum):
    """Whether 不涉及 can be right for an item."""

    NO = "no"
    WITH_REASON = "with-reason"


class ItemDraft(StrEnum):
    """What of an item is a proposal until a person has decided."""

    ASPECTS = "aspects"  # what the question asks for
    POLICY = "policy"  # whether it may be delegated, whether 不涉及 can be right
    LIKE = "like"  # taken over from a known question that is nearly the same


class EditionDraft(StrEnum):
    """What of a whole edition is a proposal until a person has decided."""

    PARENT = "parent"
    YEAR = "year"
    SECTIONS = "sections"


class ProfileFlag(StrEnum):
    """A fact of the company on which an aspect can depend."""

    OVERSEAS = "overseas"
    INTERNS = "interns"
    PART_TIME = "part_time"


class Option(StrEnum):
    """What an item that is answered by ticking (是/否/不适用) may be answered with; 不适用 is a ``Choice``."""

    YES = "yes"
    NO = "no"


class Numbering(StrEnum):
    """How the questionnaire prints the number of an item."""

    SECTION = "section"  # by section, anew in each: 三、反贪污（三）
    MARKER = "marker"  # the item's own mark is one in the whole questionnaire: 7, B3.2
