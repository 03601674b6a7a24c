"""English in answers: which sentences are English, and the Chinese words that English terms stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache

from frameworks.ground.yaml import load_data

LONGEST = 4  # words of a term
LONGEST_RUN = 5  # the same in an English sentence
WORDS = 3  # words of an English sentence at least; fewer where the whole answer is English

MIXED = (
    0.08  # share of Chinese letters from which Chinese commas tell of two languages; from authors left out
)
NAMES, WORDS_A_NAME = 2, 3  # Chinese names in an English answer, and English words for each of them

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9&'-]*[A-Za-z0-9]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_HAN_MARK = re.compile(r"[，。；、：！？]")
_HAN_GRAMMAR = re.compile(
    r"^[由归按依同在是请见问找和与让给把被从向]|[的了]|(?:负责|执行|统一|依托|参照|办理|安排|开展|提升|提高|加强|明显|没有|不)"
)
_PLAIN = re.compile(r"(?<![A-Za-z])[A-Za-z]?[a-z]{2,}(?![A-Za-z])")
_LATIN = re.compile(  # a word, no unit
    r"[A-Za-z](?<![A-Za-z]{2})(?:[a-z]{3,}|(?<=[A-Z])(?:[a-z]{2}|[A-Z]{3,}))(?![A-Za-z])"
)
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
_TOKEN = re.compile(
    r"(?P<year>(?:19|20)\d\d(?![\d.,]\d))|(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[A-Za-z][A-Za-z0-9&'’-]*)"
)


def in_chinese(text: str) -> str:
    """The Chinese words for the English terms of a text; empty where it holds none.

    >>> in_chinese("Whistleblower：3 件")
    '举报人 举报 举报人保护'
    """
    words = _WORD.findall(text)
    if not words:
        return ""
    glossary = _glossary()
    words = [word.lower() for word in words]
    found = []
    for place in range(len(words)):
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            term = " ".join(words[place : place + length])
            chinese = glossary.get(term) or glossary.get(term.removesuffix("s"))
            if chinese is not None:
                found.append(chinese)
                break
    return " ".join(dict.fromkeys(found))


_READ = [True]  # whether English is read apart from the rest


@contextmanager
def none_apart() -> Iterator[None]:
    """While models learn: English in their material is folded like the Chinese around it."""
    _READ[0] = False
    try:
        yield
    finally:
        _READ[0] = True


def is_english(text: str) -> bool:
    """Whether words are English prose: no Chinese letter, several words, one of grammar among them.

    >>> is_english("Handled by the Group."), is_english("LED High Bay"), is_english("由 HQ 负责 the rest")
    (True, False, False)
    """
    if _HAN.search(text) or not _READ[0]:
        return False
    count = sum(1 for _ in _PLAIN.finditer(text))
    return count >= WORDS - 1 and (_grammar_words().search(text) is not None or count > WORDS)


def is_mostly_english(text: str) -> bool:
    """Whether an answer is English though a Chinese name or two stand in it, and no Chinese word of grammar.

    Who writes Chinese commas beside more than a few Chinese letters mixes two languages: that is read as Chinese.

    >>> is_mostly_english("Meters on 58 machines per 能源计量办法."), is_mostly_english("依托总部, no local plan.")
    (True, False)
    """
    return _READ[0] and _is_mostly(text)


@lru_cache(maxsize=512)  # every reader of an answer asks
def _is_mostly(text: str) -> bool:
    names = 0
    for run in _HAN_RUN.finditer(text):
        names += 1
        if names > NAMES or _HAN_GRAMMAR.search(run.group()) is not None:
            return False
    if names:
        letters = sum(map(len, text.split()))
        is_mixed = _HAN_MARK.search(text) is not None and len(_HAN.findall(text)) >= MIXED * letters
        return not is_mixed and sum(1 for _ in _PLAIN.finditer(text)) >= WORDS_A_NAME * names
    return _LATIN.search(text) is not None


def english_stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text is English: its whole, or the sentences of it that are."""
    return _stretches(text) if _READ[0] else ()


