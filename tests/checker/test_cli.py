"""The command line by its contract: commands, exit codes, one clear sentence for every mistake."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

import openpyxl
import pytest

from checker.cli import main
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs a command; exit code, stdout, stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


COMMANDS = (
    "template",
    "import",
    "check",
    "desk",
    "batch",
    "followup",
    "diff",
    "cache",
    "rules",
    "explain",
    "frameworks",
    "schema",
    "parse",
    "completion",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help_with_an_example(run, command: str, language: str) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("--lang", language, command, "--help")
    assert code == 0
    assert f"esgcheck {command}" in out.partition("示例" if language == "zh" else "Examples")[2]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", SAMPLES / "good.xlsx"], 0),
        (["check", SAMPLES / "poor.xlsx"], 1),
        (["check", SAMPLES / "good.xlsx", "--fail-on", "notice"], 1),
        (["check", SAMPLES / "poor.txt", SAMPLES / "good.xlsx"], 1),
        (["check"], 2),
        (["chek", SAMPLES / "good.xlsx"], 2),
        (["check", SAMPLES / "good.xlsx", "--formt", "json"], 2),
        (["check", SAMPLES / "fehlt.xlsx"], 3),
        (["explain", "vague-claim"], 0),
        (["explain", "成效未量化"], 0),
        (["explain", "三、反贪污（三）"], 0),
        (["explain", "vague-clam"], 2),
        (["rules"], 0),
        (["schema"], 0),
        (["completion", "bash"], 0),
    ],
)
def test_exit_codes(run, arguments: list[object], code: int) -> None:  # type: ignore[no-untyped-def]
    found, _, err = run(*arguments)
    assert found == code
    assert "Traceback" not in err


def test_near_guesses(run) -> None:  # type: ignore[no-untyped-def]
    assert "是否指" in run("chek", "x")[2]
    assert "--format" in run("check", "x", "--formt", "json")[2]
    assert "vague-claim" in run("explain", "vague-clam")[2]


def test_json_stands_alone_on_stdout(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("check", SAMPLES / "poor.xlsx", "--format", "json", "-o", tmp_path / "清单.xlsx")
    assert code == 1
    assert json.loads(out)["verdict"]["ready"] is False
    assert "清单.xlsx" in err


def test_several_returns_are_one_object_a_line(run) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("check", SAMPLES / "good.xlsx", SAMPLES / "poor.xlsx", "--format", "json")
    assert [json.loads(line)["return"]["file"] for line in out.splitlines()] == ["good.xlsx", "poor.xlsx"]


def test_all_outputs_are_written(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    targets = [tmp_path / f"缺口清单{suffix}" for suffix in (".xlsx", ".html", ".json")]
    options = [part for target in targets for part in ("-o", target)]
    assert run("check", SAMPLES / "poor.xlsx", *options)[0] == 1
    assert openpyxl.load_workbook(targets[0]).sheetnames[0]
    assert targets[1].read_text(encoding="utf-8").count("<script") == 1  # our own, which filters
    assert json.loads(targets[2].read_text(encoding="utf-8"))["format"] == "esgcheck-report/1"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("不是工作簿.xlsx", "这是一段文字，不是工作簿。".encode(), 3),
        ("空.xlsx", b"", 3),
        ("旧版.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), 3),
        ("报告.pdf", b"%PDF-1.7 x", 3),
    ],
)
def test_bad_input_is_one_chinese_sentence(run, tmp_path: Path, name: str, content: bytes, code: int) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_bytes(content)
    found, out, err = run("check", path)
    assert found == code
    assert out == ""
    assert name in err
    assert len(err.strip().splitlines()) == 1
    assert re.search("[一-龥]", err.replace(name, ""))


def test_an_empty_folder_is_exit_4(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("check", tmp_path)
    assert code == 4
    assert str(tmp_path) in err


def test_an_unreadable_schema_names_line_and_column(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "part1.yaml"
    path.write_text("part: 1\ntitle: 甲\n  sections: []\n", encoding="utf-8")
    code, out, err = run("schema", path)
    assert code == 2
    assert re.search(r"part1\.yaml.*3", out + err)


def test_the_input_is_never_the_output(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "填报.xlsx"
    path.write_bytes((SAMPLES / "good.xlsx").read_bytes())
    before = path.read_bytes()
    assert run("check", path, "-o", path)[0] == 2
    assert path.read_bytes() == before


def test_a_template_of_a_framework_that_is_none(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "填报表.xlsx"
    code, _, err = run("template", "-o", target, "--framework", "hkexx")
    assert (code, target.exists()) == (2, False)
    assert "hkexx" in err
    assert "是否指：hkex" in err


def test_template_import_check(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    blank, filled = tmp_path / "空白.xlsx", tmp_path / "填报.xlsx"
    assert run("template", "-o", blank, "--company", "示例公司", "--year", "2024")[0] == 0
    assert run("import", SAMPLES / "poor.txt", "-o", filled)[0] == 0
    assert run("check", blank)[0] == 1
    assert run("check", filled)[0] == 1


def test_a_payload_is_never_a_formula_or_markup(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """What a return says stays text in Excel and in HTML."""
    report = tmp_path / "恶意.txt"
    text = "第四部分 客户责任\n三、维护中信品牌声誉\n（一）加强品牌建设，树立和维护中信品牌形象。\n"
    report.write_text(
        text + '=HYPERLINK("http://x")大大提升了品牌形象<script>alert(1)</script>[red]。\n', encoding="utf-8"
    )
    run("check", report, "-o", tmp_path / "r.xlsx", "-o", tmp_path / "r.html")
    for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx"):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "<script>alert" not in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_waivers_beside_the_return_or_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """All that is sent back is waived: nothing is left to fail on; a missing file of waivers is exit 2."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes((SAMPLES / "middling.xlsx").read_bytes())
    found = json.loads(run("check", path, "--format", "json")[1])["findings"]
    errors = [finding["fingerprint"] for finding in found if finding["severity"] == "error"]
    lines = [f"- {{fingerprint: '{each}', who: 甲, why: 乙, until: 2999-12-31}}" for each in errors]
    (tmp_path / "esgcheck.yaml").write_text("\n".join(["waivers:", *lines]), encoding="utf-8")
    code, out, _ = run("check", path, "--format", "json")
    data = json.loads(out)
    assert (code, data["verdict"]["errors"], len(data["waived"])) == (0, 0, len(errors))
    assert run("check", path, "--fail-on", "warning")[0] == 1
    assert f"已豁免 {len(errors)} 处" in run("check", path)[1]
    named = tmp_path / "别的.yaml"
    named.write_text("waivers: []", encoding="utf-8")
    assert run("check", path, "--waivers", named)[0] == 1
    code, _, err = run("check", path, "--waivers", tmp_path / "没有.yaml")
    assert code == 2
    assert "没有.yaml" in err


