"""What a wave publishes of the pair map, decided once at scoring and frozen. Nothing hidden has a figure here."""

import uuid

from django.db import models
from django.db.models import F, Q

from diagnostics.choices import GroupKind, PairLevel, PairModel, Status
from diagnostics.core.disclosure.display import HIGHEST_SHOWN, LOWEST_SHOWN
from diagnostics.models.score import Snapshot

_SHOWN = (LOWEST_SHOWN, HIGHEST_SHOWN)
_WIDEST = HIGHEST_SHOWN - LOWEST_SHOWN


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


def _known(field: str, choices: type[models.TextChoices]) -> Q:
    return Q(**{f"{field}__in": choices.values})


class PairNode(models.Model):
    """One end of a cell: a reporting group, a division, or the company, which stands for everybody.

    A department that others rated but that was not asked itself is a group too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="pair_nodes")
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=8, choices=GroupKind)
    departments = models.JSONField()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("snapshot", "key"), name="pair_node_key_once"),
            models.CheckConstraint(condition=_known("kind", GroupKind), name="pair_node_kind_known"),
        ]


class PairScore(models.Model):
    """What `rater` says of `rated`: whole numbers in 5..95, 100 = risk, with the 90 % interval.

    `no_contact` is the percentage that needed contact and had none. It has a reason of its own where only it is hidden.
    `model_reason` says why a simpler model speaks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.CharField(max_length=9, choices=PairLevel)
    rater = models.ForeignKey(PairNode, models.CASCADE, related_name="says")
    rated = models.ForeignKey(PairNode, models.CASCADE, related_name="hears")
    status = models.CharField(max_length=9, choices=Status)
    reason = models.CharField(max_length=120, blank=True)
    response_band = models.CharField(max_length=24, blank=True)
    value = models.PositiveSmallIntegerField(null=True)
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    no_contact = models.PositiveSmallIntegerField(null=True)
    no_contact_low = models.PositiveSmallIntegerField(null=True)
    no_contact_high = models.PositiveSmallIntegerField(null=True)
    no_contact_reason = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=20, choices=PairModel, blank=True)
    model_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("level", "rater", "rated"), name="pair_score_once"),
            models.CheckConstraint(condition=_known("level", PairLevel), name="pair_score_level_known"),
            models.CheckConstraint(
                condition=Q(
                    _inside("value", "low", "high"), _known("model", PairModel), status=Status.PUBLISHED, reason=""
                )
                | Q(
                    ~Q(reason=""),
                    status=Status.HIDDEN,
                    value__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    no_contact__isnull=True,
                    response_band="",
                    model="",
                    model_reason="",
                ),
                name="pair_score_hidden_has_no_figure",
            ),
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
    """A pair of which both directions are published: their mean, and how far `first` finds it worse than `second`.

    `asymmetry` is -90..90 with its 90 % interval.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.CharField(max_length=9, choices=PairLevel)
    first = models.ForeignKey(PairNode, models.CASCADE, related_name="+")
    second = models.ForeignKey(PairNode, models.CASCADE, related_name="+")
    value = models.PositiveSmallIntegerField()
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    asymmetry = models.SmallIntegerField()
    asymmetry_low = models.SmallIntegerField()
    asymmetry_high = models.SmallIntegerField()
    model = models.CharField(max_length=20, choices=PairModel)
    model_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("level", "first", "second"), name="pair_index_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="pair_index_of_two"),
            models.CheckConstraint(
                condition=Q(level__in=(PairLevel.GROUP, PairLevel.DIVISION)), name="pair_index_level_known"
            ),
            models.CheckConstraint(condition=_known("model", PairModel), name="pair_index_model_known"),
            models.CheckConstraint(condition=_inside("value", "low", "high"), name="pair_index_inside_interval"),
            models.CheckConstraint(
                condition=Q(
                    asymmetry__range=(-_WIDEST, _WIDEST),
                    asymmetry_low__range=(-_WIDEST, F("asymmetry")),
                    asymmetry_high__range=(F("asymmetry"), _WIDEST),
                ),
                name="pair_index_asymmetry_inside",
            ),
        ]
