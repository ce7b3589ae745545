"""A wave whose key never comes back is abandoned by hand, with the number of ballots that it costs."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from diagnostics.models import Snapshot
from diagnostics.report.selectors import unscored_waves
from diagnostics.services.scoring import score
from surveys.choices import MailKind, WaveState
from surveys.models import Invitation, Mail, Response, SealedBallot, Wave
from surveys.services import abandoning, closing, inviting, key_custody, scheduling
from surveys.services.answering import CastOutcome
from surveys.signals import wave_closed
from tests.company import cast, close, invitations, open_next, open_with_answers
from tests.factories import token_of
from tests.staff import make_staff
from tests.trustees import enter, make_trustee_survey

pytestmark = pytest.mark.django_db(transaction=True)


def abandon(*arguments):
    call_command("abandon_wave", "Pulse", *arguments)


@pytest.mark.parametrize("arguments", [(), ("--ballots", "6"), ("--ballots", "0")])
def test_abandoning_first_shows_what_it_costs_and_changes_nothing(wave, stranded, arguments):
    stranded(wave)
    with pytest.raises(CommandError, match=r"7 sealed ballots would be lost for good.* add --ballots 7\."):
        abandon(*arguments)
    wave.refresh_from_db()
    assert (wave.state, wave.key_lost, SealedBallot.objects.count()) == (WaveState.CLOSING, True, 7)
    assert Invitation.objects.filter(answered=True).count() == 7


def test_abandoning_deletes_the_ballots_and_forgets_who_answered(wave, stranded, capsys):
    inviting.remind(wave_id=wave.id, number=1)
    stranded(wave)
    abandon("--ballots", "7")
    assert capsys.readouterr().out == "The wave of “Pulse” is abandoned; 7 ballots were deleted unread.\n"
    wave.refresh_from_db()
    assert (wave.state, wave.key_lost, wave.ballots_lost) == (WaveState.ABANDONED, False, 7)
    left = (SealedBallot.objects.all(), Response.objects.all(), Invitation.objects.filter(answered=True))
    assert [rows.count() for rows in left] == [0, 0, 0]
    assert not Mail.objects.filter(kind=MailKind.REMINDER).exists()


def test_the_rest_of_its_key_is_destroyed_and_no_count_is_announced(wave, lose, tmp_path):
    announced = []
    bring_back = lose()
    close(wave, tmp_path)
    abandoning.abandon(wave_id=wave.id, ballots=7)
    bring_back()

    def listen(**fields):
        announced.append(fields)

    wave_closed.connect(listen)
    assert [step.args for step in scheduling.due(wave.closes_at) if step.task.endswith("close_wave")] == [
        (str(wave.id),)
    ]
    assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
    wave_closed.disconnect(listen)
    wave.refresh_from_db()
    assert (wave.public_key, list(tmp_path.iterdir()), announced) == (None, [], [])
    assert not [step for step in scheduling.due(wave.closes_at) if step.task.endswith("close_wave")]


@pytest.mark.usefixtures("cheap_passphrases")
def test_a_passphrase_entered_before_the_loss_goes_with_the_wave(tmp_path, lose):
    survey = make_trustee_survey()
    wave = close(open_with_answers(survey, tmp_path), tmp_path)
    assert enter(wave)
    lose()
    close(wave, tmp_path)
    wave.refresh_from_db()
    assert (wave.key_lost, wave.passphrase_box is None) == (True, False)
    abandoning.abandon(wave_id=wave.id, ballots=7)
    wave.refresh_from_db()
    assert (wave.state, wave.passphrase_box) == (WaveState.ABANDONED, None)


def test_the_survey_goes_on_with_its_next_wave(wave, stranded, tmp_path):
    stranded(wave)
    abandoning.abandon(wave_id=wave.id, ballots=7)
    second = open_next(wave.survey, tmp_path)
    for invitation in invitations(second, "Sales", 6):
        assert cast(invitation) == CastOutcome.ACCEPTED
    assert close(second, tmp_path).state == WaveState.CLOSED
    score(wave_id=second.id)
    assert [snapshot.wave_id for snapshot in Snapshot.objects.all()] == [second.id]


def test_an_abandoned_wave_is_never_scored_and_has_no_report(wave, stranded, client):
    stranded(wave)
    abandoning.abandon(wave_id=wave.id, ballots=7)
    score(wave_id=wave.id)
    assert (Snapshot.objects.count(), unscored_waves()) == (0, ())
    client.force_login(make_staff("hr"))
    assert client.get(reverse("wave-report", args=[wave.id])).status_code == 404


def test_the_page_of_waves_shows_how_many_ballots_were_abandoned(wave, stranded, client):
    stranded(wave)
    abandoning.abandon(wave_id=wave.id, ballots=7)
    client.force_login(make_staff("hr"))
    page = client.get(reverse("waves")).text
    assert ">Abandoned</span>" in page
    assert "Abandoned: 7 sealed ballots" in page
    assert "nothing was counted" not in page
    assert reverse("wave-report", args=[wave.id]) not in page


def test_the_page_of_its_groups_tells_no_response(wave, stranded, client):
    client.force_login(make_staff("hr"))
    assert ">Response</th>" in client.get(reverse("wave", args=[wave.id])).text
    stranded(wave)
    assert "takes no more answers" in client.get(reverse("wave", args=[wave.id])).text
    abandoning.abandon(wave_id=wave.id, ballots=7)
    page = client.get(reverse("wave", args=[wave.id])).text
    assert "This wave was abandoned" in page
    assert ">Response</th>" not in page
    assert "Target:" not in page


def test_a_respondents_link_shows_that_nothing_was_counted(wave, stranded, client):
    stranded(wave)
    abandoning.abandon(wave_id=wave.id, ballots=7)
    reply = client.get(f"/a/{token_of(invitations(wave, 'Sales', 1)[0])}")
    assert reply.status_code == 410
    assert "deleted unread" in reply.text
    assert "are counted" not in reply.text


@pytest.mark.parametrize("state", [WaveState.OPEN, WaveState.CLOSING, WaveState.CLOSED])
def test_a_wave_whose_key_is_whole_cannot_be_abandoned(wave, state):
    Wave.objects.update(state=state)
    with pytest.raises(CommandError, match="No wave of “Pulse” waits for a lost key or a passphrase"):
        abandon("--ballots", "7")
    with pytest.raises(abandoning.NotLostError):
        abandoning.abandon(wave_id=wave.id, ballots=7)
    assert (Wave.objects.get().state, SealedBallot.objects.count()) == (state, 7)


def test_nor_can_one_that_is_still_open_though_its_key_is_lost(wave, lose, tmp_path):
    lose()
    key_custody.key_of(wave_id=wave.id, key_directory=tmp_path)
    with pytest.raises(CommandError, match="End an open wave with close_wave first"):
        abandon("--ballots", "7")
    assert SealedBallot.objects.count() == 7


@pytest.mark.parametrize(
    "fields",
    [{"state": "closed", "key_lost": True}, {"state": "planned", "key_lost": True}, {"ballots_lost": 1}],
)
def test_the_database_refuses_a_loss_that_cannot_be(wave, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(id=wave.id).update(**fields)
