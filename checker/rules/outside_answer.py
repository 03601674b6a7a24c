"""Content of the file that stands outside the answers: comments, text boxes, pictures, hidden and extra cells, text
that was typed beside a blank answer or among the form's own words.

Fires: （批注里写了"培训 503 人次"）
Silent: （答案以外没有批注、文本框、图片和隐藏内容）
"""

from collections.abc import Iterator, Mapping
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.rules.contract import Context, ItemPlace, NotApplicable, Outcome, Scope
from questionnaire.answers import OutsideKind, OutsideText, Return

ID = "outside-answer"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.NOTICE

QUOTES = 5  # texts quoted of one kind
MANY = 5  # blank answers beside which one column holds text: then the answers stand there
WHOLE_COLUMN = "misplaced-column"
_PERHAPS_ANSWERS = frozenset({OutsideKind.MISPLACED, OutsideKind.STRAY})
_SEVERITIES = {
    **dict.fromkeys(_PERHAPS_ANSWERS, Severity.WARNING),
    OutsideKind.OPTION: Severity.ERROR,  # nobody knows what was answered
    OutsideKind.SCANNED: Severity.ERROR,  # what a recogniser saw is no return until somebody has looked at it
}

Row = tuple[str | None, str]  # sheet, and the row's number in a cell's name


def check(reading: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding for each kind on each sheet, and for each text that may be an answer, at its item."""
    if not reading.source.outside:
        yield NotApplicable("nothing-outside")
    items = _items(reading.source)
    columns = _columns(reading.source)
    for (sheet, column), among in columns.items():
        quotes = [text for each in among for text in each.texts][:QUOTES]
        yield context.finding(
            None, *quotes, where=among[0].where, variant=WHOLE_COLUMN, severity=Severity.ERROR,
            count=len(among), column=column, sheet=sheet or "",
        )  # fmt: skip
    told = {each.where for among in columns.values() for each in among}
    for found in reading.source.outside:
        if found.kind is OutsideKind.MISPLACED and found.where in told:
            continue
        about = None
        if (
            found.kind in (OutsideKind.MISPLACED, OutsideKind.OPTION)
            and found.count == 1
            and found.where.cell
        ):
            item = items.get((found.where.sheet, _row(found.where.cell)))
            about = ItemPlace(item, found.where) if item else None
        yield context.finding(
            about,
            *found.texts[:QUOTES],
            where=found.where,
            variant=_variant(found),
            severity=_SEVERITIES.get(found.kind),
            count=found.count,
            cell=found.where.cell or "",
        )


def _columns(source: Return) -> dict[tuple[str | None, str], list[OutsideText]]:
    """Columns in which the answers seem to stand, with what is there beside blank answers."""
    found: dict[tuple[str | None, str], list[OutsideText]] = {}
    for each in source.outside:
        if each.kind is OutsideKind.MISPLACED and each.count == 1 and each.where.cell:
            found.setdefault((each.where.sheet, each.where.cell.rstrip("0123456789")), []).append(each)
    blank = sum(not answer.text for answer in source.answers)
    return {key: among for key, among in found.items() if len(among) >= max(MANY, blank / 2)}


def _variant(found: OutsideText) -> str:
    many = found.kind in _PERHAPS_ANSWERS and found.count > 1
    return f"{found.kind.value}-many" if many else found.kind.value


def _items(source: Return) -> Mapping[Row, str]:
    """The items by the rows of their answers."""
    return {
        (answer.where.sheet, _row(answer.where.cell)): answer.item
        for answer in source.answers
        if answer.where.cell
    }


def _row(cell: str) -> str:
    """The row's number in a cell's name.

    >>> _row("D17")
    '17'
    """
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
