"""What every process does before it begins its work: it refuses to start with what the system checks call an error."""

import logging

from django.core.checks import ERROR, CheckMessage, run_checks
from django.db import OperationalError, connections

logger = logging.getLogger(__name__)


class FaultySettingsError(SystemExit):
    """Ends a process, and says why; for processes that treat SystemExit as the wish to end."""


def refuse_faulty_configuration() -> None:
    """Raises FaultySettingsError with all errors of the system checks and what to do about each.

    A database that cannot be reached is no such error: answer pages say so, and the process waits for it. What that
    database would write into its log is looked at when a process starts while it can be reached.
    """
    errors = [str(message) for message in _messages() if message.level >= ERROR and not message.is_silenced()]
    if errors:
        raise FaultySettingsError("This process does not start, for the system checks found:\n" + "\n".join(errors))


def _messages() -> list[CheckMessage]:
    try:
        return run_checks(databases=["default"])
    except OperationalError:
        logger.warning("The database cannot be reached; its settings were not looked at.")
        return run_checks()
    finally:
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:
                connection.close()
