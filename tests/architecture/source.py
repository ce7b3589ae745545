"""The product's own Python files, for the tests that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A word of a sentence, as a pattern.
WORD = r"[^\W\d_]+(?:[’'-][^\W\d_]+)*"
PACKAGES = ("config", "diagnostics", "surveys", "scripts", "tests")


def files(*folders: str) -> list[Path]:
    """Python files below `folders`, without migrations, which Django writes."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    return sorted(found)


def functions(path: Path) -> Iterator[tuple[str, int, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Each function of the file: where it is, its lines from `def` to its end, and its node."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines, node


def imported_names(tree: ast.AST) -> dict[str, str]:
    """What each name that the file imports is, as a dotted path."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
    return names
