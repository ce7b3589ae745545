"""What is stored on whom, and for how long: the one list that the public page and docs/privacy go by.

This app's own part of it is here; apps above register theirs when they are ready. Every table is in the list: a test
compares it with the models of all installed apps, so that none can be forgotten.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Record:
    """What some tables store on some people, and how long. Its texts are lazily translated."""

    # The people it is about; empty for tables about departments, surveys and large enough groups.
    whom: Any
    # What is stored on them.
    what: Any
    # The tables, by labels like "surveys.Employee".
    models: tuple[str, ...]
    # When it is deleted, in words, where no setting says it.
    until: Any = ""
    # The setting with the days, counted from the closing of a wave, after which it is deleted; or empty.
    setting: str = ""

    @property
    def how_long(self) -> str:
        if not self.setting:
            return str(self.until)
        days = getattr(settings, self.setting)
        return ngettext(
            "Until %(days)d day after the wave has closed.", "Until %(days)d days after the wave has closed.", days
        ) % {"days": days}


# The company and its surveys.
_IMPERSONAL = (
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "surveys.AnswerPage",
    "surveys.AnswerPageGroup",
    "surveys.AuditRun",
    "surveys.Collaboration",
    "surveys.ColumnName",
    "surveys.Department",
    "surveys.Instrument",
    "surveys.MailServer",
    "surveys.OfferedCounterparts",
    "surveys.PoolChoice",
    "surveys.ReportingGroup",
    "surveys.Survey",
    "surveys.TrusteeKey",
    "surveys.Wave",
)

_OWN: tuple[Record, ...] = (
    Record(
        whom=_("Employees"),
        what=_(
            "Name, mail address, personnel number if the company gives one, department, site, language, time zone, "
            "whether the person heads the department or is on leave."
        ),
        models=("surveys.Employee",),
        until=_(
            "While the person is on the list of staff; then until the last invitation is deleted. At once if the "
            "person is erased on request."
        ),
    ),
    Record(
        whom=_("Employees who have been asked"),
        what=_(
            "On which day the person was asked last, in which group, and about how many weeks; not whether the person "
            "answered. So nobody is asked twice within four weeks."
        ),
        models=("surveys.LastAsked",),
        until=_("Until the person is asked again, or is no longer on the list of staff."),
    ),
    Record(
        whom=_("Employees in a file that HR has uploaded"),
        what=_("The file as it is, while HR looks at what it would change; who uploaded it and when."),
        models=("surveys.Upload", "surveys.UploadPart"),
        until=_(
            "Until HR imports the file or cancels, a day at most. At once if a person is erased on request, or HR "
            "uploads another one."
        ),
    ),
    Record(
        whom=_("Employees who are invited"),
        what=_(
            "Who was invited to which wave, in which group, and the mails that said so. Of the personal link only "
            "a fingerprint. While the wave is open, that the person has answered, and the reminders."
        ),
        models=("surveys.Invitation", "surveys.Mail"),
        setting="RETAIN_INVITATIONS_DAYS",
    ),
    Record(
        whom=_("Employees who have answered"),
        what=_("Sealed answers, without name, time or order."),
        models=("surveys.SealedBallot",),
        until=_("Until the wave is counted; then they and their key are destroyed."),
    ),
    Record(
        whom=_("Nobody by name"),
        what=_("Counted answers and ratings, with the group of five people or more that they belong to."),
        models=("surveys.Response", "surveys.CounterpartRating"),
        setting="RETAIN_RESPONSES_DAYS",
    ),
    Record(
        whom=_("Nobody by name, but words can give somebody away"),
        what=_(
            "Comments, without the names and contacts of colleagues that were recognised, with the division or the "
            "company only, apart from the answers. Of those that would tell who wrote them, only how many there were."
        ),
        models=("surveys.Comment", "surveys.WithheldComments"),
        setting="RETAIN_RESPONSES_DAYS",
    ),
    Record(
        whom=_("HR"),
        what=_("Who has hidden a comment from the pages because it breaks the law, when and why."),
        models=("surveys.CommentHiding",),
        setting="RETAIN_RESPONSES_DAYS",
    ),
    Record(
        whom=_("HR, leadership, auditors"),
        what=_(
            "Name, mail address, role, departments, language, a scrambled password, and the sessions of those who are "
            "signed in."
        ),
        models=("surveys.StaffUser", "sessions.Session"),
        until=_("While the account exists; a session for two weeks at most."),
    ),
    Record(
        whom="",
        what="",
        models=_IMPERSONAL,
    ),
)


# By the label of the app that has registered them.
_registered: dict[str, tuple[Record, ...]] = {}


def register(app: str, *records: Record) -> None:
    """Adds what another app stores. Registering an app again replaces its records."""
    _registered[app] = records


def all_records() -> tuple[Record, ...]:
    """This app's records, then those of the apps above."""
    return (*_OWN, *(record for records in _registered.values() for record in records))


def about_people() -> tuple[Record, ...]:
    """The records that the public page lists."""
    return tuple(record for record in all_records() if record.whom)
