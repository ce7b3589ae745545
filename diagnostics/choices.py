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


class AlertKind(TextChoices):
    LEVEL = "level", "Level"
    CHANGE = "change", "Change"
    PARTICIPATION = "participation", "Participation"


class AlertEvent(TextChoices):
    """What a wave did to an alert. `ended`: it stands no more, though it has not calmed down."""

    NONE = "none", "None"
    WATCH = "watch", "Worth watching"
    RAISED = "raised", "Raised"
    HELD = "held", "Held"
    CLEARED = "cleared", "Cleared"
    ENDED = "ended", "Ended"
