"""Each dependency has its reason in docs/dependencies.md, and is pinned with hashes wherever it is installed."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

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
    return [Requirement(one).name for one in requirements]


def test_each_dependency_has_one_line_that_says_why():
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
        one.name: versions
        for one in map(Requirement, RUN)
        for versions in [run[one.name]]
        if not all(one.specifier.contains(version) for version in versions)
    }
    assert outside == {}
    assert set(names(DEVELOP)) <= set(develop)
