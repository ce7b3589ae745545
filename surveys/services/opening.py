"""Opening a wave: its key, its questionnaire, its groups and its invitations. Runs on the counting worker."""

import uuid
from pathlib import Path

from django.db import transaction

from surveys.ballot import keys
from surveys.choices import WaveState
from surveys.models import Employee, Survey, TrusteeKey, Wave
from surveys.questions.questionnaire import freeze
from surveys.selectors.group_inputs import asked_people
from surveys.selectors.people import read_departments
from surveys.services.groups import form_groups
from surveys.services.inviting import invite
from surveys.services.key_authenticity import proof_of, trustee_is_authentic


class CannotOpenError(Exception):
    """The wave stays planned; the message tells HR what to do."""


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
    if found and not trustee_is_authentic(found, survey.pk):
        raise CannotOpenError(
            f"The trustee's key of the survey “{survey}” is not the one that was set: it was changed in the database, "
            "or LINK_KEY was. An auditor must set the passphrase again."
        )
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
    if len(found) < survey.min_group_size:
        raise CannotOpenError(
            f"The survey “{survey}” reaches {len(found)} people; at least {survey.min_group_size} are needed to keep "
            "their answers anonymous. Import more people or widen the audience."
        )
    return found
