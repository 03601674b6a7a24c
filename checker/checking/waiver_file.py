"""Waivers written into ``esgcheck.yaml``: what stands there, comments included, stays."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from checker.checking.settings import FILE, Settings, read_settings
from checker.checking.waivers import written_out
from checker.finding import Waiver
from frameworks.ground.amended import amended, hand_on
from frameworks.ground.errors import OutputError
from frameworks.ground.output import Occupant, Standing, save
from questionnaire.reading import read_bytes

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
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    def change(data: Any) -> Any:
        if data is None:
            data = {}
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
                    hand_on(entries[-1], entry)
                entries.append(entry)
        return data

    return amended(source, change)


def _said(waivers: Sequence[Waiver]) -> dict[str, Waiver]:
    return {each.fingerprint: replace(each, place="") for each in waivers}
