"""A counted wave whose key cannot be deleted, as in a folder that became read-only, is shown until the key is gone."""

import errno

import pytest
from django.urls import reverse

from surveys.ballot import keys
from surveys.choices import WaveState
from surveys.models import Wave
from surveys.selectors.waves import wave_rows, waves_with_keys
from surveys.services import closing
from surveys.signals import wave_closed
from tests.company import cast, close, invitations, make_people, make_survey, open_next
from tests.staff import make_staff
from tests.ticking import ticking

pytestmark = pytest.mark.django_db(transaction=True)


def read_only(_path):
    raise OSError(errno.EROFS, "Read-only file system")


@pytest.fixture
def wave(tmp_path):
    make_people()
    wave = open_next(make_survey(), tmp_path)
    for invitation in invitations(wave, "Sales", 7):
        cast(invitation)
    return wave


@pytest.fixture
def undestroyed(wave, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(keys, "overwrite", read_only)
        close(wave, tmp_path)
    return wave


def test_the_wave_is_counted_and_scored_all_the_same(wave, tmp_path, monkeypatch):
    announced = []
    wave_closed.connect(announce := lambda wave_id, **_: announced.append(wave_id), weak=True)
    monkeypatch.setattr(keys, "overwrite", read_only)
    assert close(wave, tmp_path).state == WaveState.CLOSED
    assert (announced, keys.wave_ids(tmp_path)) == ([wave.id], {wave.id})
    wave_closed.disconnect(announce)


def test_it_is_shown_until_a_later_tick_has_destroyed_the_key(undestroyed, tmp_path):
    assert [row.key_remains for row in wave_rows()] == [True]
    assert [wave.id for wave in waves_with_keys()] == [undestroyed.id]
    assert ticking(tmp_path)(undestroyed.closes_at) == ["close_wave"]
    assert (keys.wave_ids(tmp_path), any(row.key_remains for row in wave_rows())) == (set(), False)
    assert (Wave.objects.get(id=undestroyed.id).public_key, waves_with_keys()) == (None, ())


@pytest.mark.parametrize(("role", "page"), [("hr", "waves"), ("auditor", "audits")])
def test_hr_and_auditors_read_it(client, undestroyed, tmp_path, role, page):
    client.force_login(make_staff(role))
    sentence = "not destroyed yet"
    before = sentence in client.get(reverse(page)).text
    closing.close_wave(wave_id=undestroyed.id, key_directory=tmp_path)
    assert (before, sentence in client.get(reverse(page)).text) == (True, False)


def test_one_key_that_stays_keeps_no_other_from_going(undestroyed, tmp_path, monkeypatch):
    whole = keys.overwrite
    monkeypatch.setattr(
        keys, "overwrite", lambda path: read_only(path) if str(undestroyed.id) in path.name else whole(path)
    )
    other = close(open_next(undestroyed.survey, tmp_path), tmp_path)
    assert (other.state, keys.wave_ids(tmp_path)) == (WaveState.CLOSED, {undestroyed.id})
