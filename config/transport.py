"""The embedded message broker: kombu's filesystem transport, made safe for several processes.

As shipped, the transport writes a message, and the table of an exchange, in place: a reader meets half of it and dies
(kombu issue 1551). It also takes messages through the system's temporary folder, where moving is copying, so that two
readers can take one. Here whatever is written appears at once and whole, and taking is one rename.
"""

import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem, virtual
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)
# What every message has.
_PARTS = {"body", "headers", "properties"}
Binding = filesystem.exchange_queue_t


class Channel(filesystem.Channel):
    """Puts, takes and binds by files that appear and vanish in one step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._messages = Path(self.data_folder_in)
        for folder in (self._messages, self.control_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]
        _write_whole(self._messages / f"{time_ns():020}_{uuid.uuid4()}.{queue}.msg", dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002 -- the caller polls
        for path in sorted(self._messages.iterdir()):
            if path.name.partition(".")[2] == f"{queue}.msg":
                message = self.take_message(path)
                if message is not None:
                    return message
        raise Empty

    def take_message(self, path: Path) -> Any:
        """The message, or None if another process took it first."""
        taken = path.with_suffix(".taken")
        try:
            path.rename(taken)
        except FileNotFoundError:
            return None
        message = _read(taken)
        if isinstance(message, dict) and message.keys() >= _PARTS:
            taken.unlink()
            return message
        _set_aside(taken)
        return None

    def get_table(self, exchange: str) -> list[Binding]:
        """What is bound to the exchange; nothing where its file is damaged, until workers bind their queues again."""
        path = self._exchange_file(exchange)
        try:
            rows = _read(path)
        except FileNotFoundError:
            return []
        if isinstance(rows, list) and all(isinstance(row, list) and len(row) == len(Binding._fields) for row in rows):
            return [Binding(*row) for row in rows]
        _set_aside(path)
        return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = Binding(routing_key or "", pattern or "", queue or "")
        with self._tables_locked():
            bindings = self.get_table(exchange)
            if binding not in bindings:
                _write_whole(self._exchange_file(exchange), dumps([binding, *bindings]))

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *_args: Any, **_kwargs: Any) -> None:
        self._purge(queue)
        binding = Binding(routing_key or "", pattern or "", queue or "")
        with self._tables_locked():
            bindings = self.get_table(exchange)
            if binding in bindings:
                _write_whole(self._exchange_file(exchange), dumps([other for other in bindings if other != binding]))

    @contextmanager
    def _tables_locked(self) -> Iterator[None]:
        with (self.control_folder / "lock").open("w") as handle:
            filesystem.lock(handle, filesystem.LOCK_EX)
            try:
                yield
            finally:
                filesystem.unlock(handle)


class Transport(filesystem.Transport):
    """Options: `data_folder_in` holds the messages both ways, `control_folder` the exchanges' tables."""

    Channel = Channel
    polling_interval = 0.2

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        # Shared between connections, what is bound in one folder would pass for bound in every other.
        self.state = virtual.BrokerState()


def _read(path: Path) -> Any:
    """What is in a file; None where it is damaged, as a power cut leaves it: empty, cut off, or full of zeros."""
    try:
        return loads(path.read_text())
    except (ValueError, LookupError, TypeError):
        return None


def _set_aside(path: Path) -> None:
    """Keeps a damaged file where no reader looks for it. The database knows what is due; the next tick asks for it."""
    logger.warning("A damaged file of the message broker was set aside: %s", path.name)
    with suppress(FileNotFoundError):
        path.rename(path.with_name(f"{path.name}.damaged"))


def _write_whole(path: Path, text: str) -> None:
    """Under a name that no reader looks for, then renamed. Not synced: after a power cut the next tick starts again."""
    part = path.with_name(f"{uuid.uuid4()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
    part.replace(path)
