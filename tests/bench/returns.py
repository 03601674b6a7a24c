"""Made-up returns by the thousand: seeded, of varied quality, written by changing the words of one workbook.

Answers come from the samples, figures and names changed, sentences left out, and from a small grammar of plant life
whose sentences no two companies share but by chance. Nothing here was said by a real company.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from questionnaire.answers import Answer, Place, Return
from questionnaire.editions import newest
from questionnaire.reading import read_return
from questionnaire.template import build_workbook

SAMPLES = Path(__file__).parent.parent.parent / "samples"
QUALITIES = {"good": 0.15, "middling": 0.35, "overseas": 0.15, "slogans": 0.2, "poor": 0.15}

PLACES = """
    衡川 永泽 岚山 平渡 新垣 东屏 北陂 西岑 长蒲 临沅 广浔 松原口 云梯 石埠 清荷
    白鹭洲 高坪 乌溪 沙河镇 凤台
""".split()
TRADES = """
    轮毂 铸造 底盘 锻压 模具 轻合金 机加 涂装 再生铝 零部件 精工 车轮
""".split()
DEPARTMENTS = """
    熔炼车间 压铸二线 机加三班 涂装车间 安环科 综合办公室 采购组 质量部 设备动力科
    仓储班 人力资源科 财务科 技术中心 模修班 热处理工段 物流部 党群办 保卫科 计划科
    检测中心 食堂班 工会小组
""".split()
TIMES = """
    一月初 春节后 二月下旬 三月第二周 清明前 四月中 五一节后 五月 汛期前 六月 入夏以来
    七月底 高温季 八月 开学季 九月上旬 国庆前 十月 停窑检修期间 十一月 年末盘点时
    十二月中旬
""".split()
MATTERS = """
    铝液飞溅 行车限位失灵 叉车超速 冷却水泄漏 天然气报警误动 粉尘沉积 切削液变质
    空压机漏气 夜班疲劳 新员工误操作 供应商延期交货 客户投诉气孔 模具裂纹 废渣堆放过高
    消防通道占用 配电室潮湿 劳保鞋磨损 食堂冷链断电 宿舍热水不足 考勤系统故障 图纸版本混用
    炉衬剥落 油雾收集器堵塞 包装箱受潮 地磅偏差 污泥含水偏高 噪声超限 临时工排班
    实习生签约 电池叉车充电
""".split()
ACTIONS = """
    逐台排查 更换密封件 重新划线 加装双回路 请外聘老师讲课 做了一次桌面推演 贴了看板
    换了新的记录表 改成两人确认 停线半天整改 写进班前会 抽查监控录像 与园区联合检查
    增设遮雨棚 引入扫码点检 请厂家上门标定 调整了轮休 公开了结果 把责任人写到卡片上
    追加了一轮盘查 改用可降解垫材 给每台设备建了档 约谈了承包商 把旧阀门全部拆除
    试点错峰用电
""".split()
RESULTS = """
    当月没有再出现 一周内关闭 夜班反映明显好转 只剩最后一处待配件 被评为季度改善案例
    仍有个别班组执行不到位 费用由车间自行消化 客户复查时未再提出 记录保存在车间资料柜
    后续并入年度预算 班组长签字确认 由值班长每日复核 操作工提了七条意见 相关照片已归档
    下一步推广到二期厂房 工会代表全程参加 月底通报了一次 新表格沿用至今
