from django.db import models
from django.db.models import Q

from diagnostics.choices import AlertEvent, AlertKind
from diagnostics.models.score import RESPONSE
from surveys.models import Survey, Wave

_STANDING = (AlertEvent.RAISED, AlertEvent.HELD)
_LEVEL, _CHANGE, _PARTICIPATION = AlertKind.LEVEL, AlertKind.CHANGE, AlertKind.PARTICIPATION


class AlertState(models.Model):
    """The memory of one alert after one wave: of a set of departments (`key`), a kind and a measure.

    `since` is the number of the wave that raised it. `memory` is the state of the kind's step in diagnostics.core
    (diagnostics/services/alert_memory.py), and for an alert that this wave ended, `raised`: which wave had raised it.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="alert_states")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=13, choices=AlertKind, default=AlertKind.LEVEL)
    measure = models.CharField(max_length=60)
    standing = models.BooleanField(default=False)
    since = models.PositiveIntegerField(null=True)
    memory = models.JSONField(default=dict)
    event = models.CharField(max_length=8, choices=AlertEvent, default=AlertEvent.NONE)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=("survey", "key"), name="alert_state_of_group")]
        constraints = [
            models.UniqueConstraint(fields=("wave", "key", "kind", "measure"), name="alert_state_once"),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=_PARTICIPATION, measure=RESPONSE) | ~Q(kind=_PARTICIPATION) & ~Q(measure=RESPONSE),
                name="alert_participation_is_of_response",
            ),
            models.CheckConstraint(condition=Q(event__in=AlertEvent.values), name="alert_event_known"),
            models.CheckConstraint(
                condition=Q(standing=True, since__isnull=False, event__in=_STANDING)
                | Q(~Q(event__in=_STANDING), standing=False, since__isnull=True),
                name="alert_standing_since",
            ),
            models.CheckConstraint(
                condition=~Q(event=AlertEvent.WATCH) | Q(kind=_CHANGE), name="alert_watch_is_of_change"
            ),
            models.CheckConstraint(
                condition=Q(kind=_LEVEL, memory__has_keys=["watch_run", "calm_run"])
                | Q(kind=_CHANGE, memory__has_keys=["watched", "calm_run", "items"])
                | Q(kind=_PARTICIPATION, memory__has_keys=["calm_run"]),
                name="alert_memory_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=_LEVEL) | Q(standing=False) | Q(memory__has_key="base"),
                name="alert_standing_has_baseline",
            ),
            models.CheckConstraint(
                condition=~Q(event__in=(AlertEvent.CLEARED, AlertEvent.ENDED)) | Q(memory__has_key="raised"),
                name="alert_over_was_raised",
            ),
        ]

    @property
    def raised_in(self) -> int | None:
        """The number of the wave that raised the alert that stands, or that this wave ended."""
        return self.since if self.standing else self.memory.get("raised")
