"""Checks of keys: none can be guessed, each is for one purpose, and the ballots' are in a place of their own."""

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 -- Django's name

from surveys.ballot.strength import is_guessable, share_a_secret

_RANDOM = "Set it to a long random text, for example from: openssl rand -hex 32"


@register
def ballot_keys_have_a_place(**_kwargs: Any) -> list[CheckMessage]:
    if settings.ROLE != "counting" or settings.BALLOT_KEY_DIR:
        return []
    return [
        Error(
            "The counting worker has no place for the keys of the ballots.",
            hint="Set BALLOT_KEY_DIR to a folder that only this process can read and that outlives it.",
            id="faultline.E001",
        )
    ]


@register
def keys_cannot_be_guessed(**_kwargs: Any) -> list[CheckMessage]:
    """With DEBUG, which serves this machine only, the keys are made up."""
    if settings.DEBUG:
        return []
    link_key = settings.LINK_KEY.decode()
    found: list[CheckMessage] = []
    if is_guessable(link_key):
        message = "LINK_KEY is too easy to guess, and with it every answer link."
        found.append(Error(message, hint=_RANDOM, id="faultline.E002"))
    if is_guessable(settings.SECRET_KEY):
        message = "SECRET_KEY is too easy to guess, and with it the sessions of the staff."
        found.append(Error(message, hint=_RANDOM, id="faultline.E006"))
    if share_a_secret(link_key, settings.SECRET_KEY):
        message = "LINK_KEY and SECRET_KEY are the same, or one of them is part of the other."
        found.append(Error(message, hint=f"Give each a text of its own. {_RANDOM}", id="faultline.E007"))
    return found


@register
def keys_are_private(**_kwargs: Any) -> list[CheckMessage]:
    """Of the process that has them. The files themselves are made for their owner only."""
    folder = Path(settings.BALLOT_KEY_DIR or "/dev/null")
    if not folder.is_dir() or not folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        Warning(
            "BALLOT_KEY_DIR can be entered by other accounts of this machine.",
            hint=f"Keep the keys of the ballots to the counting worker alone: chmod 700 {folder}",
            id="faultline.W002",
        )
    ]
