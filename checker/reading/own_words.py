"""Whether the own words of an ask stand in an answer, of which nothing but its ask is known.

Several asks of one question are told apart by the words that the others do not have: 天然气 of 天然气用量 and
柴油用量, 处置去向 of 一般固体废物产生量 and 一般固体废物处置去向. A fact of one is no proof of another. Long answers
have their own words for what is asked, so that nothing is concluded of those but what an ask cannot do without
(``must``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from typing import Any

from msgspec import Struct

from checker.reading.asked import kind_of, rivals
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span
from frameworks.ground.yaml import load_data
from questionnaire.cells import squeeze
from questionnaire.schema import Aspect, Item
from questionnaire.vocabulary import EvidenceKind, Need

SHORT = 12  # letters of an answer for each thing asked: such a one says what it says in the words of the asks
RUN = 4  # letters of an ask in a row that no other ask has
OF_THE_ASK = 0.6  # share of a denial's pairs of letters that an ask has where it denies that; guessed
_CLAUSE = re.compile(r"(?:[^，,。；;！!\n]|(?<=\d),(?=\d{3}))+")  # a comma within a figure ends none
_CHINESE = re.compile("[一-龥]+")
_LATIN = re.compile("[a-z][a-z0-9.]+")
_MEASURED = (EvidenceKind.FIGURE, EvidenceKind.DATE)


class OwnWords(Struct, frozen=True, dict=True):
    """The words of an item's asks, looked for in an answer."""

    item: Item
    text: str
    own: str  # the answer without what is handed over or does not apply
    quantities: tuple[Quantity, ...]
    has_nil: bool = False  # it states that there was none of something

    @cached_property
    def letters(self) -> str:
        """The letters of the answer."""
        return squeeze(self.own)

    @cached_property
    def is_short(self) -> bool:
        """Whether it says too little for what is asked to say it in other words."""
        return len(self.letters) <= SHORT * sum(each.need is not Need.EXAMPLE for each in self.item.judged)

    @cached_property
    def is_concrete(self) -> bool:
        """Whether it holds a figure or a stated nil: a mere echo of the question does not."""
        return self.has_nil or any(self.own[each.start : each.end].strip() for each in self.quantities)

    def lacks(self, aspect: Aspect) -> bool:
        """Whether words that seem to prove an aspect cannot: none of its own stands there."""
        if any(
            each["ask"].search(aspect.ask) and not each["told"].search(self.own) for each in _pairs("must")
        ):
            return True
        return self.is_short and not self.names(aspect)

    def names(self, aspect: Aspect) -> bool:
        """Whether the answer holds a letter that tells an aspect from every other one, or another word for it."""
        return _goes_by(aspect, self.own) or self._tells_apart(aspect, self._others(aspect))

    def names_figure(self, aspect: Aspect) -> bool:
        """Whether a figure in the answer can be an aspect's: named, or of a kind that no other one asks for."""
        is_given = any(each.kind == "rate" for each in self.quantities) or _lexicon()["per"].search(self.own)
        if is_rate(aspect) and not is_given:
            return False  # a total is no intensity
        others = [each for each in self._others(aspect) if rivals(aspect, each)]
        if others:
            return _goes_by(aspect, self.own) or self._tells_apart(aspect, others)
        kinds = {kind_of(unit) for unit in aspect.unit}
        return (
            not self.is_short
            or None in kinds
            or any(each.kind in kinds for each in self.quantities)
            or self.names(aspect)
        )

    def gives(self, aspect: Aspect) -> bool:
        """Whether a figure of whatever unit can be an aspect's; in a short answer it stands with the words for it."""
        if aspect.evidence is not EvidenceKind.FIGURE or not self.is_short or not no_unit(aspect):
            return True
        return self.counted(aspect) is not None

    def counted(self, aspect: Aspect) -> Span | None:
        """The clause or row with a number that most names an aspect beside the others; None where none does."""
        own = [letter for letter in _letters(aspect.ask) if not self._shared(letter, aspect)]
        pairs = self._own_pairs(aspect)
        best, most = None, 0
        for clause in self._clauses:
            told = _lexicon()["dated"].sub("", clause.text)
            if any(each.isdecimal() for each in told):
                named = sum(each in told for each in (*own, *pairs)) + _goes_by(aspect, told)
                if named > most:
                    best, most = clause, named
        return best

    def mentioned(self, aspect: Aspect) -> Span | None:
        """The clause with the most pairs of letters of an ask that no other has; None where none has any."""
        pairs = self._own_pairs(aspect)
        said = [(sum(pair in each.text for pair in pairs), each) for each in self._clauses]
        most, clause = max(said, key=lambda each: each[0], default=(0, None))
        return clause if most else None

    def _own_pairs(self, aspect: Aspect) -> list[str]:
        others = [_core(each.ask) for each in self._others(aspect)]
        pairs = (pair for pair in _runs(_core(aspect.ask), 2) if _CHINESE.fullmatch(pair))
        return [pair for pair in pairs if not any(pair in other for other in others)]

    @cached_property
    def _clauses(self) -> tuple[Span, ...]:
        found = _CLAUSE.finditer(self.own)
        return tuple(Span(each.group(), each.start(), each.end()) for each in found if each.group().strip())

    def says(self, aspect: Aspect, words: str) -> bool:
        """Whether words hold a run of an ask that no other has (隐患排查: 隐患排查治理的做法), or another word for it.

        An answer without a figure may be an echo of the question, and says nothing.
        """
        if not self.is_concrete:
            return False
        if self.is_short and _goes_by(aspect, words):
            return True
        ask, said = _core(aspect.ask), squeeze(words)
        others = [_core(each.ask) for each in self._others(aspect)]
        runs = (run for run in _runs(ask, RUN) if _CHINESE.fullmatch(run))
        return any(run in said and not any(run in other for other in others) for run in runs)

    def denial(self, aspect: Aspect) -> Span | None:
        """The words that deny what an aspect asks for (无志愿服务活动: 志愿服务时长); only of a figure or of deeds.

        One does not apply where they say so (不适用单位产品耗水量).
        """
        measured = aspect.evidence in _MEASURED
        if not measured and not _lexicon()["of_deeds"].search(aspect.ask):
            return None
        ask = _core(aspect.ask)
        others = [_core(each.ask) for each in self._others(aspect)]
        best, most = None, 0
        for found in _lexicon()["denied"].finditer(self.text):
            pairs = _runs(squeeze(found["object"]), 2)
            shared = [pair for pair in pairs if pair in ask]
            named = measured and any(not any(pair in other for other in others) for pair in shared)
            if len(shared) > most and (named or len(shared) >= OF_THE_ASK * len(pairs)):
                best, most = Span(found.group(), found.start(), found.end()), len(shared)
        return best if best is not None or not measured else self._denied_stem(aspect)

    def denial_before(self, aspect: Aspect) -> Span | None:
        """The denial that settles an ask without a matter of its own (未产生危险废物: 处置方式).

        Only where it denies every matter before it: of two wastes the other one was disposed of.
        """
        if aspect.evidence in _MEASURED or not _follows(aspect):
            return None
        before: list[Aspect] = []
        for each in self.item.judged:
            if each.id == aspect.id:
                break
            if each.need is not Need.EXAMPLE and not _follows(each):
                before.append(each)
        denied = [each for each in before if each.evidence in _MEASURED]
        whole = [self.denial(each) for each in denied]
        if not denied or len(denied) < len(before) or not all(map(_is_of, denied, whole)):
            return None
        return whole[-1]

    def value(self, aspect: Aspect) -> Span | None:
        """The clause with the kind of value that an ask wants (an address: 邮箱), or with its noun and what it is."""
        if aspect.evidence in _MEASURED or aspect.evidence is EvidenceKind.YES_NO:
            return None
        ask, question = _core(aspect.ask), squeeze(self.item.question)
        kinds = [each["told"] for each in _pairs("values") if each["ask"].search(ask)]
        named = len(ask) <= RUN and _CHINESE.fullmatch(ask)
        if named:
            kinds.append(re.compile(re.escape(ask) + _lexicon()["named"].pattern))
        for clause in self._clauses:
            said = _lexicon()["denied"].sub("", clause.text)
            if squeeze(clause.text) not in question and any(kind.search(said) for kind in kinds):
                return clause
        return None

    def _denied_stem(self, aspect: Aspect) -> Span | None:
        """A short denial whose stem an amount is of, in another word (未捐款: 捐赠金额)."""
        if aspect.evidence is not EvidenceKind.FIGURE:
            return None
        shared = {letter for each in self._others(aspect) for letter in each.ask}
        for found in _lexicon()["denied"].finditer(self.text):
            stem = set(_lexicon()["beside_stem"].sub("", squeeze(found["object"])))
            if len(stem) == 1 and stem <= set(_core(aspect.ask)) - shared:
                return Span(found.group(), found.start(), found.end())
        return None

    def _others(self, aspect: Aspect) -> Iterator[Aspect]:
        return (each for each in self.item.judged if each.id != aspect.id and each.need is not Need.EXAMPLE)

    def _tells_apart(self, aspect: Aspect, others: Iterable[Aspect]) -> bool:
        mine = _letters(aspect.ask)
        apart = [own for each in others if (own := mine - _letters(each.ask))]
        return all(any(letter in self.letters for letter in own) for own in apart or [mine] if own)

    def _shared(self, letter: str, aspect: Aspect) -> bool:
        return any(letter in each.ask for each in self._others(aspect))


