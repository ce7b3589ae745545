"""Processes of the product whose every byte is kept: what they print, and what they write in their own folder."""

import base64
import os
import random
import re
import signal
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30
PEM = re.compile(rb"-----BEGIN [A-Z ]+-----\s(.+?)-----END", re.DOTALL)


def _accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _has_certificate(port):
    """A proxy that has just started accepts connections before it has made its certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as plain:
            context.wrap_socket(plain, server_hostname="localhost").close()
    except OSError:
        return False
    return True


@contextmanager
def process(folder, command, *, answers_at, answers=_accepts, environment=()):
    """Runs in a folder that is its home, too; yields when the port answers, and ends with it."""
    folder.mkdir(parents=True)
    home = dict.fromkeys(("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    whole = os.environ | home | {"PYTHONDONTWRITEBYTECODE": "1"} | dict(environment)
    with (folder / "printed").open("wb") as printed:
        started = subprocess.Popen(
            list(map(str, command)), cwd=ROOT, env=whole, stdout=printed, stderr=printed, start_new_session=True
        )
    try:
        _wait(started, lambda: answers(answers_at), folder)
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(SECONDS)


def web(folder, name="web", **more):
    """The real web server, behind a proxy, on the test's database; the one of answer pages by the name `answers`."""
    port = free_port()
    environment = {
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict),
        "BIND": f"127.0.0.1:{port}",
        "ANSWERS_BIND": f"127.0.0.1:{port}",
        "SITE_URL": "https://localhost",
        "BEHIND_PROXY": "1",
        "WEB_WORKERS": "1",
        "VAR_DIR": str(folder / "var"),
    }
    command = [ROOT / "scripts" / "process.sh", name]
    return port, process(folder, command, answers_at=port, environment=environment | more)


def proxy(folder, *, upstream, answers=None, config=ROOT / "config" / "Caddyfile"):
    """The real proxy with the configuration that ships, but for its ports; `answers` is that of answer pages."""
    plain, secure, health = (_quiet_port() for _ in range(3))
    environment = {
        "SITE_URL": f"https://localhost:{secure}",
        "HTTP_PORT": str(plain),
        "HTTPS_PORT": str(secure),
        "HEALTH_PORT": str(health),
        "UPSTREAM": f"127.0.0.1:{upstream}",
        "ANSWERS_UPSTREAM": f"127.0.0.1:{answers or upstream}",
    }
    command = ["caddy", "run", "--config", config, "--adapter", "caddyfile"]
    started = process(folder, command, answers_at=secure, answers=_has_certificate, environment=environment)
    return plain, secure, health, started


def _quiet_port():
    """One that no connection of another program is given by chance, for the proxy listens on every address."""
    while True:
        port = random.randrange(12_000, 30_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def written(folder):
    """Every byte that was printed or written there, certificates and keys decoded.

    In base64 a trace of three letters is found by chance, in one certificate of a few hundred.
    """
    return b"\0".join(_decoded(path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())


def _decoded(content):
    if not content.startswith(b"-----BEGIN "):
        return content
    return b"\0".join(base64.b64decode(body) for body in PEM.findall(content))


def _wait(started, answers, folder):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and started.poll() is None:
        if answers():
            return
        time.sleep(0.05)
    raise RuntimeError(f"{started.args} did not start:\n{(folder / 'printed').read_text(errors='replace')}")