@lru_cache(maxsize=512)
def _stretches(text: str) -> tuple[tuple[int, int], ...]:
    if is_mostly_english(text):
        return ((0, len(text)),)
    return tuple(_sentences(text)) if _LATIN.search(text) else ()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        for part in _SENTENCE.finditer(text, *line.span()):
            if is_english(part.group()):
                yield part.span()


class Gloss:
    """An English stretch in Chinese words, term by term in its own order; ``places`` lead back to it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        pieces: list[str] = []
        places: list[int] = []
        tokens = list(_TOKEN.finditer(text, start, end))
        at, place = 0, start
        while at < len(tokens):
            token = tokens[at]
            for mark in text[place : token.start()]:
                if not mark.isspace():
                    pieces.append(_MARKS.get(mark, mark))
                    places.append(place)
            length, chinese = _longest(tokens, at)
            stop = tokens[at + length - 1].end()
            pieces.append(chinese)
            places += [stop - 1] * len(chinese)
            at, place = at + length, stop
        for mark in text[place:end]:
            if not mark.isspace():
                pieces.append(_MARKS.get(mark, mark))
                places.append(end - 1)
        self.text = "".join(pieces)
        self.places = places


_MARKS = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}


def gloss(text: str) -> str:
    """An English text in Chinese words, term by term.

    >>> gloss("Safety training: 340 employees")
    '安全生产培训：0名员工'
    """
    return Gloss(text, 0, len(text)).text


def _longest(tokens: list[re.Match[str]], at: int) -> tuple[int, str]:
    """How many tokens the longest term has that begins here, and its Chinese; words without any are left out."""
    token = tokens[at]
    if token.lastgroup == "year":
        return 1, "Y年"
    if token.lastgroup == "number":
        behind = tokens[at + 1].group().lower() if at + 1 < len(tokens) else ""
        known = _counted()
        measure = known.get(behind) or known.get(behind.removesuffix("s"))
        return (2, f"0{measure}") if measure else (1, "0")
    words = []
    for other in tokens[at : at + LONGEST_RUN]:
        if other.lastgroup != "word":
            break
        words.append(other.group().lower().replace("’", "'"))
    known = _whole_glossary()
    for length in range(len(words), 0, -1):
        for term in _forms(" ".join(words[:length])):
            if term in known:
                return length, known[term]
    return 1, ""


def _forms(term: str) -> Iterator[str]:
    """A term as it stands, then without the endings that English words take."""
    yield term
    bare = term.removesuffix("'s").removesuffix("'")
    if bare != term:
        yield bare
    for ending, instead in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) > 2:
            stem = bare[: len(bare) - len(ending)]
            yield stem + instead
            if not instead and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]
    if "-" in term:
        yield term.replace("-", " ")
        yield term.replace("-", "")


_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""),
)  # fmt: skip


@cache
def _glossary() -> dict[str, str]:
    entries = load_data("checker.data", "english.yaml")["terms"]
    return {term.lower(): words for terms, words in entries for term in terms}


@cache
def _whole_glossary() -> Mapping[str, str]:
    """The terms with the everyday words of English sentences, each with its first Chinese word."""
    own = {term: words.split()[0] if words else "" for term, words in _glossary().items()}
    data = load_data("checker.data", "english_words.yaml")["words"]
    for chinese, terms in data.items():
        for term in terms.split(","):
            own[term.strip().lower()] = chinese
    return own


@cache
def _counted() -> Mapping[str, str]:
    counted: dict[str, str] = load_data("checker.data", "english_words.yaml")["counted"]
    return counted


@cache
def _grammar_words() -> re.Pattern[str]:
    words = "|".join(load_data("checker.data", "english_words.yaml")["grammar"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
