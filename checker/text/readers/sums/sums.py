"""Totals and their parts, in tables and in prose, and whether they add up within the digits stated.

Only labelled totals are read (合计, 总计, 小计, 共计), or an unlabelled last column that the other rows of its table
show to be the sum. Where several readings of a total are possible (subtotals, 其中) one that fits is enough.
"""

from __future__ import annotations

import re

from checker.text.ground.english import is_mostly_english
from checker.text.ground.numbers import plain
from checker.text.ground.quantities import Quantity
from checker.text.ground.tables import Table
from checker.text.readers.sums.barred_rows import barred_rows
from checker.text.readers.sums.english_sums import find_english_sums
from checker.text.readers.sums.enumerations import find_enumerations
from checker.text.readers.sums.listed_rows import listed_rows
from checker.text.readers.sums.partitions import find_partitions
from checker.text.readers.sums.prose_sums import prose_sums
from checker.text.readers.sums.running_totals import counted_totals
from checker.text.readers.sums.table_groups import grouped_sums, total_beside
from checker.text.readers.sums.table_sums import table_sums
from checker.text.readers.sums.totals import Sum, words

_NUMBER = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def find_sums(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> tuple[Sum, ...]:
    """All totals of a text whose parts stand beside them, those that fit and those that do not."""
    found: list[Sum] = []
    for table in tables:
        grouped = tuple(grouped_sums(table))
        found += grouped or tuple(table_sums(table))
        found += total_beside(text, table)
    listed = list(find_enumerations(text))
    if is_mostly_english(text):
        known_places = {entry.at for entry in listed}
        listed += (entry for entry in find_english_sums(text) if entry.at not in known_places)
    places = {entry.at for entry in (*found, *listed)}
    listed += (entry for entry in (*barred_rows(text), *listed_rows(text)) if entry.at not in places)
    found += listed
    known = {(entry.at, entry.computed) for entry in found}
    found += (entry for entry in find_partitions(text) if (entry.at, entry.computed) not in known)
    if len(quantities) > 2:
        places = {entry.at for entry in found}
        found += (entry for entry in counted_totals(text, quantities) if entry.at not in places)
    if len(quantities) > 1 and words().trigger.search(text):
        places = {entry.at for entry in listed}
        found += (entry for entry in prose_sums(text, quantities, tables) if entry.at not in places)
    return tuple(entry for entry in found if entry.fits or not _of_another(text, entry))


def _of_another(text: str, entry: Sum) -> bool:
    """Whether parts behind a total add up to a figure that stands before it (612人，男494人、女118人，按民族分为…)."""
    if text.find(entry.parts[0], entry.start) < entry.at:
        return False
    line = text[text.rfind("\n", 0, entry.start) + 1 : entry.at]
    numbers = (found.group().replace(",", "").replace("，", "") for found in _NUMBER.finditer(line))
    return plain(entry.computed) in numbers
