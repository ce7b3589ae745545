from django.db import models
from django.db.models import Q

from surveys.models.people import Department
from surveys.models.wave import Survey


class PoolChoice(models.Model):
    """HR's choice of who is counted together in the waves to come: the departments that share the number `pool`.

    One alone is counted by itself. `opened` says that the last wave opened with this choice in force.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="pool_choices")
    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    pool = models.PositiveIntegerField()
    opened = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("survey", "department"), name="pool_choice_once"),
            models.CheckConstraint(condition=Q(pool__gte=1), name="pool_choice_number"),
        ]
