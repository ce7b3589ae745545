"""How the web server runs: `gunicorn --config config/web_server/gunicorn.py config.wsgi`. It writes no access log.

Gunicorn tells of a request that it could not read, or that failed outside Django, with its path and the visitor's
address. That would say who opened an answer page, and when; so of requests it tells only that one failed, and how.
"""

import logging
import sys

from gunicorn import glogging

from config.logs import strip_details
from config.memory import keep_forgetting, protect_memory
from config.parsing.environment import Environment
from config.parsing.fault import SettingError

_UNREADABLE = "Invalid request"
_FAILED = ("Error handling", "Socket error processing", "Error processing", "HTTP/2")


class RequestFilter(logging.Filter):
    """Takes out of gunicorn's own messages what they say of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if message.startswith(_UNREADABLE):
            return False
        if message.startswith(_FAILED):
            strip_details(record, "A request failed (%s); details are not logged.")
        return True


class Logger(glogging.Logger):
    """Gunicorn's logger with that filter."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        self.error_log.filters = [RequestFilter()]


env = Environment()
bind = env.str("BIND", default="127.0.0.1:8000")
worker_class = "config.web_server.whole_request_worker.WholeRequestWorker"
try:
    workers = env.number("WEB_WORKERS", 2, least=1, most=1000)
    threads = env.number("WEB_THREADS", 8, least=1, most=1000)
except SettingError as fault:
    # Of any other exception gunicorn prints where it was raised.
    sys.exit(str(fault))
# How long a thread that computes keeps the others waiting, in seconds: an answer waits for many that draw pages.
sys.setswitchinterval(0.001)
# Each connection carries one request: what follows on it would wait in a thread.
keepalive = 0
# Names of headers by which a visitor on this machine could move the site below another path.
forwarder_headers = ""
control_socket_disable = True
loglevel = "warning"
accesslog = None
logger_class = Logger

protect_memory()


def post_worker_init(_worker: object) -> None:
    """The application is there, and no request has come yet."""
    keep_forgetting()
