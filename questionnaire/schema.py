"""The questionnaire of one year as a rule schema: what is asked, what proves it, what may be delegated.

``Schema`` > ``Part`` > ``Section`` > ``Item`` (one question) > ``Aspect`` (a part the question asks for).
All are frozen and refuse unknown keys. A 72-item edition lies in ``schemas/dicastal-2024/``.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, ClassVar, Protocol

from msgspec import Meta, field
from msgspec.structs import replace

from frameworks.ground.written import Given, Sound, Written
from frameworks.obligation import Issuer
from questionnaire.cues import Cue, CueSyntaxError, compile_cue
from questionnaire.links import Links
from questionnaire.numerals import numeral
from questionnaire.proofs import ItemProofs
from questionnaire.vocabulary import (
    Delegable,
    EditionDraft,
    EvidenceKind,
    FigureNeed,
    ItemDraft,
    Need,
    NotApplicablePolicy,
    Numbering,
    Option,
    ProfileFlag,
)

ItemId = Annotated[str, Meta(pattern=r"^P\d{1,2}\.S\d{1,2}\.I\d{1,2}$")]
AspectId = Annotated[str, Meta(pattern=r"^P\d{1,2}\.S\d{1,2}\.I\d{1,2}\.[a-z]$")]


def _readable(cues: tuple[str, ...]) -> None:
    for cue in cues:
        try:
            compile_cue(cue)
        except CueSyntaxError as error:
            raise ValueError(f"cue: {error}") from error


class Kpi(Written, frozen=True, kw_only=True):
    """A quantitative indicator of the listed parent that hangs on an item."""

    figure: str
    unit: tuple[str, ...] = ()
    code: str | None = None  # disclosure, e.g. hkex:B3.1


class Aspect(Written, frozen=True, kw_only=True):
    """A part that an item explicitly asks for; gaps are counted in these."""

    id: AspectId
    ask: Annotated[str, Meta(min_length=1)]
    ask_en: str = ""
    at: tuple[int, int] | None = None  # character span in the question where the words are verbatim
    need: Need = Need.REQUIRED
    evidence: EvidenceKind = EvidenceKind.TEXT
    figure: FigureNeed = (
        FigureNeed.NONE
    )  # required with yes-no: it asks for events, so that a stated nil is a no
    unit: tuple[str, ...] = ()
    delegable: Delegable | None = None  # None: as the item
    any_of: str | None = None  # aspects of one item under one name: one of them suffices
    when: ProfileFlag | None = None  # with need conditional
    after: Option | None = (
        None  # asked only where the item is answered so: the proof of a yes, the reason of a no
    )
    kpi: str | None = None  # the item's KPI (its ``figure``) that stays open without this figure
    hint: str = ""  # what to write; follows 请补充：
    hint_en: str = ""
    cues: Annotated[tuple[str, ...], Sound(_readable)] = ()
    plan: bool = False  # it asks for aims or plans, so that a sentence of intention proves it
    retired: str | None = None  # why it is no longer judged; the id is kept

    @cached_property
    def compiled_cues(self) -> tuple[Cue, ...]:
        """The cues, compiled."""
        return tuple(compile_cue(cue) for cue in self.cues)

    def consistent(self) -> None:
        """Whether a condition is told where one is needed."""
        if (self.need is Need.CONDITIONAL) != (self.when is not None):
            raise ValueError("when: goes with need: conditional, and only with it")

    @property
    def by_ask(self) -> bool:
        """Whether nothing but the words of its ask tells what proves it: less sure than a cue."""
        return not self.cues

    @property
    def lacks_cues(self) -> bool:
        """Whether words must prove it and no cue tells which; figures and dates are read as such."""
        return self.by_ask and self.evidence not in (EvidenceKind.FIGURE, EvidenceKind.DATE)


class Item(Written, frozen=True, kw_only=True):
    """One question of the questionnaire."""

    id: ItemId
    key: Annotated[str, Meta(pattern=r"^[a-z]+(?:[.-][a-z0-9]+)+$|^[a-z]+(?:\.[a-z0-9-]+)*$")]
    marker: str
    question: str
    question_en: str = ""
    question_hash: str  # made from the question where it is not told
    delegable: Delegable
    delegable_reason: str
    delegable_reason_en: str = ""
    not_applicable: NotApplicablePolicy
    kpis: tuple[Kpi, ...] = ()
    counter_evidence: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    # answered by 是 or 否 (不适用 by the policy above) with words beside it. A yes discloses the one aspect of kind
    # yes-no and leaves those ``after: yes`` to be proved, so that a bare yes is partial where proof is asked; a no
    # discloses it too, and only what stands ``after: no`` is asked besides.
    options: bool = False
    draft: tuple[ItemDraft, ...] = ()  # what a machine proposed and nobody has decided yet
    aspects: Annotated[tuple[Aspect, ...], Meta(min_length=1)]

    @classmethod
    def completed(cls, told: dict[str, Any]) -> dict[str, Any]:
        """With the hash of the question."""
        if isinstance(told.get("question"), str) and "question_hash" not in told:
            return {**told, "question_hash": question_hash(told["question"])}
        return told

    def consistent(self) -> None:
        """Whether hash, ids, indicators, options and English texts fit."""
        if self.question_hash != question_hash(self.question):
            raise ValueError(f"question_hash: {question_hash(self.question)}")
        seen: set[str] = set()
        for aspect in self.aspects:
            if not aspect.id.startswith(self.id + "."):
                raise ValueError(f"aspect id {aspect.id}: {self.id}")
            if aspect.id in seen:
                raise ValueError(f"duplicate id {aspect.id}")
            seen.add(aspect.id)
            if aspect.kpi is not None and self.kpi(aspect) is None:
                raise ValueError(f"kpi {aspect.kpi}: {', '.join(kpi.figure for kpi in self.kpis)}")
            if aspect.after is not None and not self.options:
                raise ValueError(f"after {aspect.id}: goes with options: true")
        if self.options and sum(each.evidence is EvidenceKind.YES_NO for each in self.judged) != 1:
            raise ValueError("options: one aspect of evidence yes-no")
        if lacking := self.lacking_english:
            raise ValueError(f"{', '.join(lacking)}: missing")

    @property
    def lacking_english(self) -> tuple[str, ...]:
        """The English texts that are missing while others are given; none where the item has no English at all."""
        texts = {"question_en": self.question_en, "delegable_reason_en": self.delegable_reason_en}
        for aspect in self.aspects:
            if aspect.retired is not None:
                continue
            texts[f"{aspect.id} ask_en"] = aspect.ask_en
            if aspect.hint or aspect.hint_en:
                texts[f"{aspect.id} hint_en"] = aspect.hint_en if aspect.hint else ""
        return tuple(name for name, text in texts.items() if not text) if any(texts.values()) else ()

    @cached_property
    def judged(self) -> tuple[Aspect, ...]:
        """The aspects that are not retired, in question order."""
        return tuple(aspect for aspect in self.aspects if aspect.retired is None)

    def asked_in(self, answer: str) -> str:
        """The question in the language of an answer."""
        return (
            self.question_en
            if self.question_en and not any("\u3400" <= letter <= "\u9fff" for letter in answer)
            else self.question
        )

    def kpi(self, aspect: Aspect) -> Kpi | None:
        """The indicator that hangs on an aspect."""
        return next((kpi for kpi in self.kpis if kpi.figure == aspect.kpi), None)

    def delegable_for(self, aspect: Aspect | None) -> Delegable:
        """The delegation policy of an aspect, or of the whole item for None."""
        return self.delegable if aspect is None or aspect.delegable is None else aspect.delegable


class Section(Written, frozen=True, kw_only=True):
    """A section (一、风险管控) of a part."""

    section: Annotated[int, Meta(ge=1)]
    title: str
    title_en: str = ""
    items: Annotated[tuple[Item, ...], Meta(min_length=1)]


class Part(Written, frozen=True, kw_only=True):
    """A part (第一部分 公司管治): one file."""

    part: Annotated[int, Meta(ge=1)]
    title: str
    title_en: str = ""
    sections: Annotated[tuple[Section, ...], Meta(min_length=1)]

    def consistent(self) -> None:
        """Whether its items are numbered as it is."""
        for section in self.sections:
            for item in section.items:
                if not item.id.startswith(f"P{self.part}.S{section.section}."):
                    raise ValueError(f"item id {item.id}: P{self.part}.S{section.section}")


class Parent(Written, frozen=True, kw_only=True):
    """A company that answers may delegate to, under all its names; without any where nobody stands above."""

    name: str = ""
    aliases: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()  # where it sits: companies elsewhere call it by that place
    office: str = ""  # which of its offices signs letters; the parent itself where none is told
    office_en: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return tuple(name for name in (self.name, *self.aliases) if name)


class ProfileField(Written, frozen=True, kw_only=True):
    """A line of the company profile in the workbook."""

    id: str
    label: str
    label_en: str = ""
    hint: str = ""
    hint_en: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    choices_en: tuple[str, ...] = ()  # in the same order
    flag: ProfileFlag | None = None  # a 是/否 that conditions aspects

    def consistent(self) -> None:
        """Whether all choices have their English."""
        if self.choices_en and len(self.choices_en) != len(self.choices):
            raise ValueError(f"choices_en: {len(self.choices)}")


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Edition(Written, frozen=True, kw_only=True):
    """What holds for the whole questionnaire of one year."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]
    extends: str = ""  # the edition of which only the differences are told
    title: str
    title_en: str = ""
    year: Annotated[int, Meta(ge=2000, le=2100)]
    source: str
    # chosen only where it is named, or its questions stand in the file: never because it is the newest
    on_request: bool = False
    numbering: Numbering = Numbering.SECTION
    english: bool = False  # its texts are English to begin with, so that form and guide are too
    parent: Parent = Parent()
    # what those are called that answer it, as many of them; empty: subsidiaries
    respondents: str = ""
    respondents_en: str = ""
    # what the listed company is for which the parent collects; empty: nobody said
    issuer: Annotated[tuple[Issuer, ...], Given(_one_or_more)] = ()
    profile: tuple[ProfileField, ...]
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # word classes that cues name by @
    draft: tuple[EditionDraft, ...] = ()  # what nobody has decided yet


