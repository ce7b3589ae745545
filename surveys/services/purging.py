"""Deletes what is no longer kept: who was invited, answers behind the published figures, uploads, sessions.

The tick hands in the moment. Every step may run again: it finds less to delete.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from surveys.choices import ENDED, MailKind, WaveState
from surveys.models import (
    AnswerPage,
    AnswerPageGroup,
    Comment,
    CommentHiding,
    CounterpartRating,
    Employee,
    Invitation,
    LastAsked,
    Mail,
    OfferedCounterparts,
    Response,
    Upload,
    UploadPart,
    Wave,
    WithheldComments,
)
from surveys.services import dead_rows

_TO_PEOPLE = (MailKind.INVITATION, MailKind.REMINDER)
_ANSWERS = (Response, CounterpartRating, Comment, CommentHiding, WithheldComments)
# How long an uploaded file of people waits for a decision.
_UPLOADS_KEPT = dt.timedelta(days=1)
_OF_PEOPLE = (Employee, Invitation, LastAsked, Mail, Upload, UploadPart)


def invitations_due(now: dt.datetime) -> list[uuid.UUID]:
    """Waves that ended RETAIN_INVITATIONS_DAYS ago or earlier and still have invitations, or mails to the invited."""
    waves = Wave.objects.filter(state__in=ENDED, closes_at__lte=now - dt.timedelta(settings.RETAIN_INVITATIONS_DAYS))
    invited = Exists(Invitation.objects.filter(wave=OuterRef("pk")))
    mailed = Exists(Mail.objects.filter(wave=OuterRef("pk"), kind__in=_TO_PEOPLE))
    return list(waves.filter(invited | mailed).values_list("id", flat=True))


def answers_due(now: dt.datetime) -> list[uuid.UUID]:
    """Waves that were counted RETAIN_RESPONSES_DAYS ago or earlier and still have answers.

    Whoever interprets answers must say which of them have been: surveys knows nothing of scores.
    """
    waves = Wave.objects.filter(
        state=WaveState.CLOSED, closes_at__lte=now - dt.timedelta(settings.RETAIN_RESPONSES_DAYS)
    )
    return list(waves.filter(answers_purged=False).values_list("id", flat=True))


def uploads_due(now: dt.datetime) -> list[uuid.UUID]:
    """Files that nobody has decided on within a day."""
    return list(Upload.objects.filter(uploaded_at__lte=now - _UPLOADS_KEPT).values_list("id", flat=True))


def purge_invitations(*, wave_id: uuid.UUID) -> None:
    """Deletes who was invited to an ended wave, the mails to them and the page that their links led to.

    Then people who left and are in no wave.
    """
    with transaction.atomic():
        if not Wave.objects.select_for_update(no_key=True).filter(id=wave_id, state__in=ENDED).exists():
            return
        Mail.objects.filter(wave=wave_id, kind__in=_TO_PEOPLE).delete()
        Invitation.objects.filter(wave=wave_id).delete()
        AnswerPage.objects.filter(wave=wave_id).delete()
        AnswerPageGroup.objects.filter(group__wave=wave_id).delete()
        OfferedCounterparts.objects.filter(wave=wave_id).delete()
        _gone().delete()
    dead_rows.vacuum(*_OF_PEOPLE)


def purge_answers(*, wave_id: uuid.UUID) -> None:
    """Deletes a counted wave's answers, ratings and comments. Its published figures stay."""
    with transaction.atomic():
        purging = Wave.objects.filter(id=wave_id, state=WaveState.CLOSED, answers_purged=False)
        if not purging.update(answers_purged=True):
            return
        for model in _ANSWERS:
            model.objects.filter(wave=wave_id).delete()
    dead_rows.vacuum(*_ANSWERS)


def purge_upload(*, upload_id: uuid.UUID) -> None:
    """Deletes a file that is due, and what the database has left behind of earlier ones."""
    Upload.objects.filter(id=upload_id).delete()
    dead_rows.vacuum(Upload, UploadPart)


def purge_sessions(now: dt.datetime) -> None:
    """Deletes the sessions of staff that have expired; Django by itself only ignores them."""
    Session.objects.filter(expire_date__lte=now).delete()


def erase_employee(*, email: str) -> int | None:
    """Takes a person off the roster, with the mails to them and every right to a ballot; returns how many invitations.

    None for somebody who is not on the roster, or no longer: a purge or another call may have been faster.
    An invitation that was answered stays without its person until counting, or boxes and answers would no longer add
    up. Uploaded files that nobody has confirmed yet may hold the person, and are deleted.
    """
    email = email.strip().lower()
    with transaction.atomic():
        _wait_for_purges(email)
        person = Employee.objects.select_for_update().filter(email=email).first()
        count = None if person is None else _erase(person)
        Upload.objects.all().delete()
    dead_rows.vacuum(*_OF_PEOPLE)
    return count


def _wait_for_purges(email: str) -> None:
    """A purge locks a wave, then invitations, then people. Without the wave each could wait for the other's rows."""
    waves = Wave.objects.filter(state__in=ENDED, invitations__employee__email=email)
    list(waves.select_for_update(of=("self",), no_key=True).order_by("id").values_list("id"))


def _erase(person: Employee) -> int:
    # Locked first: a person who answers at this moment is in the box before this looks, or finds the link dead.
    theirs = list(Invitation.objects.select_for_update().filter(employee=person).order_by("id"))
    Invitation.objects.filter(id__in=[invitation.id for invitation in theirs if not invitation.answered]).delete()
    person.delete()
    return len(theirs)


def _gone() -> QuerySet[Employee]:
    invited = Q(Exists(Invitation.objects.filter(employee=OuterRef("pk"))))
    mailed = Q(Exists(Mail.objects.filter(employee=OuterRef("pk"))))
    return Employee.objects.filter(~invited, ~mailed, active=False)
