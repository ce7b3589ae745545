from django.db import models
from django.db.models import Q

from surveys.models.people import Department
from surveys.models.wave import Survey


class PoolChoice(models.Model):
    """One department of a choice of HR: those with one number report together in the waves to come."""

    # Whose next waves follow the choice.
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="pool_choices")
    # One of those that report together.
    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    # The choice's number in the survey, from 1; a department that is alone in its choice reports by itself.
    pool = models.PositiveIntegerField()
    # Whether the last wave opened with this choice in force.
    opened = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("survey", "department"), name="pool_choice_once"),
            models.CheckConstraint(condition=Q(pool__gte=1), name="pool_choice_number"),
        ]
