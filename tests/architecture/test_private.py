"""Nothing in the repository belongs to one machine: no path of it, no address of a package registry."""

import re
import subprocess

import pytest

from tests.architecture.source import ROOT

OF_A_MACHINE = re.compile(
    r"(?<![\w.~-])/(?:work|root|home|Users)/|--(?:extra-)?index-url|--find-links|--trusted-host|registry\s*=\s*http"
)


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def test_no_tracked_file_names_a_machine():
    found = {}
    names = tracked()
    for name in names:
        text = (ROOT / name).read_bytes().decode("utf-8", errors="ignore")
        if name != "tests/architecture/test_private.py" and (match := OF_A_MACHINE.search(text)):
            found[name] = match.group()
    assert len(names) > 100
    assert found == {}


@pytest.mark.parametrize("line", ["see /home/ada/faultline", "PATH=/root/.venv/bin", "--index-url https://mirror"])
def test_the_search_would_find_one(line):
    assert OF_A_MACHINE.search(line)
