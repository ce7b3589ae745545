"""Stores what HR has planned."""

from django.db import transaction

from diagnostics.models import Remedy


@transaction.atomic
def save_remedy(*, remedy: Remedy) -> None:
    """Saves a remedy, new or changed. Raises ValidationError for what the table would refuse."""
    remedy.full_clean()
    remedy.save()
