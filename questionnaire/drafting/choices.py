"""Answers to choose from that stand behind or below a question: □是 □否, A. 有 B. 无, 是/否."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from questionnaire.cells import squeeze
from questionnaire.drafting.grammar import words

OPTION = 15  # letters of an option
_BOX = re.compile(r"[□☐○〇☑■◯]|[（(\[【][ \u3000]{1,6}[)）\]】]|\[\]|【】")
_LETTER = re.compile(r"(?:^|(?<=[\s\u3000、，,;；/]))[(（]?([A-Ha-hＡ-Ｈ])[)）.、．:：][\s\u3000]*")
_BETWEEN = re.compile(r"[/／、，,;；|\s\u3000]+")
_MORE = re.compile(r"[，,。；;：:？?]")  # behind these an option says no more of itself
_TRAILING = re.compile(r"[（(【\[]([^（）()【】\[\]]*)[)）】\]][\s。.]*$")
_OPEN = "（([【 \u3000，,：:"


def choices_in(line: str) -> tuple[str, ...]:
    """The options of a line that holds nothing else; none where it is another line."""
    text, led = _without_lead(line.strip())
    if _BOX.search(text):
        first, *options = _BOX.split(text)
        behind = [] if first.strip() else options  # □是 □否
        if first.strip() and not options[-1].strip():  # 是□ 否□
            behind = [first, *options[:-1]]
        return _short(behind)
    letters = list(_LETTER.finditer(text))
    if len(letters) > 1 and not text[: letters[0].start()].strip() and _in_turn(letters):
        ends = [*(each.start() for each in letters[1:]), len(text)]
        return _short([text[a.end() : end] for a, end in zip(letters, ends, strict=True)])
    named = [each for each in _BETWEEN.split(text) if each]
    return _short(named) if led or all(is_yes_or_no([each]) for each in named) else ()


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """A question without the options that stand in its line, and these."""
    if (bracket := _TRAILING.search(text)) is not None and (inside := choices_in(bracket[1])):
        return text[: bracket.start()].strip(), inside
    found = _BOX.search(text)
    if found is None:
        return text, ()
    stem, behind = text[: found.start()], text[found.start() :]
    last = _BOX.split(behind)[-1]
    options = _BOX.split(behind)[1:-1]
    more = _MORE.search(last)
    told, rest = (last[: more.start()], last[more.start() :]) if more else (last, "")
    if closing := re.match(r"[^（(]*[)）】\]]", told):  # the bracket that opens before the first box
        told, rest = closing.group()[:-1], told[closing.end() :] + rest
    chosen = _short([*options, told])
    if not chosen:
        return text, ()
    stem, rest = stem.rstrip(_OPEN), rest.strip(" \u3000，,；;。.：:")
    return (f"{stem}{'' if stem.endswith(tuple('？?。；;')) else '，'}{rest}" if rest else stem), chosen


def is_yes_or_no(options: Iterator[str] | tuple[str, ...] | list[str]) -> bool:
    """Whether options say yes or no."""
    return any(squeeze(each).lower() in words()["yes_no"] for each in options)


def _short(options: list[str]) -> tuple[str, ...]:
    """Options without the blanks beside them; none where one is too long to be one."""
    bare = [
        re.sub(r"[（(][^（）()]*[)）]|[_＿:：]+", "", each).strip(" \u3000，,；;。.、/") for each in options
    ]
    told = tuple(each for each in bare if each)
    return told if len(told) > 1 and all(len(each) <= OPTION for each in told) else ()


def _in_turn(letters: list[re.Match[str]]) -> bool:
    """Whether letters count: A, B, C."""
    told = [ord(squeeze(each[1]).lower()) - ord("a") for each in letters]
    return told == list(range(len(told)))


def _without_lead(text: str) -> tuple[str, bool]:
    """A line without what announces options (选项：, 请选择：), and whether something did."""
    found = _lead().match(text)
    return (text[found.end() :].strip(), True) if found else (text, False)


@cache
def _lead() -> re.Pattern[str]:
    told = words()
    leads = "|".join(map(re.escape, sorted(told["option_lines"], key=len, reverse=True)))
    answers = "|".join(map(re.escape, told["answer_lines"]))
    return re.compile(rf"[（(【]?(?:{leads}|(?:{answers})(?=[:：]))[)）】]?\s*[:：]\s*", re.IGNORECASE)
