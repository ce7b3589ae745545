"""Who may import whom (the contracts are in pyproject.toml), and what a web worker really loads."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT

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
