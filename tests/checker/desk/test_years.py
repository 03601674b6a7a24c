"""The office's pages beside last year's returns and by sub-group, on a campaign that was really read."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import openpyxl
import pytest
from msgspec.structs import replace
from starlette.requests import Request

from checker.campaign.history import NoteKind
from checker.campaign.options import Options
from checker.desk.app import build_app
from checker.desk.campaign import Run, Stage
from checker.desk.sheets import ledger
from checker.desk.state import Desk
from checker.desk.years import groups, last_year
from checker.wording import wording
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import make_return

GROUP, PLANT = "北方轮毂（示例）有限公司", "<b>甲</b>工厂（示例）有限公司"
WATER, BRAND = "P3.S2.I1", "P4.S1.I1"


@pytest.fixture(scope="module")
def desk(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A sub-group and its plant; the plant forgets what it planned last year."""
    root = tmp_path_factory.mktemp("years")
    for folder, company, year, answers in (
        ("before", PLANT, 2023, {WATER: "计划2024年6月底前完成循环水泵变频改造<i>2台</i>。"}),
        ("now", PLANT, 2024, {WATER: "2024年张贴节水标语12处。", BRAND: "依托北方轮毂统一组织。"}),
        ("now", GROUP, 2024, {BRAND: "依托中信戴卡统一管理。"}),
    ):
        (root / folder).mkdir(exist_ok=True)
        source = replace(make_return(answers, company), year=year)
        (root / folder / f"{len(company)}.xlsx").write_bytes(build_workbook(schema, source=source))
    book = openpyxl.Workbook()
    for row in (("公司名称", "上级单位"), (GROUP, "中信戴卡"), (PLANT, GROUP)):
        book.active.append(row)
    book.save(root / "名单.xlsx")
    options = Options(root / "now", roster=root / "名单.xlsx", last_year=root / "before")
    desk = Desk(1, Editions())
    run = desk.office.run = Run(options, wording(), threading.Lock())
    run.start()
    run._thread.join()
    assert run.stage is Stage.READY, run.error
    yield desk
    run.stop()
    shutil.rmtree(desk.room)


def shown(desk: Desk, endpoint: object, query: str = "") -> str:
    scope = {"type": "http", "method": "GET", "path": "/office", "headers": [], "query_string": query.encode(),
             "server": ("127.0.0.1", 1), "scheme": "http", "app": build_app(desk)}  # fmt: skip
    answer = endpoint(Request(scope))  # type: ignore[operator]
    assert answer.status_code == 200
    return bytes(answer.body).decode()


def test_what_last_year_promised_stands_on_its_page(desk: Desk) -> None:
    assert desk.office.run is not None
    assert NoteKind.PROMISE in {note.kind for _, note in desk.office.run.years}
    page = shown(desk, last_year, "kind=promise")
    assert "循环水泵变频改造&lt;i&gt;2台" in page
    assert "张贴节水标语12处" in page
    assert "漏答" not in page
    assert "漏答" in shown(desk, last_year)
    assert "循环水泵" in shown(desk, last_year, "kind=nonsense")


def test_sub_groups_stand_on_theirs_and_the_ledger_says_who_answers(desk: Desk) -> None:
    page = shown(desk, groups)
    assert GROUP in page
    assert "<td>2</td><td>2</td>" in page  # both companies, both sent
    said = shown(desk, ledger, "show=all")
    assert f"{GROUP} → 中信戴卡" in said
    assert "<b>甲" not in said
