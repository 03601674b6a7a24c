"""What lies in a cache, behind its own checksum: one flipped byte makes it none, and it is made anew."""

from __future__ import annotations

import hashlib

_BYTES = 16  # of the digest that stands before the content


def seal(content: bytes) -> bytes:
    """The content behind its checksum."""
    return hashlib.sha256(content).digest()[:_BYTES] + content


def unseal(blob: bytes) -> bytes:
    """The content again.

    Raises:
        ValueError: a byte is not what it was.
    """
    content = blob[_BYTES:]
    if len(blob) < _BYTES or hashlib.sha256(content).digest()[:_BYTES] != blob[:_BYTES]:
        raise ValueError("torn")
    return content
