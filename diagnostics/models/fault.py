from django.db import models

from surveys.models import Wave


class ScoringFault(models.Model):
    """A closed wave that could not be scored. It keeps no other wave back, and is tried again each hour."""

    wave = models.OneToOneField(Wave, models.CASCADE, primary_key=True, related_name="+")
    # The name of the error, like "ValueError": its words may hold what somebody answered.
    error = models.CharField(max_length=80)
