"""The company or a document under two names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from checker.coverage import ItemReading, ReturnReading
from frameworks.yamlfile import load_data
from questionnaire.cells import fold

LEAST = 8  # letters of a company's name in which two changed ones are a slip
SLIPS = 2

_COMPANY_END = re.compile(r"(?:有限责任公司|股份有限公司|有限公司)")
_TITLE = re.compile(r"《([^《》\n]{3,40})》")


def company_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names that are the company's but for the order of their letters or one or two of them."""
    from rapidfuzz.distance import Levenshtein

    name = fold(whole.source.company).strip()
    if len(name) < LEAST:
        return
    letters, seen = Counter(name), {name}
    for reading in whole.items:
        if _COMPANY_END.search(reading.text) is None:
            continue
        text = fold(reading.text)
        for end in _COMPANY_END.finditer(text):
            for length in (len(name), len(name) - 1, len(name) + 1):
                start = end.end() - length
                written = text[max(0, start) : end.end()]
                if start < 0 or written in seen or name in written or written in name:
                    continue
                permuted = Counter(written) == letters
                if permuted or 0 < Levenshtein.distance(written, name) <= SLIPS:
                    seen.add(written)
                    yield reading, reading.text[start : end.end()]
                    break


def title_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str, str]]:
    """Titles that differ from an earlier one only in the kind of document (管理制度, 管理办法)."""
    first: dict[str, str] = {}
    seen: set[str] = set()
    for reading in whole.items:
        if "《" not in reading.text:
            continue
        for match in _TITLE.finditer(reading.text):
            title = match.group(1)
            kind = _kinds().search(title)
            if kind is None or len(title) - len(kind.group()) < 3:
                continue
            stem = title[: kind.start()].replace("公司", "").removesuffix("管理")
            known = first.setdefault(stem, title)
            if known != title and title not in seen:
                seen.add(title)
                yield reading, match.group(), f"《{known}》"


@cache
def _kinds() -> re.Pattern[str]:
    kinds = sorted(load_data("checker.data", "names.yaml")["document_kinds"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(kinds)})(?:[（(][^）)]{{1,12}}[）)])?$")
