"""What two texts share when names, titles, years and figures are left out: letters in groups, sampled by content.

A group is kept when it begins with one of a fixed quarter of all Chinese characters, so that two texts keep the same
groups wherever the shared words stand, and a text costs one walk of a regular expression.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

SIZE = 10  # letters in a group; shorter ones are set phrases of the trade, which many companies share
LEAST = 12  # masked letters of a sentence that count as a passage

_TITLE = re.compile(r"《[^》\n]{1,80}》")
_NO_LETTER = re.compile(r"[\W\d_]+")
_ANCHORS = "".join(chr(code) for code in range(0x4E00, 0x9FA6) if code % 4 == 1)
_GROUP = re.compile(rf"(?=([{_ANCHORS}]\w{{{SIZE - 1}}}))")
_GROUP_LATIN = re.compile(rf"(?=(\b[a-z]\w{{{SIZE - 1}}}))")


def mask(text: str, names: Iterable[str] = ()) -> str:
    """The letters alone, without titles, figures, years, the given names and words for oneself.

    >>> mask("2024年，甲公司依据《安全手册》培训12次。", ("甲公司",))
    '年依据培训次'
    """
    for name in names:
        text = text.replace(name, "")
    bare = _TITLE.sub("", text)
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", _self().sub("", bare)).lower())


def groups(masked: str) -> Iterator[int]:
    """The sampled groups of a masked text, as 32-bit numbers that are the same on every machine."""
    pattern = _GROUP_LATIN if masked.isascii() else _GROUP
    for group in pattern.findall(masked):
        yield _number(group)


@cache
def _self() -> re.Pattern[str]:
    return re.compile(either(load_data("checker.data", "agents.yaml")["masked"]))


@lru_cache(maxsize=65_536)
def _number(group: str) -> int:
    return zlib.crc32(group.encode("utf-8", "replace"))
