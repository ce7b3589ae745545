from django.db import models

from diagnostics.models.score import Snapshot


class MethodNote(models.Model):
    """How sure the figures of one snapshot are, frozen with it."""

    snapshot = models.OneToOneField(Snapshot, models.CASCADE, primary_key=True, related_name="method_note")
    # diagnostics.scoring.method.MethodFigures, by dataclasses.asdict.
    document = models.JSONField()
