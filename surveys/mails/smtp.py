"""Django's SMTP backend with the patience that RFC 5321 asks for (4.5.3.2)."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

# After DATA and its dot. A server may scan a mail that long before it answers; who hangs up earlier sends it twice.
CONTENT_SECONDS = 600
# A server that says no goodbye has taken the mails all the same.
_QUIT_SECONDS = 10


class PatientSMTP(smtplib.SMTP):
    """Waits longer for the reply to a mail's content than to everything else."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        usual = self.sock.gettimeout() if self.sock else None
        self._wait_at_most(CONTENT_SECONDS)
        try:
            return super().data(msg)
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
