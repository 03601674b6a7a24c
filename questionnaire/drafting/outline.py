"""Lines of a document to questions: by the numbers before them, else one question a line.

Lines that have others below them are headings where they are short, and questions with their parts where they ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from questionnaire.cells import fold, squeeze
from questionnaire.drafting.grammar import words
from questionnaire.drafting.questions import Listing, Question
from questionnaire.numerals import NUMERALS
from questionnaire.reading.layout.labels import label_end

HEADING = 24  # letters of a line that may be a heading; guessed
PART = 40  # letters of a bullet below a question; guessed
OPTION = 15  # letters of an option
LEAST = 6  # letters of a line without a number that may be a question
NUMBERED = 0.3  # share of numbered lines from which numbers tell the questions
WRAP = 15  # a shorter line without a full stop is not broken

_CLOSED = re.compile(r"[。？?！!；;：:.…]\s*$")
_ASKS = re.compile(r"[？?]|^请|是否|^(?:do|does|is|are|have|has|please|describe|what|how)\b", re.IGNORECASE)
_LETTER = re.compile(r"^[(（]?[a-z][)）.、．]?$", re.IGNORECASE)
_CHAPTER = re.compile(r"第.{1,3}[章节]|第.{1,3}部分|[一二三四五六七八九十]{1,3}、?篇")
_BLANKS = re.compile(r"[\s_＿—\-…\.□☐○〇]*")
_TICK = re.compile(r"[□☐○〇☑■]\s*")


class Line(Struct):
    """A line with its number apart."""

    label: str
    text: str
    number: int
    as_if: str = ""  # the number of the line beside which one without a number stands
    children: list[Line] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """How its number looks, whatever it counts: 0.0, （一）."""
        label = self.label or self.as_if
        counted = re.sub(rf"[{NUMERALS}]+", "一", re.sub(r"\d+", "0", fold(label)))
        return re.sub(r"[a-z]", "a", re.sub(r"\s", "", counted), flags=re.IGNORECASE) if label else ""

    @property
    def is_title(self) -> bool:
        """Whether it may be a heading."""
        return len(self.text) <= HEADING and not _CLOSED.search(self.text) and not _ASKS.search(self.text)


def is_heading(text: str) -> bool:
    """Whether the words of a line may be a heading."""
    return Line("", text, 0).is_title


def read_outline(texts: Sequence[str], *, wrapped: bool = False) -> Listing:
    """The questions of some lines.

    Args:
        texts: the lines in order, blank ones too.
        wrapped: a line may go on in the next one, as in plain text.
    """
    lines = [line for number, text in enumerate(texts, 1) if (line := _line(text, number)) is not None]
    numbered = sum(bool(line.label) for line in lines)
    if not lines:
        return Listing(())
    if numbered < max(2, NUMBERED * len(lines)):
        return _plain(lines)
    return _Numbered(wrapped).read(lines)


def _line(text: str, number: int) -> Line | None:
    text = text.strip()
    end = label_end(text)
    label, rest = text[:end].strip(), text[end:].strip()
    if label and not squeeze(rest):
        label, rest = "", text
    told = words()
    first = re.split("[:：]", rest, maxsplit=1)
    if len(first) == 2 and first[0].strip().lower() in told["answer_lines"]:
        return None
    if _BLANKS.fullmatch(rest):
        return None
    return Line(label, re.sub(r"[_＿]{2,}", "", rest).strip(), number)


def _plain(lines: list[Line]) -> Listing:
    """One question a line; short lines that do not ask are headings."""
    title, section = "", ""
    found: list[Question] = []
    asks = any(_CLOSED.search(line.text) or _ASKS.search(line.text) for line in lines)
    for number, line in enumerate(lines):
        text = f"{line.label}{line.text}"
        follows = number + 1 < len(lines)
        if asks and line.is_title and follows:
            is_first = number == 0 and (lines[1].is_title or not any(each.is_title for each in lines[1:-1]))
            title, section = (text, "") if is_first else (title, text)
        elif len(squeeze(text)) >= LEAST:
            found.append(Question(text, section=section, where=str(line.number), yes_no=_ticks(text)))
    return Listing(tuple(found), title)


def _ticks(text: str) -> bool:
    """Whether boxes for yes and no stand behind it."""
    return _TICK.search(text) is not None and any(
        squeeze(part) in words()["yes_no"] for part in _TICK.split(text)[1:]
    )


class _Numbered:
    """Reads lines by the numbers before them."""

    def __init__(self, wrapped: bool) -> None:
        self.wrapped = wrapped
        self.title = ""
        self.left: list[str] = []
        self.hints: dict[int, list[str]] = {}
        self.headings: dict[int, str] = {}  # an unnumbered heading above the line of a number

    def read(self, lines: list[Line]) -> Listing:
        """Headings, questions, what is neither."""
        self.general = self._general(lines)
        roots = self._tree(self._labelled(lines))
        found: list[Question] = []
        self._walk(roots, [], found)
        return Listing(tuple(found), self.title, tuple(self.left))

    def _labelled(self, lines: list[Line]) -> list[Line]:
        """The numbered lines; the others go on with them, explain them, or stand above them as headings."""
        found: list[Line] = []
        taken = 0
        for number, line in enumerate(lines):
            if number < taken:
                continue
            if found and (parts := self._parts(lines, number)):
                taken = number + 1 + len(parts)
                text = line.text + "；".join(part.text.strip("；;") for part in parts)
                found.append(Line("", text, line.number, as_if=found[-1].label or found[-1].as_if))
                continue
            if line.label:
                found.append(line)
                continue
            after = lines[number + 1] if number + 1 < len(lines) else None
            if line.is_title and after is not None and (after.label or after.is_title):
                if not found and not self.title and self._others(lines, number, line):
                    self.title = line.text
                else:
                    self.headings[after.number] = line.text
            elif not found:
                self.title, told = (line.text, "") if not self.title else (self.title, line.text)
                self.left += [told] if told else []
            elif line.number not in self.general and self._is_hint(line.text):
                self.hints.setdefault(found[-1].number, []).append(line.text)
            elif self.wrapped and not _CLOSED.search(found[-1].text) and len(found[-1].text) >= WRAP:
                found[-1].text += line.text
            else:
                self.left.append(line.text)
        return found

    @staticmethod
    def _parts(lines: list[Line], number: int) -> list[Line]:
        """The bullets below a line without a number that asks and ends in a colon."""
        line = lines[number]
        if line.label or not _ASKS.search(line.text) or not line.text.endswith(("：", ":")):
            return []
        parts: list[Line] = []
        for part in lines[number + 1 :]:
            if part.label or len(part.text) > PART or (parts and not parts[-1].text.endswith(("；", ";"))):
                break
            parts.append(part)
        return parts if len(parts) > 1 else []

    @staticmethod
    def _others(lines: list[Line], number: int, line: Line) -> bool:
        """Whether a first short line is the title: it stands above another, or is alone of its kind."""
        after = lines[number + 1]
        if not after.label:
            return True
        return not any(not other.label and other.is_title for other in lines[number + 1 : -1])

    @staticmethod
    def _general(lines: list[Line]) -> set[int]:
        """The lines that explain the whole list: 填报说明 where it stands but once."""
        found = [line.number for line in lines if _Numbered._lead(line.text) in words()["general_lines"]]
        return set(found) if len(found) == 1 else set()

    @staticmethod
    def _lead(text: str) -> str:
        return re.split("[:：]", text.strip("（(【["), maxsplit=1)[0].strip().lower()

    @staticmethod
    def _is_hint(text: str) -> bool:
        first = re.split("[:：]", text.strip("（(【["), maxsplit=1)
        return len(first) == 2 and first[0].strip().lower() in words()["hint_lines"]

    @staticmethod
    def _tree(lines: list[Line]) -> list[Line]:
        """Lines below those under which they are numbered."""
        roots: list[Line] = []
        open_: list[Line] = []
        for line in lines:
            place = next((at for at, other in enumerate(open_) if other.shape == line.shape), None)
            if place is None:
                place = 0 if _CHAPTER.match(line.label) else len(open_)  # a chapter stands below nothing
            del open_[place:]
            (open_[-1].children if open_ else roots).append(line)
            open_.append(line)
        return roots

    def _walk(self, lines: list[Line], above: list[str], found: list[Question]) -> None:
        own = ""
        for line in lines:
            own = self.headings.get(line.number, own)
            place = [*above, own] if own else above
            parts = [child.text for child in line.children]
            if not parts and line.is_title and _CHAPTER.match(line.label):
                self.left.append(f"{line.label} {line.text}")
                continue
            if line.children and not self._asks(line):
                self._walk(line.children, [*place, line.text], found)
                continue
            options = bool(parts) and all(
                _LETTER.match(child.label) and len(child.text) <= OPTION for child in line.children
            )
            text, hint = line.text, list(self.hints.get(line.number, ()))
            if options:
                hint += ["、".join(parts)]
            else:
                text = self._with_parts(text, [f"{c.label}{c.text}".rstrip("；;") for c in self._all(line)])
            yes_no = (options and any(squeeze(part) in words()["yes_no"] for part in parts)) or _ticks(text)
            text = _TICK.split(text)[0].strip() if _ticks(text) else text
            found.append(
                Question(
                    text,
                    part=place[0] if len(place) > 1 else "",
                    section=place[-1] if place else "",
                    number=line.label,
                    hint=" ".join(hint),
                    yes_no=yes_no,
                    where=str(line.number),
                )
            )

    @staticmethod
    def _with_parts(text: str, parts: list[str]) -> str:
        text = text.rstrip("；; ")
        joint = "" if text.endswith(("：", ":")) else "；"
        return joint.join([text, "；".join(parts)]) if parts else text

    def _all(self, line: Line) -> Iterator[Line]:
        for child in line.children:
            yield child
            yield from self._all(child)

    @staticmethod
    def _asks(line: Line) -> bool:
        """Whether a line with others below it is a question, and they its parts."""
        return not line.is_title or all(
            _LETTER.match(child.label) and len(child.text) <= OPTION for child in line.children
        )
