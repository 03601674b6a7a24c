"""Letters: what goes back to whom, in Word and in text; no other company's name, nothing of the user's lost."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from checker.cli import main
from checker.report.kinds import Kind, is_untouched, kinds_of
from questionnaire.provenance import is_ours
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from tests.bench.returns import own_answers, workbook
from tests.bench.sample_campaign import AWAITED, LATE, MISSING
from tests.conftest import ROOT, Run

SAMPLE = ROOT / "samples" / "campaign"


OPTIONS = ("--roster", SAMPLE / "roster.xlsx", "--reply-by", "2025年4月底")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letters of the sample campaign."""
    folder = tmp_path_factory.mktemp("letters") / "函件"
    arguments = ("batch", SAMPLE / "returns", *OPTIONS, "--letters", folder, "--no-cache")
    assert main([str(each) for each in arguments]) == 1
    return folder


@pytest.fixture
def letters(written: Path, tmp_path: Path) -> Path:
    """A copy of them, to be changed."""
    return Path(shutil.copytree(written, tmp_path / "函件"))


def text_of(folder: Path, company: str) -> str:
    (path,) = folder.glob(f"{company}-*.txt")
    return path.read_text(encoding="utf-8-sig")


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())


def test_each_company_has_its_letter_in_both_forms(letters: Path) -> None:
    stems = {path.stem for path in letters.glob("*.txt")}
    assert stems == {path.stem for path in letters.glob("*.docx")}
    assert len(stems) == 16
    late = text_of(letters, LATE)
    assert "请于2025年4月30日前改好" in late
    assert "晚于期限" in late
    counted = re.search(r"必须修改的 (\d+) 处，请改正或说明原因的 (\d+) 处", late)
    assert counted
    must, should = counted.groups()
    assert f"必须修改（{must} 处" in late
    assert f"请改正或说明原因（{should} 处" in late
    listed = late.partition("必须修改（")[2].partition("请改正或说明原因（")[0]
    assert len(re.findall(r"^\d+\. ", listed, re.MULTILINE)) == int(must)
    for name in (MISSING, AWAITED):
        assert "没有收到" in text_of(letters, f"催报-{name}")


def test_a_letter_names_no_other_company(letters: Path) -> None:
    names = {path.stem.rpartition("-")[0].removeprefix("催报-") for path in letters.glob("*.txt")}
    for path in letters.iterdir():
        said = words_of(path) if path.suffix == ".docx" else path.read_text(encoding="utf-8-sig")
        own = path.stem.rpartition("-")[0].removeprefix("催报-")
        assert own in said
        assert not any(name in said for name in names - {own})
        assert "hkex" not in said


def test_both_forms_say_the_same(letters: Path) -> None:
    def bare(said: str) -> str:
        return re.sub(r"[\s\d.]|序号题号单元格缺什么(建议写法)?", "", said)

    for path in letters.glob("*.txt"):
        assert bare(path.read_text(encoding="utf-8-sig")) == bare(words_of(path.with_suffix(".docx")))


def test_the_document_is_read_by_our_own_reader(call: Run, letters: Path, schema: Schema) -> None:
    """Its tables are whole; as a return it is refused, being ours."""
    (path,) = letters.glob(f"{LATE}-*.docx")
    read = {answer.text for answer in read_return(path, schema).answers}
    mends = re.findall(r"^   (请.*)$", text_of(letters, LATE), re.MULTILINE)
    assert len(mends) > 5
    assert sum(mend in read for mend in mends) > 5
    code, out, _ = call("check", path)
    assert (code, out) == (3, "")
    assert is_ours(path.with_suffix(".txt").read_bytes())


def test_letters_are_no_returns(call: Run, letters: Path, tmp_path: Path) -> None:
    folder = tmp_path / "填报"
    shutil.copytree(letters, folder / "函件")
    shutil.copy(ROOT / "samples" / "good.xlsx", folder)
    assert "1 家公司" in call("batch", folder, "--letters", folder / "函件")[1]
    said = call("batch", folder)[1]
    assert "1 家公司" in said
    assert "见「" not in said  # no workbook was written
    assert "没有计入，见「" in call("batch", folder, "-o", tmp_path / "汇总.xlsx")[1]


@pytest.mark.office
def test_the_document_opens_in_an_office(letters: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    (path,) = letters.glob(f"{LATE}-*.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    said = (tmp_path / f"{path.stem}.txt").read_text(encoding="utf-8-sig")
    assert re.sub(r"\s", "", said) == re.sub(r"\s", "", words_of(path))


def test_a_letter_that_somebody_changed_is_kept(call: Run, tmp_path: Path) -> None:
    returns, folder = tmp_path / "填报", tmp_path / "函件"
    returns.mkdir()
    shutil.copy(ROOT / "samples" / "poor.xlsx", returns)
    call("batch", returns, "--letters", folder)
    (text,) = folder.glob("*.txt")
    document = text.with_suffix(".docx")
    assert (kinds_of(text.read_bytes()), kinds_of(document.read_bytes())) == (
        {Kind.LETTER_TEXT},
        {Kind.LETTER},
    )
    assert is_untouched(text.read_bytes())
    assert is_untouched(document.read_bytes())
    assert "　　年　　月" in text.read_text(encoding="utf-8-sig")
    edited = text.read_text(encoding="utf-8-sig").replace("已经收到", "昨日收到")
    text.write_text(edited, encoding="utf-8-sig")
    err = call("batch", returns, "--letters", folder, "--reply-by", "2025-05-01")[2]
    assert "1 份原函另存为 .bak" in err
    assert text.with_name(f"{text.stem}.bak.txt").read_text(encoding="utf-8-sig") == edited
    assert not list(folder.glob("*.bak.docx"))
    document.write_text("别人的文件", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, _, err = call("batch", returns, "--letters", folder)
    assert code == 2
    assert document.name in err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_who_has_nothing_to_mend_is_thanked(call: Run, tmp_path: Path) -> None:
    returns, folder = tmp_path / "填报", tmp_path / "函件"
    returns.mkdir()
    shutil.copy(ROOT / "samples" / "good.xlsx", returns)
    call("batch", returns, "--letters", folder, "--select", "placeholder-answer")
    (text,) = folder.glob("*.txt")
    said = text.read_text(encoding="utf-8-sig")
    assert "没有需要修改的问题，无须重新报送" in said
    assert "处提示" not in said  # there is none
    assert "中信戴卡　集团办公室" in said  # of the edition
    assert "1. " not in said


def test_a_day_that_is_none_is_one_sentence(call: Run, tmp_path: Path) -> None:
    code, _, err = call("batch", SAMPLE / "returns", "--letters", tmp_path, "--reply-by", "月底")
    assert code == 2
    assert "月底" in err
    assert len(err.strip().splitlines()) == 1


def test_in_english(call: Run, tmp_path: Path) -> None:
    options = (
        "--roster",
        SAMPLE / "roster.xlsx",
        "--letters",
        tmp_path / "letters",
        "--reply-by",
        "2025-04-30",
    )
    call("--lang", "en", "batch", SAMPLE / "returns", *options)
    assert "Please mend them and send the return again by 2025-4-30" in text_of(tmp_path / "letters", LATE)
    assert len(list((tmp_path / "letters").glob("reminder-*.docx"))) == 3


def test_a_letter_quotes_a_row_of_a_table_in_one_line(call: Run, tmp_path: Path) -> None:
    answers = own_answers(random.Random(5)) | {"P3.S5.I1": "危废\t若干吨\t已处置\t"}
    source, folder = tmp_path / "表格.xlsx", tmp_path / "函件"
    source.write_bytes(workbook("轮毂厂有限公司", answers))
    call("batch", source.parent, "--letters", folder, "--no-cache")
    said = text_of(folder, "轮毂厂有限公司")
    assert "「危废 若干吨 已处置」" in said
    assert "\\x09" not in said
