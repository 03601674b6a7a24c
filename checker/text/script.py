"""Traditional letters to simplified ones, one for one: places in the text stay."""

from __future__ import annotations

from functools import cache

from frameworks.yamlfile import load_data


def simplified(text: str) -> str:
    """The text in simplified letters (公司將 to 公司将)."""
    return text.translate(_letters())


@cache
def _letters() -> dict[int, str]:
    data = load_data("checker.data", "script.yaml")
    traditional, meant = ("".join(data[key].split()) for key in ("traditional", "simplified"))
    return {ord(letter): plain for letter, plain in zip(traditional, meant, strict=True)}
