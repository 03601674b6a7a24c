"""One value of a file to clean text, and what kind of content it is."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from frameworks.ground.yaml import load_data

LONGEST_PLACEHOLDER = 30  # characters, with blanks and punctuation
LONGEST_DEFERRAL = 50  # of an answer that is put off
REMARK = 12  # characters of a clause beside it that says nothing
KEPT_LENGTH = 400  # characters of a text whose letters are kept
KEPT_TEXTS = 4096

# C0 without tab and line feed, DEL, C1, bidi controls, zero-width marks: never meant by a clerk, and some obey them
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# all of these, other line ends, and blanks at the end of a line: text without them is clean as it is
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
    "|[ \t\u00a0\u3000](?:\n|\\Z)"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\u0085]|\x0b|\x0c")
_NO_LETTER = re.compile(r"[\W_]+")
_AROUND = " ()[]（）【】〔〕"  # around a remark, or an end of it
_ASIDE = re.compile(r"\([^()\d]{1,12}\)?\s*\Z")  # 待补（找财务要数）
_CLAUSE_END = re.compile(r"[,，。;；:：!！\n、→]|\.(?=\s|$)|——|--")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def clean_text(raw: str) -> str:
    r"""Text as every reader hands it on: \\n line ends, no control characters, no trailing blanks.

    Letters, digits and brackets keep their width: the report quotes what the clerk wrote.
    """
    if _UNCLEAN.search(raw) is None:
        return raw.strip("\n").strip(" \u00a0\u3000")
    text = _LINE_END.sub("\n", raw)
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))
    lines = [line.rstrip(" \t\u00a0\u3000") for line in text.split("\n")]
    return "\n".join(lines).strip("\n").strip(" \u00a0\u3000")


def one_line(text: str) -> str:
    """A name as it can stand in a line of ours: a line end inside it would forge the next one."""
    return " ".join(part.strip() for part in re.split(r"[\n\t]+", clean_text(text)) if part.strip())


def fold(text: str) -> str:
    """Full-width forms (U+FF01–FF5E, blank) to half-width, one character for one; for comparing only."""
    return text.translate(_FULL_WIDTH)


def squeeze(text: str) -> str:
    """Letters and digits alone (NFKC, lower case): equal for texts that differ in width, blanks, punctuation."""
    return _squeezed(text) if len(text) <= KEPT_LENGTH else _squeeze(text)


def _squeeze(text: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).lower())


# questions, labels and guidance stand in every return of a campaign
_squeezed = lru_cache(maxsize=KEPT_TEXTS)(_squeeze)


def is_placeholder(text: str) -> bool:
    """Whether the whole text only stands for an answer (无, 略, 待补充, "-" …), or puts it off (待财务核定后补报)."""
    if len(text) > LONGEST_DEFERRAL:
        return False
    folded = fold(text).lower().strip(_AROUND)
    if len(text) <= LONGEST_PLACEHOLDER and _stands_for_one(folded.replace(" ", "").replace("\n", "")):
        return True
    return _is_put_off(_ASIDE.sub("", folded) or folded)


def is_prompt(text: str) -> bool:
    """Whether words only ask to choose (请选择), as a list does before anything was chosen."""
    return not text.strip() or squeeze(text) in _prompts()


def _stands_for_one(key: str) -> bool:
    return key in _placeholders() or key.rstrip("。.!！;；,，") in _placeholders()


def _is_put_off(folded: str) -> bool:
    """Whether every clause puts the answer off, or is a few words without a figure beside one that does."""
    if _deferral("claims").search(folded):
        return False
    found = False
    for part in _CLAUSE_END.split(folded):
        clause = part.strip(_AROUND)
        if not clause:
            continue
        if _deferral("later").search(clause) or _deferral("pending").search(clause):
            found = True
        elif len(clause) > REMARK:
            return False
        if any(letter.isdigit() for letter in _deferral("named").sub("", clause)):
            return False
    return found


@cache
def _deferral(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(load_data("questionnaire.data", "cells.yaml")["deferrals"][kind]))


@cache
def _prompts() -> frozenset[str]:
    return frozenset(map(squeeze, load_data("questionnaire.data", "cells.yaml")["prompts"]))


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(load_data("questionnaire.data", "cells.yaml")["placeholders"])
