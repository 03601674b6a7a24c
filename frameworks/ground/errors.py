"""Errors that a user can mend: a code and its parameters, put into words by the message catalogue.

Packages below the command line raise these and know nothing of languages or click.
"""

from __future__ import annotations


class InputError(Exception):
    """Something in a file or a setting that its owner can mend.

    Attributes:
        code: key under ``errors`` in the message catalogue.
        params: raw values for the placeholders of that message.
        file: the file's name as the user knows it, or None.
        line: 1-based, or None.
        column: 1-based, or None.
    """

    def __init__(
        self,
        code: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        **params: object,
    ) -> None:
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.params = params
        super().__init__(f"{self.place}: {code} {params}")

    @property
    def place(self) -> str:
        """``file:line:column`` as far as known; empty when nothing is known."""
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(parts)


class SchemaError(InputError):
    """A YAML file of ours (questionnaire, framework, word list) is wrong: exit code 2."""


class ReturnError(InputError):
    """A file from a subsidiary cannot be read: exit code 3."""


class OutputError(InputError):
    """A report cannot be written: exit code 2."""


class SchemaErrors(SchemaError):  # noqa: N818 - it holds several
    """Several mistakes of one file set, so that all can be mended in one go."""

    def __init__(self, errors: list[SchemaError]) -> None:
        self.errors = tuple(errors)
        first = errors[0]
        super().__init__(first.code, file=first.file, line=first.line, column=first.column, **first.params)
