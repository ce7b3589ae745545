"""The product's two workers as processes of their own, on the test's PostgreSQL, Redis and mail server."""

import os
import re
import subprocess
import time
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from config.celery import app
from tests.postbox import Postbox

_SECONDS = 90
_OWN = {"VAR_DIR": "var", "HOME": "home", "TMPDIR": "tmp", "XDG_CACHE_HOME": "cache"}
_QUEUES = {"worker": ("default", "mail"), "counting": ("counting",)}
_LINK = re.compile(r"https?://\S+/a/[a-z2-7]{26}")


class Stack:
    """`url` is the site's, `folder` all that the workers may write in, `keys` what only the counting one knows."""

    def __init__(self, url, folder):
        self.url, self.folder, self.keys, self.postbox = url, folder, folder / "keys", Postbox()
        self.processes = {}

    @contextmanager
    def running(self):
        """What earlier tests left on the queues is thrown away first."""
        with app.connection_for_write() as broker, broker.channel() as channel:
            for queue in (queue for queues in _QUEUES.values() for queue in queues):
                app.amqp.queues[queue].bind(channel).declare()
                channel.queue_purge(queue)
        with self.postbox.running():
            try:
                for name in _QUEUES:
                    self._start(name)
                yield self
            finally:
                for process in self.processes.values():
                    process.terminate()
                for process in self.processes.values():
                    process.wait(_SECONDS)

    def wait(self, what, happened):
        """Until `happened` says so; the workers' logs tell why it does not."""
        deadline = time.monotonic() + _SECONDS
        while not happened():
            ended = [name for name, process in self.processes.items() if process.poll() is not None]
            if ended or time.monotonic() > deadline:
                logs = "\n".join((self.folder / f"{name}.log").read_text() for name in self.processes)
                raise TimeoutError(f"Waited in vain until {what}; ended: {ended}. The logs:\n{logs}")
            time.sleep(0.05)

    def links(self, address):
        """The answer links in the person's mails, oldest first."""
        return [link for mail in self.postbox.to(address) for link in _LINK.findall(plain(mail))]

    def _start(self, name):
        database = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
        environment = os.environ | {
            "DATABASE_URL": database,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.postbox.port}",
            "SITE_URL": self.url,
            "WORKER_CONCURRENCY": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        for variable, below in _OWN.items():
            environment[variable] = str(self.folder / below)
            (self.folder / below).mkdir(exist_ok=True)
        if name == "counting":
            environment["BALLOT_KEY_DIR"] = str(self.keys)
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [settings.BASE_DIR / "scripts" / "process.sh", name]
            self.processes[name] = subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def plain(mail):
    return mail.get_body(("plain",)).get_content()
