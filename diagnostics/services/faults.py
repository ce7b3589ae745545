"""Waves that cannot be scored: marked for the page and told once in the log, until they can."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError

from diagnostics.models import ScoringFault

logger = logging.getLogger(__name__)


@contextmanager
def fault_marked(wave_id: uuid.UUID) -> Iterator[None]:
    """Around the scoring of a wave, outside its transaction. An error is raised again once it is marked.

    A database that cannot be reached is no fault of the wave.
    """
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        fault = ScoringFault.objects.filter(wave=wave_id, error=type(error).__name__)
        if not fault.exists():
            ScoringFault.objects.update_or_create(wave_id=wave_id, defaults={"error": type(error).__name__})
            logger.exception("Wave %s cannot be scored. Other waves go on; it is tried again each hour.", wave_id)
        raise
    ScoringFault.objects.filter(wave=wave_id).delete()
