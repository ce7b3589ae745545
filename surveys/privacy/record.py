"""What is stored on whom, and for how long: the one list that the public page and docs/privacy go by.

Every table is in it; a test compares it with the models of all installed apps, so that none can be forgotten.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Record:
    """`models` are labels like "surveys.Employee"; the texts are lazily translated.

    `setting` names the days, counted from the closing of a wave, after which it is deleted; where there is none,
    `until` says it in words.
    """

    whom: Any
    what: Any
    models: tuple[str, ...]
    until: Any = ""
    setting: str = ""

    @property
    def how_long(self) -> str:
        if not self.setting:
            return str(self.until)
        days = getattr(settings, self.setting)
        return ngettext(
            "Until %(days)d day after the wave has closed.", "Until %(days)d days after the wave has closed.", days
        ) % {"days": days}


# The company, its surveys, and the figures of groups that are large enough.
_ABOUT_NOBODY = (
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "diagnostics.AlertState",
    "diagnostics.GroupScore",
    "diagnostics.MethodNote",
    "diagnostics.PairIndex",
    "diagnostics.PairNode",
    "diagnostics.PairScore",
    "diagnostics.Score",
    "diagnostics.Snapshot",
    "surveys.AuditRun",
    "surveys.Collaboration",
    "surveys.Department",
    "surveys.Instrument",
    "surveys.PoolChoice",
    "surveys.ReportingGroup",
    "surveys.Survey",
    "surveys.TrusteeKey",
    "surveys.Wave",
)

# Those about people first; what is about nobody has no `whom`.
RECORDS: tuple[Record, ...] = (
    Record(
        whom=_("Employees"),
        what=_(
            "Name, mail address, department, site, language, time zone, whether the person heads the department "
            "or is on leave."
        ),
        models=("surveys.Employee",),
        until=_(
            "While the person is on the list of staff; then until the last invitation is deleted. At once if the "
            "person is erased on request."
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
        what=_("Comments, word for word, with the division or the company only, apart from the answers."),
        models=("surveys.Comment",),
        setting="RETAIN_RESPONSES_DAYS",
    ),
    Record(
        whom=_("HR, leadership, auditors"),
        what=_(
            "Name, mail address, role, departments, language, a scrambled password, the sessions of those who are "
            "signed in, and the digests that they were sent."
        ),
        models=("surveys.StaffUser", "sessions.Session", "diagnostics.Digest"),
        until=_("While the account exists; a session for two weeks at most."),
    ),
    Record(
        whom=_("Owners of remedies"),
        what=_("Name and mail address, as HR wrote them, and what is to be done."),
        models=("diagnostics.Remedy",),
        until=_("Until HR removes them."),
    ),
    Record(
        whom="",
        what="",
        models=_ABOUT_NOBODY,
    ),
)


def about_people() -> tuple[Record, ...]:
    return tuple(record for record in RECORDS if record.whom)
