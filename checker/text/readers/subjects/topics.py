"""Finds sentences that announce one topic and list the things of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

LISTED = 240  # characters behind a head in which its list stands
LEAST = 10  # characters of a paragraph whose topic can be told
FOREIGN = 2  # words of the other topic that a list must hold, none of its own; under a head one is enough

# a short head at the beginning of a line or a sentence, and what stands behind it
_HEADED = re.compile(
    r"(?:^\s{0,4}(?:[-•·●◆]\s{0,2})?(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.．）)]\s?)?|(?<=[。；;]))"
    r"(?:【(?P<boxed>[一-龥、和与及/“”]{2,12})】|(?:关于)(?P<about>[一-龥、和与及/]{2,10}?)方面[，,：:]"
    r"|(?P<head>[一-龥、和与及/]{2,10}?)(?:方面)?(?:[：:|｜]|风险[。：:]))(?=(?P<body>[^\n]+))",
    re.MULTILINE,
)
_STOP = re.compile("[。]")
_PART = re.compile("[。；;]")
_ENDS = {"。": _STOP, "；": _PART, ";": _PART}  # what ends a paragraph that opens behind such a mark
_NEXT = re.compile(r"[。；;](?=[一-龥、和与及/]{1,10}[：:])")  # 空气：……；水源：……


class Mismatch(Struct, frozen=True):
    """A sentence, the topic that it names, and the one it speaks of."""

    quote: Span
    said: str
    meant: str


def find_mismatches(text: str, passages: Passages) -> Iterator[Mismatch]:
    """Sentences such as 环境保护的风险主要包括火灾、机械伤害."""
    grammar = _grammar()
    headed = tuple(_headed(text, grammar))
    yield from headed
    if grammar.head.search(text) is None:
        return
    sentences = passages.sentences
    for at, sentence in enumerate(sentences):
        if any(found.quote.start <= sentence.start < found.quote.end for found in headed):
            continue
        for match in grammar.head.finditer(text, sentence.start, sentence.end):
            said = grammar.topic_of[match.group("name")]
            end = sentence.end
            if not text[match.end() : end].strip() and at + 1 < len(sentences):
                end = sentences[at + 1].end  # 环境风险： and the list in the next line
            listed = text[match.end() : min(end, match.end() + LISTED)]
            counts = {topic: len(set(words.findall(listed))) for topic, words in grammar.words.items()}
            meant = max(counts, key=lambda topic: counts[topic])
            if not counts[said] and counts[meant] >= FOREIGN and meant not in grammar.near.get(said, ()):
                yield Mismatch(span(text, sentence.start, end), said, meant)
                break


def _headed(text: str, grammar: _Grammar) -> Iterator[Mismatch]:
    """Paragraphs and sentences such as 省水：车间换LED 220盏，走廊灯减半."""
    for match in _HEADED.finditer(text):
        head = match.group("head") or match.group("boxed") or match.group("about")
        said = grammar.heads.findall(head)
        body, end = match.group("body"), match.end("body")
        stop = _ENDS.get(text[match.start() - 1 : match.start()], _STOP if match.group("about") else None)
        if stop is not None:
            body = stop.split(body, maxsplit=1)[0]  # the next sentence may have a head of its own
            end = match.start("body") + len(body)
        body = _NEXT.split(body, maxsplit=1)[0]
        topics = {grammar.topic_of_head[name] for name in said}
        if not topics or len(body) < LEAST or grammar.joints.sub("", grammar.heads.sub("", head)):
            continue
        if any(grammar.own[topic].search(grammar.frozen.sub("", body)) for topic in topics):
            continue
        near = topics.union(*(grammar.near.get(topic, ()) for topic in topics))
        counts = {topic: _weight(words, body) for topic, words in grammar.words.items()}
        meant = max(counts, key=lambda topic: counts[topic])
        if counts[meant] >= 1 and meant not in near:
            yield Mismatch(span(text, match.start(), end), said[0], meant)


def _weight(words: re.Pattern[str], body: str) -> float:
    """How many words of a topic a paragraph holds; one of a single letter is half a word."""
    return sum(1.0 if len(word) > 1 else 0.5 for word in set(words.findall(body)))


class _Grammar(Struct, frozen=True):
    head: re.Pattern[str]
    topic_of: dict[str, str]
    heads: re.Pattern[str]
    joints: re.Pattern[str]
    frozen: re.Pattern[str]
    topic_of_head: dict[str, str]
    own: dict[str, re.Pattern[str]]
    words: dict[str, re.Pattern[str]]
    near: dict[str, tuple[str, ...]]


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "topics.yaml")
    topics = data["topics"]
    topic_of = {name: topic for topic, entry in topics.items() for name in entry.get("names", ())}
    topic_of_head = topic_of | {
        name: topic for topic, entry in topics.items() for name in entry.get("heads", ())
    }
    head = (
        rf"(?P<name>{either(topic_of)})(?:管理|方面|领域)?(?:存在|面临)?的?(?:主要|重大|潜在)?{either(data['subjects'])}"
        r"(?:[^，,。；;：:\n]{0,6}?(?:包括|包含|有|为|是|涵盖|涉及)[：:]?|(?:点|因素)?[：:])"
    )
    return _Grammar(
        head=re.compile(head),
        topic_of=topic_of,
        heads=re.compile(either(topic_of_head)),
        joints=re.compile(either(data["joints"])),
        frozen=re.compile(either(data["frozen"])),
        topic_of_head=topic_of_head,
        own={
            topic: re.compile(either([*entry.get("own", ()), *entry.get("names", ()), *entry["words"]]))
            for topic, entry in topics.items()
        },
        near={topic: tuple(entry.get("near", ())) for topic, entry in topics.items()},
        words={topic: re.compile(either(entry["words"])) for topic, entry in topics.items()},
    )
