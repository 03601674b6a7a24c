"""Narrative returns (.txt, .md): a report written along the questionnaire's headings.

Headings are 第…部分, 一、, （一）; everything between two questions is the first one's answer. What stands under
a part or section heading before any question, or after the last answer's end, belongs to no item and is listed.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Answer, Place, Profile, Return, Source, UnmatchedText
from questionnaire.cells import clean_text
from questionnaire.numerals import NUMERALS
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import too_large
from questionnaire.reading.layout import hints
from questionnaire.reading.layout.english import chinese_question
from questionnaire.reading.layout.front import companies_in, is_signature, year_in
from questionnaire.reading.layout.headings import matcher_for
from questionnaire.reading.layout.size import bounded, clipped
from questionnaire.schema import Schema

WRAP_LENGTH = 15  # a shorter line without a full stop is a caption or a list entry, not a broken sentence
MARKED_LENGTH = 30  # the same for a line that begins with a list mark: shorter ones are headings
# characters in which control characters are counted: GB18030 takes almost any bytes for text
SAMPLE = 100_000

_LIST_MARK = re.compile(
    rf"^\s{{0,8}}(?:[（(]?\s?(?:\d{{1,2}}|[{NUMERALS}]{{1,3}}|[a-zA-Z])\s?[）)、.．]|[-•·●■◆*—]|[①-⑳]"
    rf"|第[{NUMERALS}]{{1,3}})"
)
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_CLOSED = '。！？；：.!?;:）)》”"」』】…'


class _Block(Struct):
    """Lines that belong together while a file is being read."""

    item: str = ""
    question: str | None = None  # None where only the item's id stands above the answer
    line: int = 0  # 1-based, of the heading
    lines: list[tuple[int, str]] = field(default_factory=list)  # 1-based number, text

    @property
    def is_open(self) -> bool:
        """Whether an id stands there and nothing else yet: the question may follow."""
        return self.question is None and not any(line.strip() for _, line in self.lines)


def read_narrative(text: str, file: str, sha256: str, schema: Schema) -> Return:
    """A report's text to a return.

    Raises:
        ReturnError: it holds none of the questions, or is too long.
    """
    if len(text) > limits.NARRATIVE:
        raise too_large(file, "text", len(text), limits.NARRATIVE)
    lines = [line.rstrip() for line in clean_text(text).split("\n")]
    return read_lines(lines, file, sha256, schema, Source("text", "own"))


def read_lines(lines: list[str], file: str, sha256: str, schema: Schema, source: Source) -> Return:
    """The lines of a report, numbered from 1, to a return.

    Raises:
        ReturnError: they hold none of the questions.
    """
    blocks = _blocks([chinese_question(line, schema) for line in lines], schema)
    signed = _signed(blocks[-1])
    answers = [_answer(block, file, schema) for block in blocks if block.item]
    if not answers:
        read = source.read or sum(bool(line) for line in lines)
        raise ReturnError("no-questionnaire-text", file=file, kind=f"kind-{source.kind}", read=read)
    preface = blocks[0] if not blocks[0].item else _Block()
    loose = [block for block in blocks[1:] if not block.item]
    company, year, front = _front(preface, schema)
    preface_text = "\n".join(filter(None, (front, *signed)))
    unmatched = [
        UnmatchedText(text, Place(file, line=_first(block)))
        for block in loose
        if (text := _joined(block.lines))
    ]
    cut, short = clipped(answers)
    return Return(
        file=file,
        sha256=sha256,
        company=company,
        year=year,
        answers=tuple(short),
        profile=Profile(values=(("preface", preface_text),) if preface_text else ()),
        unmatched=bounded(unmatched),
        outside=tuple(cut),
        source=source,
    )


def decode(content: bytes, file: str) -> str:
    """Text from UTF-8, UTF-16 with a mark, or GB18030.

    Raises:
        ReturnError: empty, or none of these.
    """
    if not content.strip():
        raise ReturnError("empty-file", file=file)
    for codec in _codecs(content[:4096]):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if len(_BINARY.findall(text[:SAMPLE])) <= len(text[:SAMPLE]) // 200:
            return text
    raise ReturnError("not-text", file=file)


def _codecs(start: bytes) -> tuple[str, ...]:
    """The encodings to try; without a mark, every second byte zero tells UTF-16."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    half = max(1, len(start) // 2)
    if start[1::2].count(0) > half // 2:
        return ("utf-16-le",)
    if start[0::2].count(0) > half // 2:
        return ("utf-16-be",)
    return ("utf-8-sig", "gb18030")


