"""Who may import whom (the contracts are in pyproject.toml), and what a web worker really loads."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files

HEAVY = {"numpy", "scipy", "openpyxl"}
LOAD_WEB_WORKER = """
import json, sys
import config.wsgi
from django.urls import get_resolver
routes = list(get_resolver().reverse_dict)
{more}
print(json.dumps({{"routes": len(routes), "modules": sorted({{name.partition(".")[0] for name in sys.modules}})}}))
"""


def loaded(more: str = "") -> dict:
    done = subprocess.run(
        [sys.executable, "-c", LOAD_WEB_WORKER.format(more=more)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_contracts_of_imports_are_kept():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "Contracts: 8 kept, 0 broken." in done.stdout


def test_surveys_names_no_app_above_it_not_even_in_a_text():
    texts = {
        str(path.relative_to(ROOT)): path.read_bytes().decode("utf-8", errors="ignore").lower()
        for path in sorted((ROOT / "surveys").rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }
    assert len(texts) > 150
    assert [name for name, text in texts.items() if "diagnostics" in text] == []


def test_a_web_worker_loads_its_routes_without_numpy():
    worker = loaded()
    assert worker["routes"] > 5
    assert HEAVY.intersection(worker["modules"]) == set()


def test_the_measurement_sees_numpy_where_it_is():
    assert "numpy" in loaded("import diagnostics.scoring.measures")["modules"]


def own_names(tree: ast.AST) -> set[str]:
    """The names that a module makes itself."""
    made = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    return made | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def borrowed(modules: Mapping[str, str]) -> list[str]:
    """Names that are imported from a module that only imports them itself; `modules` has each module's source."""
    trees = {module: ast.parse(source) for module, source in modules.items()}
    return sorted(
        f"{module} takes {alias.name} from {node.module}"
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in trees
        for alias in node.names
        if f"{node.module}.{alias.name}" not in trees and alias.name not in own_names(trees[node.module])
    )


def test_a_name_is_imported_from_the_module_that_makes_it():
    paths = [path for path in files("config", "diagnostics", "surveys") if path.name != "__init__.py"]
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text("utf-8") for path in paths}
    assert len(modules) > 250
    assert borrowed(modules) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from app.page import Cell", ["app.view takes Cell from app.page"]),
        ("from app.cell import Cell", []),
        ("from app.page import Row", []),
        ("from django.db import models", []),
    ],
)
def test_the_search_finds_a_name_that_is_passed_on(line, found):
    modules = {"app.cell": "class Cell: pass", "app.page": "from app.cell import Cell\nRow = list[Cell]"}
    assert borrowed(modules | {"app.view": line}) == found
