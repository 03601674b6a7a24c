"""Figures below nought: −3.2%, 负5℃, and 负增长 beside a figure."""

from __future__ import annotations

import re

SIGNED = frozenset({"share", "points", "temperature", "money"})  # kinds that can be below nought
# a hyphen is a minus only behind words that a value follows; elsewhere it divides
_MINUS = re.compile(
    r"(?P<mark>(?<=[\t（(：:为是至到达率幅比长化度，,；、])[-－]|(?<![\d%％℃元点吨])−|(?<![正担欠抱肩胜])负)\s?$"
)
_MINUS_AGAIN = re.compile(r"[~～至到]\s?[-−－]\s?\d")
_SHRUNK = re.compile("的?负增长")


def below_nought(text: str, start: int, end: int, value: str) -> tuple[int, str]:
    """Where a figure begins with the minus before it, and its value below nought: −3.2%, 负增长 behind it."""
    minus = _minus_before(text, start)
    grown = minus is None and (
        _SHRUNK.match(text, end) is not None or text[max(0, start - 3) : start] == "负增长"
    )
    if minus is None and not grown:
        return start, value
    begin = start if minus is None else minus.start("mark")
    first, dots, last = value.partition("..")
    if dots and (grown or _MINUS_AGAIN.search(text, start, end)):
        last = f"-{last}"
    return begin, f"-{first}{dots}{last}"


def _minus_before(text: str, start: int) -> re.Match[str] | None:
    return _MINUS.search(text, max(0, start - 3), start) if start and text[start - 1] in " -－−负" else None
