"""Ballots, sealed and counted. No column here may tell who or when: see docs/anonymity.md before adding one."""

import uuid

from django.db import models
from django.db.models import Q

from surveys.ballot import sealing
from surveys.models.people import Department
from surveys.models.wave import ReportingGroup, Wave


class SealedBallot(models.Model):
    """One person's answers until counting, in a box of one size for all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="sealed_ballots")
    # Sealed for the wave's public key (surveys.ballot.sealing).
    box = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(box__length=sealing.BOX_BYTES), name="sealed_ballot_one_size")
        ]


class Response(models.Model):
    """One person's counted answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="responses")
    # The reporting group that they are counted in.
    group = models.ForeignKey(ReportingGroup, models.CASCADE, related_name="responses")
    # One byte an item of the wave's questionnaire, the option's number from 0; 255 is missing.
    answers = models.BinaryField()


class CounterpartRating(models.Model):
    """What one person says about a counterpart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="ratings")
    # The raters' group; None where it has too few raters.
    group = models.ForeignKey(ReportingGroup, models.CASCADE, null=True, related_name="ratings")
    # The raters' division where their group has too few; else None.
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # The department that is rated.
    counterpart = models.ForeignKey(Department, models.PROTECT, related_name="+")
    # The contact's number (the order of choices.Contact), then one byte a counterpart item; 255 is missing.
    answers = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, division__isnull=True) | Q(group__isnull=True, division__isnull=False),
                name="rating_by_group_or_division",
            )
        ]


class Comment(models.Model):
    """One person's comment, apart from the answers, without the names and contacts that were recognised in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="comments")
    # Where it is from; None is the company. The scope is never a smaller one.
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # Redacted at counting (surveys.redaction), by which it may have become longer than what was sent.
    text = models.TextField()
    # Whether HR took it off the pages; it is kept as long as the others.
    hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_has_text")]
