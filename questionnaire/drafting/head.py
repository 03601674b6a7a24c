"""What stands around the questions of a list: its title, whose list it is, what the company says of itself."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from questionnaire.drafting.grammar import words
from questionnaire.drafting.lines import width
from questionnaire.reading.files.grid import Sheet
from questionnaire.reading.layout.labels import label_end

DEPTH = 8  # lines in which a title is looked for
TITLE = 60  # letters of a title
COMPANY = 30  # letters of a company's name
FIELD = 14  # letters of what a company is asked of itself

_BLANK_FIELD = re.compile(r"([^：:\s_＿]{2,14})[：:][\s_＿\u3000]*")


class Head(NamedTuple):
    """What the lines above the questions say."""

    title: str = ""
    company: str = ""  # whose list it is
    fields: tuple[str, ...] = ()  # what the company is asked of itself
    lines: tuple[int, ...] = ()  # places of the lines that are read with it
    above: tuple[int, ...] = ()  # of these the ones above the title that say nothing of all that


def read_head(lines: list[str]) -> Head:
    """The head of some lines; without a title where no line is called a questionnaire."""
    numbered = [at for at, line in enumerate(lines) if label_end(line.strip())]
    upto = numbered[0] if numbered else len(lines)
    title, company = "", ""
    taken: list[int] = []
    above: list[int] = []
    fields: list[str] = []
    for at, line in enumerate(lines[:upto]):
        text = line.strip()
        if not text:
            continue
        if found := fields_in(text):
            fields += found
            taken.append(at)
        elif not title and at < DEPTH:
            if _names_a_list(text):
                title = text
                if above and _is_company(lines[above[-1]].strip()):
                    company = lines[above[-1]].strip()
                    taken.append(above.pop())
                    title = text if text.startswith(company) else company + text
                taken += [*above, at]
            elif not title:
                above.append(at)
    if not title:
        above = []
    for at in range(numbered[-1] + 1 if numbered else len(lines), len(lines)):  # and below the last question
        if found := fields_in(lines[at].strip()):
            fields += found
            taken.append(at)
    return Head(title, company or company_in(title), tuple(fields), tuple(taken), tuple(above))


def fields_in(text: str) -> list[str]:
    """What a line leaves blank beside its name: 填报单位：____ 联系人：____; none of any other line."""
    found = list(_BLANK_FIELD.finditer(text))
    whole = "".join(each.group() for each in found)
    answers = words()["answer_lines"]
    names = [each[1] for each in found]
    several = len(names) > 1 or "_" in text or "＿" in text
    return names if whole == text.strip() and several and not set(names) & set(answers) else []


def fields_of(sheet: Sheet) -> tuple[str, ...]:
    """What a table leaves blank beside its names; none of a table that holds anything else."""
    names: list[str] = []
    for row, cells in sheet.rows.items():
        own = [column for column in cells if (row, column) not in sheet.covered]
        side_by_side = any(column + 1 in cells for column in cells)
        if side_by_side or any(width(cells[column]) > FIELD for column in own):
            return ()
        names += [cells[column].strip().rstrip("：:") for column in own]
    return tuple(names) if len(names) > 1 else ()


def company_in(title: str) -> str:
    """The company whose name begins a title."""
    found = _company().match(title)
    return found.group().strip() if found and len(found.group()) <= COMPANY else ""


def short_names(company: str) -> tuple[str, ...]:
    """A company's name without its legal form, where that leaves a name."""
    kept = words()["company_forms"]  # from the legal form on nothing is a name: …集团|有限公司
    at = min((place for form in kept if (place := company.find(form)) > 2), default=0)
    return (company[:at],) if at else ()


def _is_company(text: str) -> bool:
    return len(text) <= COMPANY and text.endswith(tuple(words()["company_ends"]))


def _names_a_list(text: str) -> bool:
    if len(text) > TITLE or text.endswith(("。", "：", ":", "；", "？", "?")):
        return False
    return any(word in text.lower() for word in words()["titles"])


@cache
def _company() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, sorted(words()["company_ends"], key=len, reverse=True)))
    forms = "|".join(words()["company_forms"])
    return re.compile(rf"[\u4e00-\u9fff（）()]{{2,24}}?(?:{ends})(?!{ends}|{forms})")
