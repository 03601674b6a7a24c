"""The column 填写状态 of the workbook: formulas that say, while the clerk writes, what a row still lacks.

Only functions that Excel, WPS and LibreOffice calculate alike. The same is said here for the values that the file is
saved with. It looks at whether something is written, never at whether it is enough: that is the check's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.schema import FigureNeed, Item

Words = Mapping[str, Any]  # of the workbook: ``questionnaire.template.words``


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the questionnaire holds, or where it holds it."""

    answer: str
    choice: str
    reason: str


def needs_figure(item: Item) -> bool:
    """Whether the question asks for a figure."""
    return any(aspect.figure is FigureNeed.REQUIRED for aspect in item.judged)


def status(row: Row, item: Item, years: Iterable[int], words: Words) -> str:
    """What a row shows.

    Args:
        row: its texts.
        item: the item.
        years: whose digits are no figure.
        words: those of the workbook.
    """
    said = words["status"]
    answer = row.answer.strip(" ")
    if not row.choice and (not answer or answer.lower() in said["placeholders"]):
        return str(said["blank"])
    for choice, name in words["choices"].items():
        if row.choice == name:
            return str(said["done"] if row.reason.strip(" ") else said[choice])
    for year in years:
        answer = answer.replace(str(year), "")
    if needs_figure(item) and not any(word in answer for word in (*said["figures"], *said["nil"])):
        return str(said["figure"])
    return str(said["done"])


def formula(row: Row, item: Item, years: Iterable[int], words: Words) -> str:
    """The same as a formula; ``row`` names the cells."""
    said = words["status"]
    answer = f"TRIM({row.answer})"
    parts = [
        f'IF(AND({row.choice}="",OR({answer}="",SUMPRODUCT(--({answer}={_array(said["placeholders"])}))>0)),'
        f'"{said["blank"]}",'
    ]
    parts += [
        f'IF({row.choice}="{name}",IF(TRIM({row.reason})="","{said[choice]}","{said["done"]}"),'
        for choice, name in words["choices"].items()
    ]
    if needs_figure(item):
        for year in years:
            answer = f'SUBSTITUTE({answer},"{year}","")'
        found = f"SUMPRODUCT(--ISNUMBER(FIND({_array([*said['figures'], *said['nil']])},{answer})))"
        parts.append(f'IF({found}=0,"{said["figure"]}",')
    return f'={"".join(parts)}"{said["done"]}"{")" * len(parts)}'


def counted(column: str, total: int, words: Words) -> str:
    """The formula that counts what is written.

    Args:
        column: the cells of all statuses.
        total: how many items there are.
        words: those of the workbook.
    """
    done = words["status"]["done"]
    text = words["status"]["counted"].format(
        done=done, count=f'"&SUMPRODUCT(--({column}="{done}"))&"', total=total
    )
    return f'="{text}"'


def is_shown(text: str, words: Words) -> bool:
    """Whether it is what the workbook calculates itself: a status, or how many are written."""
    said = words["status"]
    head, _, tail = str(said["counted"]).format(done=said["done"], count="\0", total="\0").partition("\0")
    rest = text.removeprefix(head).removesuffix(tail.rpartition("\0")[2])
    counts = text.startswith(head) and rest.replace("/", "").replace(" ", "").isdigit()
    return counts or text in {shown for shown in said.values() if isinstance(shown, str)}


def _array(texts: Iterable[str]) -> str:
    return "{" + ",".join(f'"{text}"' for text in texts) + "}"
