"""The roster: departments in a tree, the employees in them, and who works with whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Department(models.Model):
    """A department of the company, below another one or at the top."""

    # As the people file spells it; where two share that, with the department above in brackets.
    name = models.CharField(max_length=120, unique=True)
    # As the people file spells it, where the name is another one; else empty.
    title = models.CharField(max_length=120, blank=True)
    # The department's own id in the people file, which stays where the name changes; empty where the file has none.
    stable_id = models.CharField(max_length=64, blank=True)
    # The department above it; empty at the top.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # The departments that it works with and is asked about.
    counterparts = models.ManyToManyField(
        "self", through="Collaboration", through_fields=("department", "counterpart"), symmetrical=False
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="department_not_own_parent"),
            models.CheckConstraint(condition=~Q(name=""), name="department_has_name"),
            models.UniqueConstraint(
                fields=("stable_id",), condition=~Q(stable_id=""), name="department_stable_id_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """A person on the roster. One who has left stays, inactive and never invited, until purged."""

    # In lower case; a person is known by it from one people file to the next.
    email = models.EmailField(unique=True)
    # As in the people file.
    name = models.CharField(max_length=200)
    # Where the person's answers are counted.
    department = models.ForeignKey(Department, models.PROTECT, related_name="employees")
    # In which mails and the answer page are written.
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    # As in the tz database; empty is the company's own.
    time_zone = models.CharField(max_length=64, blank=True)
    # The place of work.
    site = models.CharField(max_length=120, blank=True)
    # Whether the person heads the department.
    is_head = models.BooleanField(default=False)
    # Nobody on leave is asked.
    on_leave = models.BooleanField(default=False)
    # The person's id in the people file, which stays where the address changes; empty where the file has none.
    employee_id = models.CharField(max_length=64, blank=True)
    # Whether the last people file had the person.
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("email",)
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="employee_email_lower_case"),
            models.UniqueConstraint(fields=("employee_id",), condition=~Q(employee_id=""), name="employee_id_once"),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _ in settings.LANGUAGES]), name="employee_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ColumnName(models.Model):
    """What HR has said that a header of its people files means."""

    # The header without case, accents, spaces and signs.
    header = models.CharField(max_length=200, unique=True)
    # A column of the people file; empty for a header that means nothing.
    column = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("header",)
        constraints = [models.CheckConstraint(condition=~Q(header=""), name="column_name_has_header")]


class Collaboration(models.Model):
    """A department works with another one."""

    # The department whose people are asked.
    department = models.ForeignKey(Department, models.CASCADE, related_name="collaborations")
    # The department that they are asked about.
    counterpart = models.ForeignKey(Department, models.CASCADE, related_name="+")
    # 1 is the counterpart that it works with most.
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("department", "rank", "id")
        constraints = [
            models.UniqueConstraint(fields=("department", "counterpart"), name="collaboration_once"),
            models.CheckConstraint(condition=~Q(department=F("counterpart")), name="collaboration_with_another"),
        ]
