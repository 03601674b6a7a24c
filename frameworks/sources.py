"""The files of the catalogues: their bytes, and by what their compiled form is known. Loads no model."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

CROSSWALK, FIGURES, UNITS = "crosswalk.yaml", "figures.yaml", "units.yaml"


@cache
def catalogue_sources() -> tuple[tuple[str, bytes], ...]:
    """The files of the built-in catalogues: name and bytes."""
    folder = files("frameworks.data")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    wanted = (name for name in names if name not in (CROSSWALK, FIGURES, UNITS))
    return tuple((name, folder.joinpath(name).read_bytes()) for name in wanted)


@cache
def source_of(name: str) -> bytes:
    """The bytes of one file beside the catalogues."""
    return files("frameworks.data").joinpath(name).read_bytes()


def sources_key(sources: Iterable[tuple[str, bytes]], kind: bytes = b"frameworks") -> bytes:
    """What the compiled form of some files is known by."""
    return kind + b"\0" + b"\0".join(name.encode() + b"\0" + source for name, source in sources)
