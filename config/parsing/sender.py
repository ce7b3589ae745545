"""The sender of all mails."""

import re
from email.utils import formataddr

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from config.parsing.fault import SettingError
from config.parsing.site import ascii_host

_WRITE = "Write it as Faultline <faultline@example.com>, or as the address alone."
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_QUOTED = re.compile(r'"(?P<name>(?:[^"\\]|\\.)*)"')


def parse_sender(text: str) -> str:
    """`Name <address>` as a header may hold it: a name with commas, colons or @ is quoted, the domain is in Punycode.

    Raises SettingError unless `text` has exactly one address and is one line.
    """
    text = text.replace("\u00a0", " ")  # a space that looks like one, and that Python does not print
    if not text.isprintable():
        raise SettingError("MAIL_FROM", "has more than one line, or letters that cannot be printed", _WRITE)
    named = _NAMED.fullmatch(text.strip())
    name, address = (named["name"].strip(), named["address"]) if named else ("", text)
    return formataddr((_unquoted(name), _address(address.strip())), charset="utf-8") if name else _address(address)


def _unquoted(name: str) -> str:
    quoted = _QUOTED.fullmatch(name)
    return re.sub(r"\\(.)", r"\1", quoted["name"]) if quoted else name


def _address(text: str) -> str:
    local, _, domain = text.strip().rpartition("@")
    host = ascii_host(domain)
    address = f"{local}@{host}"
    try:
        if host is None or not local.isascii():
            raise ValidationError("")  # noqa: TRY301 -- one way out for all that is wrong with an address
        EmailValidator(allowlist=["localhost", host])(address)
    except ValidationError:
        raise SettingError("MAIL_FROM", "has no mail address that a server would take", _WRITE) from None
    return address
