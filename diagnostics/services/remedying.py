"""Stores what HR has planned."""

from django.db import IntegrityError, transaction

from diagnostics.models import Remedy


def save_remedy(*, remedy: Remedy) -> None:
    """Saves a remedy, new or changed. Raises ValidationError for what the table would refuse.

    Somebody else may save one in the moment between the check and the writing; then the check finds that one.
    """
    remedy.full_clean()
    try:
        with transaction.atomic():
            remedy.save()
    except IntegrityError:
        remedy.full_clean()
        raise
