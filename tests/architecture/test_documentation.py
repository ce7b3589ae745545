"""What an operator can set or run is in docs/operations.md, and nothing that is not there any more."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.architecture.source import ROOT

OPERATIONS = ROOT / "docs" / "operations.md"
VARIABLE = re.compile(r"\$\{([A-Z_]+):[-?]|env\.\w+\(\s*\"([A-Z_]+)\"|os\.environ\.get\(\"([A-Z_]+)\"")
DOCUMENTS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
SOURCES = (
    ROOT / "config" / "settings.py",
    ROOT / "config" / "web_server" / "gunicorn.py",
    ROOT / "docker-compose.yml",
    *(ROOT / "scripts" / name for name in ("process.sh", "environment.sh", "test-tools.sh", "health.sh", "readyz.py")),
)


def variables() -> set[str]:
    return {name for path in SOURCES for match in VARIABLE.findall(path.read_text()) for name in match if name}


def commands() -> set[str]:
    return {name for name, app in get_commands().items() if app in ("surveys", "diagnostics")}


def rows(heading: str) -> set[str]:
    """The first column of the table below a heading, without its backticks."""
    section = OPERATIONS.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {match.group(1) for match in re.finditer(r"^\| `([A-Za-z_]+)[^`]*` ", section, re.MULTILINE)}


def test_every_setting_of_the_environment_is_documented_and_no_other():
    assert rows("Settings") == variables()


def test_every_management_command_is_documented_and_no_other():
    assert rows("Commands") == commands()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_a_document_names_are_there(path: Path):
    """By the path, or by its end where the sentence says in which package it is."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    named = re.findall(r"`([a-z0-9_./-]+\.(?:py|sh|html|yaml|toml|css|md|svg))`", path.read_text())
    assert [name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in tracked)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []
