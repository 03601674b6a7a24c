"""No file of the user's is lost: every command that writes against every kind of file that may stand there."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from checker.campaign import spool as spooling
from checker.cli import main
from checker.report.kinds import Kind, is_untouched
from checker.report.occupants import look_for, look_for_template
from frameworks.ground.output import check_target
from questionnaire.editions import Editions
from tests.conftest import ROOT, Run
from tests.files.gap_lists import MEASURE, fill, rows_of

SAMPLES = ROOT / "samples"


def _call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def _touch(path: Path) -> None:
    """Saves a workbook again, with a note of somebody's beside the rest."""
    book = openpyxl.load_workbook(path)
    book.create_sheet("我的备注")["A1"] = "别丢"
    book.save(path)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file of each kind."""
    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("各种文件")
    patch.setattr(spooling, "cache_folder", lambda: home / "cache")
    returns = home / "填报"
    returns.mkdir()
    shutil.copy(SAMPLES / "middling.xlsx", returns / "a.xlsx")
    made = {key: home / f"{key}.xlsx" for key in (
        "report", "filled", "template", "answered", "campaign", "coverage", "imported")}  # fmt: skip
    _call("check", returns / "a.xlsx", "-o", made["report"], "-o", home / "j.json", "-o", home / "h.html")
    _call("template", "-o", made["template"], "--company", "甲公司")
    _call("import", SAMPLES / "poor.txt", "-o", made["imported"])
    _call("batch", returns, "-o", made["campaign"], "--split", home / "退回")
    _call("frameworks", "hkex", "--returns", returns, "-o", made["coverage"])
    shutil.copy(made["report"], made["filled"])
    fill(made["filled"])
    shutil.copy(made["template"], made["answered"])
    book = openpyxl.load_workbook(made["answered"])
    book["问卷"].cell(3, 5).value = "我们的答案"
    book.save(made["answered"])
    (made["gap-list"],) = (home / "退回").glob("*.xlsx")
    made |= {"json": home / "j.json", "html": home / "h.html", "return": SAMPLES / "good.xlsx"}
    for key, content in (
        ("text", "我的笔记".encode()),
        ("foreign-json", b'{"format": "mine"}'),
        ("empty", b""),
    ):
        made[key] = home / key
        made[key].write_bytes(content)
    patch.undo()
    return made


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "{in}", "-o", "{out}.xlsx"),
    "check-json": ("check", "{in}", "-o", "{out}.json"),
    "check-html": ("check", "{in}", "-o", "{out}.html"),
    "template": ("template", "-o", "{out}.xlsx"),
    "import": ("import", str(SAMPLES / "poor.txt"), "-o", "{out}.xlsx"),
    "batch": ("batch", "{folder}", "-o", "{out}.xlsx", "--no-cache"),
    "frameworks": ("frameworks", "hkex", "--returns", "{folder}", "-o", "{out}.xlsx"),
}
FILES = (
    "report", "filled", "template", "answered", "campaign", "coverage", "imported", "gap-list", "json", "html",
    "return", "text", "foreign-json", "empty",
)  # fmt: skip
REPLACED = {  # command → what gives way without a word
    "check": {"report", "filled"}, "check-json": {"json"}, "check-html": {"html"}, "template": {"template"},
    "import": {"template", "imported"},  # the same import again: the same bytes
    "batch": {"campaign"}, "frameworks": {"coverage"},
}  # fmt: skip
FORCED = {"filled", "gap-list", "text"}  # by the command itself; the others by what it asks, for want of time
KIND = {
    "check": Kind.REPORT, "check-json": Kind.JSON, "check-html": Kind.HTML, "batch": Kind.CAMPAIGN,
    "frameworks": Kind.COVERAGE,
}  # fmt: skip
NEVER = {(command, "filled") for command in COMMANDS if command != "check"}


def _prepare(store: dict[str, Path], tmp_path: Path, command: str, existing: str) -> tuple[list[str], Path]:
    folder = tmp_path / "填报"
    folder.mkdir()
    shutil.copy(SAMPLES / "middling.xlsx", folder / "a.xlsx")
    places = {"in": folder / "a.xlsx", "folder": folder, "out": tmp_path / "输出"}
    arguments = [part.format(**places) for part in COMMANDS[command]]
    target = Path(arguments[arguments.index("-o") + 1])
    shutil.copyfile(store[existing], target)
    return arguments, target


@pytest.mark.parametrize("existing", FILES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_over_every_file(
    store: dict[str, Path], call: Run, tmp_path: Path, command: str, existing: str
) -> None:
    arguments, target = _prepare(store, tmp_path, command, existing)
    before = target.read_bytes()
    code, _, err = call(*arguments)
    if existing in REPLACED[command]:
        assert code in (0, 1), err
        assert "已写出" in err
    else:
        assert code == 2
        assert target.read_bytes() == before
        assert len(err.strip().splitlines()) == 1
        assert target.name in err
        if existing not in FORCED:
            look = (
                look_for_template(Editions.of(None))
                if command in ("template", "import")
                else look_for(KIND[command])
            )
            assert check_target(target, look=look, force=True) is not None
            return
        code, _, err = call(*arguments, "--force")
        if (command, existing) in NEVER:
            assert (code, target.read_bytes()) == (2, before)
            assert "已填写的缺口清单（1 行" in err
        else:
            assert code in (0, 1), err
            assert target.read_bytes() != before
    if command == "check" and existing == "filled":
        assert (tmp_path / "输出.bak.xlsx").read_bytes() == before
    else:
        assert [path.name for path in tmp_path.iterdir() if ".bak" in path.name] == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_an_input_is_never_overwritten(
    store: dict[str, Path], call: Run, tmp_path: Path, command: str, force: tuple[str, ...]
) -> None:
    arguments, target = _prepare(store, tmp_path, command, "return")
    source = Path(arguments[1] if command == "import" else tmp_path / "填报" / "a.xlsx")
    if command == "template":
        pytest.skip("it reads no file")
    if command == "import":
        source = tmp_path / "报告.txt"
        shutil.copy(SAMPLES / "poor.txt", source)
        arguments[1] = str(source)
    before = source.read_bytes()
    target.unlink()
    target.symlink_to(source)
    for place in (source, target):
        arguments[arguments.index("-o") + 1] = str(place)
        code, _, err = call(*arguments, *force)
        assert code == 2, err
        assert source.read_bytes() == before
    if source.suffix == target.suffix:
        assert "输入文件" in err


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_whatever_is_read_is_an_input(call: Run, tmp_path: Path, force: tuple[str, ...]) -> None:
    """Last year's return, the parent's, the roster, a questionnaire of one's own."""
    folder = tmp_path / "填报"
    folder.mkdir()
    (here, last), roster = (folder / name for name in ("a.xlsx", "b.xlsx")), tmp_path / "名单.xlsx"
    shutil.copy(SAMPLES / "middling.xlsx", here)
    shutil.copy(SAMPLES / "good.xlsx", last)
    shutil.copy(SAMPLES / "campaign" / "roster.xlsx", roster)
    edition = tmp_path / "问卷"
    shutil.copytree(ROOT / "tests" / "questionnaire" / "editions" / "chenggang-2024", edition)
    part = next(path for path in edition.iterdir() if path.name != "edition.yaml" and path.suffix == ".yaml")
    for arguments, target in (
        (("check", here, "--last-year", last), last),
        (("check", folder), last),
        (("batch", folder, "--parent", last), last),
        (("batch", folder, "--roster", roster), roster),
        (("batch", folder), here),
        (("frameworks", "hkex", "--returns", folder), here),
        (("template", "--questionnaire", edition), part),
    ):
        before = target.read_bytes()
        code, out, err = call(*arguments, "-o", target, *force)
        assert (code, out, target.read_bytes()) == (2, "", before), (arguments, err)
        assert "输入文件" in err


