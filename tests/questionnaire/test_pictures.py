"""Words in pictures: kept beside the answers with how sure they are, never an answer; without the extra, said so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle

import pytest
from msgspec.structs import replace

from checker.checking.engine import check
from checker.finding import ItemState, Severity
from checker.wording import wording
from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Picture, Place, Return
from questionnaire.cells import squeeze
from questionnaire.reading import read_return
from questionnaire.reading.content import read_content
from questionnaire.reading.files.pdf import Page, read_pages
from questionnaire.reading.files.pdf_lines import lines_of, words
from questionnaire.reading.files.picture_lines import SeenPicture, SeenWord, read_order
from questionnaire.reading.layout.scanned import read_scan
from questionnaire.reading.pictures import Recognised, can_recognise, with_pictures
from questionnaire.schema import Schema
from tests.conftest import ROOT
from tests.files.printed import printed

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


def seen_page(page: Page, jitter: Iterator[float]) -> SeenPicture:
    """A page as a recogniser frames its pieces: a little off, never quite level."""
    dots = 200 / 72
    pieces = []
    for line in lines_of(page.glyphs, page.number):
        for cell in line.cells:
            box = [cell[0].left, page.height - cell[0].top, cell[-1].right, page.height - cell[0].bottom]
            pieces.append(SeenWord(words(cell).strip(), 0.97, *(side * dots + next(jitter) for side in box)))
    where = Place("a.pdf", f"第 {page.number} 页")
    return SeenPicture(where, 1, page.width * dots, page.height * dots, tuple(pieces), page.number)


def seen_pages(content: bytes) -> list[SeenPicture]:
    jitter = cycle((-3.0, 2.0, 0.0, 3.0, -2.0, 1.0, -1.0))
    return [seen_page(page, jitter) for page in read_pages(content, "a.pdf")]


@pytest.fixture
def pages() -> list[SeenPicture]:
    pytest.importorskip("pypdfium2")
    return seen_pages((FILES / "printed.pdf").read_bytes())


def test_a_recognised_scan_gives_the_answers_of_its_text(schema: Schema, pages: list[SeenPicture]) -> None:
    told = read_scan(pages, "a.pdf", "0", schema)
    known = read_return(FILES / "printed.pdf", schema)
    assert {a.item: squeeze(a.text) for a in told.answers} == {a.item: squeeze(a.text) for a in known.answers}
    assert {answer.sure for answer in told.answers if answer.text} == {0.97}
    assert told.answers[0].where == Place("a.pdf", "第 1 页（扫描识别，把握 97%）")
    assert {answer.question for answer in told.answers} == {None}


def test_a_recognised_scan_answers_nothing_in_full(schema: Schema) -> None:
    pytest.importorskip("pypdfium2")
    good = read_return(ROOT / "samples" / "good.xlsx", schema)
    pages = seen_pages(printed(good, schema, indent=2).bytes())
    report = check(schema, read_scan(pages, "a.pdf", "0", schema), strict=True)
    plain = check(schema, good)
    answered = {item.id for item in plain.items if item.state is ItemState.ANSWERED}
    assert answered
    assert {item.state for item in report.items if item.id in answered} == {ItemState.PARTIAL}
    (told,) = (f for f in report.findings if f.variant == "scanned")
    assert told.severity is Severity.ERROR
    assert wording().finding(told).mend == "由扫描件识别，请核对后填入填报表。"
    assert not report.ready


def test_pieces_that_recognition_doubts_are_quoted(schema: Schema, pages: list[SeenPicture]) -> None:
    first = pages[0]
    at = next(n for n, word in enumerate(first.words) if word.text.startswith("公司职能部门精简"))
    unsure = (*first.words[:at], replace(first.words[at], sure=0.61), *first.words[at + 1 :])
    told = read_scan([replace(first, words=unsure), *pages[1:]], "a.pdf", "0", schema)
    (scanned,) = (found for found in told.outside if found.kind is OutsideKind.SCANNED)
    assert scanned.texts == (first.words[at].text,)
    assert told.answers[0].sure == 0.61
    assert "把握 61%" in (told.answers[0].where.sheet or "")


def test_a_scan_is_read_only_if_every_page_was_recognised(schema: Schema, pages: list[SeenPicture]) -> None:
    content = (FILES / "scanned.pdf").read_bytes()  # of two pages
    task = partial(read_content, schema=schema)
    seen = tuple(Picture(page.where, tuple(read_order(page.words))) for page in pages[:2])
    told = with_pictures(task, Recognised(seen, tuple(pages[:2])), content, "a.pdf", "0")
    assert len(told.answers) == 18
    assert told.pictures == ()
    with pytest.raises(ReturnError) as refused:
        with_pictures(task, Recognised(seen, tuple(pages[:1])), content, "a.pdf", "0")
    assert refused.value.code == "pdf-scanned-read"


def test_words_stand_in_lines_from_the_left() -> None:
    at = [
        ("502", 300, 11),
        ("员工总数", 10, 10),
        ("人", 362, 12),
        ("合计", 10, 40),
        ("No.", 10, 70),
        ("12", 60, 71),
    ]
    words = [SeenWord(text, 0.9, left, top, left + 18 * len(text), top + 20) for text, left, top in at]
    lines = [text for text, _ in read_order(reversed(words))]
    assert lines == ["员工总数\t502人", "合计", "No. 12"]


@needs_models
@pytest.mark.slow
def test_a_scan_is_recognised(schema: Schema) -> None:
    known = {answer.item: answer.text for answer in read_return(FILES / "printed.pdf", schema).answers}
    told = read_return(FILES / "scanned.pdf", schema)
    same = [answer.text == known[answer.item] for answer in told.answers]
    assert (len(same), sum(same)) == (18, 17)  # the last goes on behind the scan's end


@needs_models
@pytest.mark.slow
def test_the_certificate_is_read(schema: Schema) -> None:
    source = read_return(FILES / "certificate.docx", schema)
    text = source.pictures[0].text
    assert "00124E30518R2M" in text
    assert "2024年05月31日" in text
    assert source.pictures[0].confidence > 0.9
    assert [found.kind for found in source.outside] == [OutsideKind.PICTURE_READ]
