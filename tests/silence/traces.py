"""What a request leaves behind in the process that serves it, and on the queues and tables behind that."""

import logging
import re
from contextlib import contextmanager
from importlib import import_module

from celery import Celery, Task
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

# In quotes or not, also below WITH; but for the locks of a SELECT and what an INSERT does instead.
_WRITES = re.compile(
    r'(?<!FOR )(?<!KEY )(?<!DO )\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?:ONLY\s+)?"?(\w+)', re.IGNORECASE
)


class Traces:
    """`kinds` of all that was seen; `tables` that were written; `logged`: each line with all that its record holds."""

    def __init__(self):
        self.kinds, self.tables, self.logged = set(), set(), []


@contextmanager
def watched(monkeypatch, capfd, commits):
    """Watches sessions, cache, tasks, mails, logs, prints and tables. Tasks, mails and log lines go no further."""
    traces = Traces()
    capfd.readouterr()
    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as queries, commits(execute=True):
        for kind, owner, names, passed_on in _watched():
            for name in names:
                patch.setattr(owner, name, _noted(traces.kinds, kind, getattr(owner, name), passed_on=passed_on))
        patch.setattr(logging.Handler, "handle", _logged(traces, logging.Handler.handle))
        yield traces
    traces.tables |= {table for query in queries for table in _WRITES.findall(query["sql"])}
    if any(capfd.readouterr()):
        traces.kinds.add("print")


def _watched():
    """What is noted, where, and whether the call is passed on."""
    cache = {name for name in vars(BaseCache) if name[0] != "_"} - {"close", "default_timeout"}
    return (
        ("session", import_module(settings.SESSION_ENGINE).SessionStore, ("load", "save", "delete"), True),
        ("cache", type(caches["default"]), {name for name in cache if callable(getattr(BaseCache, name))}, True),
        ("task", Celery, ("send_task",), False),
        ("task", Task, ("apply_async",), False),
        ("mail", EmailMessage, ("send",), False),
    )


def _noted(kinds, kind, original, *, passed_on):
    def noted(*args, **options):
        kinds.add(kind)
        return original(*args, **options) if passed_on else None

    return noted


def _logged(traces, original):
    """Of every handler that would write the record, whatever logger it hangs on; but for pytest's own."""

    def handle(self, record):
        if type(self).__module__ == "_pytest.logging":
            return original(self, record)
        passed = self.filter(record)
        if passed:
            traces.kinds.add("log")
            traces.logged.append((self.format(record), repr(vars(record))))
        return passed

    return handle
