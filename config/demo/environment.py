"""The demo's settings: a deployment that lives in its own folder and touches nothing else."""

import os
import secrets
import shutil
import socket
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "var" / "demo"


def free_port(preferred: int = 0) -> int:
    """`preferred` if it is free, else any free port."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", preferred))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare() -> None:
    """Makes a fresh folder and sets the environment. Call it before Django reads its settings."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    web, smtp = free_port(8000), free_port()
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "EMBEDDED": "1",
            "VAR_DIR": str(FOLDER),
            "STATIC_ROOT": str(FOLDER / "static"),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "LINK_KEY": secrets.token_urlsafe(50),
            "SITE_URL": f"http://127.0.0.1:{web}",
            "BIND": f"127.0.0.1:{web}",
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
            "ORGANISATION": "Northwind Instruments",
            "COMPANY_TIME_ZONE": "Europe/Riga",
            "LOG_LEVEL": "WARNING",
        }
    )
    for name in ("DEBUG", "DATABASE_URL", "REDIS_URL", "BALLOT_KEY_DIR", "FAULTLINE_ROLE"):
        os.environ.pop(name, None)
