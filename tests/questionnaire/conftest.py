"""Shared by the tests of readers."""

from __future__ import annotations

import pytest

from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from tests.files.package import word, zipped
from tests.files.word_report import ASKED, FRONT, Reader


@pytest.fixture
def shown(schema: Schema) -> Reader:
    """The text of an answer whose paragraph holds what is given."""

    def read(inside: str) -> str:
        body = FRONT + ASKED + f"<w:p>{inside}</w:p>"
        source = read_content(zipped(word(body)), "报告.docx", "0", schema)
        assert [answer.item for answer in source.answers] == ["P1.S1.I1"]
        return source.answers[0].text

    return read
