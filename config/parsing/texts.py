"""Settings that are one line of text, an address, or the name of a clock."""

from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from config.parsing.fault import SettingError

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def parse_line(name: str, text: str) -> str:
    """A text for subjects and pages, with single spaces.

    Raises SettingError where it is empty, or holds a letter that cannot be printed.
    """
    line = " ".join(text.split())
    if not line or not line.isprintable():
        raise SettingError(name, "is empty, or has letters that cannot be printed", "Write one line of text.")
    return line


def split_address(name: str, text: str, remedy: str) -> tuple[SplitResult, int | None]:
    """The parts of an address, and its port. Raises SettingError, which never repeats it: it may hold a password."""
    try:
        if not text.isprintable():
            raise ValueError(text)  # noqa: TRY301 -- urlsplit would leave a line break out
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SettingError(name, "is not an address, or its port is no number up to 65535", remedy) from None
    return parts, port


def parse_log_level(text: str) -> str:
    """One of the names of Python's logging, in capital letters. Raises SettingError for any other."""
    level = text.upper()
    if level not in _LEVELS:
        raise SettingError("LOG_LEVEL", f"is {text}", f"Set it to one of {', '.join(_LEVELS)}.")
    return level


def parse_time_zone(text: str) -> str:
    """Raises SettingError unless this system knows the name."""
    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, KeyError):  # unknown; a folder; no name at all
        remedy = "Write one of the names in the IANA list, such as Europe/Berlin, or UTC."
        raise SettingError("COMPANY_TIME_ZONE", f"is {text}, which this system does not know", remedy) from None