@pytest.mark.parametrize(
    ("name", "said"),
    [("长" * 100 + ".xlsx", "太长"), ("a.xlsx/x.xlsx", "不是文件夹"), ("没有/x.xlsx", "不存在")],
)
@pytest.mark.parametrize("command", [*COMMANDS, "batch-roster"])
def test_a_place_that_cannot_be_written_is_one_sentence(
    store: dict[str, Path], call: Run, tmp_path: Path, command: str, name: str, said: str
) -> None:
    arguments, target = _prepare(store, tmp_path, command.removesuffix("-roster"), "empty")
    target.unlink()
    shutil.copy(SAMPLES / "good.xlsx", tmp_path / "a.xlsx")
    place = str(tmp_path / name).removesuffix(".xlsx") + target.suffix
    arguments[arguments.index("-o") + 1] = place
    if command == "batch-roster":
        arguments += ["--roster", str(SAMPLES / "campaign" / "roster.xlsx")]
    code, _, err = call(*arguments)
    assert (code, len(err.strip().splitlines())) == (2, 1), err
    assert said in err


def test_the_same_command_again_is_no_trouble(call: Run, tmp_path: Path) -> None:
    """Nobody touched what we wrote: nothing is asked, nothing is kept."""
    source = tmp_path / "a.xlsx"
    shutil.copy(SAMPLES / "poor.xlsx", source)
    targets = [part for name in ("r.xlsx", "r.json", "r.html") for part in ("-o", tmp_path / name)]
    for _ in range(2):
        assert call("check", source, *targets)[0] == 1
        assert call("template", "-o", tmp_path / "t.xlsx", "--company", "甲")[0] == 0
        assert call("template", "-o", tmp_path / "t.xlsx", "--company", "乙", "--year", "2023")[0] == 0
        assert call("template", "-o", tmp_path / "t.xlsx", "--framework", "cn-ex")[0] == 0
    assert sorted(path.name for path in tmp_path.glob("*.*")) == [
        "a.xlsx",
        "r.html",
        "r.json",
        "r.xlsx",
        "t.xlsx",
    ]
    other = shutil.copy(SAMPLES / "good.xlsx", tmp_path / "b.xlsx")
    assert call("check", other, *targets)[0] in (0, 1)
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert found["return"]["file"].endswith("b.xlsx")


