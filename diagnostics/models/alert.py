from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from diagnostics.choices import plain_choices
from diagnostics.core.alerts.reasons.codes import (
    KIND_RULES,
    ONGOING_EVENTS,
    OVER_EVENTS,
    AlertCode,
    AlertEvent,
    AlertKind,
)
from diagnostics.models.score import RESPONSE
from surveys.models import Survey, Wave

_EVENTS, _CODES = [event.value for event in AlertEvent], [code.value for code in AlertCode]
_ONGOING, _OVER = ([event.value for event in events] for events in (ONGOING_EVENTS, OVER_EVENTS))
_KINDS = [kind.value for kind in AlertKind]
_LEVEL, _CHANGE, _PARTICIPATION = AlertKind.LEVEL.value, AlertKind.CHANGE.value, AlertKind.PARTICIPATION.value
_REMEMBERED = [Q(kind=kind.value, memory__has_keys=list(rules.memory_keys)) for kind, rules in KIND_RULES.items()]
_WITHOUT_BASELINE = [Q(kind=kind.value) for kind, rules in KIND_RULES.items() if not rules.needs_baseline]


class AlertState(models.Model):
    """One alert after one wave: what the wave did to it and why, and the memory that the next wave needs."""

    # The survey that the group is followed in.
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    # The wave that was judged.
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="alert_states")
    key = models.CharField(max_length=64, help_text="Key of the group: the same for the same set of departments.")
    # Level, change or participation.
    kind = models.CharField(max_length=13, choices=plain_choices(AlertKind), default=_LEVEL)
    measure = models.CharField(max_length=60, help_text="Code of the index or sign, or that of the response.")
    ongoing = models.BooleanField(default=False, help_text="Raised by this wave or an earlier one, and not over.")
    since = models.PositiveIntegerField(null=True, help_text="Number of the wave that raised an ongoing alert.")
    memory = models.JSONField(
        default=dict,
        help_text="Numbers that the next wave needs; of an alert that this wave ended also `raised_in`: the number of "
        "the wave that had raised it.",
    )
    event = models.CharField(
        max_length=8,
        choices=plain_choices(AlertEvent),
        default=AlertEvent.NONE.value,
        help_text="What the wave did to the alert.",
    )
    reason_code = models.CharField(max_length=20, choices=plain_choices(AlertCode), help_text="Why the wave did that.")
    reason_arguments = models.JSONField(default=dict, help_text="Published numbers that belong to the code.")

    class Meta:
        indexes = [models.Index(fields=("survey", "key"), name="alert_state_of_group")]
        constraints = [
            models.UniqueConstraint(fields=("wave", "key", "kind", "measure"), name="alert_state_once"),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="alert_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=_PARTICIPATION, measure=RESPONSE) | ~Q(kind=_PARTICIPATION) & ~Q(measure=RESPONSE),
                name="alert_participation_is_of_response",
            ),
            models.CheckConstraint(condition=Q(event__in=_EVENTS), name="alert_event_known"),
            models.CheckConstraint(condition=Q(reason_code__in=_CODES), name="alert_reason_known"),
            models.CheckConstraint(
                condition=Q(ongoing=True, since__isnull=False, event__in=_ONGOING)
                | Q(~Q(event__in=_ONGOING), ongoing=False, since__isnull=True),
                name="alert_ongoing_since",
            ),
            models.CheckConstraint(
                condition=~Q(event=AlertEvent.WATCH.value) | Q(kind=_CHANGE), name="alert_watch_is_of_change"
            ),
            models.CheckConstraint(
                condition=reduce(or_, _REMEMBERED),
                name="alert_memory_of_its_kind",
            ),
            models.CheckConstraint(
                condition=reduce(or_, _WITHOUT_BASELINE) | Q(ongoing=False) | Q(memory__has_key="base"),
                name="alert_ongoing_has_baseline",
            ),
            models.CheckConstraint(
                condition=~Q(event__in=_OVER) | Q(memory__has_key="raised_in"),
                name="alert_over_was_raised",
            ),
        ]
