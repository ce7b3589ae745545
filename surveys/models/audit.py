"""Results of manage.py audit_anonymity. They tell of made-up people only."""

from django.db import models
from django.db.models import Q

from surveys.choices import AuditVerdict


class AuditRun(models.Model):
    """One run of the audit."""

    # When the result was there.
    ended_at = models.DateTimeField()
    # The product's version.
    version = models.CharField(max_length=20)
    # Whether every attack, search and check passed.
    verdict = models.CharField(max_length=6, choices=AuditVerdict)
    # The audit's document (surveys/audit/audit.schema.json).
    report = models.JSONField()

    class Meta:
        ordering = ("-ended_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=AuditVerdict.values), name="audit_run_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ended_at:%Y-%m-%d %H:%M}: {self.verdict}"
