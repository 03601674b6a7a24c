"""PDF returns: the same answers as the Word form, by page; scans, locked and hostile files in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.checking.engine import check
from checker.wording import wording
from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Return
from questionnaire.reading import find_returns, read_return
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT
from tests.effort import bounded
from tests.files.package import zipped
from tests.files.pdf import BOTTOM, HEIGHT, LEFT, PITCH, WIDTH, Sheet, Writer, assembled, pdf
from tests.files.printed import printed, set_answer
from tests.files.report import numbered

pytest.importorskip("pypdfium2")

SAMPLES = ROOT / "samples"


def read(content: bytes, schema: Schema) -> Return:
    return read_content(content, "报告.pdf", "0", schema)


def texts(source: Return) -> dict[str, str]:
    return {answer.item: answer.text for answer in source.answers if answer.text}


def front() -> Writer:
    """A report up to its first question."""
    writer = Writer()
    for line in ("示例公司", "第一部分 公司管治", "一、风险管控", "（一）全面风险管理工作情况"):
        writer.paragraph(line)
    return writer


@pytest.fixture(scope="module", params=["poor.txt", "good.xlsx", "middling.xlsx", "overseas.xlsx"])
def sample(request: pytest.FixtureRequest, schema: Schema) -> Return:
    return read_return(SAMPLES / request.param, schema)


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled tables", "tables without lines"])
def test_a_pdf_and_a_word_report_are_equal_but_for_the_place(
    sample: Return, schema: Schema, ruled: bool
) -> None:
    """First lines stand in by two letters, as reports are set: so the end of a full line is known."""
    writer = printed(sample, schema, header=f"{sample.company} ESG 报告", indent=2, ruled=ruled)
    told = read(writer.bytes(), schema)
    word = read_content(zipped(numbered(sample, schema, styles=True)), "报告.pdf", "0", schema)
    nowhere = word.answers[0].where
    assert [replace(answer, where=nowhere) for answer in told.answers] == [
        replace(answer, where=nowhere) for answer in word.answers
    ]
    assert (told.company, told.year, told.profile) == (word.company, word.year, word.profile)
    assert (told.unmatched, told.outside) == ((), ())
    pages = [answer.where.sheet for answer in told.answers]
    assert pages[0] == "第 1 页"
    assert pages[-1] == f"第 {len(writer.pages)} 页"
    assert {answer.where.cell or answer.where.line for answer in told.answers} == {None}


def test_findings_are_equal_and_name_the_page(schema: Schema) -> None:
    told = read_return(SAMPLES / "files" / "printed.pdf", schema)
    source = read_return(SAMPLES / "poor.txt", schema)
    found, known = (check(schema, given, strict=True).findings for given in (told, source))
    assert sorted((f.rule, f.item or "", f.evidence) for f in found) == sorted(
        (f.rule, f.item or "", f.evidence) for f in known
    )
    assert "「第 1 页」" in wording().place(next(f.where for f in found if f.item == "P1.S1.I1"))


@pytest.mark.parametrize("source", ["poor.txt", "good.xlsx"])
def test_paragraphs_that_do_not_stand_in_differ_in_line_ends_alone(source: str, schema: Schema) -> None:
    known = read_return(SAMPLES / source, schema)
    told = read(printed(known, schema).bytes(), schema)
    joined = {item: text.replace("\n", "") for item, text in texts(told).items()}
    assert joined == {item: text.replace("\n", "") for item, text in texts(known).items()}


def test_a_question_and_a_sentence_over_a_page_break(schema: Schema) -> None:
    question = next(item for item in schema.items if len(item.question) > 60 and item.id.startswith("P1.S1"))
    writer = front()
    writer.paragraph("甲。")
    writer.y = BOTTOM + PITCH + 1  # room for one line
    writer.paragraph(f"{question.marker}{question.question}")
    writer.y = BOTTOM + PITCH + 1
    answer = "2024 年公司开展风险培训 12 次，覆盖全部 3 个车间和 2 个职能部门，参加人员共计 486 人次，合格率 99.2%。"
    writer.paragraph(answer)
    assert len(writer.pages) == 3
    assert texts(read(writer.bytes(), schema)) == {"P1.S1.I1": "甲。", question.id: answer}


def test_merged_cells_and_a_table_over_pages(schema: Schema) -> None:
    writer = front()
    rows = [["指标", "2023年", "2024年"], *([f"第{n}项", str(n), str(n * 3)] for n in range(1, 60))]
    set_answer(writer, "\n".join("\t".join(row) for row in rows))
    told = texts(read(writer.bytes(), schema))["P1.S1.I1"]
    assert told.split("\n") == ["\t".join(row) for row in rows]


def test_numbers_of_a_list_are_no_column(schema: Schema) -> None:
    writer = front()
    for number in range(1, 4):
        writer.pages[-1].write(LEFT, writer.y, f"{number}.")
        writer.pages[-1].write(LEFT + 36, writer.y, f"第{number}项措施已完成。")
        writer.y -= PITCH
    assert texts(read(writer.bytes(), schema)) == {
        "P1.S1.I1": "1. 第1项措施已完成。\n2. 第2项措施已完成。\n3. 第3项措施已完成。"
    }


def test_a_form_in_a_ruled_table(schema: Schema) -> None:
    writer = Writer()
    writer.paragraph("示例公司")
    writer.table([["题目", "填报内容"], *([item.question, f"甲 {item.id}\n乙"] for item in schema.items)])
    told = read(writer.bytes(), schema)
    assert texts(told) == {item.id: f"甲 {item.id}\n乙" for item in schema.items}
    assert told.answers[-1].where.sheet == f"第 {len(writer.pages)} 页"
    assert told.source.taken[0].items == len(schema.items)


def test_a_page_that_is_turned(schema: Schema) -> None:
    """A landscape page as scanners and printers turn it: drawn sideways, shown upright."""
    sheet = Sheet(turn=90)
    for at, line in enumerate(
        ("第一部分 公司管治", "一、风险管控", "（一）全面风险管理工作情况", "甲乙丙丁。")
    ):
        code = line.encode("utf-16-be").hex()
        sheet.parts.append(f"BT /F 12 Tf 0 1 -1 0 {100 + PITCH * at} 100 Tm <{code}> Tj ET")
    assert texts(read(pdf([sheet]), schema)) == {"P1.S1.I1": "甲乙丙丁。"}


def test_a_number_at_the_foot_that_counts_no_pages_is_kept(schema: Schema) -> None:
    writer = Writer(numbers=False)
    for line in ("第一部分 公司管治", "一、风险管控", "（一）全面风险管理工作情况", "全年风险评估次数："):
        writer.paragraph(line)
    writer.pages[-1].write(LEFT, 75, "12")
    assert texts(read(writer.bytes(), schema))["P1.S1.I1"].endswith("12")


def test_hidden_words_are_named(schema: Schema) -> None:
    writer = front()
    writer.paragraph("甲。")
    writer.pages[0].write(LEFT, 300, "全年培训 503 人次", mode=3)
    told = read(writer.bytes(), schema)
    assert texts(told) == {"P1.S1.I1": "甲。"}
    assert [(found.kind, found.texts) for found in told.outside] == [
        (OutsideKind.HIDDEN_TEXT, ("全年培训 503 人次",))
    ]


def test_a_built_workbook_from_a_pdf(sample: Return, schema: Schema) -> None:
    told = read(printed(sample, schema, indent=2).bytes(), schema)
    again = read_content(build_workbook(schema, source=told), "填报表.xlsx", "0", schema)
    assert texts(again) == texts(told)


def test_a_folder_is_searched_for_pdf_too() -> None:
    assert {path.name for path in find_returns(SAMPLES / "files")} >= {"printed.pdf", "scanned.pdf"}


def _locked() -> bytes:
    """The least of an encrypted file: the standard handler with a password that is not the empty one."""
    lock = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "11" * 32 + ">/U<" + "22" * 32 + ">>>/ID[<00><00>]"
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"], lock)


def _many(pages: int) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * pages
    kids = " ".join(f"{3 + at} 0 R" for at in range(pages))
    objects[1] = f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode()
    return assembled(objects)


def _deep(depth: int) -> bytes:
    """Forms that draw each other, down and down."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
    for number in range(5, 5 + depth):
        inner = f"/Resources<</XObject<</X {number + 1} 0 R>>>>" if number < 4 + depth else ""
        objects.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]{inner}/Length 11>>stream\n/X Do /X Do\nendstream".encode()
        )
    return assembled(objects)


