from django.db import models
from django.db.models import Q

from surveys.models.people import Employee
from surveys.models.wave import ReportingGroup
from surveys.rules.limits import LONGEST_PERIOD_DAYS, PERIOD_DAYS


class LastAsked(models.Model):
    """When somebody was asked last, so that nobody is asked twice in one period. It says nothing of answering.

    Invitations are deleted earlier than the next wave of a quarterly survey opens. Overwritten by the next opening.
    """

    employee = models.OneToOneField(Employee, models.CASCADE, primary_key=True, related_name="last_asked")
    # The day that the wave counts as opened on (surveys.schedule.periods), by the company's clock.
    day = models.DateField()
    # How many days back the wave asked about: 28 or 84.
    period = models.PositiveSmallIntegerField()
    # The reporting group of the person in that wave, as it opened.
    group = models.ForeignKey(ReportingGroup, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period__in=(PERIOD_DAYS, LONGEST_PERIOD_DAYS)), name="last_asked_period_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} on {self.day}"
