"""The sample campaign: thirteen fictional companies, their parent, a roster. Same call, same bytes.

Run: ``python -m tests.bench.sample_campaign`` writes ``samples/campaign`` anew.
"""

from __future__ import annotations

import io
import random
import re
from datetime import date, datetime
from functools import partial
from pathlib import Path

from questionnaire.editions import newest
from tests.bench.returns import _NUMBER, SAMPLES, _bank, _other, sentence, workbook

FOLDER = SAMPLES / "campaign"
COMPANIES = {
    "衡川轮毂制造（示例）有限公司": 820, "永泽铸造（示例）有限公司": 410, "岚山底盘系统（示例）有限公司": 655,
    "平渡锻压（示例）有限公司": 300, "新垣模具（示例）有限公司": 180, "东屏轻合金（示例）有限公司": 1240,
    "北陂机加工（示例）有限公司": 260, "西岑涂装（示例）有限公司": 150, "长蒲再生铝（示例）有限公司": 530,
    "临沅零部件（示例）有限公司": 720, "广浔精工（示例）有限公司": 95, "云梯车轮（示例）有限公司": 1810,
}  # fmt: skip
UNKNOWN = "石埠轮毂（示例）有限公司"  # on the roster under a name that is nearly this one
LISTED_AS = "石埠车轮（示例）有限公司"
MISSING, AWAITED = "清荷物流（示例）有限公司", "白鹭洲研究院（示例）有限公司"
LATE = "西岑涂装（示例）有限公司"
COPIED = {  # who copied from whom, in which items, and whether the figures were changed too
    ("平渡锻压（示例）有限公司", "永泽铸造（示例）有限公司"): (("P2.S4.I3", "P3.S2.I1", "P5.S1.I1"), False),
    ("广浔精工（示例）有限公司", "云梯车轮（示例）有限公司"): (("P2.S1.I1", "P4.S1.I1"), True),
}
FILES = {  # portable names: an archive or a checkout on any system keeps them
    "衡川轮毂制造（示例）有限公司": "hengchuan",
    "永泽铸造（示例）有限公司": "yongze",
    "岚山底盘系统（示例）有限公司": "lanshan",
    "平渡锻压（示例）有限公司": "pingdu",
    "新垣模具（示例）有限公司": "xinyuan",
    "东屏轻合金（示例）有限公司": "dongping",
    "北陂机加工（示例）有限公司": "beibei",
    "西岑涂装（示例）有限公司": "xicen",
    "长蒲再生铝（示例）有限公司": "changpu",
    "临沅零部件（示例）有限公司": "linyuan",
    "广浔精工（示例）有限公司": "guangxun",
    "云梯车轮（示例）有限公司": "yunti",
    "石埠轮毂（示例）有限公司": "shibu",
}
TRAINING = "P1.S3.I3"  # everybody gives attendances here, one by ten thousand too many
WRONG_UNIT = "临沅零部件（示例）有限公司"
DELEGATIONS = (
    "本项工作依托中信戴卡统一组织，本公司配合落实。", "由中信戴卡统一管理。", "参照中信戴卡相关制度执行。",
    "均依托中信戴卡。",
)  # fmt: skip
PARENT = (
    "2024年集团对各子公司统一组织该项工作，全年检查{n}次，覆盖全部工厂，整改完成率100%。",
    "2024年本项由集团职能部门负责，各子公司配合落实，全年组织{n}次，参加{n}00人次。",
    "2024年集团范围内完成评估{n}次，所属企业均已纳入，发现问题{n}项，均已整改。",
    "2024年由总部职能部门牵头，全年开展{n}次，问题均已关闭。",
    "2022年完成了制度修订，组织宣贯{n}次。",
    "2024年该项安排适用于衡川轮毂制造（示例）有限公司、永泽铸造（示例）有限公司，全年检查{n}次。",
    "该项工作由各子公司自行负责。",
    "该项工作依托控股股东统一管理。",
    "不涉及。",
    "",
)


def answers() -> dict[str, dict[str, str]]:
    """The answers of all companies."""
    given: dict[str, dict[str, str]] = {company: {} for company in (*COMPANIES, UNKNOWN)}
    bank = _bank()
    for item in newest().items:
        chance = random.Random(f"sample/{item.id}")
        companies = list(given)
        chance.shuffle(companies)
        samples = dict(zip(companies, bank, strict=False))
        for company, texts in given.items():
            texts[item.id] = _answer(item.id, samples.get(company), chance)
    for (to, source), (items, figures) in COPIED.items():
        for item_id in items:
            text = given[source][item_id] = "".join(_prose(random.Random(f"{source}/{item_id}")))
            text = text.replace(source, to)
            if figures:
                chance = random.Random(f"{to}/{item_id}")
                text = _NUMBER.sub(partial(_changed, chance), text)
            given[to][item_id] = text
    for company, heads in (COMPANIES | {UNKNOWN: 340}).items():
        count = round(heads * 0.9) * (10_000 if company == WRONG_UNIT else 1)
        given[company][TRAINING] = f"全年开展反贪污培训4次，员工参训{count}人次，覆盖率92%。"
    return given


def parent_answers() -> dict[str, str]:
    """The parent's own answers: every way to close a delegation, or not to."""
    found = {}
    for number, item in enumerate(newest().items):
        found[item.id] = PARENT[number % len(PARENT)].format(n=number % 9 + 3)
    return found


def write(folder: Path = FOLDER) -> None:
    """Writes the returns, the parent's return and the roster."""
    returns = folder / "returns"
    returns.mkdir(parents=True, exist_ok=True)
    given = answers()
    for company, heads in (COMPANIES | {UNKNOWN: 340}).items():
        (returns / f"{FILES[company]}.xlsx").write_bytes(workbook(company, given[company], heads))
    (folder / "parent.xlsx").write_bytes(workbook("中信戴卡股份有限公司", parent_answers(), 9000))
    (folder / "roster.xlsx").write_bytes(roster())


def roster() -> bytes:
    """Who should send, until when, and when it came."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2025, 1, 1)})
        sheet, day = book.add_worksheet("名单"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_column(0, 5, 18)
        sheet.write_string(0, 0, "2024 年度 ESG 问卷应报名单（示例）")
        for column, head in enumerate(("公司名称", "公司类型", "联系人", "报送期限", "收到日期", "备注")):
            sheet.write_string(2, column, head)
        for row, company in enumerate((*COMPANIES, LISTED_AS, MISSING, AWAITED), start=3):
            due = date(2099, 3, 31) if company == AWAITED else date(2025, 3, 31)
            sheet.write_string(row, 0, company)
            sheet.write_string(row, 1, "生产型工厂")
            sheet.write_string(row, 2, f"联系人{row - 2:02d}")
            sheet.write_datetime(row, 3, datetime(due.year, due.month, due.day), day)
            if company in COMPANIES:
                came = datetime(2025, 4, 9) if company == LATE else datetime(2025, 3, 20 + row % 10)
                sheet.write_datetime(row, 4, came, day)
    return buffer.getvalue()


def _answer(item: str, sample: str | None, chance: random.Random) -> str:
    if sample is not None:
        text = _bank()[sample].get(item, "")
        return _NUMBER.sub(partial(_changed, chance), text)
    draw = chance.random()
    if draw < 0.45:
        return chance.choice(DELEGATIONS)
    return "" if draw < 0.6 else "".join(_prose(chance))


def _changed(chance: random.Random, found: re.Match[str]) -> str:
    return _other(found.group(), chance)


def _prose(chance: random.Random) -> list[str]:
    return [sentence(chance) for _ in range(3)]


if __name__ == "__main__":
    write()
