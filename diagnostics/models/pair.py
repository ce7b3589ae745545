"""What a wave publishes of the pair map, decided once at scoring and frozen. Nothing suppressed has a figure here."""

import uuid
from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from diagnostics.choices import GroupKind, RaterKind, Status, plain_choices
from diagnostics.core.disclosure.reasons import STORED
from diagnostics.core.pairs.codes import ModelReasonCode, PairModel
from diagnostics.models.score import FigureStatus, Snapshot, known_reason, legacy_has_text, no_band, whole_band
from surveys.rules.rounding import HIGHEST_SHOWN, LOWEST_SHOWN, WIDEST_SHOWN

_SHOWN = (LOWEST_SHOWN, HIGHEST_SHOWN)


def _inside(value: str, low: str, high: str) -> Q:
    """All three are there, and the value lies in its interval, within what is shown."""
    there = Q(**{f"{name}__isnull": False for name in (value, low, high)})
    # A comparison with what is not there is neither true nor false, and a constraint lets it pass.
    return there & Q(
        **{
            f"{value}__range": _SHOWN,
            f"{low}__range": (LOWEST_SHOWN, F(value)),
            f"{high}__range": (F(value), HIGHEST_SHOWN),
        }
    )


def _known(field: str, codes: Iterable[StrEnum]) -> Q:
    return Q(**{f"{field}__in": [code.value for code in codes]})


def _known_model_reason() -> Q:
    return Q(model_reason="") | _known("model_reason", ModelReasonCode)


class PairNode(models.Model):
    """One end of a direction: a reporting group, a division, or the company, which means everybody.

    A department that others rated but that was not asked itself is a group too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="pair_nodes")
    # Identifies the same set of departments from wave to wave.
    key = models.CharField(max_length=64)
    # As shown: that of the department, or of several.
    name = models.CharField(max_length=500)
    # A group, a division or the company.
    kind = models.CharField(max_length=8, choices=GroupKind)
    # Their ids.
    departments = models.JSONField()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("snapshot", "key"), name="pair_node_key_once"),
            models.CheckConstraint(condition=_known("kind", GroupKind), name="pair_node_kind_known"),
        ]


class PairScore(FigureStatus):
    """One direction, `rater` about `rated`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Whether groups, divisions or everybody rate.
    rater_kind = models.CharField(max_length=9, choices=RaterKind)
    # Who says it.
    rater = models.ForeignKey(PairNode, models.CASCADE, related_name="+")
    # Whom it is about.
    rated = models.ForeignKey(PairNode, models.CASCADE, related_name="+")
    # The ends of the band that the number of raters lies in; None where the figure is suppressed.
    response_low = models.PositiveIntegerField(null=True)
    response_high = models.PositiveIntegerField(null=True)
    # 5 to 95, 100 = risk, with the ends of its 90 % interval.
    value = models.PositiveSmallIntegerField(null=True)
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    # The percentage that needed contact and had none, 5 to 95, with the ends of its 90 % interval.
    no_contact = models.PositiveSmallIntegerField(null=True)
    no_contact_low = models.PositiveSmallIntegerField(null=True)
    no_contact_high = models.PositiveSmallIntegerField(null=True)
    # As `reason` and `legacy_reason`, of that percentage; PROTECTED wherever the figure is suppressed.
    no_contact_reason = models.CharField(max_length=12, choices=plain_choices(STORED), blank=True)
    # As `legacy_reason`, of that percentage.
    legacy_no_contact_reason = models.CharField(max_length=120, blank=True)
    # Empty where the figure is suppressed.
    model = models.CharField(max_length=20, choices=plain_choices(PairModel), blank=True)
    # A ModelReasonCode: why the simpler model was used; empty where it was not.
    model_reason = models.CharField(max_length=20, choices=plain_choices(ModelReasonCode), blank=True)
    # Arguments of that reason, by their names in ModelReason.
    model_arguments = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("rater_kind", "rater", "rated"), name="pair_score_once"),
            models.CheckConstraint(condition=_known("rater_kind", RaterKind), name="pair_score_rater_kind_known"),
            models.CheckConstraint(
                condition=Q(
                    _inside("value", "low", "high"),
                    _known("model", PairModel),
                    whole_band(),
                    status=Status.PUBLISHED,
                    reason="",
                )
                | Q(
                    ~Q(reason=""),
                    no_band(),
                    status=Status.SUPPRESSED,
                    value__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    no_contact__isnull=True,
                    model="",
                    model_reason="",
                ),
                name="pair_score_suppressed_has_no_figure",
            ),
            models.CheckConstraint(
                condition=known_reason("reason") & known_reason("no_contact_reason"), name="pair_score_reasons_known"
            ),
            models.CheckConstraint(
                condition=legacy_has_text("reason") & legacy_has_text("no_contact_reason"),
                name="pair_score_legacy_has_text",
            ),
            models.CheckConstraint(condition=_known_model_reason(), name="pair_score_model_reason_known"),
            models.CheckConstraint(
                condition=Q(_inside("no_contact", "no_contact_low", "no_contact_high"), no_contact_reason="")
                | Q(
                    ~Q(no_contact_reason=""),
                    no_contact__isnull=True,
                    no_contact_low__isnull=True,
                    no_contact_high__isnull=True,
                ),
                name="pair_score_no_contact_or_reason",
            ),
        ]


class PairIndex(models.Model):
    """A pair of which both directions are published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Of groups or of divisions.
    rater_kind = models.CharField(max_length=9, choices=RaterKind)
    # One of the two ends, in the order of keys.
    first = models.ForeignKey(PairNode, models.CASCADE, related_name="+")
    # The other one.
    second = models.ForeignKey(PairNode, models.CASCADE, related_name="+")
    # The mean of both directions, 5 to 95, with the ends of its 90 % interval.
    value = models.PositiveSmallIntegerField()
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    # How far the figure of `first` lies above that of `second`, -90 to 90, with the ends of its 90 % interval.
    asymmetry = models.SmallIntegerField()
    asymmetry_low = models.SmallIntegerField()
    asymmetry_high = models.SmallIntegerField()
    # Which model the figures are from.
    model = models.CharField(max_length=20, choices=plain_choices(PairModel))
    # As in PairScore.
    model_reason = models.CharField(max_length=20, choices=plain_choices(ModelReasonCode), blank=True)
    # Arguments of `model_reason`, as JSON.
    model_arguments = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("rater_kind", "first", "second"), name="pair_index_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="pair_index_of_two"),
            models.CheckConstraint(
                condition=Q(rater_kind__in=(RaterKind.GROUP, RaterKind.DIVISION)), name="pair_index_rater_kind_known"
            ),
            models.CheckConstraint(condition=_known("model", PairModel), name="pair_index_model_known"),
            models.CheckConstraint(condition=_known_model_reason(), name="pair_index_model_reason_known"),
            models.CheckConstraint(condition=_inside("value", "low", "high"), name="pair_index_inside_interval"),
            models.CheckConstraint(
                condition=Q(
                    asymmetry__range=(-WIDEST_SHOWN, WIDEST_SHOWN),
                    asymmetry_low__range=(-WIDEST_SHOWN, F("asymmetry")),
                    asymmetry_high__range=(F("asymmetry"), WIDEST_SHOWN),
                ),
                name="pair_index_asymmetry_inside",
            ),
        ]
