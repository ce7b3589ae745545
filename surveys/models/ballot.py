"""Ballots, sealed and counted. No column here may tell who or when: see docs/anonymity.md before adding one."""

import uuid

from django.db import models
from django.db.models import Q

from surveys.ballot import sealing
from surveys.models.people import Department
from surveys.models.wave import ReportingGroup, Wave


class SealedBallot(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="sealed_ballots")
    box = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(box__length=sealing.BOX_BYTES), name="sealed_ballot_one_size")
        ]


class Response(models.Model):
    """`answers`: one byte an item of the wave's questionnaire, the option's number from 0; 255 is missing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="responses")
    group = models.ForeignKey(ReportingGroup, models.CASCADE, related_name="responses")
    answers = models.BinaryField()


class CounterpartRating(models.Model):
    """What raters of one group, or of one division where the group has too few, say about a counterpart.

    `answers`: the contact's number (the order of choices.Contact), then one byte a counterpart item; 255 is missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="ratings")
    group = models.ForeignKey(ReportingGroup, models.CASCADE, null=True, related_name="ratings")
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    counterpart = models.ForeignKey(Department, models.PROTECT, related_name="+")
    answers = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, division__isnull=True) | Q(group__isnull=True, division__isnull=False),
                name="rating_by_group_or_division",
            )
        ]


class Comment(models.Model):
    """`division` None is the company: the scope is never a smaller one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="comments")
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=1000)
