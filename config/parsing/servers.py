"""The database and the broker, each as one address."""

import warnings
from typing import Any
from urllib.parse import urlsplit

import environ

from config.parsing.fault import SettingError

_DATABASE = "Write it as postgres://user:password@host:5432/name, or leave it out for SQLite."
_BROKER = "Write it as redis://host:6379/0, or rediss:// for an encrypted connection."
_ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")
_BROKERS = ("redis", "rediss", "redis+socket")


def parse_database(text: str) -> dict[str, Any]:
    """Django's settings of a database. Raises SettingError, which never repeats the address."""
    try:
        with warnings.catch_warnings(action="ignore"):
            found: dict[str, Any] = environ.Env.db_url_config(text)
    except (ValueError, KeyError):
        raise SettingError("DATABASE_URL", "is not an address, or its port is no number", _DATABASE) from None
    if found.get("ENGINE") not in _ENGINES:
        raise SettingError("DATABASE_URL", "does not begin with postgres:// or sqlite://", _DATABASE)
    if not found["NAME"]:
        raise SettingError("DATABASE_URL", "names no database behind the host", _DATABASE)
    return found


def parse_broker(text: str) -> str:
    """Raises SettingError unless `text` is the address of a Redis server; it never repeats it."""
    try:
        parts = urlsplit(text)
        database = parts.path.strip("/")
        is_server = bool(parts.hostname) and (database.isdecimal() or not database)
        is_socket = parts.scheme == "redis+socket" and bool(parts.path)
        is_redis = parts.scheme in _BROKERS and parts.port != 0 and (is_server or is_socket)
    except ValueError:
        is_redis = False
    if not is_redis:
        raise SettingError("REDIS_URL", "is not the address of a Redis server", _BROKER)
    return text
