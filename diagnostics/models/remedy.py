"""A remedy that HR plans with two departments, or with one and the whole company."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from diagnostics.choices import COMPANY_KEY, RemedyCode, RemedyState
from surveys.models import StaffUser, Survey

PLACES = ("first", "second")
ALREADY_PLANNED = "The same remedy for these two is already planned or running. Change that one."


def _owned(place: str) -> Q:
    """Exactly one owner: a member of staff, or a name that HR wrote."""
    staff = Q(**{f"{place}_owner__isnull": False, f"{place}_owner_name": "", f"{place}_owner_email": ""})
    return staff | Q(~Q(**{f"{place}_owner_name": ""}), **{f"{place}_owner__isnull": True})


class Remedy(models.Model):
    """A remedy of the playbook that two departments carry out, or one of them and the whole company."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Its effect is measured by the index of this survey.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="remedies")
    # Which remedy of the playbook it is.
    code = models.CharField("remedy", max_length=20, choices=RemedyCode)
    # HR's own words.
    title = models.CharField(max_length=120)
    # Why it was chosen, in HR's words or those of the proposal.
    reason = models.TextField(max_length=1000, blank=True)
    # A group or division of the survey's reports: its key, name and departments (ids) when the remedy was planned.
    first_key = models.CharField(max_length=64)
    # Of the first side, as it was when the remedy was planned.
    first_name = models.CharField(max_length=500)
    # Ids of the departments of the first side.
    first_departments = models.JSONField(default=list, blank=True)
    # Who answers for it there: a member of staff, or a name and an address that HR wrote.
    first_owner = models.ForeignKey(StaffUser, models.PROTECT, null=True, blank=True, related_name="+")
    # An owner without an account, as HR wrote it.
    first_owner_name = models.CharField(max_length=200, blank=True)
    # Of an owner without an account; may be empty.
    first_owner_email = models.EmailField(blank=True)
    # The same of the other side, which may be the whole company; that needs no owner.
    second_key = models.CharField(max_length=64)
    # As of the first side.
    second_name = models.CharField(max_length=500)
    # As of the first side; empty for the whole company.
    second_departments = models.JSONField(default=list, blank=True)
    # As of the first side; none for the whole company.
    second_owner = models.ForeignKey(StaffUser, models.PROTECT, null=True, blank=True, related_name="+")
    second_owner_name = models.CharField(max_length=200, blank=True)
    second_owner_email = models.EmailField(blank=True)
    # The day from which the trend is marked.
    starts_on = models.DateField()
    # None while it is planned or running without an end.
    ends_on = models.DateField(null=True, blank=True)
    # What is to be done, a step a line.
    steps = models.TextField(max_length=5000, blank=True)
    # Which conditions of the playbook's remedy are met, by their place, from 0.
    conditions_met = models.JSONField(default=list, blank=True)
    # Planned, running, done or dropped.
    state = models.CharField(max_length=8, choices=RemedyState, default=RemedyState.PLANNED)

    class Meta:
        ordering = ("-starts_on", "title")
        constraints = [
            models.CheckConstraint(condition=Q(code__in=RemedyCode.values), name="remedy_code_known"),
            models.CheckConstraint(condition=Q(state__in=RemedyState.values), name="remedy_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="remedy_has_title"),
            models.CheckConstraint(
                condition=~Q(first_key=F("second_key"))
                & ~Q(first_key=COMPANY_KEY)
                & ~Q(first_key="")
                & ~Q(second_key=""),
                name="remedy_two_sides",
            ),
            models.CheckConstraint(condition=_owned("first"), name="remedy_first_owner"),
            models.CheckConstraint(
                condition=_owned("second")
                | Q(second_key=COMPANY_KEY, second_owner__isnull=True, second_owner_name="", second_owner_email=""),
                name="remedy_second_owner",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="remedy_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state=RemedyState.DONE) | Q(ends_on__isnull=False), name="remedy_done_has_end"
            ),
            # Whichever of the two sides comes first.
            models.UniqueConstraint(
                "survey",
                "code",
                Least("first_key", "second_key"),
                Greatest("first_key", "second_key"),
                condition=Q(state__in=(RemedyState.PLANNED, RemedyState.RUNNING)),
                name="remedy_not_twice_at_once",
                violation_error_code="twice",
                violation_error_message=ALREADY_PLANNED,
            ),
        ]

    def __str__(self) -> str:
        return self.title
