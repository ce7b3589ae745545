"""Opening a wave: its key, its questionnaire, its groups and its invitations. Runs on the counting worker."""

import uuid
from pathlib import Path

from django.db import transaction

from surveys.ballot import keys
from surveys.choices import WaveState
from surveys.models import Employee, Survey, TrusteeKey, Wave
from surveys.questions.questionnaire import freeze
from surveys.schedule.obstacles import Obstacle
from surveys.schedule.wording import explain_obstacle
from surveys.selectors.group_inputs import asked_people
from surveys.selectors.people import read_departments
from surveys.services.groups import form_groups
from surveys.services.inviting import invite
from surveys.services.key_authenticity import proof_of
from surveys.services.obstacles import people_obstacle, trustee_obstacle


class CannotOpenError(Exception):
    """The wave stays planned. The page of waves tells HR why, and what to do."""

    def __init__(self, survey: Survey, obstacle: Obstacle) -> None:
        super().__init__(f"“{survey}”: {explain_obstacle(obstacle)}")
        self.obstacle = obstacle


def open_wave(*, wave_id: uuid.UUID, key_directory: Path) -> bool:
    """Opens a planned wave and tells whether this call did it. Safe to run again after a crash.

    Raises CannotOpenError if the audience is smaller than the minimum group size, or the trustee's key is forged.
    """
    wave = Wave.objects.select_related("survey__instrument").get(id=wave_id)
    if wave.state not in (WaveState.PLANNED, WaveState.OPENING):
        return False
    _people(wave.survey)
    with transaction.atomic():
        _trustee_of(wave.survey)
    Wave.objects.filter(id=wave_id, state=WaveState.PLANNED).update(state=WaveState.OPENING)
    with transaction.atomic():
        wave = Wave.objects.select_for_update().select_related("survey__instrument").get(id=wave_id)
        if wave.state != WaveState.OPENING:
            return False
        # Under the lock, or two workers could each make a key; on disk before the commit says that the wave is open.
        _seal(wave, key_directory)
        _freeze(wave)
        people = _people(wave.survey)
        invite(wave=wave, people=people, group_of=form_groups(wave=wave, people=people))
    return True


def _seal(wave: Wave, key_directory: Path) -> None:
    """Makes the wave's keys, and proves them.

    The trustee's is locked until the commit, so that it is not retired without this wave.
    """
    wave.trustee_key = _trustee_of(wave.survey)
    if wave.trustee_key is None:
        wave.public_key = keys.create(key_directory, wave.id)
    else:
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


def _people(survey: Survey) -> list[Employee]:
    found = list(asked_people(survey, read_departments().tree))
    if obstacle := people_obstacle(survey, len(found)):
        raise CannotOpenError(survey, obstacle)
    return found