def test_the_waiver_of_the_readme_holds(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = next(
        block for block in re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL) if "waivers:" in block
    )
    waivers = tmp_path / "esgcheck.yaml"
    waivers.write_text(re.sub(r"until: .*", "until: 2999-12-31", example), encoding="utf-8")
    data = json.loads(run("check", SAMPLES / "poor.xlsx", "--waivers", waivers, "--format", "json")[1])
    assert [(entry["rule"], entry["item"]) for entry in data["waived"]] == [("delegated-item", "P3.S2.I2")]
    assert not data["waivers"]["unused"]


def test_rules_can_be_chosen_and_the_report_says_so(run) -> None:  # type: ignore[no-untyped-def]
    data = json.loads(
        run("check", SAMPLES / "middling.xlsx", "--select", "成效未量化", "--format", "json")[1]
    )
    assert {finding["rule"] for finding in data["findings"]} == {"vague-claim"}
    assert [outcome["rule"] for outcome in data["outcomes"]] == ["vague-claim"]
    assert "blank-answer" in data["not_run"]
    assert data["verdict"]["ready"] is False
    code, out, _ = run(
        "check", SAMPLES / "good.xlsx", "--ignore", "vague-claim，漏答", "--ignore", "Uncounted activity"
    )
    assert code == 0
    assert "没有运行的规则" in out
    assert "可以报送" not in out
    assert "漏答" in out


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_exit_2_with_a_guess(run, option: str) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("check", SAMPLES / "good.xlsx", option, "成效未量")
    assert code == 2
    assert "成效未量化" in err