def denies(words: str) -> bool:
    """Whether words say that something was not there or not done."""
    return _lexicon()["denied"].search(words) is not None


def is_rate(aspect: Aspect) -> bool:
    """Whether an amount for each of something is asked for (立方米/吨)."""
    if any("/" in unit or kind_of(unit) == "rate" for unit in aspect.unit):
        return True
    return any(f"{one}/{other}" in aspect.ask for one in aspect.unit for other in aspect.unit)


def no_unit(aspect: Aspect) -> bool:
    """Whether any figure would do: what the schema writes for a unit is none."""
    return all(unit in load_data("questionnaire.data", "aspects.yaml")["no_units"] for unit in aspect.unit)


def is_void(denial: Span) -> bool:
    """Whether a denial says that what is asked does not apply."""
    return bool(_lexicon()["void"].match(denial.text))


def _follows(aspect: Aspect) -> bool:
    """Whether an ask has no matter of its own, but asks on about the one before (处置方式)."""
    return _lexicon()["follows"].fullmatch(_core(aspect.ask)) is not None


def _is_of(aspect: Aspect, denial: Span | None) -> bool:
    """Whether a denial is of the matter of an ask and not of something about it (未发生危险废物泄漏)."""
    found = _lexicon()["denied"].match(denial.text) if denial is not None else None
    pairs = _runs(squeeze(found["object"]), 2) if found is not None else []
    return sum(pair in _core(aspect.ask) for pair in pairs) >= OF_THE_ASK * len(pairs) > 0


