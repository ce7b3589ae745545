"""Checks of the site's address: where others can reach it, it is encrypted, knows its names, and shows no code."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it: an address of the loopback interface, or a name below `localhost`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@register
def site_is_encrypted(**_kwargs: Any) -> list[CheckMessage]:
    site = urlsplit(settings.SITE_URL)
    if site.scheme == "https" or is_loopback(site.hostname or ""):
        return []
    return [
        Error(
            "SITE_URL is not an https address, so answers could be read on their way.",
            hint="Put a proxy that ends HTTPS in front of the site and set SITE_URL to its address.",
            id="faultline.E008",
        )
    ]


@register
def debug_stays_on_this_machine(**_kwargs: Any) -> list[CheckMessage]:
    """Its error pages show answers, and its keys are known to everybody who can read this code."""
    bound = settings.BIND.rpartition(":")[0]
    unix_socket = settings.BIND.startswith("unix:")
    hosts = [urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS, *([] if unix_socket else [bound])]
    if not settings.DEBUG or all(map(is_loopback, hosts)):
        return []
    return [
        Error(
            "DEBUG is on, and SITE_URL, ALLOWED_HOSTS or BIND lets others in.",
            hint="Unset DEBUG. It is for developers, on an address of this machine only.",
            id="faultline.E009",
        )
    ]


@register
def site_answers_to_its_names_only(**_kwargs: Any) -> list[CheckMessage]:
    """Links in mails are made from SITE_URL, but a cache or a proxy may be led by the name in a request."""
    if not {"*", "."} & set(settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            "ALLOWED_HOSTS lets the site answer under any name.",
            hint="List the names of the site, or unset it: SITE_URL's name is always allowed.",
            id="faultline.E010",
        )
    ]
