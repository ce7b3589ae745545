"""The database and the broker, each as one address."""

import warnings
from typing import Any
from urllib.parse import urlsplit

import environ

from config.parsing.fault import SettingError

_DATABASE = "Write it as postgres://user:password@host:5432/name, or leave it out for SQLite."
_BROKER = (
    "Write it as redis://host:6379/0, or rediss:// for an encrypted connection; for RabbitMQ as "
    "amqp://user:password@host:5672/name; for Redis behind Sentinels as sentinel://host:26379;sentinel://host:26379."
)
_ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")
_REDIS, _RABBITMQ = ("redis", "rediss", "redis+socket"), ("amqp", "amqps")
_SENTINEL = "sentinel"
# Seconds until Redis gives a task to another worker; RabbitMQ does so when a worker's connection ends.
_VISIBILITY = {"visibility_timeout": 300}


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
    """Raises SettingError unless `text` is the address of a broker; it never repeats it."""
    try:
        is_broker = all(map(_is_broker, text.split(";"))) and (";" not in text or _is_sentinel(text))
    except ValueError:
        is_broker = False
    if not is_broker:
        raise SettingError("REDIS_URL", "is not the address of a broker", _BROKER)
    return text


def broker_options(address: str, master: str) -> dict[str, object]:
    """What Celery is told besides the broker's address; `master` is the name by which Sentinels know the server."""
    if _is_sentinel(address):
        if not master:
            raise SettingError("REDIS_MASTER", "is not set", "Write the name by which the Sentinels know the server.")
        return {**_VISIBILITY, "master_name": master}
    return {} if address.startswith(_RABBITMQ) else dict(_VISIBILITY)


def _is_sentinel(text: str) -> bool:
    return all(part.startswith(f"{_SENTINEL}://") for part in text.split(";"))


def _is_broker(text: str) -> bool:
    """Raises ValueError where the port is no number."""
    parts = urlsplit(text)
    if parts.port == 0:
        return False
    if parts.scheme == "redis+socket":
        return bool(parts.path)
    database = parts.path.strip("/")
    # What follows the host is a virtual host of RabbitMQ, by any name, or a database of Redis, by its number.
    is_known = parts.scheme in _RABBITMQ or database.isdecimal() or not database
    return parts.scheme in (*_REDIS, *_RABBITMQ, _SENTINEL) and bool(parts.hostname) and is_known