def test_no_rule_left_is_exit_2(run) -> None:  # type: ignore[no-untyped-def]
    assert run("check", SAMPLES / "good.xlsx", "--select", "漏答", "--ignore", "blank-answer")[0] == 2


def test_parse_keeps_the_contract() -> None:
    lines = "动力能源均依托中信戴卡。\n投入约130余万元，大大降低了污染物的排放。\n"
    done = subprocess.run(
        [sys.executable, "-c", "from checker.cli import run; run()", "parse", "--year", "2024"],
        input=lines.encode(), capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    first, second = (json.loads(line) for line in done.stdout.decode().splitlines())
    assert first["delegation"]["kind"] == "full"
    assert second["quantities"] == [
        {
            "text": "约130余万元",
            "start": 2,
            "end": 9,
            "value": "1300000",
            "unit": "元",
            "kind": "money",
            "exact": "approx",
        }
    ]
    claim = second["vague_claims"][0]
    assert second["text"][claim["start"] : claim["end"]] == claim["text"] == "大大降低了污染物的排放"
    assert set(second) == {
        "clauses",
        "text",
        "quantities",
        "delegation",
        "not_applicable",
        "vague_claims",
        "years",
        "nil_statements",
    }


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["explain", "--help"]])
def test_help_does_not_import_what_it_does_not_need(arguments: list[str]) -> None:
    code = (
        f"import sys; from checker.cli import main; main({arguments!r})\n"
        "print(*[m for m in ('openpyxl', 'pydantic', 'rich', 'xlsxwriter') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert done.stderr.decode().strip() == ""


def test_the_commands_of_the_readme_work(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """Every ``esgcheck`` line of the README, in order, in one folder."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [
        line.strip()
        for block in re.findall(r"```bash\n(.*?)```", readme, re.DOTALL)
        for line in block.splitlines()
    ]
    (tmp_path / "samples").symlink_to(SAMPLES)
    (tmp_path / "questionnaire").symlink_to(ROOT / "questionnaire")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    commands = [line for line in lines if line.startswith("esgcheck ")]
    assert len(commands) >= 8
    for line in commands:
        code, _, err = run(*line.partition(" > ")[0].split()[1:])
        assert code in (0, 1), (line, err)


def test_a_report_of_ours_is_no_return(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Among the returns of a folder it is passed over and named; asked for by name it was not checked."""
    copyfile(SAMPLES / "good.xlsx", tmp_path / "a.xlsx")
    report = tmp_path / "b.xlsx"
    run("check", tmp_path / "a.xlsx", "-o", report)
    code, out, err = run("check", tmp_path, "--format", "json")
    assert (code, len(out.splitlines())) == (0, 1)
    assert "b.xlsx：这是 esgcheck 写出的报告" in err
    assert run("check", report)[0] == 3


def test_the_file_that_excel_leaves_beside_an_open_workbook_is_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lock = tmp_path / "~$填报表.xlsx"
    lock.write_bytes(b"\x05user" + bytes(160))
    code, out, err = run("check", lock)
    assert (code, out) == (4, "")
    assert "临时文件" in err
    assert "要检查的是 填报表.xlsx" in err
