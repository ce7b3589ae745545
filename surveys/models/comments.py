"""What is kept of comments that nobody reads: how many were held back, and which HR has hidden, and why."""

from django.db import models
from django.db.models import Q

from surveys.choices import HidingReason
from surveys.models.people import Department
from surveys.models.staff import StaffUser
from surveys.models.wave import Wave


class WithheldComments(models.Model):
    """How many comments of one scope were not stored, because they would have told who wrote them."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="withheld")
    # The scope that they would have been in; None is the company.
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # From 1 on.
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("wave", "division"), name="withheld_once"),
            models.UniqueConstraint(fields=("wave",), condition=Q(division__isnull=True), name="withheld_company_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="withheld_some"),
        ]


class CommentHiding(models.Model):
    """HR has hidden a comment: by whom, when and why. It does not point to the comment, which has no time."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="hidings")
    # The comment's scope; None is the company.
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # Which law it breaks.
    reason = models.CharField(max_length=16, choices=HidingReason)
    # HR's own words on it, without those of the comment.
    note = models.CharField(max_length=300)
    # Who hid it; None once the account is gone.
    staff = models.ForeignKey(StaffUser, models.SET_NULL, null=True, related_name="+")
    # When it was hidden.
    hidden_at = models.DateTimeField()

    class Meta:
        ordering = ("-hidden_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=HidingReason.values), name="hiding_reason_known"),
            models.CheckConstraint(condition=~Q(note=""), name="hiding_has_note"),
        ]
