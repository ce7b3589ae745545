"""Names are in plain words: docs/glossary.md has the terms, and a class name exists once in the code base."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, files

# A vocabulary of our own that nobody outside could read.
PRIVATE = {
    *("told", "tell", "said", "says", "burn", "burns", "burning", "stand", "stands", "standing", "held", "anew"),
    *("whoever", "nobody", "hears"),
}
# Django asks for these names.
REPEATED = {"Meta", "Command", "Migration"}


def words(name: str) -> set[str]:
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Classes, functions, parameters, variables, attributes that are assigned, and loop variables."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr


def loop_variables(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield from (name.id for name in ast.walk(node.target) if isinstance(name, ast.Name))
        if isinstance(node, ast.Lambda):
            yield from (argument.arg for argument in node.args.args)


def private_names(source: str) -> set[str]:
    tree = ast.parse(source)
    found = {name for name in bound_names(tree) if words(name) & PRIVATE}
    return found | {name for name in loop_variables(tree) if name in ("one", "some")}


@pytest.mark.parametrize(
    "folders",
    [pytest.param(("config", "diagnostics", "surveys", "scripts"), id="product"), pytest.param(("tests",), id="tests")],
)
def test_names_have_no_private_vocabulary(folders):
    paths = files(*folders)
    assert len(paths) > 50
    found = {str(path.relative_to(ROOT)): private_names(path.read_text(encoding="utf-8")) for path in paths}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("class Told: pass", {"Told"}),
        ("def burning_pairs(): pass", {"burning_pairs"}),
        ("held = {one: 1 for one in ()}", {"held", "one"}),
        ("def f(said): pass", {"said"}),
        ("sorted(x, key=lambda one: one)", {"one"}),
        ("for some in (): pass", {"some"}),
        ("def understand(withheld): threshold = anyone = 1", set()),
    ],
)
def test_the_search_finds_private_words_and_no_others(source, names):
    assert private_names(source) == names


def test_a_class_name_exists_once():
    places = defaultdict(list)
    for path in files("config", "diagnostics", "surveys"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in REPEATED:
                places[node.name].append(str(path.relative_to(ROOT)))
    assert len(places) > 150
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
