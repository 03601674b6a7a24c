"""The words of the workbook in two languages: the Chinese ones, and beside them the English in the same keys."""

from __future__ import annotations

from functools import cache
from typing import Any

from frameworks.ground.yaml import load_data


@cache
def bilingual(name: str, *, english: bool = False) -> dict[str, Any]:
    """The words of a sheet (``template``, ``aspects``, ``keyfigures``); what has no English stays as it is."""
    words: dict[str, Any] = load_data("questionnaire.data", f"{name}.yaml")
    if not english:
        return words
    other: dict[str, Any] = load_data("questionnaire.data", f"{name}.en.yaml")
    merged = {key: {**value, **other[key]} if _both(value, other.get(key)) else other.get(key, value)
              for key, value in words.items()}  # fmt: skip
    columns = [{**column, "label": other["columns"][column["id"]]} for column in words["columns"]]
    return {**other, **merged, "columns": columns}


def _both(value: object, other: object) -> bool:
    return isinstance(value, dict) and isinstance(other, dict)