class Knowledge(Protocol):
    """What an edition knows beside its questions."""

    @property
    def proofs(self) -> Mapping[str, ItemProofs]:
        """The models of how its aspects are proved, by item."""

    def links(self, year: int) -> Links:
        """The disclosures that its items answer, as in force for a year."""


class Schema(Written, frozen=True, kw_only=True):
    """The whole questionnaire of one edition."""

    def __hash__(self) -> int:
        """By the edition: what is known of a schema is kept by it."""
        return hash(self.edition.id)

    edition: Edition
    parts: Annotated[tuple[Part, ...], Meta(min_length=1)]
    # items of an earlier edition that are asked no more → their successors
    retired: dict[str, str] = field(default_factory=dict)
    is_english: bool = False  # its texts are the English ones
    _known: ClassVar[Knowledge | None] = None  # of one schema: in its own dictionary

    def knowing(self, known: Knowledge) -> Schema:
        """This schema, with what its edition knows besides."""
        self.__dict__["_known"] = known
        return self

    def of_issuer(self, issuers: Iterable[Issuer]) -> Schema:
        """This schema, for a listed company of other kinds than its edition says."""
        made = replace(self, edition=replace(self.edition, issuer=tuple(issuers)))
        return made.knowing(self._known) if self._known else made

    @property
    def knowledge(self) -> Knowledge | None:
        """What lies beside its questions, where it was read from a folder."""
        return self._known

    @property
    def proofs(self) -> Mapping[str, ItemProofs]:
        """The models of how aspects are proved, by item; none for an edition without."""
        return self._known.proofs if self._known else {}

    def links(self, year: int | None = None, frameworks: Iterable[str] = ()) -> Links:
        """The disclosures that items answer, for a year (else its own), of some frameworks (else its own choice).

        Raises:
            SchemaError: there is no framework of a name.
        """
        year = year or self.edition.year
        return self._known.links(year).chosen(tuple(frameworks)) if self._known else Links(year)

    def all_links(self, year: int) -> Links:
        """The same of all frameworks."""
        return self._known.links(year) if self._known else Links(year)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in printed order."""
        return tuple(item for part in self.parts for section in part.sections for item in section.items)

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def sections(self) -> dict[str, tuple[Part, Section]]:
        """Part and section of each item id."""
        return {item.id: (part, section) for part, section, item in self.walk()}

    def walk(self) -> Iterator[tuple[Part, Section, Item]]:
        """Every item with its part and section, in printed order."""
        for part in self.parts:
            for section in part.sections:
                for item in section.items:
                    yield part, section, item

    def label(self, item_id: str) -> str:
        """The printed label: 三、反贪污（三）, in English 1.3.3 Anti-corruption; Q7 商业道德 by an item's own mark."""
        part, section = self.sections[item_id]
        if self.edition.numbering is Numbering.MARKER:
            return f"{self.by_id[item_id].marker} {section.title}"
        if self.is_english:
            return f"{part.part}.{section.section}.{item_id.rpartition('.I')[2]} {section.title}"
        marker = self.by_id[item_id].marker.translate(_BRACKETS).replace(" ", "")
        return f"{numeral(section.section)}、{section.title}{marker}"

    def number(self, item_id: str) -> str:
        """The label without the title of its section: 三（三）, or the item's own mark."""
        marker = self.by_id[item_id].marker
        by_marker = self.edition.numbering is Numbering.MARKER
        return marker if by_marker else f"{numeral(self.sections[item_id][1].section)}{marker}"

    @cached_property
    def has_options(self) -> bool:
        """Whether any item is answered by ticking."""
        return any(item.options for item in self.items)


_BRACKETS = str.maketrans("()", "（）")


@lru_cache(maxsize=1024)  # the same in every return of a campaign
def question_hash(question: str) -> str:
    """First 12 hex of SHA-256 of the NFKC text without blanks and punctuation: finds edited questions."""
    folded = unicodedata.normalize("NFKC", question)
    kept = "".join(character for character in folded if character.isalnum())
    return hashlib.sha256(kept.encode()).hexdigest()[:12]
