"""Headers, footers and page numbers: what stands at one place of the pages, and is no part of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from questionnaire.cells import fold
from questionnaire.numerals import NUMERALS
from questionnaire.reading.files.pdf import Page
from questionnaire.reading.files.pdf_lines import Line

ZONE = 0.12  # share of a page's height at its top and at its bottom
SHARE = 0.4  # of the pages on which a header stands: odd and even ones may have different ones
NEAR = 4.0  # points by which its height may differ
_NUMBER = re.compile(r"\d{1,4}")
_PAGE = re.compile(
    r"[-—–~·\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/,，|]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–~·\s]*|page\s*(\d{1,4})(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_SAYS_PAGE = re.compile(rf"第\s*[\d{NUMERALS}]{{1,4}}\s*页|page\s*\d", re.IGNORECASE)


class _Candidate(Struct, frozen=True):
    page: int
    line: Line
    key: str  # its words without their numbers
    number: int | None  # the page that it may name
    says_page: bool


def without_furniture(pages: Sequence[tuple[Page, list[Line]]]) -> list[list[Line]]:
    """The lines of each page without what repeats in its margins."""
    found = [_candidate(page, line) for page, lines in pages for line in lines if _in_margin(page, line)]
    dropped = {id(entry.line) for entry in found if _is_furniture(entry, found, len(pages))}
    return [[line for line in lines if id(line) not in dropped] for _, lines in pages]


def _candidate(page: Page, line: Line) -> _Candidate:
    text = fold(line.text).strip()
    number = _PAGE.fullmatch(text)
    value = int(number.group(1) or number.group(2)) if number else None
    key = _NUMBER.sub("#", "".join(text.split()))
    return _Candidate(page.number, line, key, value, bool(number) and bool(_SAYS_PAGE.search(text)))


def _in_margin(page: Page, line: Line) -> bool:
    return not ZONE * page.height < line.middle < (1 - ZONE) * page.height


def _is_furniture(entry: _Candidate, others: list[_Candidate], pages: int) -> bool:
    """Whether a line is said again at its height, or counts the pages."""
    if entry.says_page:
        return True
    if entry.number is not None:  # 3, - 4 -: a number alone may be an answer, so it must count
        step = entry.number - entry.page
        if pages == 1:
            return entry.number == 1 and "-" in entry.key
        return _pages_with(others, lambda o: o.number is not None and o.number - o.page == step) >= 2
    same = _pages_with(
        others, lambda o: o.key == entry.key and abs(o.line.middle - entry.line.middle) <= NEAR
    )
    return same >= max(2, SHARE * pages)


def _pages_with(others: list[_Candidate], test: Callable[[_Candidate], bool]) -> int:
    return len({other.page for other in others if test(other)})
