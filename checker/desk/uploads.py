"""What a browser sends as files: their bytes, and names that are shown and never used as paths."""

from __future__ import annotations

import re

from msgspec import Struct
from starlette.datastructures import UploadFile
from starlette.requests import Request

from checker.wording import visible
from frameworks.ground.errors import InputError

FILES, FIELDS = 2, 20  # of one form
FIELD_BYTES = 1024 * 1024
LONGEST = 60  # characters of a name; what is saved under it has 255 bytes, three a Chinese character
_FOLDERS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # in names of files on Windows


class Upload(Struct, frozen=True):
    """A file as it came."""

    name: str
    content: bytes


async def files_of(request: Request) -> dict[str, Upload]:
    """The files of a form, by field; fields left empty are absent.

    Raises:
        starlette.exceptions.HTTPException: the form holds more than it may, or is none.
    """
    async with request.form(max_files=FILES, max_fields=FIELDS, max_part_size=FIELD_BYTES) as form:
        return {
            field: Upload(shown_name(value.filename), await value.read())
            for field, value in form.items()
            if isinstance(value, UploadFile) and value.filename
        }


def chosen(files: dict[str, Upload], field: str) -> Upload:
    """The file of a field.

    Raises:
        InputError: none was chosen.
    """
    if field not in files:
        raise InputError("desk-no-file")
    return files[field]


def shown_name(given: str) -> str:
    """A file's name without folders and control characters, not too long; still the user's own words."""
    name = _FORBIDDEN.sub("_", visible(_FOLDERS.split(given)[-1], lines=False).strip(" .")) or "_"
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= LONGEST:
        return name
    return f"{stem[: LONGEST - 10]}….{suffix[:8]}" if dot and len(suffix) <= 8 else f"{name[:LONGEST]}…"
