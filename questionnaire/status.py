"""The column 填写状态 of the workbook: formulas that say, while the clerk writes, what a row still lacks.

Only functions that Excel, WPS and LibreOffice calculate alike. The same is said here for the values that the file is
saved with. It looks at whether something is written, never at whether it is enough: that is the check's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from questionnaire.options import NOT_APPLICABLE, labels
from questionnaire.schema import Item
from questionnaire.vocabulary import FigureNeed, Need

Words = Mapping[str, Any]  # of the workbook: ``questionnaire.template.words``


class Row(Struct, frozen=True):
    """What a row of the questionnaire holds, or where it holds it."""

    answer: str
    choice: str
    reason: str
    option: str = ""  # of an item that is answered by ticking


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
    if item.options and row.option and not row.choice:
        return str(said[_ticked_alone(row, item) or "done"])
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


def _ticked_alone(row: Row, item: Item) -> str:
    """What an option lacks beside it: the proof of a yes, the reason of a no, or of 不适用; empty where it does not."""
    if row.answer.strip(" "):
        return ""
    for option, label in _labels(item):
        if row.option == label:
            return option if option in _asked_after(item) else ""
    return ""


def _labels(item: Item) -> list[tuple[str, str]]:
    offered = labels(item)
    return list(zip(("yes", "no", NOT_APPLICABLE), offered, strict=False))


def _asked_after(item: Item) -> set[str]:
    """The options beside which something is to be written."""
    told = {aspect.after.value for aspect in item.judged if aspect.after and aspect.need is Need.REQUIRED}
    return {*told, NOT_APPLICABLE}


def formula(row: Row, item: Item, years: Iterable[int], words: Words) -> str:
    """The same as a formula; ``row`` names the cells."""
    said = words["status"]
    answer = f"TRIM({row.answer})"
    parts = []
    if item.options:
        inner = f'"{said["done"]}"'
        for option, label in reversed(_labels(item)):
            if option in _asked_after(item):
                lacks = f'IF({answer}="","{said[option]}","{said["done"]}")'
                inner = f'IF({row.option}="{label}",{lacks},{inner})'
        parts.append(f'IF(AND({row.option}<>"",{row.choice}=""),{inner},')
    parts += [
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
