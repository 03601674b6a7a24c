"""Findings, states and errors put into words: the only reader of the message catalogues.

A catalogue is a file for a subject and a language (``messages/findings.zh.yaml``); both languages hold the same
keys with the same placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from frameworks.ground.errors import InputError
from frameworks.ground.yaml import load_data

if TYPE_CHECKING:
    from checker.finding import Finding
    from questionnaire.answers import Place
    from questionnaire.schema import Edition


class Language(StrEnum):
    """Languages with a full catalogue."""

    ZH = "zh"
    EN = "en"


class FindingText(Struct, frozen=True):
    """A finding in words."""

    title: str
    message: str
    mend: str


class Wording(Struct, frozen=True):
    """The catalogues of one language."""

    language: Language
    respondents: str = ""  # what the questionnaire calls those that answer it; empty: subsidiaries

    @property
    def english(self) -> bool:
        """Whether its words are English."""
        return self.language is Language.EN

    def of_edition(self, edition: Edition) -> Wording:
        """The same with a questionnaire's own word for those that answer it."""
        own = edition.respondents if self.language is Language.ZH else edition.respondents_en
        return replace(self, respondents=own)

    def finding(self, finding: Finding) -> FindingText:
        """Title, message and mend of a finding."""
        entry = self._entry_of(finding)
        params = self._values(finding.params)
        message = entry.get(f"message.{finding.variant}") or entry["message"]
        mend = entry.get(f"mend.{finding.variant}") or entry["mend"]
        title = entry["title"].format_map(params)
        return FindingText(title, message.format_map(params).strip(), mend.format_map(params))

    def joins(self, finding: Finding) -> bool:
        """Whether several findings like this one can be said in one sentence."""
        return bool(self._plural(finding))

    def together(self, findings: Sequence[Finding]) -> FindingText | None:
        """Several findings of one rule about one item in one sentence; None where the rule has none."""
        first = findings[0]
        entry, suffix = self._entry_of(first), self._plural(first)
        if not suffix:
            return None
        params: dict[str, Any] = dict(first.params)
        for name in ("ask", "hint"):
            params[f"{name}s"] = [finding.params[name] for finding in findings if name in finding.params]
        params["count"] = len(findings)
        values = self._values(params)
        if "hints" in params:  # hints hold commas themselves
            values["hints"] = self._subject("findings")["layout"]["list_separator"].join(params["hints"])
        mend = entry.get(f"mend.{suffix}") or entry["mend"]
        return FindingText(
            entry["title"].format_map(values),
            entry[f"message.{suffix}"].format_map(values),
            mend.format_map(values),
        )

    def _plural(self, finding: Finding) -> str:
        """The key of the sentence for several; empty where there is none."""
        entry = self._entry_of(finding)
        found = (suffix for suffix in (f"many.{finding.variant}", "many") if f"message.{suffix}" in entry)
        return next(found, "")

    def _entry_of(self, finding: Finding) -> dict[str, Any]:
        """Findings of the sheet for key figures have a catalogue of their own, by variant."""
        if finding.variant.startswith("kpi-"):
            found: dict[str, Any] = self._subject("kpi")["findings"][finding.variant]
        else:
            found = self._subject("findings")["rules"][finding.rule]
        return found

    def rule_title(self, rule: str) -> str:
        """The name of a rule, e.g. 漏答."""
        return str(self._subject("findings")["rules"][rule]["title"]).format_map(self._values({}))

    def rule_reason(self, rule: str) -> str:
        """Why a rule is there, in one or two sentences."""
        return str(self._subject("findings")["rules"][rule]["why"])

    def rule_source(self, rule: str) -> str:
        """What a rule rests on."""
        return str(self._subject("findings")["rules"][rule]["source"])

    def option(self, rule: str, name: str) -> str:
        """What a threshold of a rule means, with its unit and source."""
        return str(self._subject("rules")["options"][rule][name])

    def rule_when(self, rule: str) -> str:
        """When a rule fires, in one phrase."""
        return str(self._subject("rules")["when"][rule])

    def parent(self, name: str) -> str:
        """The parent as the edition calls it; a word for it where no edition names one."""
        return name or self.text("report", "parent-unnamed")

    @property
    def answering(self) -> str:
        """What those are called that answer the questionnaire."""
        return self.respondents or str(self._subject("report")["respondents"])

    def word(self, group: str, key: str) -> str:
        """A word of a group (severity, states, aspect_states, needs, reasons …); the key where none is listed."""
        return str(self._subject("findings")[group].get(key, key))

    def entry(self, subject: str, group: str, key: str) -> str:
        """An entry of a catalogue that has groups; the key where none is listed."""
        return str(self._subject(subject)[group].get(key, key))

    def text(self, subject: str, key: str, /, **params: Any) -> str:
        """A sentence of a catalogue (``report``, ``command`` …) with its placeholders filled."""
        return str(self._subject(subject)[key]).format_map(self._values(params))

    def error(self, error: InputError) -> str:
        """What is wrong with a user's file and how to mend it: one sentence with its place."""
        params = dict(error.params)
        if "near" in params:
            params["near"] = self.near(params["near"])
        sentence = self.text("errors", error.code, **params)
        if error.file is None:
            return sentence
        file = visible(error.file, lines=False)
        if error.line is None:
            return self.text("errors", "place", file=file, sentence=sentence)
        place = {"file": file, "line": error.line, "column": error.column or 1}
        return self.text("errors", "place-line", sentence=sentence, **place)

    def near(self, names: Any) -> str:
        """是否指：…？ for near guesses; empty when there are none."""
        return self.text("errors", "near", names=names) if names else ""

    def place(self, place: Place | None) -> str:
        """A place as Excel shows it, ``file › 「sheet」 › D17``, or a file and line."""
        if place is None:
            return ""
        parts = [visible(place.file, lines=False)]
        layout = self._subject("findings")["layout"]
        if place.sheet:
            parts.append(layout["sheet"].format(name=place.sheet))
        if place.cell:
            parts.append(place.cell)
        if place.line:
            parts.append(layout["line"].format(number=place.line))
        return " › ".join(parts)

    def _subject(self, name: str) -> dict[str, Any]:
        data: dict[str, Any] = load_data("checker.messages", f"{name}.{self.language.value}.yaml")
        return data

    def _values(self, params: dict[str, Any]) -> dict[str, str]:
        return {"respondents": self.answering} | {name: self._value(value) for name, value in params.items()}

    def _value(self, value: Any) -> str:
        if isinstance(value, str):
            return visible(str(self._subject("findings")["words"].get(value, value)))
        if isinstance(value, list | tuple):
            return str(self._subject("findings")["layout"]["separator"]).join(map(self._value, value))
        return self.place(value) if hasattr(value, "sheet") else str(value)


# C0, DEL, C1, surrogates, bidi and invisible marks: a terminal or a viewer may obey them
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_LINES = re.compile("[\t\n]")


def visible(text: str, *, lines: bool = True) -> str:
    """A stranger's text with its control characters written out, so that nothing obeys them.

    Args:
        text: a file name, a sheet name, words of a return.
        lines: leave line ends and tabs as they are; a file name must not have any.
    """
    text = _OBEYED.sub(_escaped, text)
    return text if lines else _LINES.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


@cache
def wording(language: Language = Language.ZH) -> Wording:
    """The catalogues of a language."""
    return Wording(language)
