"""The address of the site, and the names under which it answers."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult

import idna

from config.parsing.fault import SettingError
from config.parsing.texts import split_address

_WRITE = "Write it as https://faultline.example.com: a scheme, a host name, and nothing behind it."
_HOSTS = "List host names only, separated by commas: faultline.example.com,localhost"
# What Django takes for a host name; all others are answered with 400.
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
# Of a name and of each of its parts, in the domain name system.
_LONGEST_NAME, _LONGEST_LABEL = 253, 63
# What browsers take for an IPv4 address, of which they then find four numbers or none.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True)
class SiteAddress:
    """Where employees reach the site."""

    # Without a slash at its end; international names in Punycode, as browsers send and mail programs link them.
    url: str
    # Its host as Django's ALLOWED_HOSTS has it: an IPv6 address is in brackets.
    host: str


def parse_site(text: str) -> SiteAddress:
    """Raises SettingError unless `text` is http or https with a host, and no path, query, user or fragment."""
    parts, port = split_address("SITE_URL", text, _WRITE)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError("SITE_URL", "does not begin with https:// (or http://) and a host name", _WRITE)
    if problem := _too_much(parts):
        raise SettingError("SITE_URL", problem, _WRITE)
    host = ascii_host(parts.hostname)
    if host is None or port == 0 or ("[" in parts.netloc) != ("[" in host):
        raise SettingError("SITE_URL", "has a host name that cannot exist, or the port 0", _WRITE)
    return SiteAddress(f"{parts.scheme}://{host}" + (f":{port}" if port is not None else ""), host)


def parse_hosts(names: list[str], site_host: str) -> list[str]:
    """ALLOWED_HOSTS: Punycode, and always the site's own name. "*" is kept, for the checks to refuse.

    Raises SettingError for what is no host name: with a scheme, a port or a path it would match nothing.
    """
    hosts = []
    for name in filter(None, (name.strip() for name in names)):
        below = "." if name.startswith(".") else ""
        host = name if name == "*" else ascii_host(name.removeprefix(".").strip("[]"))
        if host is None:
            raise SettingError("ALLOWED_HOSTS", f"holds {name}, which is no host name", _HOSTS)
        hosts.append(below + host)
    return list(dict.fromkeys([*hosts, site_host]))


def ascii_host(name: str) -> str | None:
    """A host name in the form that browsers send; None if it can be none. IPv6 addresses come back in brackets."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        pass
    else:
        return _bracketed(address) if isinstance(address, ipaddress.IPv6Address) else str(address)
    try:
        host = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        return None
    host = host.lower().removesuffix(".")
    return host if _HOST.fullmatch(host) and _can_be_looked_up(host) else None


def _bracketed(address: ipaddress.IPv6Address) -> str | None:
    """An address with a zone (fe80::1%eth0) means something on one machine only, and browsers take none."""
    return None if address.scope_id else f"[{address}]"


def _can_be_looked_up(host: str) -> bool:
    labels = host.split(".")
    is_short = len(host) <= _LONGEST_NAME and all(len(label) <= _LONGEST_LABEL for label in labels)
    return is_short and not _NUMBER.fullmatch(labels[-1])


def _too_much(parts: SplitResult) -> str:
    """What the address has beside scheme, host and port."""
    if parts.username is not None or parts.password is not None:
        return "holds a user or a password"
    if parts.path.strip("/"):
        return "has a path, and the site can only be served at the top of a host name of its own"
    return "has a query or a fragment" if parts.query or parts.fragment else ""
