"""Processes that the benchmarks start, with what each of them took."""

import os
import subprocess
import sys
import time

ENVIRONMENT = {
    "DEBUG": "",
    "EMBEDDED": "1",
    "REDIS_URL": "",
    "SECRET_KEY": "a key for the benchmark, long enough for Django's own checks 1234567890",
    "LINK_KEY": "a link key for the benchmark, as long as a real one 1234567890",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "OPENBLAS_NUM_THREADS": "1",  # as in config/celery.py
    "LOG_LEVEL": "WARNING",
}


def manage(environment, *arguments):
    """Runs a command of the product; as `run`."""
    return run(environment, "manage.py", *arguments)


def run(environment, *arguments):
    """Runs Python; returns its seconds, those of them on the processor, and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *map(str, arguments)], env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, arguments))} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
