"""YAML that people wrote, changed in place: their comments, quotes, order and line ends stay."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

WIDE = 1_000_000  # letters of a line: theirs are not broken anew
_REMARK = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)


def amended(source: bytes, change: Callable[[Any], Any]) -> bytes:
    """A document after a change of its data.

    Args:
        source: YAML that was read without a fault.
        change: takes the data (mappings and lists that remember their comments; None for an empty document), changes
            it in place and returns it.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.util import load_yaml_guess_indent

    text = source.decode("utf-8-sig")
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = WIDE
    yaml.representer.ignore_aliases = lambda data: True  # a day that stands twice is written twice
    _, indent, dash = load_yaml_guess_indent(text)
    yaml.indent(mapping=2 if dash is not None else indent or 2, sequence=(dash or 0) + 2, offset=dash or 0)
    data = yaml.load(text)
    # ruamel keeps no comments of an empty file
    start = text.rstrip() + "\n" if data is None and text.strip() else ""
    stream = io.StringIO()
    yaml.dump(change(data), stream)
    written = start + stream.getvalue()
    mark = "\ufeff" if source.startswith(b"\xef\xbb\xbf") else ""
    return (mark + (written.replace("\n", "\r\n") if "\r\n" in text else written)).encode()


def hand_on(last: Any, new: Any) -> None:
    """Lines of comment behind the last mapping of a list belong to what follows it: they stay behind a new one."""
    holder, key = last, list(last)[-1]
    while isinstance(holder[key], list | dict) and holder[key] and not holder[key].fa.flow_style():
        holder = holder[key]
        key = len(holder) - 1 if isinstance(holder, list) else list(holder)[-1]
    tokens = [token for token in holder.ca.items.get(key) or [] if token is not None]
    if any(getattr(token, "value", "").startswith("\n") for token in tokens):
        del holder.ca.items[key]
        new.ca.items[list(new)[-1]] = [None, None, tokens[0], None]


def keeps_remarks(source: bytes, result: bytes) -> bool:
    """Whether every remark of a document stands in what was made of it."""
    before, after = (Counter(_REMARK.findall(text.decode("utf-8-sig"))) for text in (source, result))
    return before <= after
