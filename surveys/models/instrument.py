"""Instruments: what is asked. The document format is described in docs/instrument-format.md."""

from django.db import models
from django.db.models import Q


class Instrument(models.Model):
    """One version of an instrument."""

    # The same for all versions of one instrument.
    code = models.SlugField(max_length=60)
    # Counted from 1.
    version = models.PositiveIntegerField()
    # Valid by surveys.questions.instrument_file, and frozen once a wave used it.
    document = models.JSONField()

    class Meta:
        ordering = ("code", "version")
        constraints = [
            models.UniqueConstraint(fields=("code", "version"), name="instrument_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="instrument_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
