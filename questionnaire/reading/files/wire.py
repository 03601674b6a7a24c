"""What goes between a program and its reading child: bytes as they are, all else as JSON of declared types.

A file may take its child over, so nothing that comes back may name code: a task says in its annotations what it
takes and gives, and what arrives is checked against that, or is none.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any, get_args, get_type_hints

from msgspec import Struct
from msgspec.json import Decoder, encode

from frameworks.ground.errors import InputError, OutputError, ReturnError, SchemaError

_NONE = b"null"
MOST = 512 << 20  # bytes of one message; a return's content has at most 100 MiB
_SIZE = struct.Struct("<I")
_ERRORS = {kind.__name__: kind for kind in (ReturnError, SchemaError, OutputError, InputError)}


class WireError(ValueError):
    """What arrived, or was to be sent, is not what was declared."""


class Preceded(Struct, frozen=True):
    """A task that is handed one more value, of a type of its own, before what another task takes."""

    lead: Callable[..., Any]  # takes the task, the value and the task's own inputs
    task: Callable[..., Any]
    value: Any  # the value's type

    def __call__(self, *inputs: Any) -> Any:
        """Runs it."""
        return self.lead(self.task, *inputs)


class Shape:
    """What a task takes and gives, by its annotations."""

    _takes: list[_Bytes | _Json]
    _gives: _Bytes | _Json

    def __init__(self, task: Callable[..., Any]) -> None:
        self._task = task
        if isinstance(task, Preceded):
            inner = Shape(task.task)
            self._takes, self._gives = [_codec(task.value), *inner._takes], inner._gives
            return
        function, bound = (task.func, task.keywords) if isinstance(task, partial) else (task, {})
        hints = get_type_hints(function)
        self._gives = _codec(hints.pop("return"))
        self._takes = [_codec(hint) for name, hint in hints.items() if name not in bound]

    def __reduce__(self) -> tuple[type[Shape], tuple[Callable[..., Any]]]:
        """A child that is no fork makes its own."""
        return Shape, (self._task,)

    def pack_inputs(self, values: Sequence[Any]) -> bytes:
        """The arguments of one call, each behind its length."""
        parts = [codec.pack(value) for codec, value in zip(self._takes, values, strict=False)]
        return b"".join(part for each in parts for part in (_SIZE.pack(len(each)), each))

    def unpack_inputs(self, message: bytes) -> list[Any]:
        """The arguments again."""
        values, at = [], 0
        for codec in self._takes:
            if at == len(message):
                break  # the task's defaults stand for the rest
            (size,) = _SIZE.unpack_from(message, at)
            at += _SIZE.size + size
            values.append(codec.unpack(message[at - size : at]))
        return values

    def pack(self, value: Any) -> bytes:
        """A result; whoever reads it looks whether it is what the task declares.

        Raises:
            WireError: it cannot be sent.
        """
        return self._gives.pack(value)

    def unpack(self, message: bytes) -> Any:
        """A result again.

        Raises:
            WireError: it is not what the task declares.
        """
        return self._gives.unpack(message)


class _Bytes:
    """Bytes as they are."""

    def pack(self, value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise WireError(type(value).__name__)
        return value

    def unpack(self, message: bytes) -> Any:
        return message


class _Json:
    """A value of a declared type; what checks it is made when it is needed, and never for what is left out."""

    def __init__(self, hint: Any) -> None:
        self._hint = hint
        self._may_be_none = type(None) in get_args(hint)

    @cached_property
    def _decoder(self) -> Decoder[Any]:
        return Decoder(self._hint)

    def pack(self, value: Any) -> bytes:
        if value is None and self._may_be_none:
            return _NONE
        try:
            return encode(value)
        except (ValueError, TypeError) as error:
            raise WireError(str(error)) from error

    def unpack(self, message: bytes) -> Any:
        if message == _NONE and self._may_be_none:
            return None
        try:
            return self._decoder.decode(message)
        except (ValueError, TypeError, RecursionError) as error:
            raise WireError(str(error)) from error


def _codec(hint: Any) -> _Bytes | _Json:
    return _Bytes() if hint is bytes else _Json(hint)


def pack_error(error: InputError) -> bytes:
    """One of our errors, without its class."""
    kind = next(name for name, known in _ERRORS.items() if isinstance(error, known))
    told = [kind, error.code, error.file, error.line, error.column, error.params]
    return json.dumps(told, default=str).encode()


def unpack_error(message: bytes) -> InputError:
    """The error again.

    Raises:
        WireError: it is none of ours.
    """
    try:
        kind, code, file, line, column, params = json.loads(message)
        numbers = all(each is None or type(each) is int for each in (line, column))
        if not (type(code) is str and (file is None or type(file) is str) and numbers):
            raise WireError("error")
        return _ERRORS[kind](code, file=file, line=line, column=column, **params)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise WireError(str(error)) from error
