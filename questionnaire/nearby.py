"""The questionnaire that a file names: at hand, or in a folder that lies beside the file."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from frameworks.ground.errors import InputError, SchemaError
from questionnaire.editions import Editions
from questionnaire.folders import EDITION_FILE

LOOKED = 200  # folders beside a file


def editions_for(named: str, file: Path, editions: Editions, places: Iterable[Path] = ()) -> Editions:
    """The editions among which a named one is: those at hand, else what lies beside.

    Args:
        named: the edition's id, as the file has it; empty where it names none.
        file: the file.
        editions: those at hand.
        places: further folders to look into, besides the file's own and the one above it.

    Raises:
        InputError: it is nowhere.
    """
    if not named or editions.knows(named):
        return editions
    for place in dict.fromkeys(
        each.absolute() for each in (file.parent, file.absolute().parent.parent, *places)
    ):
        for folder in _folders(place):
            found = Editions(str(folder))
            with suppress(SchemaError):  # a broken one is not the one
                if found.knows(named):
                    return found
    raise InputError("questionnaire-not-here", file=file.name, value=named)


def _folders(place: Path) -> list[Path]:
    """The folders of editions in a folder, by name, and the folder itself; none where it cannot be looked into."""
    try:
        entries = sorted(entry for entry in place.iterdir() if entry.is_dir())[:LOOKED]
        return [each for each in (place, *entries) if (each / EDITION_FILE).is_file()]
    except OSError:
        return []
