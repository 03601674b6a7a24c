"""The user's cache: what was made of files is kept under the hash of their bytes, behind its own checksum.

A missing, torn or unwritable cache only costs time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec.json import decode, encode

from frameworks.ground.seal import seal, unseal

CACHE_VERSION = "3"
Model = TypeVar("Model")


def compiled(key: bytes, model: type[Model], make: Callable[[], Model]) -> Model:
    """What ``make`` returns, from the cache when it was made before for the same bytes.

    Args:
        key: what it is made of.
        model: its type, of which nothing but JSON need be told apart.
        make: makes it.
    """
    made: list[Model] = []

    def dumped() -> bytes:
        made.append(make())
        return encode(made[0])

    content = kept(key, dumped)
    try:
        return made[0] if made else decode(content, type=model)
    except ValueError:  # kept by something else
        return make()


def kept(key: bytes, make: Callable[[], bytes]) -> bytes:
    """The bytes that ``make`` returns, from the cache when they were made before for the same key."""
    folder = cache_folder()
    if folder is None:
        return make()
    digest = hashlib.sha256(CACHE_VERSION.encode() + key).hexdigest()[:32]
    target = folder / f"{digest}.sealed"
    try:
        return unseal(target.read_bytes())
    except (OSError, ValueError):
        pass  # not there yet, or torn: made anew
    content = make()
    write_sealed(target, content)
    return content


@cache
def cache_folder() -> Path | None:
    """Where compiled files lie: ``ESGCHECK_CACHE``, else the user's cache folder; None switches it off (empty)."""
    chosen = os.environ.get("ESGCHECK_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    from platformdirs import user_cache_path

    return user_cache_path("esgcheck", appauthor=False)


def write_sealed(target: Path, content: bytes) -> None:
    """Writes by a temporary file and a rename, so that no reader ever sees half a file; for its owner alone.

    A file that cannot be written only costs time.
    """
    import tempfile

    temporary: str | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
        with os.fdopen(handle, "wb") as stream:
            stream.write(seal(content))
        Path(temporary).replace(target)
    except BaseException as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise  # a stop is a stop
