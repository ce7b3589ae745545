"""Enumerations shared by models, services and selectors."""

from django.db.models import TextChoices


class GroupKind(TextChoices):
    COMPANY = "company", "Company"
    DIVISION = "division", "Division"
    GROUP = "group", "Reporting group"


class Status(TextChoices):
    PUBLISHED = "published", "Published"
    HIDDEN = "hidden", "Hidden to protect anonymity"


class Level(TextChoices):
    STEADY = "steady", "Steady"
    WATCH = "watch", "Worth watching"
    AT_RISK = "at_risk", "At risk"


class AlertEvent(TextChoices):
    NONE = "none", "None"
    RAISED = "raised", "Raised"
    HELD = "held", "Held"
    CLEARED = "cleared", "Cleared"
