"""Opening a wave: its key, questionnaire, groups, invitations and answer page. Runs on the counting worker."""

import uuid
from pathlib import Path

from django.db import transaction

from surveys.ballot import keys
from surveys.choices import NOT_OPEN_YET, WaveState
from surveys.models import Survey, TrusteeKey, Wave
from surveys.questions.questionnaire import freeze
from surveys.selectors.key_authenticity import proof_of
from surveys.selectors.obstacles import CannotOpenError, trustee_obstacle
from surveys.services.answer_pages import freeze_counterparts
from surveys.services.asking import lock_asking, people_to_ask, record_asked
from surveys.services.groups import form_groups
from surveys.services.inviting import invite
from surveys.signals import wave_opening


def open_wave(*, wave_id: uuid.UUID, key_directory: Path) -> bool:
    """Opens a planned wave and tells whether this call did it. Safe to run again after a crash.

    Raises CannotOpenError, and leaves the wave planned, if it may ask fewer people than the minimum group size, or the
    trustee's key is forged.
    """
    wave = Wave.objects.select_related("survey__instrument").get(id=wave_id)
    if wave.state not in NOT_OPEN_YET:
        return False
    people_to_ask(wave)
    with transaction.atomic():
        _trustee_of(wave.survey)
    Wave.objects.filter(id=wave_id, state=WaveState.PLANNED).update(state=WaveState.OPENING)
    try:
        return _open(wave_id, key_directory)
    except CannotOpenError:
        _put_back(wave_id)
        raise


@transaction.atomic
def _open(wave_id: uuid.UUID, key_directory: Path) -> bool:
    wave = Wave.objects.select_for_update().select_related("survey__instrument").get(id=wave_id)
    if wave.state != WaveState.OPENING:
        return False
    lock_asking()
    people = people_to_ask(wave)
    # Under the lock, or two workers could each make a key; on disk before the commit says that the wave is open.
    _seal(wave, key_directory)
    _freeze(wave)
    groups = form_groups(wave=wave, people=people)
    record_asked(wave, people, groups)
    invite(wave=wave, people=people, group_of=groups)
    freeze_counterparts(wave)
    wave_opening.send(sender=None, wave=wave)
    return True


@transaction.atomic
def _put_back(wave_id: uuid.UUID) -> None:
    """Another wave has asked the people at the same moment: this one is planned again, instead of one after it."""
    wave = Wave.objects.select_for_update().get(id=wave_id)
    if wave.state == WaveState.OPENING:
        Wave.objects.filter(survey=wave.survey_id, state=WaveState.PLANNED).delete()
        Wave.objects.filter(id=wave_id).update(state=WaveState.PLANNED)


def _seal(wave: Wave, key_directory: Path) -> None:
    """Makes the wave's keys, and proves them.

    The trustee's is locked until the commit, so that it is not retired without this wave.
    """
    wave.trustee_key = _trustee_of(wave.survey)
    if wave.trustee_key is None:
        wave.public_key = keys.create(key_directory, wave.id)
    else:
        with keys.alone(key_directory):
            # Raises where the connection is lost, and with it the row: another worker may have opened the wave on keys
            # of its own, and must find them. Nobody makes any from here on until these are written.
            Wave.objects.filter(id=wave.id).exists()
            wave.public_key = keys.create_sealed(key_directory, wave.id, bytes(wave.trustee_key.public_key))
            wave.release_key = keys.create_release(key_directory, wave.id)
    wave.key_proof = proof_of(wave)


def _trustee_of(survey: Survey) -> TrusteeKey | None:
    found = TrusteeKey.objects.select_for_update().filter(survey=survey).first()
    if obstacle := trustee_obstacle(found, survey):
        raise CannotOpenError(survey, obstacle)
    return found


def _freeze(wave: Wave) -> None:
    survey = wave.survey
    wave.instrument = survey.instrument
    wave.questionnaire = freeze(survey.instrument.document, number=wave.number, cadence=survey.cadence)
    wave.min_group_size, wave.target_percent = survey.min_group_size, survey.target_percent
    wave.state = WaveState.OPEN
    wave.save()
