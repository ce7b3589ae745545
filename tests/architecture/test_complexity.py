"""Few decisions a function: those of statements, of conditions inside expressions, and of comprehensions."""

import ast

from tests.architecture.source import files, functions

MOST = 12
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.IfExp, ast.ExceptHandler, ast.match_case)
NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def decisions(node: ast.AST) -> int:
    """How often the function's way forks, without the functions inside it."""
    count = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, NESTED):
            continue
        if isinstance(child, BRANCHES):
            count += 1
        elif isinstance(child, ast.BoolOp):
            count += len(child.values) - 1
        elif isinstance(child, ast.comprehension):
            count += 1 + len(child.ifs)
        count += decisions(child)
    return count


def test_no_function_decides_more_than_a_reader_can_follow():
    found = {
        where: 1 + decisions(node)
        for path in files("config", "diagnostics", "scripts", "surveys")
        for where, _, node in functions(path)
    }
    assert len(found) > 800
    assert {where: complexity for where, complexity in found.items() if complexity > MOST} == {}


def test_the_count_sees_comprehensions_and_conditions():
    source = "def f(a, b):\n    if a and b:\n        return [x for x in a if x]\n    return a or b\n"
    assert 1 + decisions(ast.parse(source).body[0]) == 6