def test_a_filled_list_of_a_company_gives_way_to_a_report_by_force_with_its_replies(
    store: dict[str, Path], call: Run, tmp_path: Path
) -> None:
    target = tmp_path / "清单.xlsx"
    shutil.copyfile(store["gap-list"], target)
    fingerprint = fill(target)
    before = target.read_bytes()
    source = shutil.copy(SAMPLES / "middling.xlsx", tmp_path / "a.xlsx")
    assert call("check", source, "-o", target)[0] == 2
    assert target.read_bytes() == before
    assert call("check", source, "-o", target, "--force")[0] == 1
    assert rows_of(target, "缺口清单")[fingerprint]["整改措施"] == MEASURE
    assert (tmp_path / "清单.bak.xlsx").read_bytes() == before


@pytest.mark.parametrize(("existing", "command"), [("campaign", "batch"), ("coverage", "frameworks")])
def test_somebody_worked_in_our_workbook(
    store: dict[str, Path], call: Run, tmp_path: Path, existing: str, command: str
) -> None:
    arguments, target = _prepare(store, tmp_path, command, existing)
    _touch(target)
    before = target.read_bytes()
    code, _, err = call(*arguments)
    assert code in (0, 1), err
    assert (tmp_path / "输出.bak.xlsx").read_bytes() == before
    assert "输出.bak.xlsx" in err


def _comment(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["问卷"]["E3"].comment = openpyxl.comments.Comment("先问财务", "李")
    book.save(path)


def _profile(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["公司信息"]["B5"] = "李四"
    book.save(path)


def _figure(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["关键绩效"].cell(4, book["关键绩效"].max_column).value = 12
    book.save(path)


def _again(path: Path) -> None:
    openpyxl.load_workbook(path).save(path)


@pytest.mark.parametrize(
    ("change", "gives_way"),
    [(_again, True), (_comment, False), (_profile, False), (_figure, False), (_touch, False)],
)
def test_a_template_is_blank_when_nothing_was_typed_anywhere(
    store: dict[str, Path], call: Run, tmp_path: Path, change: Callable[[Path], None], gives_way: bool
) -> None:
    target = tmp_path / "填报表.xlsx"
    shutil.copyfile(store["template"], target)
    change(target)
    before = target.read_bytes()
    code, _, err = call("template", "-o", target)
    assert code == (0 if gives_way else 2)
    if not gives_way:
        assert target.read_bytes() == before
        assert "填写的内容" in err


def test_a_list_saved_by_another_program_is_known_by_the_times_of_its_parts(
    store: dict[str, Path], tmp_path: Path
) -> None:
    """A program that leaves the time of change alone must not make us lose what was typed."""
    content = store["report"].read_bytes()
    assert is_untouched(content)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(store["report"]) as source, zipfile.ZipFile(path, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
    assert not is_untouched(path.read_bytes())
    assert is_untouched(store["campaign"].read_bytes())
    assert is_untouched(store["coverage"].read_bytes())


def test_a_rectification_plan_of_somebody_else_is_no_gap_list_of_ours(call: Run, tmp_path: Path) -> None:
    """The same heads without our mark and gap ids: another's file, which force may replace."""
    target = tmp_path / "整改台账.xlsx"
    book = openpyxl.Workbook()
    for row in (["整改措施", "补充披露", "责任人", "完成时间"], ["补", "无", "李", "3月"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(target)
    assert "看不出是本工具写的" in call("template", "-o", target)[2]
    assert call("template", "-o", target, "--force")[0] == 0
