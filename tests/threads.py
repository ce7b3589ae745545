"""Work on several database connections at the same moment, without a sleep."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait

from django.db import connection, connections

_SECONDS = 30


def at_once(count, work):
    """Runs `work(number)` in `count` threads that start together; their results in order of number."""
    gate = threading.Barrier(count, timeout=_SECONDS)

    def run(number):
        gate.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def wait_for_each_other(monkeypatch, module, name, count=2):
    """Holds `count` threads at a function of a module until all of them are there."""
    real, gate = getattr(module, name), threading.Barrier(count, timeout=_SECONDS)

    def when_all_are_there(*arguments):
        gate.wait()
        return real(*arguments)

    monkeypatch.setattr(module, name, when_all_are_there)


def in_background(work) -> "Future[object]":
    """Starts `work` in a thread with a connection of its own."""
    done: Future[object] = Future()

    def run():
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 -- the caller's result() raises it
            done.set_exception(error)
        finally:
            connections.close_all()

    threading.Thread(target=run, daemon=True).start()
    return done


def until_blocked(work) -> "Future[object]":
    """Starts `work` in a thread and returns when PostgreSQL says that somebody waits for a lock."""
    done = in_background(work)
    deadline = time.monotonic() + _SECONDS
    while not wait([done], timeout=0.01).done:
        if time.monotonic() > deadline:
            raise TimeoutError("The other thread neither ended nor waits for a lock.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return done
    raise RuntimeError("The other thread ended without waiting for a lock.")
