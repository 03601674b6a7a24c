"""What people write by hand in YAML: structs at run time, checked by pydantic when a file is new.

A struct states its fields and bounds once. Loading a file that was checked before needs neither pydantic nor its
start-up time; a new file is checked as a whole, so that every mistake is told at once (``ground.validation``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import or_
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, Union, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.json import decode, encode
from msgspec.structs import fields

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_BOUNDS = ("pattern", "min_length", "ge", "le", "gt", "lt")


class Written(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """Frozen, and no unknown keys."""

    @classmethod
    def completed(cls, told: dict[str, Any]) -> dict[str, Any]:
        """What stands in the file, with what can be left out."""
        return told

    def consistent(self) -> None:
        """Looks whether the values go together; only when a file is new.

        Raises:
            ValueError: they do not.
        """

    @classmethod
    def built_from(cls, told: object) -> Self:
        """Built from plain data, everything checked.

        Raises:
            pydantic.ValidationError: every mistake.
        """
        from pydantic import TypeAdapter

        found: Self = TypeAdapter(cls).validate_python(told)
        return found

    def plain(self) -> dict[str, Any]:
        """As plain data, without what is left at its default."""
        found: dict[str, Any] = decode(encode(self))
        return found

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What pydantic checks: the fields, then whether they go together."""
        from pydantic_core import core_schema

        known = fields(cls)
        names = {each.encode_name: each.name for each in known}

        def made(told: dict[str, Any]) -> Written:
            found: Written = cls(**{names[name]: value for name, value in told.items()})
            found.consistent()
            return found

        def completed(told: Any) -> Any:
            return cls.completed(told) if isinstance(told, dict) else told

        shape = core_schema.typed_dict_schema(
            {
                each.encode_name: core_schema.typed_dict_field(
                    handler.generate_schema(_in_its_words(each.type)), required=each.required
                )
                for each in known
            },
            extra_behavior="forbid",
        )
        whole = core_schema.no_info_before_validator_function(completed, shape)
        return core_schema.no_info_wrap_validator_function(
            lambda told, check: told if isinstance(told, cls) else check(told),
            core_schema.no_info_after_validator_function(made, whole),
        )


class Given(NamedTuple):
    """Of an annotated type: what makes the value as it is written into the value meant."""

    make: Callable[[Any], Any]


class Sound(NamedTuple):
    """Of an annotated type: what raises ValueError for a value that cannot be."""

    look: Callable[[Any], object]


def keys_of(*models: type[Written]) -> list[str]:
    """The keys that some structs know, for near guesses at an unknown one."""
    return sorted({key for model in models for key in model.__struct_encode_fields__})


def _in_its_words(hint: Any) -> Any:
    """A type with its bounds as pydantic writes them."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Annotated[(_in_its_words(inner[0]), *_notes(inner[1:]))]
    if origin in (Union, UnionType):
        return reduce(or_, map(_in_its_words, inner))
    return origin[tuple(map(_in_its_words, inner))] if origin is not None and inner else hint


def _notes(notes: Iterable[Any]) -> Iterator[Any]:
    from pydantic import AfterValidator, BeforeValidator, Field

    for note in notes:
        if isinstance(note, Meta):
            bounds = {name: getattr(note, name) for name in _BOUNDS}
            yield Field(**{name: bound for name, bound in bounds.items() if bound is not None})
        elif isinstance(note, Given):
            yield BeforeValidator(note.make)
        elif isinstance(note, Sound):
            yield AfterValidator(_looked(note))


def _looked(note: Sound) -> Callable[[Any], Any]:
    def look(value: Any) -> Any:
        note.look(value)
        return value

    return look
