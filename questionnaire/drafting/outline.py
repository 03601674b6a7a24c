"""Lines of a document to questions: by the numbers before them, else one question a line.

Lines that have others below them are headings where they are short, and questions with their parts where they ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from questionnaire.cells import squeeze
from questionnaire.drafting.choices import OPTION, choices_in, is_yes_or_no, parted
from questionnaire.drafting.grammar import words
from questionnaire.drafting.head import read_head
from questionnaire.drafting.headings import bare_questions, heading_shapes
from questionnaire.drafting.lines import ASKS, BULLETS, CLOSED, Line
from questionnaire.drafting.notes import is_note, without_notes
from questionnaire.drafting.questions import Listing, Question
from questionnaire.reading.layout.labels import label_end

PART = 40  # letters of a bullet below a question; guessed
LEAST = 6  # letters of a line without a number that may be a question
LETTER = 60  # letters of a line above the first heading that is no question but what is said to who answers
NUMBERED = 0.3  # share of numbered lines from which numbers tell the questions
WRAP = 15  # a shorter line without a full stop is not broken
UNNUMBERED = "•"  # what stands for the number of a question below a heading that has none

_LETTER = re.compile(r"^[(（]?[a-z][)）.、．]?$", re.IGNORECASE)
_CHAPTER = re.compile(r"第.{1,3}[章节]|第.{1,3}部分|[一二三四五六七八九十]{1,3}、?篇")
_IF = re.compile(
    r"(?:如果|如|若|选)[“\"「]?(?:是|有|否|无|已|未)|(?:if|where) (?:yes|no|so)\b", re.IGNORECASE
)
_ENCLOSED = re.compile(r"[（(][^（）()]*[)）]")  # （800字以内） below a question
_BLANKS = re.compile(r"[\s_＿—\-…\.□☐○〇]*")


def read_outline(texts: Sequence[str], *, wrapped: bool = False) -> Listing:
    """The questions of some lines.

    Args:
        texts: the lines in order, blank ones too.
        wrapped: a line may go on in the next one, as in plain text.
    """
    head = read_head(list(texts))
    lines = [
        line
        for number, text in enumerate(texts, 1)
        if number - 1 not in head.lines and (line := _line(text, number)) is not None
    ]
    asked = [line for line in lines if not line.options]
    numbered = sum(bool(line.label) for line in asked)
    above = tuple(texts[at].strip() for at in head.above)
    if not asked:
        return Listing((), head.title, above, head.company, head.fields)
    plain = numbered < max(2, NUMBERED * len(asked))
    found = _plain(lines) if plain else _Numbered(wrapped, head.title).read(lines)
    return replace(
        found,
        title=head.title or found.title,
        left=(*above, *found.left),
        company=head.company,
        fields=head.fields,
    )


def _line(text: str, number: int) -> Line | None:
    text = text.strip()
    if options := choices_in(text):
        return Line("", text, number, options=options)
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
    asks = any(CLOSED.search(line.text) or ASKS.search(line.text) for line in lines)
    first = next((at for at, line in enumerate(lines[1:], 1) if asks and line.is_title), 0)
    left: list[str] = []
    for number, line in enumerate(lines):
        text = f"{line.label}{line.text}".lstrip(BULLETS)
        follows = number + 1 < len(lines)
        if is_note(text) or (number < first and (len(text) > LETTER or text.endswith("："))):
            left.append(text)
            continue
        if line.options:
            if found:
                found[-1] = _with_options(found[-1], line.options)
        elif asks and line.is_title and follows:
            is_first = number == 0 and (lines[1].is_title or not any(each.is_title for each in lines[1:-1]))
            title, section = (text, "") if is_first else (title, text)
        elif len(squeeze(text)) >= LEAST:
            stem, options = parted(text)
            found.append(_with_options(Question(stem, section=section, where=str(line.number)), options))
    return Listing(tuple(found), title, tuple(left))


def _with_options(question: Question, options: Sequence[str]) -> Question:
    """A question with its answers to choose from: yes and no are its kind, others are told beside it."""
    if not options:
        return question
    if is_yes_or_no(tuple(options)):
        return replace(question, yes_no=True)
    return replace(question, hint=" ".join(filter(None, (question.hint, "、".join(options)))))


class _Numbered:
    """Reads lines by the numbers before them."""

    def __init__(self, wrapped: bool, title: str = "") -> None:
        self.wrapped = wrapped
        self.title = title
        self.left: list[str] = []
        self.hints: dict[int, list[str]] = {}
        self.options: dict[int, tuple[str, ...]] = {}
        self.parted: set[int] = set()  # lines that have bullets for their parts
        self.headings: dict[int, str] = {}  # an unnumbered heading above the line of a number

    def read(self, lines: list[Line]) -> Listing:
        """Headings, questions, what is neither."""
        lines, notes = without_notes(list(self._without_options(lines)))
        self.left += notes
        self.general = self._general(lines)
        self.bare = bare_questions(lines)
        self.heads = heading_shapes(lines)
        roots = self._tree(self._labelled(lines))
        found: list[Question] = []
        self._walk(roots, [], found)
        return Listing(tuple(found), self.title, tuple(self.left))

    def _without_options(self, lines: list[Line]) -> Iterator[Line]:
        """The lines; answers to choose from belong to the numbered one above them."""
        above = 0
        for line in lines:
            if not line.options:
                above = line.number if line.label else above
                yield line
            elif above:
                self.options.setdefault(above, line.options)
            else:
                self.left.append(line.text)

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
            if line.label or (found and line.number in self.bare):
                found.append(line if line.label else self._beside(line, found))
                continue
            after = lines[number + 1] if number + 1 < len(lines) else None
            if (found and self._goes_on(line, found[-1])) or self._is_left(line):
                continue
            if line.is_title and after is not None and (after.label or after.is_title):
                if not found and self._others(lines, number, line):
                    self.title, told = (self.title, line.text) if self.title else (line.text, "")
                    self.left += [told] if told else []
                else:
                    self.headings[after.number] = line.text
            elif not found:
                self.title, told = (line.text, "") if not self.title else (self.title, line.text)
                self.left += [told] if told else []
            elif self.wrapped and _is_broken(found[-1].text):
                found[-1].text += line.text
            else:
                self.left.append(line.text)
        return found

    def _is_left(self, line: Line) -> bool:
        """Whether a line asks nothing: a remark, thanks, a place to sign."""
        if is_left := is_note(line.text):
            self.left.append(line.text)
        return is_left

    def _beside(self, line: Line, found: Sequence[Line]) -> Line:
        """A question without a number: below the number of its heading, or beside the numbers before it."""
        heading, as_if = self.bare[line.number], UNNUMBERED
        if not heading.label:
            self.headings[line.number] = heading.text
            as_if = next((each.label for each in reversed(found) if each.label), UNNUMBERED)
        return Line("", line.text.lstrip(BULLETS), line.number, as_if=as_if)

    def _goes_on(self, line: Line, above: Line) -> bool:
        """Whether a line without a number belongs to the one above: its explanation, or what is asked of a yes."""
        if _ENCLOSED.fullmatch(line.text) or (line.number not in self.general and self._is_hint(line.text)):
            self.hints.setdefault(above.number, []).append(line.text)
            return True
        if _is_part(line, above) or (above.number in self.parted and line.text.startswith(tuple(BULLETS))):
            above.text += ("" if above.text.endswith(("：", ":")) else "；") + line.text.lstrip(BULLETS)
            self.parted.add(above.number)
            return True
        if _IF.match(line.text) and above.label:
            above.text += ("" if CLOSED.search(above.text) else "，") + line.text.rstrip("：:")
            return True
        return False

    @staticmethod
    def _parts(lines: list[Line], number: int) -> list[Line]:
        """The bullets below a line without a number that asks and ends in a colon."""
        line = lines[number]
        if line.label or not ASKS.search(line.text) or not line.text.endswith(("：", ":")):
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

    def _tree(self, lines: list[Line]) -> list[Line]:
        """Lines below those under which they are numbered."""
        roots: list[Line] = []
        open_: list[Line] = []
        for line in lines:
            place = next((at for at, other in enumerate(open_) if other.shape == line.shape), None)
            if place is None:
                place = next((at for at, other in enumerate(open_) if line.goes_on_from(other)), None)
            if place is None and line.shape in self.heads:  # nothing that asks stands above headings
                place = next((at for at, other in enumerate(open_) if other.shape not in self.heads), None)
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
            if not parts and line.is_title and (_CHAPTER.match(line.label) or line.shape in self.heads):
                self.left.append(f"{line.label} {line.text}")
                continue
            if line.children and not self._asks(line):
                self._walk(line.children, [*place, line.text], found)
                continue
            text, options = parted(line.text)
            options = options or self.options.get(line.number, ())
            if self._are_options(line):
                options = tuple(parts)
            else:
                text = self._with_parts(text, [f"{c.label}{c.text}".rstrip("；;") for c in self._all(line)])
            question = Question(
                text,
                part=place[0] if len(place) > 1 else "",
                section=place[-1] if place else "",
                number=line.label,
                hint=" ".join(self.hints.get(line.number, ())),
                where=str(line.number),
            )
            found.append(_with_options(question, options))

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
        if _Numbered._are_options(line):
            return True
        below = sum(ASKS.search(child.text) is not None for child in line.children)
        is_long_heading = not (CLOSED.search(line.text) or ASKS.search(line.text)) and 2 * below > len(
            line.children
        )
        return not line.is_title and not is_long_heading

    @staticmethod
    def _are_options(line: Line) -> bool:
        """Whether the lines below one are answers to choose from."""
        return bool(line.children) and all(
            _LETTER.match(child.label) and len(child.text) <= OPTION for child in line.children
        )


def _is_part(line: Line, above: Line) -> bool:
    """Whether a bullet is a part of the question above it, which ends in a colon."""
    is_bullet = not line.label and line.text.startswith(tuple(BULLETS))
    return is_bullet and above.text.endswith(("：", ":"))


def _is_broken(text: str) -> bool:
    """Whether a line of a text goes on in the next one: it is long and not closed, or ends amid a list."""
    return text.endswith(("、", "，", "（", "(")) or (CLOSED.search(text) is None and len(text) >= WRAP)
