"""Word returns: refused by name until they are read."""

from __future__ import annotations

from frameworks.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.schema import Schema


def read_word(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """Refuses the document.

    Raises:
        ReturnError: always.
    """
    raise ReturnError("kind-unsupported", file=file, kind="kind-docx")
