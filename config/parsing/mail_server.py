"""The mail server, as one address with user and password."""

from urllib.parse import SplitResult, unquote

from config.parsing.fault import SettingError
from config.parsing.site import ascii_host
from config.parsing.texts import split_address

_WRITE = (
    "Write it as smtp+tls://user:password@host:587, smtp+ssl://user:password@host:465 or smtp://host:25, with each "
    "letter of user and password that is neither letter nor digit percent-encoded (@ is %40, # is %23)."
)
# Scheme, its port unless another one is given, and what it switches on.
_SCHEMES = {
    "smtp": (25, {}),
    "smtp+tls": (587, {"EMAIL_USE_TLS": True}),
    "smtp+ssl": (465, {"EMAIL_USE_SSL": True}),
}
SMTP_BACKEND = "surveys.mails.smtp.PatientBackend"
_FILES = "filemail"


def parse_mail_server(text: str) -> dict[str, object]:
    """Django's EMAIL_ settings. `filemail:///FOLDER` keeps mails as files, for rehearsals.

    Raises SettingError, which never repeats the address: it may hold the password.
    """
    parts, port = split_address("EMAIL_URL", text, _WRITE)
    if parts.scheme == _FILES and parts.path.strip("/"):
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in _SCHEMES:
        raise SettingError("EMAIL_URL", "does not begin with smtp://, smtp+tls:// or smtp+ssl://", _WRITE)
    host = ascii_host(parts.hostname or "")
    if problem := _problem(parts, host, port):
        raise SettingError("EMAIL_URL", problem, _WRITE)
    usual_port, switches = _SCHEMES[parts.scheme]
    return {
        "EMAIL_BACKEND": SMTP_BACKEND,
        "EMAIL_HOST": (host or "").strip("[]"),
        "EMAIL_PORT": port or usual_port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        **switches,
    }


def _problem(parts: SplitResult, host: str | None, port: int | None) -> str:
    if host is None or port == 0:
        return "has no host name that can exist, or the port 0"
    if bool(parts.username) != bool(parts.password):
        return "has a user without a password, or a password without a user"
    if parts.path.strip("/") or parts.query or parts.fragment:
        return "has something behind the host and the port"
    return ""
