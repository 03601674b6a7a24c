"""What a workbook holds besides its answers, gathered by sheet and kind, so that nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from questionnaire.answers import OutsideKind, OutsideText, Place
from questionnaire.reading.files.grid import At, Sheet, reference

SHOWN = 20  # texts kept of one kind
EACH = 100  # texts of one sheet that have a record each
SHOWN_LENGTH = 200  # characters kept of each

Loose = tuple[OutsideKind, str, At]


def outside_of(
    sheet: Sheet, file: str, known: Iterable[int] = (), rows: Collection[int] = ()
) -> list[OutsideText]:
    """Comments, pictures, hidden and extra content of a sheet.

    Args:
        sheet: the sheet.
        file: its file.
        known: columns whose use is understood.
        rows: the rows of items.
    """
    known = set(known)
    found = [(extra.kind, extra.text, extra.at) for extra in sheet.extras]
    found += _under_merges(sheet)
    found += _hidden(sheet, known)
    found += _extra_columns(sheet, known, rows)
    return grouped(found, file, sheet.name)


def grouped(found: Iterable[Loose], file: str, sheet: str) -> list[OutsideText]:
    """One record a kind, with the first place and the first texts."""
    kinds: dict[OutsideKind, list[tuple[At, str]]] = {}
    for kind, text, at in found:
        kinds.setdefault(kind, []).append((at, text))
    return [
        OutsideText(
            kind,
            tuple(dict.fromkeys(shorten(text) for _, text in entries if text))[:SHOWN],
            len(entries),
            Place(file, sheet, reference(*min(at for at, _ in entries))),
        )
        for kind, entries in kinds.items()
    ]


def each(found: Iterable[Loose], file: str, sheet: str) -> list[OutsideText]:
    """One record a text, at its cell; what goes beyond the number shown is put together."""
    entries = list(found)
    single = [record for entry in entries[:EACH] for record in grouped([entry], file, sheet)]
    return single + grouped(entries[EACH:], file, sheet)


def shorten(text: str, length: int = SHOWN_LENGTH) -> str:
    """A text cut with a visible mark."""
    return text if len(text) <= length else text[: length - 1] + "…"


def hidden_sheet(sheet: Sheet, file: str) -> list[OutsideText]:
    """A hidden sheet beside a visible questionnaire: named, not read as answers."""
    rows = (
        ("\t".join(dict.fromkeys(cells.values())), (row, min(cells))) for row, cells in sheet.rows.items()
    )
    return grouped(((OutsideKind.HIDDEN_SHEET, text, at) for text, at in rows), file, sheet.name)


def _under_merges(sheet: Sheet) -> Iterator[Loose]:
    for at, first in sheet.covered.items():
        text = sheet.cells.get(at)
        if text and text != sheet.cells.get(first):
            yield OutsideKind.UNDER_MERGE, text, at


def _hidden(sheet: Sheet, known: set[int]) -> Iterator[Loose]:
    for row in sorted(sheet.hidden_rows & sheet.rows.keys()):
        cells = sheet.rows[row]
        yield OutsideKind.HIDDEN_ROW, "\t".join(dict.fromkeys(cells.values())), (row, min(cells))
    if sheet.hidden_columns:
        for (row, column), text in sorted(sheet.cells.items()):
            if column in sheet.hidden_columns and column not in known:
                yield OutsideKind.HIDDEN_COLUMN, text, (row, column)


def _extra_columns(sheet: Sheet, known: set[int], rows: Collection[int]) -> Iterator[Loose]:
    for (row, column), text in sheet.cells.items():
        if row in rows and column not in known and column not in sheet.hidden_columns:
            yield OutsideKind.EXTRA_COLUMN, text, (row, column)
