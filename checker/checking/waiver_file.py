"""Waivers written into ``esgcheck.yaml``: what stands there, comments included, stays."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from checker.checking.settings import FILE, Settings, read_settings
from checker.checking.waivers import written_out
from checker.finding import Waiver
from frameworks.ground.errors import OutputError
from frameworks.ground.output import Occupant, Standing, save
from questionnaire.reading import read_bytes

WIDE = 10_000  # columns: no sentence of a user's is broken into lines
FIELDS = ("who", "why", "until")


def write_waivers(folder: Path, waivers: Sequence[Waiver]) -> Settings:
    """Adds waivers to the settings of a folder; one of the same finding, which ran out, is renewed.

    Returns:
        All that the file says now.

    Raises:
        SchemaError: what stands there cannot be read; nothing is written.
        OutputError: the file cannot be written, or not without changing what else it says.
    """
    target = folder / FILE
    source = read_bytes(target) if os.path.lexists(target) else b""
    before = read_settings(source, target)
    below = {each.fingerprint for each in before.waivers if each.below}  # one that is renewed stays so
    waivers = [replace(each, below=each.below or each.fingerprint in below) for each in waivers]
    content = _extended(source, waivers)
    after = read_settings(content, target)
    if after.rules != before.rules or _said(after.waivers) != _said(before.waivers) | _said(waivers):
        raise OutputError("waivers-not-kept", file=str(target))
    save(target, content, look=lambda _: Occupant(Standing.OURS))
    return after


def _extended(source: bytes, waivers: Sequence[Waiver]) -> bytes:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString
    from ruamel.yaml.util import load_yaml_guess_indent

    text = source.decode("utf-8-sig")
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDE
    yaml.representer.ignore_aliases = lambda data: True  # a day that stands twice is written twice
    _, indent, dash = load_yaml_guess_indent(text)
    yaml.indent(mapping=2 if dash is not None else indent or 2, sequence=(dash or 0) + 2, offset=dash or 0)
    data: Any = yaml.load(text)
    if data is None:  # ruamel keeps no comments of an empty file
        start, data = text.rstrip() + "\n" if text.strip() else "", {}
    else:
        start = ""
    if not data.get("waivers"):
        data["waivers"] = []
    entries = data["waivers"]
    for waiver in waivers:
        known = [each for each in entries if written_out(each["fingerprint"]) == waiver.fingerprint]
        quoted = DoubleQuotedScalarString(waiver.fingerprint)
        entry = known[0] if known else CommentedMap({"fingerprint": quoted})
        for name in FIELDS:
            entry[name] = getattr(waiver, name)
        if not known:
            if entries:
                _hand_on(entries[-1], entry)
            entries.append(entry)
    stream = io.StringIO()
    yaml.dump(data, stream)
    written = start + stream.getvalue()
    return (written.replace("\n", "\r\n") if "\r\n" in text else written).encode()


def _hand_on(last: Any, new: Any) -> None:
    """Lines of comment behind the last entry belong to what follows the list: they stay behind it."""
    key = list(last)[-1]
    tokens = last.ca.items.get(key) or []
    if any(token is not None and getattr(token, "value", "").startswith("\n") for token in tokens):
        new.ca.items[list(new)[-1]] = last.ca.items.pop(key)


def _said(waivers: Sequence[Waiver]) -> dict[str, Waiver]:
    return {each.fingerprint: replace(each, place="") for each in waivers}
