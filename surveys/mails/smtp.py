"""Django's SMTP backend with the patience that RFC 5321 asks for (4.5.3.2)."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

# After DATA and its dot. A server may scan a mail that long before it answers; who hangs up earlier sends it twice.
CONTENT_SECONDS = 600
_TAKEN, _SUCCESS = 250, range(200, 300)
# A server that says no goodbye has taken the mails all the same.
_QUIT_SECONDS = 10


def _by_first_digit(reply: tuple[int, bytes]) -> tuple[int, bytes]:
    """All codes from 200 to 299 say yes (RFC 5321, 4.2.1); smtplib knows one or two of them in each place."""
    code, words = reply
    return (_TAKEN, words) if code in _SUCCESS else reply


class PatientSMTP(smtplib.SMTP):
    """Waits longer for the reply to a mail's content than to everything else."""

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return _by_first_digit(super().mail(sender, options))

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return _by_first_digit(super().rcpt(recip, options))

    def data(self, msg: Any) -> tuple[int, bytes]:
        usual = self.sock.gettimeout() if self.sock else None
        self._wait_at_most(CONTENT_SECONDS)
        try:
            return _by_first_digit(super().data(msg))
        finally:
            self._wait_at_most(usual)

    def quit(self) -> tuple[int, bytes]:
        self._wait_at_most(_QUIT_SECONDS)
        return super().quit()

    def _wait_at_most(self, seconds: float | None) -> None:
        if self.sock:
            self.sock.settimeout(seconds)


class PatientSMTPOverTLS(PatientSMTP, smtplib.SMTP_SSL):
    """The same on a connection that is encrypted from its beginning."""


class PatientBackend(EmailBackend):
    """EMAIL_TIMEOUT holds for all replies but that to a mail's content."""

    @property
    def connection_class(self) -> Any:
        return PatientSMTPOverTLS if self.use_ssl else PatientSMTP
