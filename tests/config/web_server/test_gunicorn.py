"""The settings of the web server, which it reads before those of Django."""

import runpy
import sys

import pytest

from config import memory

FILE = "config/web_server/gunicorn.py"


@pytest.fixture(autouse=True)
def _this_process_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(memory, "protect_memory", lambda: None)
    monkeypatch.setattr(sys, "setswitchinterval", lambda _seconds: None)


def test_values_lose_the_space_around_them(monkeypatch):
    for name, value in {"BIND": " 127.0.0.1:9\n", "WEB_WORKERS": "3\n", "WEB_THREADS": " 5"}.items():
        monkeypatch.setenv(name, value)
    found = runpy.run_path(FILE)
    assert (found["bind"], found["workers"], found["threads"]) == ("127.0.0.1:9", 3, 5)


@pytest.mark.parametrize("name", ["WEB_WORKERS", "WEB_THREADS"])
def test_what_is_no_number_ends_it_with_a_sentence(monkeypatch, name):
    for value in ("two", "0", "-1", "1e3"):
        monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit, match=rf"^{name} is {value}\. Set it to a whole number from 1"):
            runpy.run_path(FILE)
