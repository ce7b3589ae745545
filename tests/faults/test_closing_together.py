"""Several workers close one wave at the same moment: it is counted once, and its key is destroyed without an error."""

import pytest

from surveys.choices import WaveState
from surveys.models import Response, SealedBallot
from surveys.services import closing
from surveys.signals import wave_closed
from tests.company import cast, invitations, make_people, make_survey, open_next
from tests.threads import at_once
from tests.tiers import LONG

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10 if LONG else 4


def test_four_workers_count_once_and_leave_no_key(tmp_path):
    make_people({"Sales": (None, 8)})
    survey = make_survey()
    signals = []

    def note(wave_id, **_kwargs):
        signals.append(wave_id)

    wave_closed.connect(note)
    try:
        for number in range(1, ROUNDS + 1):
            wave = open_next(survey, tmp_path)
            for invitation in invitations(wave, "Sales", 6):
                cast(invitation)
            done = at_once(4, lambda _, wave=wave: closing.close_wave(wave_id=wave.id, key_directory=tmp_path))
            wave.refresh_from_db()
            assert (sorted(done), wave.state) == ([False, False, False, True], WaveState.CLOSED)
            assert (Response.objects.count(), SealedBallot.objects.count()) == (6 * number, 0)
            assert list(tmp_path.iterdir()) == []
    finally:
        wave_closed.disconnect(note)
    assert len(set(signals)) == len(signals) == ROUNDS
