"""No code of ours can be made to run what a file holds: no pickle, no eval, no YAML that builds objects."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted(
    path for package in ("checker", "questionnaire", "frameworks") for path in (ROOT / package).rglob("*.py")
)
IMPORTS = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml"}
CALLS = {"eval", "exec", "compile", "__import__"}
# what a fork of this very process hands back was made by this process: no file is in between
FORKED = "checker/campaign/forks.py"
FROM_CONNECTION = {"send", "recv", "find_class", "unsafe_load", "full_load"}  # of a pipe: they pickle


def faults(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.partition(".")[0] in IMPORTS}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} if node.module.partition(".")[0] in IMPORTS else set()
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            bare = isinstance(node.func, ast.Name)
            if (bare and name in CALLS) or (not bare and name in FROM_CONNECTION):
                found.add(name)
            if name == "YAML" and not any(
                each.arg == "typ" and getattr(each.value, "value", "") in ("safe", "rt")
                for each in node.keywords
            ):
                found.add("YAML")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_plain_data_only(path: Path) -> None:
    allowed = FROM_CONNECTION if path == ROOT / FORKED else set()
    assert not faults(ast.parse(path.read_bytes())) - allowed


def test_the_test_sees_them() -> None:
    source = "import pickle\nfrom yaml import load\neval('1')\npipe.recv()\nYAML()\nYAML(typ='unsafe')"
    assert faults(ast.parse(source)) == {"pickle", "yaml", "eval", "recv", "YAML"}
