"""What a wave publishes, decided once at scoring and frozen. Nothing suppressed has a figure in any column here."""

import uuid

from django.db import models
from django.db.models import F, Q

from diagnostics.choices import GroupKind, Level, Stage, Status, plain_choices
from diagnostics.core.disclosure.reasons import STORED, SuppressionReason
from surveys.models import Wave
from surveys.rules.rounding import HIGHEST_RATE, PUBLISHED_PERCENTS

INDEX = "index"
CRITICAL_MASS = "critical_mass"
PICK_COMMUNICATION = "pick_communication"
# No score: what a participation alert is about.
RESPONSE = "response"


def known_reason(field: str) -> Q:
    """The column is empty or has the code of a reason for suppression."""
    return Q(**{f"{field}__in": ("", *(reason.value for reason in STORED))})


def legacy_has_text(field: str) -> Q:
    """The column has a text beside it where it is LEGACY, and only there."""
    is_legacy, no_text = Q(**{field: SuppressionReason.LEGACY.value}), Q(**{f"legacy_{field}": ""})
    return (is_legacy & ~no_text) | (~is_legacy & no_text)


def no_band() -> Q:
    """No number of respondents is published."""
    return Q(response_low__isnull=True, response_high__isnull=True)


def whole_band() -> Q:
    """Both ends are there, the lower one first."""
    return Q(response_low__isnull=False, response_high__isnull=False, response_low__lte=F("response_high"))


class Snapshot(models.Model):
    """One wave's published figures."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What was scored; a wave is scored once.
    wave = models.OneToOneField(Wave, models.PROTECT, related_name="snapshot")
    # The version of the estimator (docs/method.md).
    method = models.CharField(max_length=20)


class GroupScore(models.Model):
    """A node of the tree that a wave reports on: a reporting group, a division, or the company."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The wave's published figures, to which it belongs.
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="groups")
    # Identifies the same set of departments from wave to wave.
    key = models.CharField(max_length=64)
    # As shown: that of the department, or of several.
    name = models.CharField(max_length=500)
    # A group, a division or the company.
    kind = models.CharField(max_length=8, choices=GroupKind)
    # None of the company.
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    # The ids of the departments whose people are counted here.
    departments = models.JSONField()
    # The ends of the band that the number of respondents lies in; None where it is below the wave's minimum group size.
    response_low = models.PositiveIntegerField(null=True)
    response_high = models.PositiveIntegerField(null=True)
    # The response rate in percent, 0 to 90 in steps of 5; None too where it is not known how many were asked.
    response_percent = models.PositiveSmallIntegerField(null=True)
    # Whether that rate is a lower bound: the whole band is at 90 % or more.
    response_percent_at_least = models.BooleanField(default=False)
    # Whether so few answered that figures are to be read with caution.
    caution = models.BooleanField(default=False)
    # Empty where the core signs are not asked, or none of them is published.
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    # Whether the stage rests on all signs.
    stage_whole = models.BooleanField(default=False)
    # The published signs that it rests on: a list of {"sign", "wave" (its number), "raised"}.
    stage_basis = models.JSONField(default=list)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("snapshot", "key"), name="group_score_key_once"),
            models.UniqueConstraint(
                fields=("snapshot",), condition=Q(kind=GroupKind.COMPANY), name="group_score_one_company"
            ),
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="group_score_kind_known"),
            models.CheckConstraint(condition=no_band() | whole_band(), name="group_score_band_whole"),
            models.CheckConstraint(
                condition=Q(response_percent__isnull=True, response_percent_at_least=False)
                | Q(whole_band(), response_percent__isnull=False, response_percent__in=PUBLISHED_PERCENTS),
                name="group_score_rate_of_band",
            ),
            models.CheckConstraint(
                condition=Q(response_percent_at_least=False)
                | Q(response_percent__isnull=False, response_percent=HIGHEST_RATE),
                name="group_score_only_highest_rate_at_least",
            ),
            models.CheckConstraint(condition=Q(stage__in=("", *Stage.values)), name="group_score_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage="") | Q(stage_whole=False), name="group_score_no_stage_not_whole"
            ),
        ]


class FigureStatus(models.Model):
    """Whether a figure is published. Suppressed, it has a reason and no figure."""

    # Published or suppressed.
    status = models.CharField(max_length=10, choices=Status)
    # A SuppressionReason; empty where the figure is published. Which rule suppressed it is stored nowhere.
    reason = models.CharField(max_length=12, choices=plain_choices(STORED), blank=True)
    # The sentence that was stored before there were codes, where the reason is LEGACY; shown to nobody.
    legacy_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


class Score(FigureStatus):
    """One cell: a measure of a group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Whose figure it is.
    group = models.ForeignKey(GroupScore, models.CASCADE, related_name="scores")
    # "index", a scale's code, or one of the two shares.
    measure = models.CharField(max_length=60)
    # 0-100, 100 = risk; a share in percent.
    value = models.FloatField(null=True)
    # The ends of its 90 % interval, 0-100.
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    # The ends of a wider one, 0-100: it allows for answers that are missing because people are unhappy.
    outer_low = models.FloatField(null=True)
    outer_high = models.FloatField(null=True)
    # Against the group's last published wave, -100 to 100; None where there is none.
    change = models.FloatField(null=True)
    # Empty of shares and of suppressed figures.
    level = models.CharField(max_length=8, choices=Level, blank=True)
    # For the stage: whether the score is above 50 with at least 80 % certainty.
    raised = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("group", "measure"), name="score_once"),
            models.CheckConstraint(
                condition=Q(status=Status.PUBLISHED) | Q(raised=False), name="score_suppressed_is_not_raised"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PUBLISHED, value__isnull=False, reason="")
                | Q(
                    ~Q(reason=""),
                    status=Status.SUPPRESSED,
                    value__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    outer_low__isnull=True,
                    outer_high__isnull=True,
                    change__isnull=True,
                    level="",
                ),
                name="score_suppressed_has_no_figure",
            ),
            models.CheckConstraint(condition=known_reason("reason"), name="score_reason_known"),
            models.CheckConstraint(condition=legacy_has_text("reason"), name="score_legacy_has_text"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(0, 100), low__lte=F("value"), high__gte=F("value")),
                name="score_inside_interval",
            ),
        ]
