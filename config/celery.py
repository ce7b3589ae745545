"""The Celery app. Queues: counting (open, shuffle, close), mail, default."""

import os
from typing import Any

from celery import Celery
from celery.signals import after_task_publish, beat_init, setup_logging, worker_init
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from config.memory import protect_memory
from config.starting import refuse_faulty_configuration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Before numpy is there: workers share the cores already, and threads of one matrix wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
TRANSPORT_ALIASES["embedded"] = "config.transport:Transport"
app = Celery("faultline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_to_start(**_kwargs: Any) -> None:
    """Celery runs the checks, but goes on whatever they find. Only a SystemExit gets past its signals."""
    protect_memory()
    refuse_faulty_configuration()


@beat_init.connect
def show_that_beat_lives(**_kwargs: Any) -> None:
    """Touches VAR_DIR/beat/alive whenever the broker has taken a tick, for scripts/health.sh to see."""
    alive = settings.VAR_DIR / "beat" / "alive"
    alive.parent.mkdir(parents=True, exist_ok=True)
    after_task_publish.connect(lambda **_: alive.touch(), weak=False)


@setup_logging.connect
def keep_django_logging(**_kwargs: Any) -> None:
    """A receiver, even an empty one, keeps Celery from setting up logs of its own beside settings.LOGGING."""
