"""A web page as lines, for a report that somebody saved as one: paragraphs a line each, rows of tables with tabs."""

from __future__ import annotations

from html.parser import HTMLParser

from questionnaire.cells import clean_text
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import too_large
from questionnaire.reading.layout.narrative import decode

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_INLINE = frozenset({"a", "b", "i", "u", "em", "strong", "span", "font", "sup", "sub", "small", "mark", "code", "s",
                     "del", "ins", "q", "abbr", "label", "img", "wbr", "o:p", "bdi", "big", "tt"})  # fmt: skip


def page_lines(content: bytes, file: str) -> list[str]:
    """The words of a page in order; nothing is fetched and no script is run. Empty for a page without words.

    Raises:
        ReturnError: no text, or beyond a limit.
    """
    page = _Lines()
    page.feed(decode(content, file))
    page.close()
    text = clean_text("".join(page.pieces))
    if len(text) > limits.NARRATIVE:
        raise too_large(file, "text", len(text), limits.NARRATIVE)
    return [" ".join(line.split(" ")).strip(" ") for line in text.split("\n") if line.strip()]


class _Lines(HTMLParser):
    """Collects words; every element that is no part of a line ends one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag not in _INLINE and tag not in ("td", "th"):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self.pieces.append("\t")
        elif tag not in _INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Words; line ends of the source are blanks, and none between Chinese letters."""
        if not self._unseen:
            self.pieces.append(_one_line(data))


def _one_line(data: str) -> str:
    parts = [part.strip() for part in data.split("\n")]
    line = parts[0]
    for part in parts[1:]:
        between = " " if line[-1:].isascii() and part[:1].isascii() and line and part else ""
        line += between + part
    return line
