"""What became of a gap between two checks, and what a campaign remembers of a company."""

from __future__ import annotations

import zlib
from datetime import date
from pathlib import Path

import pytest

from checker.campaign.company_memory import CompanyMemory, pack, unpack
from checker.campaign.followup import Reply, State, state_of
from checker.campaign.rounds import load_memory
from checker.checking.diff import Change, Gap, GapChange, Judged, changed_without_gap, compare
from frameworks.ground.errors import ReturnError
from questionnaire.reading.files.isolate import Worker

OLD = Gap("a" * 16, "figure-missing", "P1.S3.I3", "P1.S3.I3.f")


@pytest.mark.parametrize(
    ("new", "closed", "changes"),
    [
        ([], set(), [Change.FIXED]),
        ([OLD], set(), [Change.OPEN]),
        ([OLD._replace(fingerprint="b" * 16)], set(), [Change.MOVED]),
        ([OLD._replace(fingerprint="b" * 16, rule="vague-claim")], set(), [Change.WORDS_ONLY, Change.NEW]),
        ([OLD, OLD._replace(fingerprint="c" * 16, item="P2.S1.I1", aspect="")], set(), [Change.OPEN, Change.NEW]),
        ([OLD._replace(fingerprint="c" * 16, item="P2.S1.I1", aspect="")], {"c" * 16}, [Change.FIXED, Change.REOPENED]),
        ([OLD._replace(fingerprint="d" * 16, rule="blank-answer", aspect="")], set(), [Change.MOVED, Change.NEW]),
    ],
)  # fmt: skip
def test_what_becomes_of_a_gap(new: list[Gap], closed: set[str], changes: list[Change]) -> None:
    assert [each.change for each in compare([OLD], new, closed)] == changes


@pytest.mark.parametrize(
    ("new", "judged", "change"),
    [
        ([OLD], Judged(rewritten={OLD.item}), Change.MOVED),
        ([OLD], Judged(rewritten={"P2.S1.I1"}), Change.OPEN),
        ([], Judged(unjudged={OLD.rule}), Change.UNCHECKED),
        ([], Judged(waived={OLD.fingerprint}), Change.WAIVED),
    ],
)
def test_what_the_later_check_could_find(new: list[Gap], judged: Judged, change: Change) -> None:
    assert [each.change for each in compare([OLD], new, set(), judged)] == [change]


def test_what_changed_without_having_been_asked() -> None:
    old, new = {"A": "x", "B": "x", "C": "x"}, {"A": "y", "B": "y", "C": "x"}
    assert changed_without_gap(old, new, [OLD._replace(item="B")]) == ["A"]


@pytest.mark.parametrize(
    ("said", "due", "current", "state"),
    [
        (("", "", "", ""), None, None, State.SILENT),
        (("尽快整改", "", "李", "尽快"), None, None, State.NO_PLAN),
        (("", "", "李", ""), None, None, State.NO_PLAN),
        (("不予整改", "", "李", ""), date(2025, 6, 1), None, State.NO_PLAN),
        (("对此有异议：题目不适用", "", "", ""), None, [OLD], State.DISPUTED),
        (("我司答案中已有该数据", "", "", ""), None, [], State.FIXED),
        (("整改", "", "李", ""), date(2025, 6, 1), None, State.PLANNED),
        (("整改", "", "李", ""), date(2025, 1, 1), None, State.OVERDUE),
        (("", "已补充人次", "", ""), None, [OLD], State.CLAIMED),
        (("", "已补充人次", "", ""), None, [], State.FIXED),
        (("", "", "", ""), None, [OLD._replace(fingerprint="b" * 16)], State.MOVED),
        (("", "已补充", "", ""), None, [OLD._replace(fingerprint="b" * 16, rule="vague-claim")], State.WORDS_ONLY),
    ],
)  # fmt: skip
def test_the_state_of_an_answered_gap(
    said: tuple[str, str, str, str], due: date | None, current: list[Gap] | None, state: State
) -> None:
    reply = Reply(3, OLD.fingerprint, OLD.item, "三、反贪污（三）", "应填数据缺失", "人次", said, due)
    assert state_of(reply, OLD, current, date(2025, 3, 1)) is state


MEMORIES = (
    CompanyMemory(),
    CompanyMemory(
        (OLD, Gap("f" * 16, "blank-answer", "", "")),
        {OLD.fingerprint: Change.OPEN},
        frozenset({"0" * 16}),
        {"P1.S1.I1": "0a1b2c3d"},
        (GapChange(OLD, Change.FIXED),),
    ),
)


@pytest.mark.parametrize("memory", MEMORIES)
def test_what_is_remembered_of_a_company_is_read_again(memory: CompanyMemory) -> None:
    assert unpack(pack(memory)) == memory


@pytest.mark.parametrize(
    "told", [b"", b"{", b"[1]", b"[[1],[],{},[]]", b"[[],[],[],[]]", b'[[],[],{},[["a"]]]']
)
def test_a_memory_of_another_make_is_none(told: bytes) -> None:
    with pytest.raises(ValueError, match="memory"):
        unpack(zlib.compress(told))


@pytest.mark.parametrize("told", [b"", b"ab", b"\xff\xff\xff\xff{}", b"\x02\0\0\0{}", b"\x04\0\0\0null"])
def test_what_a_reader_tells_is_a_memory_or_none(
    told: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worker, "run", lambda self, *inputs: told)
    with pytest.raises(ReturnError) as caught:
        load_memory(tmp_path / "汇总.xlsx")
    assert caught.value.code == "reader-died"
