"""What was honoured before it was founded: 服务队成立于2021年，2020年获评优秀志愿团队."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")


def find_honoured_before_founded(text: str) -> Iterator[tuple[Span, Span]]:
    """The founding and the earlier honour, where one sentence tells both, and no past under another name."""
    if "20" not in text or _grammar()["founded"].search(text) is None:
        return
    for sentence in _SENTENCE.finditer(text):
        founded = _grammar()["founded"].search(text, *sentence.span())
        if founded is None or _grammar()["before"].search(text, *sentence.span()):
            continue
        for honoured in _grammar()["honoured"].finditer(text, founded.end(), sentence.end()):
            if int(honoured["year"]) < int(founded["year"]):
                yield span(text, *founded.span()), span(text, *honoured.span())
                break


@cache
def _grammar() -> dict[str, re.Pattern[str]]:
    words = load_data("checker.data", "dates.yaml")["founded"]
    return {name: re.compile(source) for name, source in words.items()}
