"""Modules are small: a file holds one idea, a function fits a screen, views and tasks only call others."""

from tests.architecture.source import PACKAGES, ROOT, files, functions

FILE_LINES, FUNCTION_LINES, VIEW_LINES, TASK_LINES = 250, 40, 15, 12
NAME_LETTERS = 70


def test_no_file_is_longer_than_one_idea():
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in files(*PACKAGES)}
    assert len(lengths) > 100
    assert {str(path): lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_a_screen():
    lengths = {
        where: lines for path in files("config", "diagnostics", "surveys") for where, lines, _ in functions(path)
    }
    assert len(lengths) > 200
    assert {where: lines for where, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_views_are_short():
    paths = [*files("surveys/views", "diagnostics/views")]
    views = {
        where: lines
        for path in paths
        for where, lines, node in functions(path)
        if node.args.args and node.args.args[0].arg in ("request", "_request")
    }
    assert len(views) > 5
    assert {where: lines for where, lines in views.items() if lines >= VIEW_LINES} == {}


def test_tasks_are_short():
    paths = [ROOT / "surveys" / "tasks.py", ROOT / "diagnostics" / "tasks.py"]
    tasks = {where: lines for path in paths for where, lines, _ in functions(path)}
    assert len(tasks) > 5
    assert {where: lines for where, lines in tasks.items() if lines >= TASK_LINES} == {}


def test_names_of_tests_are_under_70_letters():
    names = {
        where: len(node.name)
        for path in files("tests")
        for where, _, node in functions(path)
        if node.name.startswith("test_")
    }
    assert len(names) > 1_500
    assert {where: letters for where, letters in names.items() if letters >= NAME_LETTERS} == {}
