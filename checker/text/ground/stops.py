"""Full stops as hurried writers set them: 女工37人.锤上不安排女的. A point with no figure behind it ends a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from checker.text.ground.passages import STOP, Passages, split

_POINT = re.compile(
    r"\.(?:(?=[\u4e00-\u9fff《“(（])(?<=[\u4e00-\u9fff\d)）%℃A-Za-z]{2}\.)|(?=[A-Za-z\d])(?<=[\u4e00-\u9fff]\.))"
)


def with_stops(text: str) -> str:
    """The text, as long as it was, with such points as 。

    >>> with_stops("满8.残疾4人,重12.5吨")
    '满8。残疾4人,重12.5吨'
    """
    return _POINT.sub(STOP, text) if "." in text else text


def split_at_points(text: str, passages: Passages) -> Passages:
    """The passages of a text, its sentences ended by such points, too."""
    return _split(text) if "." in text and _POINT.search(text) else passages


@lru_cache(maxsize=8)
def _split(text: str) -> Passages:
    return split(with_stops(text))
