"""An attacker with database and key folder, but no passphrase, opens no ballot; with it the same program opens all.

The attacker tries every 32 bytes that lie anywhere in what was taken as a private key on every box that was taken, and
goes on with whatever comes out.
"""

from dataclasses import dataclass

import nacl.bindings
import nacl.exceptions
import nacl.public
import pytest
from django.db import connection

from surveys.ballot import sealing, trustee
from surveys.choices import WaveState
from surveys.models import SealedBallot, TrusteeKey
from surveys.services import trustees
from tests.company import cast, close, invitations, make_people, make_survey, open_next
from tests.trustees import PASSPHRASE, enter, files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cheap_passphrases")]
BALLOTS = 3


@dataclass
class Loot:
    """`pieces`: everything binary that was found but the ballots; `locked`: the trustees' keys."""

    pieces: set[bytes]
    ballots: list[bytes]
    locked: list[trustee.LockedKey]


def steal_database():
    """Every binary value of every table."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    values = {bytes(value) for row in rows for value in row if isinstance(value, bytes | memoryview)}
    ballots = [bytes(box) for box in SealedBallot.objects.values_list("box", flat=True)]
    return Loot(values - set(ballots), ballots, [key.locked for key in TrusteeKey.objects.all()])


def steal(folder):
    loot = steal_database()
    return Loot(loot.pieces | set(files(folder).values()), loot.ballots, loot.locked)


def windows(piece):
    return {piece[start : start + 32] for start in range(len(piece) - 31)}


def opened_by(key, boxes):
    box_of = nacl.public.SealedBox(nacl.public.PrivateKey(key))
    for box in boxes:
        for end in (len(box), len(box) - 32):
            try:
                yield box_of.decrypt(box[:end])
            except nacl.exceptions.CryptoError:
                continue


def keys_of(loot, passphrases):
    for locked in loot.locked:
        for passphrase in passphrases:
            try:
                yield trustee.unlock(locked, passphrase)
            except trustee.WrongPassphraseError:
                continue


def as_passphrase(content):
    try:
        return {nacl.bindings.sodium_unpad(content, 1024).decode()}
    except (nacl.exceptions.CryptoError, UnicodeDecodeError):
        return set()


def attack(loot, *passphrases):
    """How many ballots come open."""
    known, untried = set(), {key for piece in loot.pieces for key in windows(piece)} | set(keys_of(loot, passphrases))
    while untried - known:
        found = [content for key in untried - known for content in opened_by(key, loot.pieces)]
        known |= untried
        passphrases = {*passphrases, *(passphrase for content in found for passphrase in as_passphrase(content))}
        untried = {key for content in found for key in windows(content)} | set(keys_of(loot, passphrases))
    return sum(any(True for key in known for _ in opened_by(key, [ballot])) for ballot in loot.ballots)


@pytest.fixture
def survey():
    make_people({"Sales": (None, 7)})
    return make_survey()


@pytest.fixture
def wave(survey, tmp_path):
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    return answered(survey, tmp_path)


def answered(survey, folder):
    wave = open_next(survey, folder)
    for invitation in invitations(wave, "Sales", BALLOTS):
        cast(invitation)
    return wave


def test_without_a_trustee_the_folder_of_keys_opens_every_ballot(survey, tmp_path):
    answered(survey, tmp_path)
    assert (attack(steal(tmp_path)), attack(steal_database())) == (BALLOTS, 0)


def test_database_and_folder_open_no_ballot_until_the_passphrase_comes(wave, tmp_path):
    assert attack(steal(tmp_path)) == 0
    assert close(wave, tmp_path).state == WaveState.CLOSING
    assert attack(steal(tmp_path), "wrong passphrase", "") == 0


def test_with_the_passphrase_they_open_all(wave, tmp_path):
    assert attack(steal(tmp_path), PASSPHRASE) == BALLOTS


def test_the_passphrase_and_the_database_without_the_folder_open_none(wave, tmp_path):
    close(wave, tmp_path)
    assert attack(steal_database(), PASSPHRASE) == 0
    assert enter(wave)
    assert attack(steal_database(), PASSPHRASE) == 0


def test_between_entering_and_counting_both_together_open_all(wave, tmp_path):
    close(wave, tmp_path)
    assert enter(wave)
    assert attack(steal(tmp_path)) == BALLOTS


def test_a_database_copy_of_those_minutes_opens_none_after_counting(wave, tmp_path):
    close(wave, tmp_path)
    enter(wave)
    backup = steal_database()
    close(wave, tmp_path)
    now = steal(tmp_path)
    assert (wave.state, len(backup.ballots), now.ballots) == (WaveState.CLOSED, BALLOTS, [])
    assert attack(Loot(backup.pieces | now.pieces, backup.ballots, backup.locked), PASSPHRASE) == 0


def test_no_file_or_row_ever_holds_the_passphrase_or_its_key(wave, tmp_path):
    secrets = {PASSPHRASE.encode(), trustee.unlock(TrusteeKey.objects.get().locked, PASSPHRASE)}
    sealed_key = files(tmp_path)[f"{wave.id}.key"]
    secrets.add(trustee.open_key(sealed_key, max(secrets, key=len), bytes(wave.public_key)))
    assert {len(secret) for secret in secrets} == {len(PASSPHRASE), sealing.KEY_BYTES}
    close(wave, tmp_path)
    enter(wave)
    loot = steal(tmp_path)
    assert len(loot.pieces) > BALLOTS
    assert [secret for secret in secrets for piece in loot.pieces if secret in piece] == []
