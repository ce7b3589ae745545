from django.db import models
from django.db.models import Q

from surveys.choices import MailProblem


class MailServer(models.Model):
    """What is known of the mail server, in one row: whether it takes mails, and how fast. It names no person."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    # Why it takes no mail now; empty while it takes them.
    problem = models.CharField(max_length=20, choices=MailProblem, blank=True)
    # Its codes, like "554 5.7.1", or the name of the connection's error.
    reply = models.CharField(max_length=80, blank=True)
    # Since when it takes none.
    since = models.DateTimeField(null=True)
    # How often it was tried since, and took none.
    attempts = models.PositiveSmallIntegerField(default=0)
    # No mail is sent before this moment.
    retry_at = models.DateTimeField(null=True)
    # How many mails a minute it takes, as far as its refusals have shown; null: as many as there are.
    per_minute = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="mail_server_one_row"),
            models.CheckConstraint(
                condition=Q(problem__in=["", *MailProblem.values]), name="mail_server_problem_known"
            ),
            models.CheckConstraint(condition=Q(problem="") ^ Q(since__isnull=False), name="mail_server_since"),
            models.CheckConstraint(condition=~Q(per_minute=0), name="mail_server_pace"),
        ]
