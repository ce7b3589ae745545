"""Enumerations shared by models, services and forms."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member of staff may see (surveys.selectors.people) and do (surveys.views.access)."""

    HR = "hr", "HR"
    LEADER = "leader", "Leadership"
    AUDITOR = "auditor", "Auditor"


class Cadence(TextChoices):
    """How often a survey opens a wave."""

    FOUR_WEEKLY = "four_weekly", "Every four weeks"
    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    OWN = "own", "Own rule"


class WaveState(TextChoices):
    """Where a wave is. docs/architecture.md, "How time passes", says who moves it."""

    PLANNED = "planned", "Planned"
    OPENING = "opening", "Opening"
    OPEN = "open", "Open"
    CLOSING = "closing", "Closing"
    CLOSED = "closed", "Closed"
    ABANDONED = "abandoned", "Abandoned"


# No wave leaves these; nothing of it is sealed any more.
ENDED = (WaveState.CLOSED, WaveState.ABANDONED)
# A survey has one such wave at a time.
RUNNING = (WaveState.OPENING, WaveState.OPEN, WaveState.CLOSING)
# The wave is planned, or a worker is opening it: it takes no answer yet.
NOT_OPEN_YET = (WaveState.PLANNED, WaveState.OPENING)
# There are sealed ballots, and a key that must not be lost.
SEALED = (WaveState.OPEN, WaveState.CLOSING)


class MailKind(TextChoices):
    """The mails of this app. Those of all installed apps are listed in the setting MAIL_KINDS."""

    INVITATION = "invitation", "Invitation"
    REMINDER = "reminder", "Reminder"
    TRUSTEE = "trustee", "Passphrase wanted"


class MailState(TextChoices):
    """How far the delivery of a mail is."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    DEFERRED = "deferred", "Deferred"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"


class MailProblem(TextChoices):
    """Why a mail was not taken at its last attempt. An empty code is none."""

    UNFINISHED = "unfinished", "Its sending did not end"
    NOT_DUE = "not_due", "No longer due"
    UNWRITABLE = "unwritable", "Cannot be written as a mail"
    NO_RECIPIENT = "no_recipient", "Without a recipient"
    NOT_COMPOSED = "not_composed", "Cannot be composed"
    RECIPIENT_REFUSED = "recipient_refused", "Recipient refused"
    SERVER_REFUSED = "server_refused", "Refused by the mail server"
    CONNECTION_LOST = "connection_lost", "Connection to the mail server lost"
    # A text from before there were codes; it is in the reply.
    LEGACY = "legacy", "Other"


class Contact(TextChoices):
    """Whether a respondent's department worked with a counterpart in the period asked about."""

    WORKED = "worked", "We worked together"
    NEEDED = "needed", "It was needed, but there was no contact"
    NO_NEED = "no_need", "There was no need"

    @property
    def number(self) -> int:
        """The first byte of a rating with this answer: its place here, from 0."""
        return list(Contact).index(self)


class HidingReason(TextChoices):
    """Which law a comment breaks, for which HR hides it."""

    INSULT = "insult", "Insult or slander"
    THREAT = "threat", "Threat"
    DISCRIMINATION = "discrimination", "Discrimination or incitement"
    PERSONAL_DATA = "personal_data", "Personal data of somebody"
    OTHER = "other", "Another law"


class AuditVerdict(TextChoices):
    """Whether an audit found nothing, or anything."""

    PASSED = "passed", "Passed"
    FAILED = "failed", "Failed"


class UploadKind(TextChoices):
    """What a file is for that waits for a decision. There is one of each kind for each member of staff."""

    PEOPLE = "people", "People"
