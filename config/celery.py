"""The Celery app. Queues: counting (open, shuffle, close), mail, default."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init
from django.core.checks import ERROR, run_checks
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["embedded"] = "config.transport:Transport"
app = Celery("faultline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_faulty_configuration(**_kwargs: Any) -> None:
    """Ends the process, as Django's own commands do: Celery runs the checks but goes on whatever they find."""
    errors = [str(message) for message in run_checks() if message.level >= ERROR and not message.is_silenced()]
    if errors:
        raise SystemExit("This process does not start, for the system checks found:\n" + "\n".join(errors))


@setup_logging.connect
def keep_django_logging(**_kwargs: Any) -> None:
    """A receiver, even an empty one, keeps Celery from setting up logs of its own beside settings.LOGGING."""
