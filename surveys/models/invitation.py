import uuid

from django.db import models
from django.db.models import Q

from surveys.models.people import Employee
from surveys.models.wave import ReportingGroup, Wave


class Invitation(models.Model):
    """One person's right to one ballot.

    The token itself is never stored (surveys.ballot.tokens); no time is kept here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    employee = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="invitations")
    group = models.ForeignKey(ReportingGroup, models.CASCADE, related_name="invitations")
    token_hash = models.BinaryField(unique=True)
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("wave", "employee"), name="invitation_once"),
            models.CheckConstraint(condition=Q(token_hash__length=32), name="invitation_token_hash_length"),
        ]
