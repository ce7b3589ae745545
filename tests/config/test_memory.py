"""That an answer is forgotten is shown on the real processes in tests/adversary/test_memory.py."""

import gc
import os
import subprocess
import sys
import urllib.parse
import weakref

import pytest
from django.conf import settings

from config.memory import forget

READ = "import resource; from config.memory import is_dumpable; print(is_dumpable(), *resource.getrlimit(4))"
STARTS = {
    "web": "import config.web_server.gunicorn",
    "workers": "from celery.signals import worker_init; import config.celery; worker_init.send(None)",
    "beat": "from celery.signals import beat_init; import config.celery; beat_init.send(None)",
}


class _Loop:
    def __init__(self):
        self.itself = self


def read_back(start):
    return subprocess.run(
        [sys.executable, "-c", f"{start}; {READ}"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": "sqlite://:memory:", "EMBEDDED": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows processes that cannot be dumped")
@pytest.mark.parametrize("process", STARTS)
def test_no_program_of_the_same_user_reads_a_process_nor_its_core_dump(process):
    assert read_back(STARTS[process]) == ["False", "0", "0"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows processes that cannot be dumped")
def test_any_other_process_could_be_read():
    assert read_back("import config")[0] == "True"


def test_what_python_holds_without_need_is_given_back():
    gc.disable()
    try:
        loop = weakref.ref(_Loop())
        urllib.parse.urlsplit("http://localhost/a/canary")
        before = loop() is not None, urllib.parse.urlsplit.cache_info().currsize > 0
        forget()
        assert (before, loop(), urllib.parse.urlsplit.cache_info().currsize) == ((True, True), None, 0)
    finally:
        gc.enable()
