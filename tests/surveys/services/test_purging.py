"""What is kept no longer than promised, and that nothing of an open wave is lost with it."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from diagnostics.services import scoring
from surveys.models import Comment, Employee, Invitation, Mail, Response, SealedBallot, Wave
from surveys.rules.participation import Participation, ParticipationCode
from surveys.selectors.key_authenticity import keys_of
from surveys.selectors.waves import wave_rows
from surveys.services import inviting, purging, scheduling
from surveys.services.answering import CastOutcome, cast_ballot
from surveys.signals import ticked
from tests.company import ballot_for, cast, close, invitations, open_next

pytestmark = pytest.mark.django_db(transaction=True)

DAY = dt.timedelta(days=1)


@pytest.fixture
def wave(survey, tmp_path):
    """Open; everybody in Sales has answered, with comments, and the others were reminded."""
    wave = open_next(survey, tmp_path)
    for invitation in invitations(wave, "Sales"):
        cast(invitation, comment="Well.")
    inviting.remind(wave_id=wave.id, number=1)
    return wave


def purges(now):
    return [step.args[0] for step in scheduling.due(now) if step.task == "surveys.tasks.purge_invitations"]


def left(wave):
    return (
        Invitation.objects.filter(wave=wave).count(),
        Mail.objects.filter(wave=wave).count(),
        Response.objects.filter(wave=wave).count(),
        Comment.objects.filter(wave=wave).count(),
    )


def test_invitations_and_mails_go_thirty_days_after_closing(wave, tmp_path):
    close(wave, tmp_path)
    assert purges(wave.closes_at + 30 * DAY - DAY / 24) == []
    assert purges(wave.closes_at + 30 * DAY) == [str(wave.id)]
    purging.purge_invitations(wave_id=wave.id)
    assert left(wave) == (0, 0, 20, 20)
    assert purges(wave.closes_at + 31 * DAY) == []


def test_a_tick_deletes_the_sessions_that_have_expired():
    now = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    for key, expires in (("over", now), ("valid", now + DAY / 24)):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    scheduling.due(now)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["valid"]


def test_an_open_wave_is_never_purged(wave):
    assert purges(wave.closes_at - DAY) == []
    purging.purge_invitations(wave_id=wave.id)
    purging.purge_answers(wave_id=wave.id)
    assert Invitation.objects.filter(wave=wave).count() == 44
    assert SealedBallot.objects.filter(wave=wave).count() == 20


def test_people_who_left_go_with_their_last_invitation(survey, wave, tmp_path):
    Employee.objects.filter(email__in=["sales.1@example.com", "sales.2@example.com"]).update(active=False)
    close(wave, tmp_path)
    Employee.objects.filter(email="sales.2@example.com").update(active=True)
    second = open_next(survey, tmp_path)
    purging.purge_invitations(wave_id=wave.id)
    assert not Employee.objects.filter(email="sales.1@example.com").exists()
    Employee.objects.filter(email="sales.2@example.com").update(active=False)
    purging.purge_invitations(wave_id=wave.id)
    assert Employee.objects.filter(email="sales.2@example.com").exists()
    close(second, tmp_path)
    purging.purge_invitations(wave_id=second.id)
    assert not Employee.objects.filter(email="sales.2@example.com").exists()
    assert Employee.objects.count() == 42


def test_scored_answers_go_after_their_time_and_the_report_stays(wave, tmp_path, monkeypatch, capsys):
    close(wave, tmp_path)
    sent = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args, **_: sent.append((name, *args)))
    late = wave.closes_at + 1095 * DAY
    ticked.send(sender=None, now=late)
    assert ("surveys.tasks.purge_answers", str(wave.id)) not in sent
    scoring.score(wave_id=wave.id)
    ticked.send(sender=None, now=late - DAY)
    assert ("surveys.tasks.purge_answers", str(wave.id)) not in sent
    call_command("report", format="json")
    before = capsys.readouterr().out
    ticked.send(sender=None, now=late)
    assert sent[-1] == ("surveys.tasks.purge_answers", str(wave.id))
    purging.purge_answers(wave_id=wave.id)
    assert left(wave)[2:] == (0, 0)
    assert purging.answers_due(late) == []
    scoring.score(wave_id=wave.id)
    call_command("report", format="json")
    assert capsys.readouterr().out == before
    [row] = [row for row in wave_rows() if row.id == wave.id]
    assert row.participation == Participation(ParticipationCode.PURGED)


def test_erasing_somebody_who_answered_loses_no_ballot(wave, tmp_path, capsys):
    call_command("erase_employee", "Sales.1@example.com")
    assert capsys.readouterr().out.startswith("Erased: one person, 1 invitation,")
    assert not Employee.objects.filter(email="sales.1@example.com").exists()
    assert Invitation.objects.filter(wave=wave, employee=None, answered=True).count() == 1
    close(wave, tmp_path)
    assert Response.objects.filter(wave=wave).count() == 20


def test_erasing_somebody_who_has_not_answered_kills_the_link(wave):
    [one] = invitations(wave, "Finance", 1)
    ballot = ballot_for(one)
    purging.erase_employee(email=one.employee.email)
    assert not Invitation.objects.filter(id=one.id).exists()
    assert not Mail.objects.filter(employee=one.employee_id).exists()
    outcome = cast_ballot(invitation_id=one.id, keys=keys_of(wave), ballot=ballot)
    assert outcome == CastOutcome.ALREADY_ANSWERED
    assert SealedBallot.objects.filter(wave=wave).count() == 20


def dead(model):
    """Rows that were deleted and can still be read on the table's pages."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        cursor.execute(
            "SELECT count(*) FROM generate_series(0, pg_relation_size(%s::regclass) / 8192 - 1) AS page, "
            "heap_page_items(get_raw_page(%s, page::int)) WHERE t_data IS NOT NULL "
            # Else it is a lock, as a foreign key takes.
            "AND t_xmax::text <> '0' AND t_infomask & 128 = 0",
            [model._meta.db_table] * 2,
        )
        return cursor.fetchone()[0]


def test_of_an_erased_person_no_dead_row_is_left(new_files, wave, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(purging.dead_rows, "vacuum", lambda *_models: None)
        purging.erase_employee(email="sales.1@example.com")
        assert dead(Employee) == 1
    purging.erase_employee(email="sales.2@example.com")
    assert dead(Employee) == 0


def test_of_purged_answers_no_dead_row_is_left(wave, tmp_path, monkeypatch):
    close(wave, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(purging.dead_rows, "vacuum", lambda *_models: None)
        purging.purge_answers(wave_id=wave.id)
        assert (dead(Response), dead(Comment)) == (20, 20)
    Wave.objects.filter(id=wave.id).update(answers_purged=False)
    purging.purge_answers(wave_id=wave.id)
    assert (dead(Response), dead(Comment)) == (0, 0)


def test_an_unknown_address_or_a_dry_run_changes_nothing(wave, capsys):
    with pytest.raises(CommandError, match="Nobody on the roster"):
        call_command("erase_employee", "nobody@example.com")
    call_command("erase_employee", "sales.1@example.com", "--dry-run")
    assert "dry run" in capsys.readouterr().out
    assert Employee.objects.count() == 44


def test_the_database_refuses_a_purged_wave_that_is_not_counted(wave):
    with pytest.raises(IntegrityError, match="wave_purged_is_closed"):
        Wave.objects.filter(id=wave.id).update(answers_purged=True)
