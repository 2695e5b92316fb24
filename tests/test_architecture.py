"""Imports go one way: framework ← communities ← indicators ← stories ← matrix ← urls."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["communities", "indicators", "stories", "matrix"]
FILES = sorted(path for app in [*ORDER, "valuecreation"] for path in (ROOT / app).rglob("*.py"))
# The root of the order, and what stands above it all.
BELOW_ALL = {"framework.py", "starter_indicators.py", "environment.py"}
# Django calls `ready` when the models exist, and only then may receivers be imported.
MAY_IMPORT_LATE = {"communities/apps.py", "indicators/apps.py", "stories/apps.py", "matrix/apps.py"}
MOST_LINES = 380


def name_of(path):
    return str(path.relative_to(ROOT))


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def may_import(path):
    """The apps of ours that this file may import."""
    app = path.relative_to(ROOT).parts[0]
    if app == "valuecreation":
        return [] if path.name in BELOW_ALL else ORDER
    return ORDER[: ORDER.index(app) + 1]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_one_way(path):
    apps = {name.partition(".")[0] for name in imports(ast.parse(path.read_text()))}
    assert sorted(apps & set(ORDER) - set(may_import(path))) == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_stand_at_module_level(path):
    tree = ast.parse(path.read_text())
    late = [
        node.lineno
        for scope in ast.walk(tree)
        if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for node in ast.walk(scope)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert late == [] or name_of(path) in MAY_IMPORT_LATE


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_looked_up_behind_the_order(path):
    called = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.Attribute, ast.Name))
    }
    migrations = path.parent.name == "migrations"
    assert called & {"get_model", "import_module", "import_string"} == set() or migrations


def test_modules_are_small():
    """Data and migrations aside, a module that passes about 350 lines is split by noun."""
    exempt = {"migrations", "examples"}
    long = {
        name_of(path): count
        for path in FILES
        if not exempt & set(path.parts)
        and path.name not in BELOW_ALL
        and (count := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_the_order_would_be_noticed():
    tree = ast.parse("from matrix import build")
    apps = {name.partition(".")[0] for name in imports(tree)}
    assert apps - set(may_import(ROOT / "stories" / "models.py")) == {"matrix"}
