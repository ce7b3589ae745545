"""People's clocks. A zone that was known at import may be unknown later: systems drop names of the IANA list."""

from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings


def clock_of(name: str) -> ZoneInfo:
    """The zone of that name; the company's where there is no name, or where this system knows none of that name."""
    return _known(name) or ZoneInfo(settings.TIME_ZONE)


def is_unknown(name: str) -> bool:
    """Whether a person has a zone that this system does not know."""
    return bool(name) and _known(name) is None


@cache
def _known(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # unknown; a folder; no name at all
        return None
