"""Wrong commands: each is one sentence in the user's language, whatever is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from checker.checking.engine import check
from checker.cli import COMMANDS, build, main
from checker.finding import ItemState
from questionnaire.examples import example_of
from questionnaire.schema import Schema
from tests.conftest import ROOT, make_return

SAMPLES = ROOT / "samples"
ENGLISH = re.compile(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+")  # three words in a row


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs a command; exit code, stderr."""

    def call(*arguments: object) -> tuple[int, str]:
        code = main([str(argument) for argument in arguments])
        return code, capsys.readouterr().err

    return call


def every_mistake() -> list[list[str]]:
    """Each command without what it needs, with an option unknown, an argument too many, values it does not take."""
    found = []
    for name in COMMANDS:
        command = build().get_command(click.Context(build()), name)
        assert command is not None
        found += [[name, "--nope"], [name, "--nope=3"]]
        arguments = [each for each in command.params if isinstance(each, click.Argument)]
        if not any(each.nargs == -1 for each in arguments):
            needed = ["x"] * len(arguments)
            outputs = ["-o", "x.xlsx"] if any(each.required for each in command.params) else []
            found.append([name, *needed, *outputs, "too", "many"])
        if any(each.required for each in command.params):
            found.append([name])
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "help":
                if option.is_flag:
                    found.append([name, f"{option.opts[-1]}=3"])
                else:
                    found.append([name, option.opts[-1]])
                if isinstance(option.type, click.Choice | click.IntRange):
                    found.append([name, option.opts[-1], "-7"])
    return found


@pytest.mark.parametrize("arguments", every_mistake(), ids=" ".join)
def test_no_mistake_is_told_in_english_or_as_a_trace(run, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    code, err = run(*arguments)
    sentence, _, usage = err.partition("\n")
    assert code == 2
    assert re.search("[一-鿿]", sentence)
    assert not ENGLISH.search(sentence.partition("例如")[0])
    assert usage.startswith(f"查看用法：esgcheck {arguments[0]} --help")


def test_a_mistake_names_what_may_be_written(run) -> None:  # type: ignore[no-untyped-def]
    assert "error（退回）、warning（说明）、notice（提示）" in run("check", "x", "--fail-on", "错误")[1]
    assert "2000 至 2100 的整数" in run("frameworks", "hkex", "--year", "1999")[1]
    assert run("completion", "tcsh")[1].startswith("这里：只能写 bash、zsh、fish 之一。")
    assert "没有写「填报表」，请补上，例如：esgcheck check 填报表.xlsx" in run("check")[1]
    assert "后面不带内容" in run("check", "x", "--force=3")[1]
    assert run("--lang", "fr", "rules") == (2, "--lang：只能写 zh、en 之一。\n")
    assert "takes one of: part, edition, changes" in run("--lang", "en", "schema", "--json-schema", "x")[1]


def test_a_severity_may_be_named_by_its_word(run) -> None:  # type: ignore[no-untyped-def]
    assert run("check", SAMPLES / "good.xlsx", "--fail-on", "提示")[0] == 1
    assert run("check", SAMPLES / "good.xlsx", "--fail-on", "退回")[0] == 0


def test_a_folder_that_is_not_there_is_called_a_folder(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert "找不到这个文件夹" in run("batch", tmp_path / "none")[1]
    assert "找不到这个文件或文件夹" in run("check", tmp_path / "none")[1]
    assert "找不到这个文件；" in run("check", tmp_path / "none.xlsx")[1]
    assert "找不到这个文件；" in run("schema", tmp_path / "none.yaml")[1]
    assert "找不到这个文件；" in run("frameworks", tmp_path / "none.yaml")[1]


def test_a_folder_without_returns_says_so(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for command in (["check"], ["batch"], ["frameworks", "hkex", "--returns"]):
        code, err = run(*command, tmp_path)
        assert code == 4, command
        assert "文件夹里没有" in err


def test_a_year_of_which_no_return_is_given_is_said(run) -> None:  # type: ignore[no-untyped-def]
    code, err = run("frameworks", "hkex", "--returns", SAMPLES / "good.xlsx", "--year", "2025")
    assert code == 4
    assert "没有一份是 2025 年度的" in err


def test_a_workbook_is_not_written_under_another_kind_of_name(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "x.pdf"
    for command in (["template"], ["import", SAMPLES / "poor.txt"], ["batch", SAMPLES / "campaign/returns"]):
        code, err = run(*command, "-o", target)
        assert code == 2
        assert "请使用 .xlsx 结尾的文件名" in err
    assert not target.exists()


def test_what_the_system_says_is_said_in_chinese(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    loop = tmp_path / "loop.xlsx"
    loop.symlink_to(loop)
    code, err = run("check", loop)
    assert code == 3
    assert "快捷链接指向自己" in err


def test_two_files_of_one_company_count_once(capsys: pytest.CaptureFixture[str]) -> None:
    main(
        [
            "frameworks",
            "hkex",
            "--returns",
            str(SAMPLES / "poor.txt"),
            "--returns",
            str(SAMPLES / "poor.xlsx"),
        ]
    )
    both = capsys.readouterr()
    assert "poor.txt：与 poor.xlsx 同为白杨铸造（示例）有限公司的填报，只计 poor.xlsx" in both.err
    main(["frameworks", "hkex", "--returns", str(SAMPLES / "poor.xlsx")])
    alone = capsys.readouterr()
    assert both.out.splitlines()[:8] == alone.out.splitlines()[:8]


def test_an_item_is_explained_to_who_has_to_answer_it(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "P1.S3.I3"])
    told = "".join(capsys.readouterr().out.split())
    assert "完整的答案应当包括" in told
    assert "每项培训的人次" in told
    assert "好的答案（虚构）" in told
    assert "486人中的481人" in told
    assert "「依托中信戴卡统一管理。」本题不可依托" in told
    assert "|" not in told  # no language of cues
    main(["explain", "P1.S3.I3", "--internals"])
    told = capsys.readouterr().out
    assert "识别词" in told
    assert "P1.S3.I3.a" in told
    main(["explain", "P5.S1.I1"])  # no example of its own
    assert "好的答案（虚构）" not in capsys.readouterr().out


def test_every_example_is_a_full_answer(schema: Schema) -> None:
    told = {item.id: text for item in schema.items if (text := example_of(item.id, schema))}
    report = check(schema, make_return(dict(told), "海棠轻合金（示例）有限公司"))
    states = {item.id: item.state for item in report.items}
    assert len(told) > 60
    assert {states[item] for item in told} == {ItemState.ANSWERED}
