"""Files that we write: wholly or not at all, never over an input, never over what a person made.

Every command writes through here. What stands at the target already is judged by a ``Look`` of the writer (it knows
the forms of its files); what may then be done is decided here alone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field

from frameworks.ground.errors import OutputError
from frameworks.ground.refusals import cause

TRIES = 5  # Excel and virus scanners hold a file for a moment
PAUSE = 0.5  # seconds
PREFIX, SUFFIX = ".esgcheck-", ".tmp"
STALE = 3600  # seconds after which a temporary file belongs to a run that is gone
LOCKS = ("~${}", ".~lock.{}#")  # beside a workbook that Excel, WPS or LibreOffice has open
EXAMPLE = "1.xlsx"  # a name in a sentence
LOCK_BYTES = 1024  # at most
WRITABLE = 0o222

Result = TypeVar("Result")


class Standing(Enum):
    """What may become of a file that stands where we write."""

    OURS = "ours"  # our own of the same kind: replaced
    THEIRS = "theirs"  # replaced by force alone
    FILLED = "filled"  # holds what a person filled in: never replaced


class Occupant(Struct, frozen=True):
    """The file that stands where we write."""

    standing: Standing
    code: str = "output-exists"  # the sentence by which it is refused
    params: Mapping[str, Any] = field(default_factory=dict)
    keep: bool = False  # whether it is kept beside its successor: somebody may have worked in it


Look = Callable[[Path], Occupant]


def check_workbook(target: Path) -> None:
    """Refuses a name that no workbook has.

    Raises:
        OutputError: names the suffix and the mend.
    """
    if target.suffix.lower() != ".xlsx":
        raise OutputError("output-suffix-workbook", file=str(target), suffix=target.suffix)


def foreign(_: Path) -> Occupant:
    """What is judged by nobody is somebody else's."""
    return Occupant(Standing.THEIRS, params={"wanted": ""})


def check_target(
    target: Path, inputs: Iterable[Path] = (), *, look: Look = foreign, force: bool = False
) -> Occupant | None:
    """Refuses a target before any work is done.

    Args:
        target: where to.
        inputs: files that must not be overwritten (compared as files, not as names), not even by force.
        look: judges a file that is there.
        force: whether the user gives up what is there.

    Returns:
        What will be replaced; None for a new file.

    Raises:
        OutputError: says which of the reasons it is, and the mend.
    """
    try:
        if not _is_there(target):
            return None
        if _is_input(target, inputs):
            raise OutputError("output-is-input", file=str(target))
        _check_free(target)
        found = look(target)
    except OSError as error:
        raise cause(target, error) from error
    if found.standing is Standing.FILLED or (found.standing is Standing.THEIRS and not force):
        raise OutputError(found.code, file=str(target), **dict(found.params))
    return found


def save(
    target: Path, content: bytes, inputs: Iterable[Path] = (), *, look: Look = foreign, force: bool = False
) -> Path | None:
    """Writes a file by a temporary one in the same folder and a rename, so that no half file is ever seen.

    Args:
        target: where to; the same bytes are not written again.
        content: the whole file.
        inputs: files that must not be overwritten.
        look: judges a file that is there.
        force: whether the user gives up what is there.

    Returns:
        Where the earlier file is kept; None where it is not.

    Raises:
        OutputError: the target may not or cannot be written.
    """
    inputs = tuple(inputs)
    if _holds(target, content) and not _is_input(target, inputs):
        return None

    def write(temporary: Path) -> None:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())

    return save_by(target, write, inputs, look=look, force=force)[1]


def save_by(
    target: Path,
    write: Callable[[Path], Result],
    inputs: Iterable[Path] = (),
    *,
    look: Look = foreign,
    force: bool = False,
) -> tuple[Result, Path | None]:
    """The same for a file that is too large to be held: ``write`` fills a temporary file beside the target.

    Returns:
        What ``write`` returns, and where the earlier file is kept.

    Raises:
        OutputError: the target may not or cannot be written.
    """
    inputs = tuple(inputs)
    check_target(target, inputs, look=look, force=force)
    try:
        with _beside(target) as temporary:
            result = write(temporary)
            found = check_target(target, inputs, look=look, force=force)  # it may have come meanwhile
            kept = _keep(target) if found is not None and found.keep else None
            _replace(temporary, target)
    except OSError as error:
        raise cause(target, error) from error
    return result, kept


