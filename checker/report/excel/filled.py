"""What people filled into a gap list, read back so that the next list holds it again."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from checker.wording import Language, wording
from frameworks.ground.errors import ReturnError

HEADER_DEPTH = 10  # rows in which the heads are looked for
WAY_BACK = ("measures", "supplement", "owner", "due", "dispute", "answer")  # the columns that are filled in
SURE = 4  # such columns by which a list of ours is known without the column of gap ids
ABOUT = ("label", "item", "rule", "aspect", "message")  # what an entry without its finding is still known by


class Entry(Struct, frozen=True):
    """A row that somebody filled in."""

    fingerprint: str  # of all findings of its row; empty where the cell was emptied
    company: str
    about: tuple[str, ...]  # in the order of ABOUT
    said: tuple[str, ...]  # in the order of WAY_BACK, as the cells show it


class Carry(Struct):
    """Entries on their way into the next list: what is left has lost its findings."""

    entries: Sequence[Entry] = ()
    taken: int = 0  # rows that hold an entry again
    _waiting: dict[str, deque[Entry]] = field(default_factory=lambda: defaultdict(deque))
    _found: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for entry in self.entries:
            for gap_id in entry.fingerprint.split():
                self._waiting[gap_id].append(entry)

    def take(self, gap_ids: str) -> dict[str, str]:
        """What was filled in for the findings of a row, by column; empty where nothing was.

        Findings that stood in rows of their own may share one now, and the other way round: each text is kept.
        """
        found = {id(entry): entry for gap_id in gap_ids.split() if (entry := self._next(gap_id)) is not None}
        if not found:
            return {}
        self.taken += 1
        self._found |= found.keys()
        columns = zip(*(entry.said for entry in found.values()), strict=True)
        texts = ("\n".join(dict.fromkeys(filter(None, column))) for column in columns)
        return dict(zip(WAY_BACK, texts, strict=True))

    def _next(self, gap_id: str) -> Entry | None:
        waiting = self._waiting.get(gap_id)
        return waiting.popleft() if waiting else None

    def left(self) -> list[Entry]:
        """Entries that no finding took, in their order."""
        return [entry for entry in self.entries if id(entry) not in self._found]


def read_entries(path: Path, *, ours: bool) -> list[Entry]:
    """The rows of a workbook that were filled in.

    Args:
        path: a file that is there.
        ours: whether it bears our mark: then its gap list is known without the column of gap ids too.

    Raises:
        ReturnError: it is a workbook that cannot be read.
    """
    from questionnaire.reading import read_tables

    try:
        sheets = read_tables(path)
    except ReturnError as error:
        if error.code == "not-a-workbook":
            return []
        raise
    entries: list[Entry] = []
    heads, company = _heads(), ""
    for rows in sheets:
        company = _company(rows, heads["company"]) or company
        for number, row in enumerate(rows[:HEADER_DEPTH]):
            columns = _columns(row, heads)
            if _is_gap_list(columns, ours=ours):
                entries += _entries(rows[number + 1 :], columns, company)
                break
    return entries


def _is_gap_list(columns: Mapping[str, int], *, ours: bool) -> bool:
    said = sum(key in columns for key in WAY_BACK)
    return said > 0 and ("fingerprint" in columns or (ours and said >= SURE))


def _entries(rows: Sequence[Sequence[str]], columns: Mapping[str, int], company: str) -> Iterator[Entry]:
    for row in rows:
        text = {key: row[at] if at < len(row) else "" for key, at in columns.items()}
        said = tuple(text.get(key, "") for key in WAY_BACK)
        if any(each.strip() for each in said):
            about = tuple(text.get(key, "") for key in ABOUT)
            fingerprint = text.get("fingerprint", "").strip().lower()
            yield Entry(fingerprint, text.get("company") or company, about, said)


def _heads() -> dict[str, set[str]]:
    """How the columns are called, in either language."""
    every = [wording(language) for language in Language]
    keys = ("fingerprint", *WAY_BACK, *ABOUT)
    heads = {key: {words.text("report", f"column-{key}") for words in every} for key in keys}
    return heads | {"company": {words.text("report", "company") for words in every}}


def _columns(row: Sequence[str], heads: Mapping[str, set[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        for key, names in heads.items():
            if value.strip() in names:
                found.setdefault(key, column)
    return found


def _company(rows: Sequence[Sequence[str]], names: set[str]) -> str:
    for row in rows[:HEADER_DEPTH]:
        if len(row) > 1 and row[0] in names:
            return row[1]
    return ""