""".split()
SHAPES = (
    "{time}，{department}发现{matter}，随即{action}，{result}。",
    "{department}在{time}就{matter}{action}，参加{n}人，{result}。",
    "针对{matter}，{department}{action}；{result}。",
    "{matter}曾是{department}的老问题，{time}{action}后，{result}。",
    "{time}收到关于{matter}的反映{m}条，{department}{action}，{result}。",
    "因{matter}，{time}{department}先后{m}次{action}，{result}。",
    "我们把{matter}交给{department}牵头，{action}，花费{n}万元，{result}。",
    "{department}全年围绕{matter}{action}{m}次，{result}。",
    "以往{matter}无人过问，{time}起由{department}{action}，{result}。",
)
_NUMBER = re.compile(r"(?<![\dA-Za-z.年])\d{1,6}(?![\d.]*[年月日号A-Za-z])")
_SENTENCE = re.compile(r"[^。\n]*[。\n]|[^。\n]+$")


def company_name(number: int) -> str:
    """A company's name; no two numbers share one."""
    place, trade = PLACES[number % len(PLACES)], TRADES[number // len(PLACES) % len(TRADES)]
    return f"{place}{trade}{number:05d}（示例）有限公司"


def sentence(chance: random.Random) -> str:
    """A sentence of plant life."""
    return chance.choice(SHAPES).format(
        time=chance.choice(TIMES), department=chance.choice(DEPARTMENTS), matter=chance.choice(MATTERS),
        action=chance.choice(ACTIONS), result=chance.choice(RESULTS), n=chance.randint(3, 480),
        m=chance.randint(2, 19),
    )  # fmt: skip


def own_answers(chance: random.Random, sentences: int = 3) -> dict[str, str]:
    """Answers of nobody else's, for all items."""
    return {item.id: "".join(sentence(chance) for _ in range(sentences)) for item in newest().items}


def varied_answers(chance: random.Random) -> tuple[str, dict[str, str]]:
    """Answers as companies give them: a sample's in most items, with its own figures and some sentences more."""
    quality = chance.choices(list(QUALITIES), list(QUALITIES.values()))[0]
    answers = {}
    for item in newest().items:
        source = quality if chance.random() < 0.8 else chance.choice(list(QUALITIES))
        text = _bank()[source].get(item.id, "")
        kept = [part for part in _SENTENCE.findall(text) if chance.random() < 0.93]
        text = _NUMBER.sub(lambda found: _other(found.group(), chance), "".join(kept))
        if text and chance.random() < 0.3:
            text += sentence(chance)
        answers[item.id] = text
    return quality, answers


def workbook(company: str, answers: dict[str, str], employees: int = 0) -> bytes:
    """A filled workbook, as the template would give it."""
    parts, tokens = _template()
    given = {f"@{item}@": text for item, text in answers.items()}
    given |= {"@company@": company, "@employees@": str(employees or "")}
    strings = tokens.sub(
        lambda found: escape(given.get(found.group(), "")), parts["xl/sharedStrings.xml"].decode()
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), strings if name.endswith("sharedStrings.xml") else content,
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return buffer.getvalue()


def write_returns(folder: Path, count: int, seed: int = 2024, answered: int = 72) -> Path:
    """So many returns in a folder, a hundred to a folder below it; what is there already stays.

    Args:
        folder: where they are written.
        count: how many.
        seed: another one gives other returns.
        answered: how many items are answered at most; with few, a return is soon checked.
    """
    for number in range(count):
        target = folder / f"{number // 100:03d}" / f"{number:05d}.xlsx"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            chance = random.Random(f"{seed}/{number}")
            _, answers = varied_answers(chance)
            employees = chance.randint(60, 2400)
            given = {item: answers[item] for item in chance.sample(list(answers), answered)}
            target.write_bytes(workbook(company_name(number), given, employees))
    return folder


def files(folder: Path) -> Iterator[Path]:
    """All workbooks of a folder, by name."""
    yield from sorted(folder.rglob("*.xlsx"))


@cache
def _bank() -> dict[str, dict[str, str]]:
    schema = newest()
    return {
        name: {answer.item: answer.text for answer in read_return(SAMPLES / f"{name}.xlsx", schema).answers}
        for name in QUALITIES
    }


@cache
def _template() -> tuple[dict[str, bytes], re.Pattern[str]]:
    schema = newest()
    place = Place("x")
    answers = tuple(Answer(item.id, f"@{item.id}@", place) for item in schema.items)
    source = Return("x", "0", "@company@", schema.edition.year, answers)
    content = build_workbook(schema, profile={"employees": "@employees@"}, source=source)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = {
        name: part.replace(b"@company@", "示例".encode()) if name.startswith("xl/worksheets") else part
        for name, part in parts.items()
    }
    return parts, re.compile(r"@(?:P\d+\.S\d+\.I\d+|company|employees)@")


def _other(number: str, chance: random.Random) -> str:
    """Another number of the same size."""
    value = int(number)
    return number if value < 3 else str(max(1, round(value * chance.uniform(0.6, 1.6))))
