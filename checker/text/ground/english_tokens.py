"""English words as tokens: their stem, the kinds of words they are of, their form. Which kinds there are is data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

STEM = 7  # letters of a stem

_TOKEN = re.compile(r"[a-z][a-z&/-]*|[’']s|[\u3400-\u9fff]+|[=>→–—-]+|[^\W\d_]|[\u2460-\u24ff@#%!?/|]")
_ENDING = re.compile(r"(?:ings?|ed|es|s|ly|e)$")
_ENDINGS = (
    ("ied", "y", "ed"), ("ies", "y", "s"), ("ed", "", "ed"), ("ed", "e", "ed"), ("ing", "", "ing"),
    ("ing", "e", "ing"), ("es", "", "s"), ("s", "", "s"),
)  # fmt: skip


class Token(NamedTuple):
    """A word: its stem, the kinds of words it is of, and its form (ed, ing, s or none)."""

    word: str
    stem: str
    kinds: tuple[str, ...]
    form: str


class Lexicon:
    """Kinds of words by their plain forms, and irregular forms of verbs."""

    def __init__(
        self, kinds: Mapping[str, Iterable[str]], irregular: Mapping[str, str], titles: Iterable[str] = ()
    ) -> None:
        found: dict[str, list[str]] = {}
        for kind, words in kinds.items():
            for word in words:
                if " " not in word and kind not in found.setdefault(word, []):
                    found[word].append(kind)
        self._kinds = {word: tuple(of) for word, of in found.items()}
        self._irregular = {form: plain for form, plain in irregular.items() if " " not in form + plain}
        self._titles = tuple(titles)  # endings of a Chinese title
        self._known: dict[str, Token] = {}

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text in small letters; marks are tokens of their own."""
        return [self.token(match.group()) for match in _TOKEN.finditer(text)]

    def token(self, word: str) -> Token:
        """A word of any form."""
        if (found := self._known.get(word)) is None:
            found = self._known[word] = self._read(word)
        return found

    def _read(self, word: str) -> Token:
        if word in ("’s", "'s"):
            return Token("'s", "'s", (), "")
        if "\u3400" <= word[0] <= "\u9fff":
            return Token(word, "漢", ("DOC",) if word.endswith(self._titles or "\0") else (), "")
        if not ("a" <= word[0] <= "z"):
            return Token(word, word, (), "")
        plain, form = self._plain(word)
        stem = _ENDING.sub("", plain)[:STEM] or plain
        return Token(word, stem, self._kinds.get(plain, ()), form)

    def _plain(self, word: str) -> tuple[str, str]:
        """The plain form of a word, where it is known, and which form this is."""
        if word in self._irregular:
            return self._irregular[word], "ed"
        if word in self._kinds:
            return word, "ed" if word.endswith("ed") and len(word) > len("need") else ""
        for ending, instead, form in _ENDINGS:
            if not word.endswith(ending):
                continue
            stem = word.removesuffix(ending)
            if len(stem + instead) > 2 and stem + instead in self._kinds:
                return stem + instead, form
            if not instead and len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in self._kinds:
                return stem[:-1], form
        form = next((form for ending, _, form in _ENDINGS if word.endswith(ending) and len(word) > 4), "")
        return word, form
