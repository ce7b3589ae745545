"""A lost key is said to HR and to the operator, and costs nothing while it may come back."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from surveys import tasks
from surveys.choices import WaveState
from surveys.models import Response, Wave
from surveys.selectors.waves import wave_rows
from surveys.services import closing, key_custody, scheduling
from surveys.services.answering import CastOutcome
from tests.company import cast, close, invitations
from tests.staff import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def missed(caplog):
    return [record.getMessage() for record in caplog.records if "is lost or damaged" in record.getMessage()]


# While the wave is open


def test_the_nightly_shuffle_finds_a_lost_key_and_answers_go_on(wave, lose, tmp_path, settings, caplog):
    settings.BALLOT_KEY_DIR = str(tmp_path)
    lose()
    tasks.shuffle_wave(str(wave.id), "2026-03-03")
    wave.refresh_from_db()
    assert (wave.state, wave.key_lost, wave.shuffled_on) == (WaveState.OPEN, True, dt.date(2026, 3, 3))
    [message] = missed(caplog)
    assert message.startswith(f"The key of wave {wave.id} is lost or damaged. Restore BALLOT_KEY_DIR from your backup.")
    assert message.endswith("The wave stays open; nothing is closed or destroyed.")
    assert cast(invitations(wave, "Sales", 8)[-1]) == CastOutcome.ACCEPTED


def test_a_whole_key_is_not_reported(wave, tmp_path, settings, caplog):
    settings.BALLOT_KEY_DIR = str(tmp_path)
    tasks.shuffle_wave(str(wave.id), "2026-03-03")
    assert (wave_rows()[0].key_lost, missed(caplog)) == (False, [])


def test_a_missed_key_is_looked_for_each_minute_until_it_is_back(wave, lose, tmp_path, settings):
    settings.BALLOT_KEY_DIR = str(tmp_path)
    bring_back = lose()
    assert key_custody.key_of(wave_id=wave.id, key_directory=tmp_path) is None
    looking = scheduling.Step("surveys.tasks.check_key", (str(wave.id),))
    assert looking in scheduling.due(wave.opens_at + dt.timedelta(hours=1))
    bring_back()
    tasks.check_key(str(wave.id))
    wave.refresh_from_db()
    assert not wave.key_lost
    assert looking not in scheduling.due(wave.opens_at + dt.timedelta(hours=2))


def test_hr_reads_it_without_a_number_that_would_grow_with_each_answer(wave, lose, tmp_path, client):
    lose()
    key_custody.key_of(wave_id=wave.id, key_directory=tmp_path)
    client.force_login(make_staff("hr"))
    page = client.get(reverse("waves")).text
    assert 'role="alert"' in page
    assert "takes answers" in page
    assert (wave_rows()[0].ballots_waiting, "sealed ballot" in page) == (0, False)


# When it has ended


def test_at_closing_the_log_counts_the_waiting_ballots_once(wave, lose, tmp_path, caplog):
    key_custody.key_of(wave_id=wave.id, key_directory=tmp_path)
    bring_back = lose()
    key_custody.key_of(wave_id=wave.id, key_directory=tmp_path)
    for _minute in range(3):
        assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
    while_open, at_closing = missed(caplog)
    assert "The wave stays open" in while_open
    assert "7 sealed ballots wait" in at_closing
    bring_back()
    assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is True
    assert (Wave.objects.get().key_lost, Response.objects.count()) == (False, 7)


def test_hr_reads_how_many_ballots_wait_and_what_to_do(wave, stranded, client):
    stranded(wave)
    client.force_login(make_staff("hr"))
    page = client.get(reverse("waves")).text
    assert "The key of Pulse wave 1 is lost or damaged." in page
    assert "7 sealed ballots cannot be counted without it. The wave takes no more answers." in " ".join(page.split())
    assert "Nothing is closed, counted or destroyed." in page
    assert "BALLOT_KEY_DIR" in page
    assert "manage.py abandon_wave" in page


def test_while_the_key_is_whole_no_number_of_ballots_is_shown(wave, client):
    Wave.objects.update(state=WaveState.CLOSING)
    client.force_login(make_staff("hr"))
    assert "sealed ballot" not in client.get(reverse("waves")).text
    assert wave_rows()[0].ballots_waiting == 0


def test_the_check_of_an_unknown_or_ended_wave_finds_nothing(wave, tmp_path):
    close(wave, tmp_path)
    assert key_custody.key_of(wave_id=wave.id, key_directory=tmp_path) is None
    assert not Wave.objects.get().key_lost
    with pytest.raises(Wave.DoesNotExist):
        key_custody.key_of(wave_id=uuid.uuid4(), key_directory=tmp_path)