def check_folder(folder: Path) -> None:
    """Refuses a folder that cannot be one, since it or what it lies in is a file.

    Raises:
        OutputError: names the file.
    """
    try:
        for place in (folder, *folder.parents):
            if place.exists():
                if not place.is_dir():
                    raise OutputError("output-not-a-folder", file=str(place))
                return
    except OSError as error:
        raise cause(folder, error) from error


def make_folder(folder: Path) -> None:
    """Makes a folder that files are written into, unless it is there.

    Raises:
        OutputError: it cannot be made.
    """
    check_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cause(folder, error) from error


def save_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a folder with files: all of them or none; a folder that holds anything is left alone.

    Raises:
        OutputError: it holds something, or cannot be written.
    """
    temporary: Path | None = None
    try:
        check_free_folder(folder)
        make_folder(folder.absolute().parent)
        temporary = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=PREFIX, suffix=SUFFIX))
        for name, content in files.items():
            (temporary / name).write_bytes(content)
        temporary.chmod(0o777 & ~_umask())
        if folder.is_dir():
            folder.rmdir()
        temporary.rename(folder)
    except OSError as error:
        raise cause(folder, error) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def check_free_folder(folder: Path) -> None:
    """Refuses a folder that holds anything.

    Raises:
        OutputError: it does, or is no folder.
    """
    check_folder(folder)
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise OutputError("output-folder-used", file=str(folder))
    except OSError as error:
        raise cause(folder, error) from error


def _is_there(target: Path) -> bool:
    """Whether something stands at the target, whose folder must be there."""
    try:
        target.stat()
    except (FileNotFoundError, NotADirectoryError):
        check_folder(target.parent)
        if not target.absolute().parent.is_dir():
            raise OutputError("output-no-folder", file=str(target)) from None
        return False
    return True


def _is_input(target: Path, inputs: Iterable[Path]) -> bool:
    return any(source.exists() and target.samefile(source) for source in inputs)


def _check_free(target: Path) -> None:
    """Refuses what is no file, what is write-protected, and what a program has open."""
    if target.is_dir():
        raise OutputError("output-is-folder", file=str(target), example=str(target / EXAMPLE))
    if not target.is_file():
        raise OutputError("output-not-a-file", file=str(target))
    if not target.stat().st_mode & WRITABLE:
        raise OutputError("output-read-only", file=str(target))
    for pattern in LOCKS:
        lock = target.with_name(pattern.format(target.name))
        with contextlib.suppress(OSError):
            if lock.is_file() and lock.stat().st_size <= LOCK_BYTES:
                raise OutputError("output-open", file=str(target), lock=lock.name)


def _holds(target: Path, content: bytes) -> bool:
    """Whether a file has these very bytes."""
    with contextlib.suppress(OSError):
        return target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content
    return False


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A temporary file in the target's folder; it is gone afterwards, whatever happens."""
    _sweep(target.parent)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX, suffix=SUFFIX)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _keep(target: Path) -> Path:
    """A copy of a file beside it under a name that is free: nothing that was kept before is overwritten.

    Raises:
        OSError: it cannot be written.
    """
    content = target.read_bytes()
    number = 1
    while True:
        kept = target.with_name(f"{target.stem}.bak{number if number > 1 else ''}{target.suffix}")
        if _holds(kept, content):
            return kept
        try:
            with kept.open("xb") as stream:
                _fill(kept, stream.write, content)
        except FileExistsError:
            number += 1
            continue
        with contextlib.suppress(OSError):
            shutil.copystat(target, kept)
        return kept


def _fill(kept: Path, write: Callable[[bytes], object], content: bytes) -> None:
    try:
        write(content)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


def _replace(temporary: Path, target: Path) -> None:
    """Renames, with the rights that a new file has."""
    temporary.chmod(0o666 & ~_umask())
    for attempt in range(TRIES):
        try:
            temporary.replace(target)
            return
        except PermissionError as error:
            if attempt == TRIES - 1:
                raise OutputError("output-held", file=str(target)) from error
            time.sleep(PAUSE)


def _sweep(folder: Path) -> None:
    """Removes what killed runs left behind long ago."""
    for left in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
