"""Some blocks of bytes as one, and back; and many words as one block, which is split faster than JSON is read."""

from __future__ import annotations

import struct
from collections.abc import Iterable

_SIZE = struct.Struct("<I")
_BETWEEN = "\0"


def join(parts: Iterable[bytes]) -> bytes:
    """The blocks one behind the other, each behind its length."""
    return b"".join(block for part in parts for block in (_SIZE.pack(len(part)), part))


def split(whole: bytes | memoryview) -> list[memoryview]:
    """The blocks again, not copied.

    Raises:
        ValueError: it is no such block.
    """
    parts, at, whole = [], 0, memoryview(whole)
    while at < len(whole):
        try:
            (size,) = _SIZE.unpack_from(whole, at)
        except struct.error as error:
            raise ValueError("parts") from error
        at += _SIZE.size + size
        parts.append(whole[at - size : at])
    return parts


def join_words(words: Iterable[str]) -> bytes:
    """Words as one block; none of them holds a zero character."""
    return _BETWEEN.join(words).encode()


def split_words(block: memoryview) -> list[str]:
    """The words again."""
    return str(block, "utf-8").split(_BETWEEN) if block else []
