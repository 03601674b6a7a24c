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
_SHORT_END = re.compile(r"(?:有限责任|股份有限|有限|集团|股份)?公司")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
CORE = 6  # letters of place, brand and trade below which a name is too short to be permuted
PERMUTED = 0.75  # share of them that a written name must hold; guessed
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
                if _is_short(text, start, end.end(), name) or _other_word(written, name):
                    continue
                permuted = Counter(written) == letters
                if permuted or 0 < Levenshtein.distance(written, name) <= SLIPS:
                    seen.add(written)
                    yield reading, reading.text[start : end.end()]
                    break


def short_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names ending in 公司 whose letters are the company's in another order, or all but one of them.

    A part of the name (青松岭汽车公司 for 青松岭宏达汽车部件有限公司) keeps their order and is a short form.
    """
    core = _SHORT_END.sub("", fold(whole.source.company).strip())
    if len(core) < CORE:
        return
    seen: set[str] = set()
    for reading in whole.items:
        if "公司" not in reading.text:
            continue
        text = reading.text
        for end in _SHORT_END.finditer(text):
            if not end.start() or text[end.start() - 1] not in core:
                continue
            start = _permuted(text, end.start(), core)
            full = "有限" in end.group()  # company_variants looks at those
            if start is None and not full:
                start = _slipped(text, end.start(), core)
            if start is None or text[start : end.start()] in seen:
                continue
            seen.add(text[start : end.start()])
            yield reading, text[start : end.end()]


def _permuted(text: str, end: int, core: str) -> int | None:
    """Where a name begins that is made of the company's letters in another order."""
    left = Counter(core)
    start = end
    while start and left[text[start - 1]] > 0:
        start -= 1
        left[text[start]] -= 1
    written = text[start:end]
    if len(written) < max(4, PERMUTED * len(core)):
        return None
    letters = iter(core)
    return None if all(letter in letters for letter in written) else start


def _slipped(text: str, end: int, core: str) -> int | None:
    """Where a name begins that has one letter changed."""
    start = end - len(core)
    if start < 0:
        return None
    written = text[start:end]
    odd = [at for at, letter in enumerate(written) if letter != core[at]]
    if len(odd) != 1 or not _CHINESE.match(written[odd[0]]):
        return None
    return None if _is_short(text, start, end, core) else start


def _is_short(text: str, start: int, end: int, name: str) -> bool:
    """Whether what is written is the end of the name behind foreign words (我们宏达汽车部件公司)."""
    foreign = start
    while foreign < end and text[foreign] not in name:
        foreign += 1
    if foreign == start or not name.endswith(text[foreign:end]):
        return False
    return foreign - start > 1 or (start > 0 and _CHINESE.match(text[start - 1]) is not None)


def _other_word(written: str, name: str) -> bool:
    """Whether one word of two letters stands for another (装备制造 for 装备工程): a sister's name."""
    if len(written) != len(name):
        return False
    odd = [at for at, letter in enumerate(written) if letter != name[at]]
    return (
        len(odd) == 2 and odd[1] == odd[0] + 1 and not {written[at] for at in odd} & {name[at] for at in odd}
    )


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
            if kind is None or len(title) - len(kind.group()) < (2 if kind.group() == "责任制" else 3):
                continue
            stem = title[: kind.start()].replace("公司", "").removesuffix("管理").removesuffix("工作")
            if kind.group() != "责任制":
                stem = stem.removesuffix("制")  # 责任制度, 责任制管理办法
            else:
                stem += "责任"
            known = first.setdefault(stem, title)
            if known != title and title not in seen:
                seen.add(title)
                yield reading, match.group(), f"《{known}》"


@cache
def _kinds() -> re.Pattern[str]:
    kinds = sorted(load_data("checker.data", "names.yaml")["document_kinds"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(kinds)})(?:[（(][^）)]{{1,12}}[）)])?$")
