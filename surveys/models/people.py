"""The roster: departments in a tree, the employees in them, and who works with whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Department(models.Model):
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    counterparts = models.ManyToManyField(
        "self", through="Collaboration", through_fields=("department", "counterpart"), symmetrical=False
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="department_not_own_parent"),
            models.CheckConstraint(condition=~Q(name=""), name="department_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """A person on the roster. One who has left stays, inactive and never invited, until purged."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, related_name="employees")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    time_zone = models.CharField(max_length=64, blank=True)
    site = models.CharField(max_length=120, blank=True)
    is_head = models.BooleanField(default=False)
    on_leave = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("email",)
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="employee_email_lower_case"),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _ in settings.LANGUAGES]), name="employee_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Collaboration(models.Model):
    """`department` works with `counterpart`, and is asked about it; rank 1 comes first."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="collaborations")
    counterpart = models.ForeignKey(Department, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("department", "rank", "id")
        constraints = [
            models.UniqueConstraint(fields=("department", "counterpart"), name="collaboration_once"),
            models.CheckConstraint(condition=~Q(department=F("counterpart")), name="collaboration_with_another"),
        ]
