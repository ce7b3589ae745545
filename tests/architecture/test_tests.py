"""Tests reach the product through its public names, and share helpers through modules of their own."""

import ast
import re
from collections import Counter

import pytest

from tests.architecture.source import ROOT, files, imported_names

PRODUCT = ("config", "diagnostics", "surveys")
PRIVATE_PATH = re.compile(rf"\b(?:{'|'.join(PRODUCT)})(?:\.\w+)*\._[a-z]\w*", re.IGNORECASE)
PATCHES = {"setattr", "delattr", "object", "patch"}


def is_private(name):
    return name.startswith("_") and not name.startswith("__")


def of_product(path):
    return path.partition(".")[0] in PRODUCT


def private_names(text):
    """Private names of the product that a test file imports, reads, patches or names in a text, with their lines."""
    tree = ast.parse(text)
    names = imported_names(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and of_product(node.module or ""):
            found += [(node.lineno, alias.name) for alias in node.names if is_private(alias.name)]
        elif isinstance(node, ast.Attribute) and is_private(node.attr) and isinstance(node.value, ast.Name):
            if of_product(names.get(node.value.id, "")) and node.attr not in ("_meta", "_default_manager"):
                found.append((node.lineno, node.attr))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [(node.lineno, path) for path in PRIVATE_PATH.findall(node.value)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PATCHES:
            found += patched(node, names)
    return found


def patched(call, names):
    """The private name that a call such as `monkeypatch.setattr(module, "_name", ...)` replaces."""
    if len(call.args) < 2 or not isinstance(call.args[1], ast.Constant) or not isinstance(call.args[1].value, str):
        return []
    target, name = ast.unparse(call.args[0]).partition(".")[0], call.args[1].value
    foreign = target in names and not of_product(names[target])
    return [(call.lineno, name)] if is_private(name) and not foreign else []


def imports_of_test_modules(text):
    """The lines on which a file imports a test module or something out of one."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            paths = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            paths = [alias.name for alias in node.names]
        else:
            continue
        if any(is_test_module(path) for path in paths):
            found.append(node.lineno)
    return found


def is_test_module(path):
    if not path.rpartition(".")[2].startswith("test_"):
        return False
    return path.startswith(".") or (ROOT / f"{path.replace('.', '/')}.py").exists()


def test_no_test_reaches_a_private_name_of_the_product():
    found = {str(path.relative_to(ROOT)): private_names(path.read_text(encoding="utf-8")) for path in files("tests")}
    assert len(found) > 200
    del found["tests/architecture/test_tests.py"]
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from surveys.ballot.keys import _write", "_write"),
        ("from surveys.ballot import keys\nkeys._write()", "_write"),
        ("from surveys.ballot import keys\nmonkeypatch.setattr(keys, '_write', None)", "_write"),
        ("from surveys.services.closing import Closer\nmock.patch.object(Closer, '_write')", "_write"),
        ("mock.patch('surveys.ballot.keys._write')", "surveys.ballot.keys._write"),
        ("POINT = '<1:surveys.ballot.keys._write'", "surveys.ballot.keys._write"),
    ],
)
def test_the_search_finds_each_way_to_a_private_name(text, name):
    assert [found for _, found in private_names(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "from surveys.models import Wave\nWave._meta.db_table",
        "from django.test import TransactionTestCase\npatch.setattr(TransactionTestCase, '_fixture_teardown', None)",
        "from tests.staff import make_staff\nmake_staff._cached = None",
    ],
)
def test_names_that_are_not_private_to_the_product_are_left(text):
    assert private_names(text) == []


def test_no_file_imports_from_a_test_module():
    found = {
        str(path.relative_to(ROOT)): imports_of_test_modules(path.read_text(encoding="utf-8"))
        for path in files("tests")
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("from tests.architecture.test_sizes import FILE_LINES", [1]),
        ("from tests.architecture import test_sizes", [1]),
        ("import tests.architecture.test_sizes", [1]),
        ("from .test_sizes import FILE_LINES", [1]),
        ("from . import test_sizes", [1]),
        ("from tests.architecture.source import ROOT", []),
        ("from surveys.rules.limits import test_size", []),
    ],
)
def test_the_search_finds_each_import_of_a_test_module(text, lines):
    assert imports_of_test_modules(text) == lines


def helpers(text):
    """The functions of a file that are neither tests nor fixtures: each body's tree, with the name."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("test_") and not node.decorator_list:
            yield node.name, ast.dump(ast.Module([node], []))


def written_twice(texts):
    """The names of helpers that several of the texts define with the same body."""
    count = Counter(helper for text in texts for helper in set(helpers(text)))
    return sorted(name for (name, _), files_with_it in count.items() if files_with_it > 1)


def test_no_helper_is_written_twice():
    # A benchmark is a program of its own: each has its `main`.
    assert set(written_twice(path.read_text(encoding="utf-8") for path in files("tests"))) <= {"main"}


def test_the_search_finds_a_helper_that_is_written_twice():
    helper = "def scored(survey):\n    return survey"
    assert written_twice([helper, f"import re\n\n{helper}", "def scored(wave):\n    return wave"]) == ["scored"]
    assert written_twice([f"@pytest.fixture\n{helper}"] * 2) == []