def _blocks(lines: list[str], schema: Schema) -> list[_Block]:
    matcher = matcher_for(schema)
    blocks = [_Block()]
    part = section = 0
    index = 0
    while index < len(lines):
        line = lines[index]
        found_part = matcher.part(line)
        found_section = matcher.section(line, part) if found_part is None else None
        if found_part is not None or found_section is not None:
            part, section = (found_part, 0) if found_part is not None else (part, found_section or 0)
            blocks.append(_Block())
            index += 1
            continue
        current = "" if blocks[-1].is_open else blocks[-1].item
        heading = matcher.item(lines, index, part, section, current)
        if heading is None:
            if matcher.is_heading(lines, index, part, section, current):
                blocks += [] if blocks[-1].is_open else [_Block()]
            else:
                blocks[-1].lines.append((index + 1, line))
            index += 1
            continue
        block = _Block(heading.item, heading.question, index + 1)
        if heading.rest:
            block.lines.append((heading.end_line + 1, heading.rest))
        if blocks[-1].item == heading.item and blocks[-1].is_open:
            blocks[-1] = block
        else:
            blocks.append(block)
        place = schema.sections[heading.item]
        part, section = place[0].part, place[1].section
        index = heading.end_line + 1
    return blocks


def _answer(block: _Block, file: str, schema: Schema) -> Answer:
    del block.lines[: hints.leading([line for _, line in block.lines], schema.by_id[block.item])]
    return Answer(block.item, _joined(block.lines), Place(file, line=_first(block)), question=block.question)


def _signed(block: _Block) -> list[str]:
    """Takes the lines that sign a report from behind its last answer."""
    signed: list[str] = []
    while block.lines and (not block.lines[-1][1].strip() or is_signature(block.lines[-1][1])):
        signed.insert(0, block.lines.pop()[1].strip())
    return [line for line in signed if line]


def _first(block: _Block) -> int:
    """The number of the first line that says something; a blank answer stands where its heading does."""
    return next((number for number, line in block.lines if line.strip()), block.line)


def _joined(lines: list[tuple[int, str]]) -> str:
    """The lines of an answer; a sentence that a page break tore apart is put together again."""
    kept: list[str] = []
    gap = False
    for _, line in lines:
        if not line.strip():
            gap = bool(kept)
            continue
        if gap and kept and _torn(kept[-1], line):
            kept[-1] += line.strip()
        else:
            kept.append(line)
        gap = False
    return clean_text("\n".join(kept))


def _torn(before: str, after: str) -> bool:
    """Whether a sentence goes on after a blank line."""
    least = MARKED_LENGTH if _LIST_MARK.match(before) else WRAP_LENGTH
    if "\t" in before or "\t" in after or len(before) < least:
        return False
    return before[-1] not in _CLOSED and not _LIST_MARK.match(after)


def _front(block: _Block, schema: Schema) -> tuple[str, int | None, str]:
    """Company, year and preface from what stands before the first heading."""
    texts = [line.strip() for _, line in block.lines if line.strip()]
    company = next(companies_in(texts, schema.edition.parent.names), "")
    preface = [text for text in texts if text != company and len(text) > 30]
    return company, year_in(texts), "\n".join(preface)
