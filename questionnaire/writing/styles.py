"""Cell formats added to a workbook: all that are there keep their number."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from questionnaire.reading.files.elements import at_end, spliced
from questionnaire.writing.package import Draft


class Look(Struct, frozen=True):
    """How a cell looks: wrapped text at its top, within a thin border."""

    fill: str  # RRGGBB
    bold: bool = False


def added(draft: Draft, looks: Sequence[Look]) -> dict[Look, int]:
    """The numbers of formats that look so; empty in a workbook that keeps no formats."""
    part = draft.linked(draft.workbook, "styles")
    found = {each.name: each for each in reversed(draft.elements(part, *_LISTS))} if part else {}
    if set(found) < set(_LISTS):
        return {}
    sizes = {name: _size(draft, part, name) for name in _LISTS}
    new: dict[str, list[str]] = {name: [] for name in _LISTS}
    x = found["cellXfs"].prefix
    for bold in (False, True):
        weight = f"<{x}b/>" if bold else ""
        new["fonts"].append(
            f'<{x}font>{weight}<{x}sz val="10"/><{x}name val="Microsoft YaHei"/><{x}family val="2"/></{x}font>'
        )
    sides = "".join(
        f'<{x}{side} style="thin"><{x}color rgb="FFBFC7CE"/></{x}{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    new["borders"].append(f"<{x}border>{sides}<{x}diagonal/></{x}border>")
    numbers: dict[Look, int] = {}
    for look in dict.fromkeys(looks):
        numbers[look] = sizes["cellXfs"] + len(numbers)
        fill = sizes["fills"] + len(new["fills"])
        new["fills"].append(
            f'<{x}fill><{x}patternFill patternType="solid"><{x}fgColor rgb="FF{look.fill}"/>'
            f'<{x}bgColor indexed="64"/></{x}patternFill></{x}fill>'
        )
        new["cellXfs"].append(
            f'<{x}xf numFmtId="49" fontId="{sizes["fonts"] + look.bold}" fillId="{fill}" '
            f'borderId="{sizes["borders"]}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
            f'applyBorder="1" applyAlignment="1"><{x}alignment vertical="top" wrapText="1"/></{x}xf>'
        )
    data = draft.read(part)
    splices = [
        splice
        for name in _LISTS
        for splice in at_end(data, found[name], "".join(new[name]).encode(), sizes[name] + len(new[name]))
    ]
    draft.write(part, spliced(data, splices))
    return numbers


_LISTS = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}


def _size(draft: Draft, part: str, name: str) -> int:
    """How many entries a list has."""
    found = draft.elements(part, name, _LISTS[name])
    whole = next(each for each in found if each.name == name)
    return sum(each.depth == whole.depth + 1 and whole.start < each.start < whole.end for each in found)