def _goes_by(aspect: Aspect, words: str) -> bool:
    """Whether another word for an ask stands in words, or one of the examples behind it (（电话、邮箱等）)."""
    if any(each["ask"].search(aspect.ask) and each["told"].search(words) for each in _pairs("told")):
        return True
    return any(example in words for example in _examples(aspect.ask) if example not in aspect.unit)


def _runs(letters: str, length: int) -> list[str]:
    return [letters[at : at + length] for at in range(len(letters) - length + 1)]


@lru_cache(maxsize=1024)
def _examples(ask: str) -> tuple[str, ...]:
    """What an ask names in brackets."""
    return tuple(_lexicon()["example"].findall("".join(_lexicon()["aside"].findall(ask))))


@lru_cache(maxsize=1024)
def _letters(ask: str) -> frozenset[str]:
    """The letters of an ask that tell something of what it asks for, and its Latin words; none of an English ask."""
    core = _core(ask)
    found = frozenset(each for each in core if _CHINESE.match(each) and each not in _lexicon()["common"])
    return found.union(_LATIN.findall(core)) if found else found


@lru_cache(maxsize=1024)
def _core(ask: str) -> str:
    return squeeze(_lexicon()["lead"].sub("", _lexicon()["aside"].sub("", ask)))


def _pairs(name: str) -> list[dict[str, re.Pattern[str]]]:
    found: list[dict[str, re.Pattern[str]]] = _lexicon()[name]
    return found


@cache
def _lexicon() -> dict[str, Any]:
    data = load_data("checker.data", "own_words.yaml")
    return {
        "common": frozenset(data["common"]),
        **{
            name: re.compile(data[name])
            for name in (
                "aside",
                "beside_stem",
                "dated",
                "denied",
                "example",
                "follows",
                "lead",
                "named",
                "of_deeds",
                "per",
                "void",
            )
        },
        **{
            name: [{key: re.compile(word) for key, word in each.items()} for each in data[name]]
            for name in ("told", "values", "must")
        },
    }
