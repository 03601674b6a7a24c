"""A small Word report: how it begins, its words run by run, and what its reader took for answers."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from questionnaire.answers import Return
from tests.files.package import paragraph

FRONT = paragraph("示例公司") + paragraph("第一部分 公司管治") + paragraph("一、风险管控")
ASKED = paragraph("（一）全面风险管理工作情况")

Reader = Callable[[str], str]  # what stands inside a paragraph → the text of the answer


def run(text: str, look: str = "") -> str:
    """A run of a Word paragraph, with its properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def texts(source: Return) -> dict[str, str]:
    """The answers by item, blank ones too."""
    return {answer.item: answer.text for answer in source.answers}
