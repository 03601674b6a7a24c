"""Hostile YAML (G21): one error with line and column, at once."""

from __future__ import annotations

import time

import pytest

from frameworks.ground.errors import SchemaError
from frameworks.ground.yaml import MAX_BYTES, read_yaml

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)}, ' * 9}]\n" for n in range(9)
)
MERGE = "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n}\n" + "  <<: *a\n" * 50 for n in range(5))
FILES = {
    "aliases": (BOMB, "yaml-anchor"),
    "merge keys": (MERGE, "yaml-anchor"),
    "merge key alone": ("a:\n  <<: {x: 1}\n", "yaml-anchor"),
    "depth of brackets": ("[" * 100_000, "yaml-too-deep"),
    "depth of mappings": ("{a: " * 100_000, "yaml-too-deep"),
    "depth of lists": ("".join("  " * n + "-\n" for n in range(300)), "yaml-too-deep"),
    "itself": ("&a [*a]", "yaml-anchor"),
    "tag": ("a: !!python/object/apply:os.system ['true']", "yaml-tag"),
    "binary": ("a: !!binary aGk=", "yaml-tag"),
    "duplicate": ("a: 1\na: 2\n", "yaml-duplicate-key"),
    "size": ("#" * (MAX_BYTES + 1), "yaml-too-large"),
    "tab": ("a:\n\tb: 1\n", "yaml-syntax"),
    "key": ("[a]: 1\n", "yaml-key"),
}


@pytest.mark.parametrize("name", FILES)
def test_hostile_yaml_is_one_error_at_once(name: str) -> None:
    text, code = FILES[name]
    start = time.process_time()
    with pytest.raises(SchemaError) as caught:
        read_yaml(text.encode(), "a.yaml")
    assert time.process_time() - start < 1.0
    assert caught.value.code == code
    assert name == "size" or (caught.value.line and caught.value.column)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"), ("a: on", "on"), ("a: 012", 12), ("a: 1_000", "1_000"), ("a: 12:30:45", "12:30:45"),
        ("a: 2025-12-31", "2025-12-31"), (f"a: {'9' * 200_000}", "9" * 200_000), ("\ufeffa: 1", 1),
    ],
)  # fmt: skip
def test_scalars_are_what_they_look_like(text: str, value: object) -> None:
    assert read_yaml(text.encode(), "a.yaml").data == {"a": value}


def test_not_utf8_names_the_line() -> None:
    with pytest.raises(SchemaError) as caught:
        read_yaml(b"a: 1\nb: \xff\n", "a.yaml")
    assert (caught.value.code, caught.value.line) == ("yaml-not-utf8", 2)
