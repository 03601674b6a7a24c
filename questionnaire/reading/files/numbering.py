"""Automatic numbers of Word: they are not in the text, and without them （一） and 1.2 are gone from a report.

ECMA-376 part 1, 17.9: a paragraph names a list (``numId``) and a level, itself or through its style; the list's
levels give format, start and text (``第%1部分``), and a level starts again below a higher one.
"""

from __future__ import annotations

from msgspec import Struct, field

from questionnaire.numerals import numeral
from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.xml import Depth, Names, attribute, walk

LEVELS = 9
_OFF = frozenset({"0", "false", "off"})


class Level(Struct):
    """How one level of a list counts and looks."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in it are shown as 1, 2, 3
    restart: int = -1  # the level that restarts it; -1: any higher one


class Style(Struct):
    """What a paragraph style says about numbers."""

    based_on: str = ""
    number: str = ""
    level: int | None = None


class Numbering(Struct):
    """The lists of a document, and how far each has counted."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # list → abstract list
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)  # list, level → start
    changed: dict[str, dict[int, Level]] = field(default_factory=dict)  # list → levels in its own way
    links: dict[str, str] = field(default_factory=dict)  # abstract list → style that holds the real one
    styles: dict[str, Style] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def label(self, style: str, number: str, level: int | None) -> str:
        """The number printed before a paragraph; empty for none. Counts on."""
        from_style, style_level = self._of_style(style)
        number = number or from_style
        level = level if level is not None else style_level or 0
        if not number or number == "0" or not 0 <= level < LEVELS:
            return ""
        abstract = self._abstract(number)
        levels = self._levels(number, abstract)
        if level not in levels:
            return ""
        counts = self._count(number, abstract, levels, level)
        return _shown(levels, level, counts)

    def _levels(self, number: str, abstract: str) -> dict[int, Level]:
        levels, own = self.abstracts.get(abstract, {}), self.changed.get(number)
        return levels | own if own else levels

    def _of_style(self, style: str) -> tuple[str, int | None]:
        number, level = "", None
        for _ in range(20):  # styles may be based on each other in a ring
            found = self.styles.get(style)
            if found is None:
                break
            number = number or found.number
            level = level if level is not None else found.level
            style = found.based_on
        return number, level

    def _abstract(self, number: str) -> str:
        for _ in range(10):
            abstract = self.lists.get(number, "")
            link = self.links.get(abstract)
            linked = self.styles.get(link).number if link in self.styles else ""  # type: ignore[union-attr]
            if not link or not linked or linked == number:
                return abstract
            number = linked
        return ""

    def _count(self, number: str, abstract: str, levels: dict[int, Level], level: int) -> list[int]:
        counts = self._counts.setdefault(abstract, [0] * LEVELS)
        if number not in self._used:
            self._used.add(number)
            for at in range(LEVELS):
                if (number, at) in self.overrides:
                    counts[at] = 0
        for at in range(level):  # a level that was skipped counts as begun
            if not counts[at]:
                counts[at] = self._start(number, at, levels)
        counts[level] = counts[level] + 1 if counts[level] else self._start(number, level, levels)
        for at in range(level + 1, LEVELS):
            restart = levels[at].restart if at in levels else -1
            if restart != 0 and (restart < 0 or level < restart):
                counts[at] = 0
        return counts

    def _start(self, number: str, level: int, levels: dict[int, Level]) -> int:
        start = levels[level].start if level in levels else 1
        return max(1, self.overrides.get((number, level), start))


def _shown(levels: dict[int, Level], level: int, counts: list[int]) -> str:
    own = levels[level]
    if own.form in ("bullet", "none"):
        return ""
    text = own.text
    for at in range(level + 1):
        form = "decimal" if own.legal or at not in levels else levels[at].form
        text = text.replace(f"%{at + 1}", formatted(counts[at], form))
    return text.strip()


def formatted(number: int, form: str) -> str:
    """A number in one of Word's formats; an unknown one is shown in digits.

    >>> formatted(12, "chineseCounting")
    '十二'
    """
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                "taiwaneseCountingThousand", "ideographDigital", "koreanCounting"):  # fmt: skip
        return numeral(number) if 1 <= number <= 99 else str(number)
    if form in _LISTS and 1 <= number <= len(_LISTS[form]):
        return _LISTS[form][number - 1]
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 780:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 1 <= number <= 3999:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


_LISTS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖",
}
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def read_numbering(archive: Archive, numbering: str, styles: str) -> Numbering:
    """The lists and styles of a document; empty parts give none."""
    found = Numbering()
    if data := archive.read(numbering):
        reader = _Lists(found, archive.file)
        walk(data, archive.file, reader.start, reader.end, lambda text: None)
    if data := archive.read(styles):
        styles_reader = _Styles(found, archive.file)
        walk(data, archive.file, styles_reader.start, styles_reader.end, lambda text: None)
    return found


class _Lists:
    def __init__(self, found: Numbering, file: str) -> None:
        self.found = found
        self._names, self._depth = Names(), Depth(file)
        self._abstract = self._list = ""
        self._level = 0
        self._of: dict[int, Level] = {}  # the levels to which what is read belongs
        self._past = 0  # open elements of what was before a tracked change

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: PLR0912 - a flat table of elements
        """An element begins."""
        self._depth.down()
        name, value = self._names[tag], attribute(attributes, "val")
        if self._past or name.endswith("PrChange"):
            self._past += 1
        elif name == "abstractNum":
            self._abstract, self._list = attribute(attributes, "abstractNumId"), ""
            self._of = {}
            self.found.abstracts[self._abstract] = {}
        elif name == "num":
            self._list, self._abstract = attribute(attributes, "numId"), ""
            self._of = {}
        elif name == "abstractNumId":
            self.found.lists[self._list] = value
        elif name == "lvlOverride":
            self._level = number_of(attribute(attributes, "ilvl"))
        elif name == "startOverride":
            self.found.overrides[self._list, self._level] = number_of(value)
        elif name == "lvl":
            self._level = number_of(attribute(attributes, "ilvl"))
            self._of = self._levels()
            self._of[self._level] = Level()
        elif name == "numStyleLink":
            self.found.links[self._abstract] = value
        elif (level := self._of.get(self._level)) is not None:
            if name == "start":
                level.start = max(0, number_of(value))
            elif name == "numFmt":
                level.form = value
            elif name == "lvlText":
                level.text = value[:60]
            elif name == "isLgl":
                level.legal = value not in _OFF
            elif name == "lvlRestart":
                level.restart = number_of(value)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth.up()
        self._past -= self._past > 0

    def _levels(self) -> dict[int, Level]:
        """The levels of the abstract list, or those that a list has its own way (``lvlOverride``)."""
        if self._abstract:
            return self.found.abstracts[self._abstract]
        return self.found.changed.setdefault(self._list, {})


class _Styles:
    def __init__(self, found: Numbering, file: str) -> None:
        self.found = found
        self._names, self._depth = Names(), Depth(file)
        self._style = Style()
        self._past = 0  # open elements of what was before a tracked change

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.down()
        name = self._names[tag]
        if self._past or name.endswith("PrChange"):
            self._past += 1
        elif name == "style":
            self._style = self.found.styles[attribute(attributes, "styleId")] = Style()
        elif name == "basedOn":
            self._style.based_on = attribute(attributes, "val")
        elif name == "numId":
            self._style.number = attribute(attributes, "val")
        elif name == "ilvl":
            self._style.level = number_of(attribute(attributes, "val"))

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth.up()
        self._past -= self._past > 0
