from django.db import models
from django.db.models import Q

from diagnostics.choices import AlertEvent
from surveys.models import Survey, Wave


class AlertState(models.Model):
    """The memory of one alert after one wave: of a set of departments (`key`) and a measure.

    `since` is the number of the wave that raised it. `memory` holds the counters of core.alerts.AlertState, and for a
    cleared alert which wave had raised it.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="alert_states")
    key = models.CharField(max_length=64)
    measure = models.CharField(max_length=60)
    standing = models.BooleanField(default=False)
    since = models.PositiveIntegerField(null=True)
    memory = models.JSONField(default=dict)
    event = models.CharField(max_length=8, choices=AlertEvent, default=AlertEvent.NONE)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("wave", "key", "measure"), name="alert_state_once"),
            models.CheckConstraint(condition=Q(event__in=AlertEvent.values), name="alert_event_known"),
            models.CheckConstraint(
                condition=Q(standing=True, since__isnull=False) | Q(standing=False, since__isnull=True),
                name="alert_standing_since",
            ),
        ]

    @property
    def raised_in(self) -> int | None:
        """The number of the wave that raised the alert that stands, or that this wave cleared."""
        return self.since if self.standing else self.memory.get("raised")
