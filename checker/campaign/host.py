"""A process of our own beside each thread of a cluster's worker: there readers may be started, and nothing is shared.

A cluster's worker is a daemon, which may have no children by ``multiprocessing``, and works in threads, which must
not speak through one pipe. So each thread of it has a process that does what a worker of this machine does, and is
asked over its standard input. It ends when that is closed, be it by the worker's death.
"""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import IO, cast

from checker.campaign.examine import GivenFile, How, examine, prepare
from checker.campaign.record import refusal
from checker.campaign.spool import program_digest
from frameworks.ground.errors import InputError
from questionnaire.editions import Editions
from questionnaire.reading.files.wire import Shape
from questionnaire.reading.pictures import installed

_ROOT = Path(__file__).parent.parent.parent
_SIZE = struct.Struct("<I")
_LOCAL = threading.local()


def program_of(questionnaire: str | None) -> str:
    """By what a record is made on this machine: the program, the editions that were named, the extras at hand."""
    return _program(questionnaire, Editions(questionnaire).digest)


@cache
def _program(questionnaire: str | None, editions: str) -> str:
    parts = (program_digest(), editions, *installed())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def examine_there(batch: tuple[GivenFile, ...], how: How, program: str) -> list[bytes]:
    """The records of a batch, made by another machine of a cluster; runs in one of its workers' threads.

    Args:
        batch: files with their contents.
        how: by what they are checked.
        program: ``program_of`` where the work is handed out.

    Raises:
        InputError: another program is installed here.
    """
    if program_of(how.questionnaire) != program:
        raise InputError("cluster-other-program", machine=os.uname().nodename if hasattr(os, "uname") else "")
    return [_record(file, how) for file in batch]


def _record(file: GivenFile, how: How) -> bytes:
    host: Host | None = getattr(_LOCAL, "host", None)
    if host is None:
        host = _LOCAL.host = Host()
    try:
        return host.record(file.content or b"", file.sha256, how)
    except (OSError, EOFError):
        host.close()
        _LOCAL.host = None
        return refusal({"code": "reader-died", "params": {}})


class Host:
    """One such process, for one thread."""

    def __init__(self) -> None:
        paths = os.pathsep.join((str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "checker.campaign.host"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths},
        )  # fmt: skip

    def record(self, content: bytes, sha256: str, how: How) -> bytes:
        """A file's record.

        Raises:
            OSError, EOFError: the process is gone.
        """
        asked, told = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        _send(asked, Shape(make_record_of).pack_inputs((content, sha256, how)))
        return _receive(told)

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.communicate()


def make_record_of(content: bytes, sha256: str, how: How) -> bytes:
    """One file's record, in the process that is asked."""
    (blob,) = examine((GivenFile(sha256, content=content),), how)
    return blob


def serve() -> None:
    """The process: one file after the other until nobody can ask any more."""
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no record
    shape, prepared = Shape(make_record_of), False
    while True:
        try:
            content, sha256, how = shape.unpack_inputs(_receive(asked))
            if not prepared:
                prepare(how.questionnaire)
                prepared = True
            _send(told, make_record_of(content, sha256, how))
        except (OSError, EOFError):
            return


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_SIZE.pack(len(message)) + message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    """One message.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    message = stream.read(size)
    if len(message) < size:
        raise EOFError
    return message


if __name__ == "__main__":
    serve()