def _circle() -> bytes:
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])


def _bomb() -> bytes:
    import zlib

    data = zlib.compress(b"0 0 m 9 9 l S\n" * 20_000_000, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        f"<</Filter/FlateDecode/Length {len(data)}>>stream\n".encode() + data + b"\nendstream",
    ]  # fmt: skip
    return assembled(objects)


def _drawn() -> bytes:
    sheet = Sheet()
    sheet.line(0, 0, 9, 9)
    return pdf([sheet])


def _cut() -> bytes:
    content = (SAMPLES / "files" / "printed.pdf").read_bytes()
    return content[: len(content) // 2]


HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "cut in half": (_cut, {"pdf-damaged"}),
    "head alone": (lambda: b"%PDF-1.7 x", {"pdf-damaged"}),
    "locked": (_locked, {"pdf-encrypted"}),
    "10,000 pages": (lambda: _many(10_000), {"file-too-large"}),
    "no page": (lambda: _many(0), {"pdf-damaged"}),
    "forms in forms": (lambda: _deep(5_000), {"pdf-no-text", "pdf-damaged", "reader-timeout", "reader-died"}),
    "brackets": (
        lambda: assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"[" * 1_000_000]),
        {"pdf-damaged", "reader-timeout", "reader-died"},
    ),
    "pages in a circle": (_circle, {"pdf-damaged", "pdf-no-text"}),
    "stream bomb": (_bomb, {"reader-timeout", "reader-memory", "reader-died", "pdf-damaged"}),
    "a drawing": (_drawn, {"pdf-no-text"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_is_one_sentence_in_time(name: str, tmp_path: Path, schema: Schema) -> None:
    make, expected = HOSTILE[name]
    path = tmp_path / "填报.pdf"
    path.write_bytes(make())
    with bounded(), pytest.raises(ReturnError) as refused:
        read_return(path, schema)
    assert refused.value.code in expected
    assert "\n" not in wording().error(refused.value)
    assert read_return(SAMPLES / "files" / "printed.pdf", schema).answers  # the next file is unharmed


def test_another_report_says_what_was_read(schema: Schema) -> None:
    writer = Writer()
    writer.paragraph("关于召开年会的通知")
    with pytest.raises(ReturnError) as refused:
        read(writer.bytes(), schema)
    assert refused.value.code == "no-questionnaire-text"
    assert "PDF" in wording().error(refused.value)


def test_a_scan_says_what_it_is(schema: Schema) -> None:
    with pytest.raises(ReturnError) as refused:
        read((SAMPLES / "files" / "scanned.pdf").read_bytes(), schema)
    assert refused.value.code == "pdf-scanned"
    assert "扫描件，2 页" in wording().error(refused.value)


def test_a_scan_with_words_below_and_one_behind_a_letter(schema: Schema) -> None:
    picture = jpeg()
    scan = Sheet()
    scan.picture("P", 0, 0, WIDTH, HEIGHT)
    for at in range(5):
        scan.write(LEFT, 700 - at * PITCH, "（一）全面风险管理工作情况 公司开展评估", mode=3)
    letter = Writer()
    letter.paragraph("现将我公司填报的问卷扫描件报上，请审阅，原件另行寄送集团办公室，并请查收为盼。")
    for pages, code in (([scan], "pdf-scanned-layer"), ([*letter.pages, scan], "pdf-partly-scanned")):
        with pytest.raises(ReturnError) as refused:
            read(pdf(pages, {"P": picture}), schema)
        assert refused.value.code == code
        assert "扫描" in wording().error(refused.value)


def jpeg() -> bytes:
    """The picture of the scanned sample's first page."""
    content = (SAMPLES / "files" / "scanned.pdf").read_bytes()
    start = content.index(b"\xff\xd8\xff")
    return content[start : content.index(b"\nendstream", start)]


def test_pictures_are_counted_but_no_letterhead(schema: Schema) -> None:
    writer = front()
    for _ in range(3):
        writer.paragraph("甲乙丙丁。")
        writer.turn()
    for page in writer.pages:
        page.picture("P", 400, 780, 80, 40)
    writer.pages[1].picture("P", 100, 300, 200, 150)
    told = read(writer.bytes({"P": jpeg()}), schema)
    assert [(found.kind, found.count, found.where.sheet) for found in told.outside] == [
        (OutsideKind.PICTURE, 1, "第 2 页")
    ]
