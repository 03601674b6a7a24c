"""The reader of our YAML files: places of values, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from frameworks.ground.cache import compiled
from frameworks.ground.errors import SchemaError
from frameworks.ground.yaml import read_yaml


def test_every_value_has_its_place() -> None:
    document = read_yaml("a: 1\nb:\n- {x: '1', y: no}\n- 中文\n".encode(), "t.yaml")
    assert document.data == {"a": 1, "b": [{"x": "1", "y": "no"}, "中文"]}
    assert document.place(("b", 0, "y")) == (3, 15)
    assert document.place(("b", 7, "z")) == document.place(("b",)) == (3, 1)


@pytest.mark.parametrize(
    ("source", "code", "line", "column"),
    [
        ("a: 1\na: 2", "yaml-duplicate-key", 2, 1),
        ("a: &x 1", "yaml-anchor", 1, 4),
        ("a: 1\nb: *a", "yaml-anchor", 2, 4),
        ("<<: {a: 1}", "yaml-anchor", 1, 1),
        ("a: !!python/object:os.system 1", "yaml-tag", 1, 4),
        ("a： 1\nb: 2", "yaml-full-width-colon", 2, 2),
        ("a: [1, 2", "yaml-syntax", 2, 1),
        ("? [a, b]\n: 1", "yaml-key", 1, 3),
    ],
)
def test_what_is_refused_is_named_with_line_and_column(
    source: str, code: str, line: int, column: int
) -> None:
    with pytest.raises(SchemaError) as caught:
        read_yaml(source.encode(), "t.yaml")
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)


def test_depth_is_limited_without_recursion_errors() -> None:
    with pytest.raises(SchemaError) as caught:
        read_yaml(b"[" * 100_000, "t.yaml")
    assert caught.value.code == "yaml-too-deep"


def test_a_long_number_and_a_date_stay_text() -> None:
    data = read_yaml(b"a: " + b"9" * 5000 + b"\nb: 2025-12-31\nc: 0123\nd: 43e5\n", "t.yaml").data
    assert data == {"a": "9" * 5000, "b": "2025-12-31", "c": 123, "d": "43e5"}


def test_not_utf8_names_the_line() -> None:
    with pytest.raises(SchemaError) as caught:
        read_yaml("a: 1\nb: 中".encode("gbk"), "t.yaml")
    assert (caught.value.code, caught.value.line) == ("yaml-not-utf8", 2)


def test_the_cache_keeps_and_survives_a_torn_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frameworks.ground.cache.cache_folder", lambda: tmp_path)
    assert compiled(b"key", dict[str, int], lambda: {"a": 1}) == {"a": 1}
    assert compiled(b"key", dict[str, int], lambda: {"a": 2}) == {"a": 1}
    (stored,) = tmp_path.iterdir()
    stored.write_text('{"a":')
    assert compiled(b"key", dict[str, int], lambda: {"a": 3}) == {"a": 3}
