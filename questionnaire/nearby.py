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
        InputError: it is nowhere, or in several folders of which none bears its name.
    """
    if not named or editions.knows(named):
        return editions
    found: dict[Path, Editions] = {}
    for place in (file.parent, file.absolute().parent.parent, *places):
        for folder in _folders(place.absolute()):
            with suppress(SchemaError):  # a broken one is not the one
                if folder not in found and (beside := Editions(str(folder))).knows(named):
                    found[folder] = beside
    if not found:
        raise InputError("questionnaire-not-here", file=file.name, value=named)
    bearing = [folder for folder in found if folder.name == named]  # a copy beside it bears another name
    if not bearing and len(found) > 1:
        raise InputError("questionnaire-twice", file=file.name, value=named, folders=list(map(str, found)))
    return found[next(iter(bearing or found))]


def _folders(place: Path) -> list[Path]:
    """The folders of editions in a folder, by name, and the folder itself; none where it cannot be looked into."""
    try:
        entries = sorted(entry for entry in place.iterdir() if entry.is_dir())[:LOOKED]
        return [each for each in (place, *entries) if (each / EDITION_FILE).is_file()]
    except OSError:
        return []
