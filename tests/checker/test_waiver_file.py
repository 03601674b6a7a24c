"""Waivers written into a file that people write too: all else in it stays, and what cannot stay is not written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.checking.settings import FILE, load_in
from checker.checking.waiver_file import write_waivers
from checker.finding import Waiver
from frameworks.ground.errors import InputError

UNTIL = date(2027, 12, 31)
NEW = Waiver(fingerprint="0123456789012345", who="集团: 李某", why='因 "境外" # 一\'二', until=UNTIL)
OTHER = Waiver(fingerprint="abcdef0123456789", who="李某", why="[已核实]", until=UNTIL)


def written(folder: Path, text: str) -> str:
    if text:
        (folder / FILE).write_text(text, encoding="utf-8", newline="")
    write_waivers(folder, [NEW, OTHER])
    found = {each.fingerprint: each for each in load_in(folder).waivers}
    for waiver in (NEW, OTHER):
        assert replace(found[waiver.fingerprint], place="") == waiver
    return (folder / FILE).read_bytes().decode()


@pytest.mark.parametrize(
    "text", ["", "# 还没有豁免\n", "waivers:\n", "waivers: []\nrules: {}\n", "\ufeffrules:\n"]
)
def test_waivers_are_written_where_there_were_none(tmp_path: Path, text: str) -> None:
    assert written(tmp_path, text).count("fingerprint") == 2


def test_comments_rules_and_other_waivers_stay(tmp_path: Path) -> None:
    lines = (
        "# 集团办公室维护", "waivers:", "  - fingerprint: 00000000aaaaaaaa  # 总部", "    who: '甲'", "    why: >-",
        "      很长", "      的理由", "    until: 2026-01-01", "", "# 规则", "rules:",
        "  vague-claim: {severity: notice}  # 轻",
    )  # fmt: skip
    after = written(tmp_path, "\n".join(lines) + "\n").splitlines()
    assert [line for line in after if line in lines] == list(lines)
    assert after[-3:] == list(lines[-3:])


def test_lines_end_as_they_ended(tmp_path: Path) -> None:
    after = written(tmp_path, "rules:\r\n  vague-claim: {severity: notice}\r\n")
    assert after.count("\n") == after.count("\r\n")


def test_a_waiver_that_ran_out_is_renewed_in_its_place(tmp_path: Path) -> None:
    after = written(
        tmp_path, "waivers:\n- fingerprint: 0123456789012345\n  who: 甲\n  why: 旧\n  until: 2024-12-31\n"
    )
    assert after.count("0123456789012345") == 1
    assert "旧" not in after


def test_a_file_with_mistakes_is_not_touched(tmp_path: Path) -> None:
    text = "waivers:\n- fingerprint: zz\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        write_waivers(tmp_path, [NEW])
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text
