"""The order in which a sheet's part holds its elements: Excel mends a file that has another, and says so."""

from __future__ import annotations

from questionnaire.reading.files.elements import elements

# ECMA-376 part 1, CT_Worksheet
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_WRAPPED = "AlternateContent"  # around objects and controls, which stand near the end


def place_of(data: bytes, file: str, name: str) -> int:
    """The byte before which a new element of a sheet's part belongs.

    Args:
        data: the part.
        file: its file, for errors.
        name: the element.

    Raises:
        ReturnError: the part is not well-formed.
    """
    root, *found = elements(data, file, {"worksheet", _WRAPPED, *_ORDER})
    children = [each for each in found if each.depth == root.depth + 1]
    behind = {_WRAPPED, *_ORDER[_ORDER.index(name) + 1 :]}
    floor = max((each.end for each in children if each.name not in behind), default=root.inner)
    return next(
        (each.start for each in children if each.name in behind and each.start >= floor), root.inner_end
    )
