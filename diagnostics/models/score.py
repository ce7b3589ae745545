"""What a wave publishes, decided once at scoring and frozen. Nothing hidden has a figure in any column here."""

import uuid

from django.db import models
from django.db.models import F, Q

from diagnostics.choices import GroupKind, Level, Stage, Status
from surveys.models import Wave

INDEX = "index"
CRITICAL_MASS = "critical_mass"
PICK_COMMUNICATION = "pick_communication"
# No score: what a participation alert is about.
RESPONSE = "response"


class Snapshot(models.Model):
    """One wave's published figures. `method` is the version of the estimator (docs/method.md)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.OneToOneField(Wave, models.PROTECT, related_name="snapshot")
    method = models.CharField(max_length=20)


class GroupScore(models.Model):
    """A node of the tree that a wave reports on: a reporting group, a division, or the company (`parent` None).

    `key` identifies the same set of departments from wave to wave. `response_band` is a text like "15-19".
    `stage` is empty where the signs are not asked or none of the core is published; it rests on `stage_basis`, a list
    of {"sign", "wave" (its number), "raised"}, and on nothing hidden; `stage_whole`: all eleven signs are in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="groups")
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=8, choices=GroupKind)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    departments = models.JSONField()
    response_band = models.CharField(max_length=24)
    rate_text = models.CharField(max_length=12, blank=True)
    caution = models.BooleanField(default=False)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    stage_whole = models.BooleanField(default=False)
    stage_basis = models.JSONField(default=list)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("snapshot", "key"), name="group_score_key_once"),
            models.UniqueConstraint(
                fields=("snapshot",), condition=Q(kind=GroupKind.COMPANY), name="group_score_one_company"
            ),
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="group_score_kind_known"),
            models.CheckConstraint(condition=Q(stage__in=("", *Stage.values)), name="group_score_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage="") | Q(stage_whole=False), name="group_score_no_stage_not_whole"
            ),
        ]


class Score(models.Model):
    """One cell: a measure ("index", a scale's code, or one of the two shares) of a group, 0-100 with its 90 % interval.

    `outer_low`/`outer_high` allow for answers that are missing because people are unhappy. `change` is against the
    group's last published wave. `raised` is for the stage: P(score > 50) >= .8. A hidden cell has a reason and no
    figure.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(GroupScore, models.CASCADE, related_name="scores")
    measure = models.CharField(max_length=60)
    status = models.CharField(max_length=9, choices=Status)
    reason = models.CharField(max_length=120, blank=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    outer_low = models.FloatField(null=True)
    outer_high = models.FloatField(null=True)
    change = models.FloatField(null=True)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    raised = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("group", "measure"), name="score_once"),
            models.CheckConstraint(
                condition=Q(status=Status.PUBLISHED) | Q(raised=False), name="score_hidden_is_not_raised"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PUBLISHED, value__isnull=False, reason="")
                | Q(
                    ~Q(reason=""),
                    status=Status.HIDDEN,
                    value__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    outer_low__isnull=True,
                    outer_high__isnull=True,
                    change__isnull=True,
                    level="",
                ),
                name="score_hidden_has_no_figure",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(0, 100), low__lte=F("value"), high__gte=F("value")),
                name="score_inside_interval",
            ),
        ]
