"""Enumerations shared by models, services and selectors."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import TextChoices

from diagnostics.core.alerts import stage
from diagnostics.core.alerts.level import RiskLevel


def plain_choices(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Choices of a column of codes that have no label: diagnostics.wording has a sentence for each."""
    return [(code.value, code.value) for code in codes]


# The kind of the digest among the mails of the outbox (the setting MAIL_KINDS).
DIGEST_MAIL = "digest"
# The key of the whole company among the groups of a wave; those of reporting groups are hexadecimal.
COMPANY_KEY = "company"


class GroupKind(TextChoices):
    """What a wave publishes figures of."""

    COMPANY = "company", "Company"
    DIVISION = "division", "Division"
    GROUP = "group", "Reporting group"


class RaterKind(TextChoices):
    """Who rates whom in a direction of the pair map."""

    GROUP = "group", "Group to group"
    DIVISION = "division", "Division to division"
    EVERYBODY = "everybody", "Everybody about a group"


class Status(TextChoices):
    """Whether a figure may be seen."""

    PUBLISHED = "published", "Published"
    SUPPRESSED = "suppressed", "Suppressed"


class Level(TextChoices):
    """How high a figure is, in a word."""

    STEADY = RiskLevel.STEADY.value, "Steady"
    WATCH = RiskLevel.WATCH.value, "Worth watching"
    AT_RISK = RiskLevel.AT_RISK.value, "At risk"


class Stage(TextChoices):
    """How far a conflict has gone (core.alerts.stage)."""

    CALM = stage.CALM, "Calm"
    BLAME_RITUAL = stage.BLAME_RITUAL, "Blame ritual"
    STRAINED = stage.STRAINED, "Strained"
    COLD = stage.COLD, "Cold"
    HOT = stage.HOT, "Hot"


class RemedyCode(TextChoices):
    """The remedies of the playbook."""

    TALK_FIRST = "talk_first", "Talk first"
    JOINT_MEETING = "joint_meeting", "Set a standing joint meeting"
    SHOW_YOUR_WORK = "show_your_work", "Show your work"
    GEMBA_EXCHANGE = "gemba_exchange", "Swap places for half a day"
    HANDOVER_AGREEMENT = "handover_agreement", "Agree on the handover"
    ROLE_CHARTER = "role_charter", "Write down who does what"
    SHARED_KPIS = "shared_kpis", "Share the figures you answer for"
    SHARED_SPACE = "shared_space", "Sit together"


class RemedyState(TextChoices):
    """How far a remedy is. Its effect is measured from its dates, not from this."""

    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class TooEarly(StrEnum):
    """Why nothing can be said of a remedy's effect yet."""

    NO_WAVE_BEFORE = "no_wave_before"
    NO_WAVE_AFTER = "no_wave_after"
    # A wave pooled the side with other departments, or did not ask it.
    NOT_REPORTED = "not_reported"
    # The index is suppressed in one of the two waves.
    SUPPRESSED = "suppressed"
