import uuid

from django.db import models
from django.db.models import Q

from surveys.models.people import Employee
from surveys.models.wave import ReportingGroup, Wave


class Invitation(models.Model):
    """One person's right to one ballot. No time is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    # None once the person is erased from the roster.
    employee = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="invitations")
    # The reporting group at opening, which goes into the ballot.
    group = models.ForeignKey(ReportingGroup, models.CASCADE, related_name="invitations")
    # SHA-256 of the token in the link, which itself is stored nowhere (surveys.ballot.tokens).
    token_hash = models.BinaryField(unique=True)
    # Whether the ballot was cast; false for everybody once the wave is counted.
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("wave", "employee"), name="invitation_once"),
            models.CheckConstraint(condition=Q(token_hash__length=32), name="invitation_token_hash_length"),
        ]

    @property
    def department_id(self) -> int | None:
        """The person's department; None once the person is erased from the roster."""
        return self.employee.department_id if self.employee else None
