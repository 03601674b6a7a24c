"""Totals and their parts, in tables and in prose, and whether they add up within the digits stated.

Only labelled totals are read (合计, 总计, 小计, 共计), or an unlabelled last column that the other rows of its table
show to be the sum. Where several readings of a total are possible (subtotals, 其中) one that fits is enough.
"""

from __future__ import annotations

from checker.text.prose_sums import prose_sums
from checker.text.quantities import Quantity
from checker.text.table_sums import table_sums
from checker.text.tables import Table
from checker.text.totals import Sum, words


def find_sums(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> tuple[Sum, ...]:
    """All totals of a text whose parts stand beside them, those that fit and those that do not."""
    found = [entry for table in tables for entry in table_sums(table)]
    if len(quantities) > 1 and words().trigger.search(text):
        found += prose_sums(text, quantities, tables)
    return tuple(found)
