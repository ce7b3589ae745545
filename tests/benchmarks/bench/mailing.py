"""Mails from the outbox to a server that takes each at once, by one worker or by several."""

import os
import subprocess
import sys
from contextlib import ExitStack

from django.conf import settings

from surveys.choices import MailState
from surveys.models import Mail
from tests.benchmarks.bench.plan import MAILS

# One batch after the other, as the worker's task starts itself again; the first is not measured.
WORKER = """
import sys
import django
django.setup()
from surveys.mails import sending
sending.send_pending()
print("ready", flush=True)
for _ in range(int(sys.stdin.readline())):
    if not sending.send_pending():
        break
"""


def send_by(workers, meter, people):
    """Measures until the last worker has sent its part of MAILS, whatever the outbox holds besides."""
    batches = min(MAILS, people * 2 // 5) // settings.MAIL_BATCH // workers
    with ExitStack() as processes:
        sink = _start(processes, ["-m", "tests.benchmarks.bench.sink"], os.environ)
        address = f"smtp://127.0.0.1:{sink.stdout.readline().strip()}"
        environment = os.environ | {"EMAIL_URL": address, "MAIL_SENDERS": str(workers)}
        started = [_start(processes, ["-c", WORKER], environment) for _ in range(workers)]
        for worker in started:
            worker.stdout.readline()
        before = _sent()
        meter.measure(lambda: _run(started, batches))
    meter.found |= {
        "mails": _sent() - before,
        # Of the workers' connections, which are gone; that of this process has done nothing.
        "database_megabytes": None,
        "busy": None,
    }


def _start(processes, arguments, environment):
    command = [sys.executable, *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return processes.enter_context(subprocess.Popen(command, env=environment, **pipes))


def _run(started, batches):
    for worker in started:
        worker.stdin.write(f"{batches}\n")
        worker.stdin.flush()
    for worker in started:
        worker.wait()
    if any(worker.returncode for worker in started):
        raise RuntimeError("A worker failed.")


def _sent():
    return Mail.objects.filter(state=MailState.SENT).count()
