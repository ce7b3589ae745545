"""The works council's passphrase: setting it, asking for it when a wave has ended, passing it on to be counted with."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from surveys.ballot import trustee
from surveys.choices import MailKind, Role, WaveState
from surveys.models import Mail, StaffUser, Survey, TrusteeKey, Wave
from surveys.selectors.key_authenticity import check_authenticity, proof_of_trustee
from surveys.services.turns import turn


def set_passphrase(*, survey: Survey, passphrase: str) -> None:
    """Seals the survey's waves to a trustee with this passphrase, from the next opening on. Replaces any before.

    Raises BusyError where it gets no turn to hash.
    """
    with turn():
        locked = trustee.lock(passphrase)
    with transaction.atomic():
        # Locked first: of two that are set at the same moment the later one replaces the other.
        Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
        _retire(survey)
        TrusteeKey.objects.create(
            survey=survey,
            public_key=locked.public_key,
            key_proof=proof_of_trustee(survey.id, locked.public_key),
            secret=locked.secret,
            salt=locked.salt,
            opslimit=locked.opslimit,
            memlimit=locked.memlimit,
        )


def is_passphrase(trustee_key: TrusteeKey, passphrase: str) -> bool:
    """Whether the key was locked with it. Raises BusyError where it gets no turn to hash."""
    try:
        with turn():
            trustee.unlock(trustee_key.locked, passphrase)
    except trustee.WrongPassphraseError:
        return False
    return True


@transaction.atomic
def remove_passphrase(*, survey: Survey) -> None:
    """From the next opening on the survey's waves are counted without a trustee."""
    _retire(survey)


def forget_retired() -> None:
    """Deletes the keys that neither a survey nor a running wave needs. For the counting worker, which also opens."""
    TrusteeKey.objects.filter(survey=None, waves=None).delete()


def enter_passphrase(*, wave: Wave, passphrase: str) -> bool:
    """Leaves the passphrase on the wave's row, for the counting worker alone. False if the wave no longer waits for it.

    The caller has tried the passphrase on the wave's trustee key. Raises ForgedKeyError where the key that it would
    be sealed for is not the counting worker's.
    """
    if wave.release_key is None:
        return False
    check_authenticity(wave)
    box = trustee.seal_passphrase(passphrase, bytes(wave.release_key))
    # Sealed for this release key: the counting worker may have made another one meanwhile.
    waiting = Wave.objects.filter(id=wave.id, state=WaveState.CLOSING, key_lost=False, passphrase_box=None)
    return bool(waiting.filter(release_key=wave.release_key).update(passphrase_box=box))


def ask(wave: Wave) -> None:
    """One mail to each auditor, once, however often it is called while the wave waits."""
    _write_mails(wave, dict.fromkeys(_auditors(), 1))


def ask_again(wave: Wave) -> None:
    """Another mail to each. Call it in the transaction that clears what was handed in."""
    asked = Count("mails", filter=Q(mails__wave=wave, mails__kind=MailKind.TRUSTEE))
    _write_mails(wave, {auditor: auditor.asked + 1 for auditor in _auditors().annotate(asked=asked)})


def _auditors() -> QuerySet[StaffUser]:
    return StaffUser.objects.filter(role=Role.AUDITOR, is_active=True)


def _write_mails(wave: Wave, numbers: Mapping[StaffUser, int]) -> None:
    Mail.objects.bulk_create(
        (
            Mail(kind=MailKind.TRUSTEE, key=f"{wave.id}:{auditor.pk}:{number}", wave=wave, staff=auditor)
            for auditor, number in numbers.items()
        ),
        ignore_conflicts=True,
    )


def _retire(survey: Survey) -> None:
    """Waits for an opening that is just sealing to the key, which then keeps it."""
    TrusteeKey.objects.filter(survey=survey).update(survey=None)
