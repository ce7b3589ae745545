import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.choices import MailProblem, MailState
from surveys.models.people import Employee
from surveys.models.staff import StaffUser
from surveys.models.wave import Wave


class Mail(models.Model):
    """One row of the outbox. Its text is composed when it is sent, so that no token is ever stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One of settings.MAIL_KINDS.
    kind = models.CharField(max_length=12, choices=settings.MAIL_KINDS)
    # What the mail is about, once for each kind: an invitation's id, for example.
    key = models.CharField(max_length=80)
    # The wave that it is about.
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="mails")
    # The recipient is either an employee or one of the staff.
    employee = models.ForeignKey(Employee, models.CASCADE, null=True, related_name="mails")
    # The address of the employee when the wave opened, to which all its mails go; empty is the one of now.
    address = models.EmailField(blank=True)
    # The recipient, where it is a member of staff.
    staff = models.ForeignKey(StaffUser, models.CASCADE, null=True, related_name="mails")
    # How far its delivery is.
    state = models.CharField(max_length=8, choices=MailState, default=MailState.QUEUED)
    # How often its sending was begun.
    attempts = models.PositiveSmallIntegerField(default=0)
    # When it is tried again; set and read by the tick alone.
    retry_at = models.DateTimeField(null=True)
    # Why the last attempt failed; empty if it did not.
    problem = models.CharField(max_length=20, choices=MailProblem, blank=True)
    # The mail server's codes, like "451 4.7.1", or the name of the connection's error: never its words.
    reply = models.CharField(max_length=80, blank=True)

    class Meta:
        # The order in which queued mails go, so that a batch reads no more of a long queue than it sends.
        indexes = [models.Index(fields=("state", "attempts", "id"), name="mail_queue")]
        constraints = [
            models.UniqueConstraint(fields=("kind", "key"), name="mail_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in settings.MAIL_KINDS]), name="mail_kind_known"
            ),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(condition=Q(problem__in=["", *MailProblem.values]), name="mail_problem_known"),
            models.CheckConstraint(
                condition=Q(employee__isnull=False, staff__isnull=True) | Q(employee__isnull=True, staff__isnull=False),
                name="mail_one_recipient",
            ),
        ]
