"""Locks of the product's own, for what must not be decided twice at the same moment."""

from enum import IntEnum

from django.db import connection


class AdvisoryLock(IntEnum):
    """Numbers of this product among PostgreSQL's advisory locks; the audit's is in surveys.audit.scratch."""

    # Who is asked: by openings and imports.
    ASKING = 0x46_4C_41_53
    # What is published: by scoring.
    PUBLISHING = 0x46_4C_50_55
    # Who sends mails (surveys.mails.sender_lock): the first sender; the numbers that follow are the others'.
    SENDING = 0x46_61_75_6C_74


def take_until_commit(lock: AdvisoryLock) -> None:
    """Waits for the lock, and keeps it until the transaction ends. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(lock)])
