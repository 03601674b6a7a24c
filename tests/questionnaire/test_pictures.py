"""Words in pictures: kept beside the answers with how sure they are, never an answer; without the extra, said so."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from checker.checking.engine import check
from checker.wording import wording
from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Picture, Place, Return
from questionnaire.reading import read_return
from questionnaire.reading.content import read_content
from questionnaire.reading.pictures import Recognised, can_recognise, with_pictures
from questionnaire.schema import Schema
from tests.conftest import ROOT

FILES = ROOT / "samples" / "files"
CERTIFICATE = (FILES / "certificate.docx").read_bytes()
SEEN = Picture(Place("报告.docx"), (("证书编号：00124E30518R2M", 0.99), ("有效期至：2024年05月31日", 0.97)))
needs_models = pytest.mark.skipif(not can_recognise(), reason="the extra ocr is not installed")


def read(schema: Schema, content: bytes, *pictures: Picture, known: bool = True) -> Return:
    """Reads with what was recognised beforehand, as the worker does."""
    task = partial(read_content, schema=schema)
    found: Return = with_pictures(task, Recognised(pictures) if known else None, content, "报告.docx", "0")
    return found


def test_without_the_extra_one_sentence_says_what_to_install(schema: Schema) -> None:
    source = read(schema, CERTIFICATE, known=False)
    assert source.pictures == ()
    assert [(found.kind, found.count) for found in source.outside] == [(OutsideKind.PICTURE, 1)]
    finding = next(f for f in check(schema, source).findings if f.rule == "outside-answer")
    assert "图片 1 张未识别，安装 esgcheck[ocr] 后可读" in wording().finding(finding).message


def test_recognised_words_are_kept_and_answer_nothing(schema: Schema) -> None:
    blind = read(schema, CERTIFICATE, known=False)
    source = read(schema, CERTIFICATE, SEEN)
    assert source.answers == blind.answers
    (picture,) = source.pictures
    assert replace(picture, where=SEEN.where) == SEEN
    assert (picture.where.file, picture.where.line) == ("报告.docx", None)
    assert picture.where.sheet is not None  # the question under which it stands
    assert picture.where.sheet.startswith("（四）")
    assert (SEEN.text, SEEN.confidence) == ("证书编号：00124E30518R2M\n有效期至：2024年05月31日", 0.97)
    assert [(found.kind, found.count, found.texts) for found in source.outside] == [
        (OutsideKind.PICTURE_READ, 1, (SEEN.text,))
    ]


def test_pictures_that_could_not_be_read_are_counted(schema: Schema) -> None:
    source = read(schema, CERTIFICATE)
    assert [(found.kind, found.count) for found in source.outside] == [(OutsideKind.PICTURE_LEFT, 1)]


def test_a_scan_stays_refused_and_says_what_was_seen(schema: Schema) -> None:
    item = next(iter(schema.items))
    lines = ("第一部分 公司管治", "一、风险管控", f"（一）{item.question}", "甲。")
    seen = Picture(Place("a.pdf", "第 1 页"), tuple((line, 0.9) for line in lines))
    pytest.importorskip("pypdfium2")
    with pytest.raises(ReturnError) as refused:
        read(schema, (FILES / "scanned.pdf").read_bytes(), seen)
    assert refused.value.code == "pdf-scanned-read"
    assert refused.value.params["items"] == 1
    assert "不能当作答案" in wording().error(refused.value)


@needs_models
@pytest.mark.slow
def test_the_certificate_is_read(schema: Schema) -> None:
    source = read_return(FILES / "certificate.docx", schema)
    text = source.pictures[0].text
    assert "00124E30518R2M" in text
    assert "2024年05月31日" in text
    assert source.pictures[0].confidence > 0.9
    assert [found.kind for found in source.outside] == [OutsideKind.PICTURE_READ]
