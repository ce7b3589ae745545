"""A wave with a trustee is counted once the passphrase is there, by nothing else, and leaves nothing of it behind."""

import pytest
from django.conf import settings

from surveys import mails
from surveys.ballot import keys, sealing, trustee
from surveys.choices import MailKind, WaveState
from surveys.models import Mail, Response, SealedBallot, StaffUser, TrusteeKey, Wave
from surveys.selectors.waves import wave_rows
from surveys.services import closing, key_custody, trustees
from surveys.services.answering import CastOutcome
from tests.company import cast, close, invitations, make_people, make_survey, open_next
from tests.staff import make_staff
from tests.threads import at_once
from tests.trustees import PASSPHRASE, asked, enter, files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cheap_passphrases")]


@pytest.fixture
def survey(survey_with_trustee):
    return survey_with_trustee


# Opening


def test_a_wave_is_sealed_to_the_trustee_of_its_survey_as_it_opens(wave, survey, tmp_path):
    assert wave.trustee_key == survey.trustee_key
    private = trustee.unlock(survey.trustee_key.locked, PASSPHRASE)
    sealed_key = keys.load_sealed(tmp_path, wave.id, bytes(wave.public_key))
    assert sealing.public_of(trustee.open_key(sealed_key, private, bytes(wave.public_key))) == bytes(wave.public_key)
    assert keys.load_release(tmp_path, wave.id, bytes(wave.release_key))
    assert wave.passphrase_box is None


def test_without_a_trustee_nothing_of_it_is_there(tmp_path):
    make_people()
    wave = open_next(make_survey(), tmp_path)
    assert (wave.trustee_key, wave.release_key, wave.passphrase_box) == (None, None, None)
    assert sorted(files(tmp_path)) == [f"{wave.id}.copy", f"{wave.id}.key"]


def test_the_passphrase_of_another_survey_has_no_part_in_it(survey, tmp_path):
    other = open_next(make_survey(name="Yearly"), tmp_path)
    assert other.trustee_key is None


# Waiting


def test_a_waiting_wave_logs_nothing_and_takes_no_answers(wave, tmp_path, caplog):
    late = invitations(wave, "Sales", 8)[-1]
    for _minute in range(3):
        assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
    wave.refresh_from_db()
    assert (wave.state, wave.key_lost, SealedBallot.objects.count(), Response.objects.count()) == (
        WaveState.CLOSING,
        False,
        7,
        0,
    )
    assert cast(late) == CastOutcome.NOT_OPEN
    assert [record.getMessage() for record in caplog.records if record.name.startswith("surveys")] == []
    [row] = wave_rows()
    assert (row.waits_for_trustee, row.key_lost, row.ballots_waiting) == (True, False, 0)


def test_each_auditor_gets_one_mail_when_it_begins_to_wait(wave, tmp_path):
    make_staff("auditor", email="second@example.com")
    make_staff("auditor", email="gone@example.com", is_active=False)
    make_staff("hr")
    key_custody.key_of(wave_id=wave.id, key_directory=tmp_path)
    assert asked() == []
    for _minute in range(3):
        close(wave, tmp_path)
    assert asked() == [("auditor@example.com", "1"), ("second@example.com", "1")]
    mail = Mail.objects.filter(kind=MailKind.TRUSTEE).first()
    message = mails.compose(mail)
    assert message.to == [mail.staff.email]
    assert message.subject == "Passphrase wanted: Pulse 1 has ended"
    for text in (message.body, message.alternatives[0].content):
        assert f"/trustee/wave/{wave.id}/" in text
        assert "Never write the passphrase in a mail" in text
    [line] = [line for line in message.body.splitlines() if "/anonymity/" in line]
    assert line == (
        "The answers behind this are anonymous. Once they are counted, nobody can tell from what is stored who gave "
        "which answer, better than by guessing among at least 5 people. Neither HR nor an administrator can. "
        f"What exactly is promised: {settings.SITE_URL}/anonymity/"
    )
    assert f'href="{settings.SITE_URL}/anonymity/"' in message.alternatives[0].content


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "hr"}])
def test_who_is_no_auditor_any_more_gets_no_mail(wave, tmp_path, change):
    close(wave, tmp_path)
    StaffUser.objects.update(**change)
    with pytest.raises(mails.NotDueError):
        mails.compose(Mail.objects.get(kind=MailKind.TRUSTEE))


def test_a_mail_still_queued_when_the_passphrase_comes_is_not_sent(wave, tmp_path):
    close(wave, tmp_path)
    assert enter(wave) is True
    with pytest.raises(mails.NotDueError):
        mails.compose(Mail.objects.get(kind=MailKind.TRUSTEE))


# Counting


def test_with_the_passphrase_all_is_counted_and_no_key_is_left(wave, survey, tmp_path):
    close(wave, tmp_path)
    assert enter(wave) is True
    assert close(wave, tmp_path).state == WaveState.CLOSED
    assert (Response.objects.count(), SealedBallot.objects.count()) == (7, 0)
    left = (wave.public_key, wave.release_key, wave.passphrase_box, wave.trustee_key)
    assert (left, files(tmp_path)) == ((None, None, None, None), {})
    assert TrusteeKey.objects.get().survey == survey


def test_the_passphrase_is_taken_only_while_the_wave_waits_for_it(wave, tmp_path):
    assert enter(wave) is False
    close(wave, tmp_path)
    assert [enter(wave), enter(wave)] == [True, False]
    close(wave, tmp_path)
    assert enter(wave) is False


def test_of_two_auditors_at_once_one_hands_it_over(wave, tmp_path):
    close(wave, tmp_path)
    waiting = Wave.objects.get(id=wave.id)
    results = at_once(2, lambda _: trustees.enter_passphrase(wave=waiting, passphrase=PASSPHRASE))
    assert sorted(results) == [False, True]
    assert close(wave, tmp_path).state == WaveState.CLOSED


def test_a_passphrase_for_a_replaced_release_key_is_not_left(wave, tmp_path):
    close(wave, tmp_path)
    stale = Wave.objects.get(id=wave.id)
    Wave.objects.update(release_key=sealing.public_of(sealing.new_private_key()))
    assert trustees.enter_passphrase(wave=stale, passphrase=PASSPHRASE) is False


@pytest.mark.parametrize(
    "box",
    [lambda wave: bytes(trustee.PASSPHRASE_BOX_BYTES), lambda wave: trustee.seal_passphrase("wrong", wave.release_key)],
)
def test_a_box_that_does_not_open_the_wave_is_asked_for_again_once(wave, tmp_path, caplog, box):
    close(wave, tmp_path)
    Wave.objects.update(passphrase_box=box(Wave.objects.get()))
    for _minute in range(2):
        close(wave, tmp_path)
    assert (wave.state, wave.passphrase_box, wave.key_lost) == (WaveState.CLOSING, None, False)
    assert asked() == [("auditor@example.com", "1"), ("auditor@example.com", "2")]
    assert caplog.text.count("does not open it") == 1
    assert "wrong" not in caplog.text
    assert enter(wave)
    assert close(wave, tmp_path).state == WaveState.CLOSED
