"""Mail addresses as they are delivered: two spellings of one mailbox are one text."""

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from surveys.files.invisible import remove_invisible

LONGEST = 254


def delivered(address: str) -> str:
    """The address in small letters, its domain as it is looked up (IDNA 2008 with UTS 46): `bücher.de` in punycode.

    Raises ValueError for what is no mail address.
    """
    local, at, domain = remove_invisible(address).replace("＠", "@").strip().rpartition("@")
    if not at:
        raise ValueError(address)
    try:
        found = f"{local.lower()}@{_domain(domain)}"
        validate_email(found)
    except (ValidationError, idna.IDNAError) as error:
        raise ValueError(address) from error
    return found


def mailbox(address: str) -> str:
    """The same for addresses that likely end in one mailbox: without `+tag`, at Google without dots."""
    local, _, domain = address.rpartition("@")
    base = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        return f"{base.replace('.', '')}@gmail.com"
    return f"{base}@{domain}"


def _domain(domain: str) -> str:
    domain = domain.strip().rstrip(".").lower()
    if domain.isascii() and "xn--" not in domain:
        return domain
    return idna.encode(domain, uts46=True).decode("ascii")
