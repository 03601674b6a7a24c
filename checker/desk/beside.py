"""Folders and files that the user names by typing, and what lies beside the folder of a campaign."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checker.campaign.folder import shown
from checker.report.kinds import Kind, kinds_of
from frameworks.ground.errors import InputError, ReturnError
from frameworks.ground.yaml import load_data
from questionnaire.reading import LOCK, read_bytes

QUOTES = "\"'“”「」 \t\r\n"  # around a path that was copied
LOOKED = 500  # names of a folder


class Beside(NamedTuple):
    """What may belong to a campaign; None where nothing was found."""

    parent: Path | None
    roster: Path | None
    previous: Path | None


def path_of(text: str) -> Path:
    """A typed path.

    Raises:
        InputError: none was typed, it does not say where it begins, or is no path at all.
    """
    bare = text.strip(QUOTES)
    if not bare:
        raise InputError("path-empty")
    try:
        path = Path(bare).expanduser()
        path.exists()
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError("path-bad", file=bare[:200]) from error
    if not path.is_absolute():
        raise InputError("path-not-whole", file=bare[:200], example=str(Path.home() / "ESG"))
    return path


def folder_of(text: str) -> Path:
    """A typed path to a folder that is there.

    Raises:
        InputError: none was typed, or it is none.
    """
    path = path_of(text)
    if not path.is_dir():
        raise ReturnError("not-a-folder" if path.exists() else "folder-missing", file=str(path))
    return path.resolve()


def file_of(text: str) -> Path | None:
    """A typed path to a file that is there; None where none was typed.

    Raises:
        InputError: it is none.
    """
    if not text.strip(QUOTES):
        return None
    path = path_of(text)
    if not path.is_file():
        raise ReturnError("not-a-file" if path.exists() else "path-missing", file=str(path))
    return path


def look_beside(folder: Path, output: Path) -> Beside:
    """What lies in the folder of a campaign, in the one above it and where results are written."""
    places = list(dict.fromkeys((folder, folder.parent, output)))
    words = load_data("checker.data", "beside.yaml")
    found = {
        kind: [path for place in places for path in _named(place, words[kind])]
        for kind in ("parent", "roster", "campaign")
    }
    earlier = [path for path in found["campaign"] if _is_campaign(path)]
    rosters = [path for path in found["roster"] if path not in earlier]
    return Beside(
        next(iter(found["parent"]), None),
        next(iter(rosters), None),
        max(earlier, key=lambda path: path.stat().st_mtime, default=None),
    )


def _named(folder: Path, words: list[str]) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir())[:LOOKED]
    except OSError:
        return
    for path in paths:
        if (
            path.suffix.lower() != ".xlsx"
            or path.name.startswith((LOCK, "."))
            or shown(path.name) != path.name
        ):
            continue
        if any(word in path.stem.lower() for word in words) and path.is_file():
            yield path


def _is_campaign(path: Path) -> bool:
    try:
        return Kind.CAMPAIGN in kinds_of(read_bytes(path))
    except ReturnError:
        return False
