"""The company or a document under two names.

Fires: （《质量管理制度》与《质量管理办法》并存；公司名称前后字序不同）
Silent: （简称；两份不同的文件）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.latin_names import latin_variants
from checker.rules.support.names import (
    bracketed_variants,
    brand_variants,
    company_variants,
    full_variants,
    mixed_variants,
    quoted_variants,
    short_variants,
    slipped_variants,
    traded_variants,
)
from checker.rules.support.titles import coded_variants, title_variants

ID = "name-inconsistent"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.NOTICE


def check(reading: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding a variant, at its first place."""
    if not reading.source.company and not any("《" in item.text for item in reading.items):
        yield NotApplicable("no-names")
        return
    told: set[str] = set()
    for item, quote in _company(reading):
        if not any(quote in other or other in quote for other in told):
            told.add(quote)
            yield context.finding(item, quote, variant="company", name=reading.source.company)
    for item, quote, first in (*title_variants(reading), *coded_variants(reading)):
        yield context.finding(item, quote, variant="title", name=first)


def _company(reading: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    for variants in (
        company_variants,
        full_variants,
        traded_variants,
        short_variants,
        quoted_variants,
        brand_variants,
        slipped_variants,
        bracketed_variants,
        mixed_variants,
        latin_variants,
    ):
        yield from variants(reading)
