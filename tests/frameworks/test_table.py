"""What is kept of compiled expressions: the same as without it, or not used at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from frameworks.ground import cache, expressions, table

STATE = b"as it is"
TEXTS = (
    (r"(?P<year>20\d\d)年|(?P<share>[\d.]+)%", 0),
    ("(?:万元|元|吨)(?!标准煤)", re.IGNORECASE),
    (r"a.b", re.DOTALL),
)
SAID = "2024年 用电 12 万元、3.5%；A\nB 吨标准煤"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(table, "cache_folder", lambda: tmp_path)
    file = table.place("program")
    assert file is not None
    return file


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing is taken from what ``re`` itself remembers."""
    re.purge()
    yield
    re.purge()


def compiled(flags: int = 0) -> dict[str, table.Entry]:
    with expressions.recorded() as found:
        for text, own in TEXTS:
            re.compile(text, own | flags)
    assert len(found) == len(TEXTS)
    return found


def shown(pattern: re.Pattern[str]) -> tuple[object, ...]:
    found = [(match.span(), match.groupdict(), match.lastgroup) for match in pattern.finditer(SAID)]
    return pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex), found


def test_a_kept_expression_is_the_compiled_one(
    place: Path, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [shown(re.compile(text, flags)) for text, flags in TEXTS]
    re.purge()
    table.write(place, STATE, compiled())
    kept = table.read(place, STATE)
    assert kept is not None
    re.purge()
    parser = re._parser  # type: ignore[attr-defined]
    monkeypatch.setattr(parser, "parse", lambda *_: pytest.fail("it is compiled"))
    with expressions.used(kept):
        assert [shown(re.compile(text, flags)) for text, flags in TEXTS] == plain


def test_other_flags_and_other_words_are_compiled_as_always(place: Path, fresh: None) -> None:
    table.write(place, STATE, compiled())
    kept = table.read(place, STATE)
    assert kept is not None
    re.purge()
    with expressions.used(kept):
        assert re.compile(r"a.b").search("a\nb") is None
        assert re.compile(r"[吨元]+").findall("吨元x元") == ["吨元", "元"]
        with pytest.raises(re.error):
            re.compile("(")


def test_what_the_engine_refuses_is_compiled(place: Path, fresh: None) -> None:
    heads = [(0, 0, {}, ()), (0, 0, [], None), "no head", None, (1 << 80, -1, {"a": "b"}, ())]
    asked = list(compiled())
    for entries in ({each: table.Entry(head, b"\xff" * 40) for each in asked} for head in heads):
        table.write(place, STATE, entries)
        kept = table.read(place, STATE)
        assert kept is not None
        re.purge()
        with expressions.used(kept):
            assert re.compile(*TEXTS[0]).search(SAID)


def test_equal_entries_give_equal_bytes(place: Path, fresh: None) -> None:
    entries = compiled()
    table.write(place, STATE, entries)
    first = place.read_bytes()
    table.write(place, STATE, dict(reversed(entries.items())))
    assert place.read_bytes() == first


def test_a_damaged_or_old_table_is_none(place: Path, fresh: None) -> None:
    entries = compiled()
    table.write(place, STATE, entries)
    whole = place.read_bytes()
    assert table.read(place, b"as it was") is None
    for damaged in (b"", whole[:-1], whole[:500] + bytes([whole[500] ^ 1]) + whole[501:], b"\0" * 4096):
        place.write_bytes(damaged)
        assert table.read(place, STATE) is None
    place.unlink()
    assert table.read(place, STATE) is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system knows no rights of others")
def test_a_table_that_others_may_write_is_none(place: Path, fresh: None) -> None:
    table.write(place, STATE, compiled())
    assert place.stat().st_mode & 0o077 == 0
    place.chmod(0o620)
    assert table.read(place, STATE) is None
    place.chmod(0o600)
    assert table.read(place, STATE) is not None
    place.parent.chmod(0o777)
    assert table.place("program") is None


def test_no_cache_is_no_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(table, "cache_folder", lambda: None)
    assert table.place("program") is None
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(table, "cache_folder", lambda: tmp_path / "file" / "below")
    assert table.place("program") is None
    assert cache.cache_folder is not table.cache_folder


def test_other_programs_have_other_tables(place: Path) -> None:
    assert table.place("program") == place
    assert table.place("another") != place
