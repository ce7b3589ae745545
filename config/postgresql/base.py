"""Django's own PostgreSQL, which looks whether a kept connection still works without a round trip to the server."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that ends a connection says so, and sends nothing on one that is idle.

    So one on which nothing has arrived is used as it is. A server that vanished without a word is not found, but
    Django's own question would only wait for it as long as the statement does.
    """

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        return self._is_quiet() or super().is_usable()

    def _is_quiet(self) -> bool:
        if self.errors_occurred or self.connection.closed:
            return False
        arrived = select.poll()
        arrived.register(self.connection.fileno(), select.POLLIN)
        return not arrived.poll(0)
