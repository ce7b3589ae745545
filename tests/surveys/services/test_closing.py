"""Closing counts every acknowledged ballot, in groups that are large enough, and forgets the rest."""

import logging
import uuid
from dataclasses import replace

import pytest
from django.db import connection

from surveys.ballot import keys
from surveys.ballot.sealing import Rating
from surveys.choices import MailKind, MailState, WaveState
from surveys.models import Comment, CounterpartRating, Invitation, Mail, Response, SealedBallot
from surveys.selectors.key_authenticity import keys_of
from surveys.services import closing, inviting
from surveys.services.answering import CastOutcome, cast_ballot
from surveys.signals import wave_closed
from tests.company import ballot_for, cast, close, invitations, make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def departments():
    return make_people()


@pytest.fixture
def wave(departments, tmp_path):
    return open_next(make_survey(), tmp_path)


def responses(wave):
    counted = {}
    for response in Response.objects.filter(wave=wave).select_related("group"):
        counted[response.group.name] = counted.get(response.group.name, 0) + 1
    return counted


def test_every_ballot_is_counted_in_its_group_with_its_answers(wave, tmp_path):
    for name, count in (("Marketing", 7), ("Sales", 9), ("Finance", 5)):
        assert {cast(invitation) for invitation in invitations(wave, name, count)} == {CastOutcome.ACCEPTED}
    assert close(wave, tmp_path).state == WaveState.CLOSED
    assert responses(wave) == {"Marketing": 7, "Sales": 9, "Finance, Legal": 5}
    assert {len(response.answers) for response in Response.objects.all()} == {15}


def test_the_answers_are_those_that_were_given(wave, tmp_path):
    class Always:
        def randrange(self, _stop):
            return 3

    for invitation in invitations(wave, "Marketing", 5):
        cast(invitation, chance=Always())
    close(wave, tmp_path)
    assert {bytes(response.answers) for response in Response.objects.all()} == {b"\x03" * 15}


def test_a_group_with_too_few_ballots_is_merged_within_its_division(wave, tmp_path, departments):
    for name, count in (("Marketing", 4), ("Sales", 9), ("Finance", 6)):
        for invitation in invitations(wave, name, count):
            cast(invitation)
    close(wave, tmp_path)
    assert responses(wave) == {"Marketing, Sales": 13, "Finance, Legal": 6}
    merged = wave.groups.get(name="Marketing, Sales")
    assert (merged.people, merged.parent, merged.division) == (32, departments["Commercial"], departments["Commercial"])
    assert set(merged.merged.values_list("name", flat=True)) == {"Marketing", "Sales"}


def test_under_five_ballots_in_all_nothing_is_stored(wave, tmp_path):
    for invitation in invitations(wave, "Sales", 4):
        cast(invitation, comment="It was us.", ratings=[Rating(invitation.group.departments[0], b"\0\0\0\0")])
    close(wave, tmp_path)
    counts = [model.objects.count() for model in (Response, Comment, CounterpartRating, SealedBallot)]
    assert (wave.state, counts) == (WaveState.CLOSED, [0, 0, 0, 0])


def test_closing_forgets_who_answered_boxes_reminders_and_key(wave, tmp_path):
    for invitation in invitations(wave, "Sales", 9):
        cast(invitation)
    inviting.remind(wave_id=wave.id, number=1)
    assert Mail.objects.filter(kind=MailKind.REMINDER).count() == 44 - 9
    close(wave, tmp_path)
    assert Invitation.objects.filter(answered=True).count() == 0
    assert SealedBallot.objects.count() == 0
    assert Mail.objects.filter(kind=MailKind.REMINDER).count() == 0
    assert (wave.public_key, list(tmp_path.iterdir())) == (None, [])


def test_after_closing_a_link_is_dead(wave, tmp_path):
    invitation = invitations(wave, "Sales", 1)[0]
    for other in invitations(wave, "Marketing", 6):
        cast(other)
    close(wave, tmp_path)
    assert cast(invitation) == CastOutcome.NOT_OPEN
    assert (SealedBallot.objects.count(), Invitation.objects.filter(answered=True).count()) == (0, 0)


def test_one_person_has_one_ballot(wave):
    invitation = invitations(wave, "Sales", 1)[0]
    assert [cast(invitation), cast(invitation)] == [CastOutcome.ACCEPTED, CastOutcome.ALREADY_ANSWERED]
    assert SealedBallot.objects.count() == 1


def test_closing_twice_counts_once_and_tells_once(wave, tmp_path):
    announced = []

    def listen(wave_id, **_more):
        announced.append(wave_id)

    wave_closed.connect(listen)
    for invitation in invitations(wave, "Sales", 6):
        cast(invitation)
    assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is True
    assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
    assert (Response.objects.count(), announced) == (6, [wave.id])


def test_ratings_of_too_few_raters_go_to_the_division_or_nowhere(wave, tmp_path, departments):
    finance, legal = departments["Finance"].id, departments["Legal"].id
    for name, count in (("Marketing", 6), ("Sales", 9)):
        for number, invitation in enumerate(invitations(wave, name, count)):
            ratings = [Rating(finance, b"\0\1\1\1")] if name == "Marketing" or number < 4 else []
            cast(invitation, ratings=[*ratings, *([Rating(legal, b"\1\xff\xff\xff")] if number < 3 else [])])
    for invitation in invitations(wave, "Finance", 5):
        cast(invitation)
    close(wave, tmp_path)
    kept = set(CounterpartRating.objects.values_list("group__name", "division__name", "counterpart__name").iterator())
    assert kept == {("Marketing", None, "Finance"), (None, "Commercial", "Legal")}
    assert CounterpartRating.objects.filter(counterpart=legal).count() == 6


def test_comments_are_by_division_only_where_every_division_has_ten(wave, tmp_path):
    for name, count in (("Sales", 10), ("Finance", 9), ("Legal", 1)):
        for invitation in invitations(wave, name, count):
            cast(invitation, comment=f"From {name}.")
    close(wave, tmp_path)
    assert set(Comment.objects.values_list("division__name", "text")) == {
        ("Commercial", "From Sales."),
        ("Finance", "From Finance."),
        ("Finance", "From Legal."),
    }


def test_else_comments_are_the_companys(wave, tmp_path):
    for name, count in (("Sales", 10), ("Finance", 9)):
        for invitation in invitations(wave, name, count):
            cast(invitation, comment=f"From {name}.")
    close(wave, tmp_path)
    assert set(Comment.objects.values_list("division__name", "text")) == {
        (None, "From Sales."),
        (None, "From Finance."),
    }


def test_a_box_that_cannot_be_opened_is_kept_and_counted_not_dropped(wave, tmp_path, caplog):
    for invitation in invitations(wave, "Sales", 7):
        cast(invitation)
    spoilt = SealedBallot.objects.first()
    spoilt.box = bytes(len(spoilt.box))
    spoilt.save()
    close(wave, tmp_path)
    assert (wave.unreadable, Response.objects.count(), SealedBallot.objects.count()) == (1, 6, 1)
    assert [record.args for record in caplog.records if record.levelno == logging.ERROR] == [(wave.id, 1)]


@pytest.mark.parametrize(
    "strange",
    [
        {"answers": b"\x05" + b"\0" * 14},
        {"answers": b"\0" * 14},
        {"ratings": (Rating(10**9, b"\0\0\0\0"),)},
        {"ratings": (Rating(1, b"\3\0\0\0"),)},
        {"comment": "x" * 1001},
        {"group": uuid.uuid4()},
    ],
)
def test_a_box_with_something_that_was_never_asked_is_kept_apart(wave, tmp_path, strange):
    for invitation in invitations(wave, "Sales", 6):
        cast(invitation)
    invitation = invitations(wave, "Marketing", 1)[0]
    ballot = replace(ballot_for(invitation), **strange)
    cast_ballot(invitation_id=invitation.id, keys=keys_of(wave), ballot=ballot)
    close(wave, tmp_path)
    assert (wave.unreadable, Response.objects.count(), SealedBallot.objects.count()) == (1, 6, 1)


def test_with_a_lost_key_nothing_is_counted_destroyed_or_taken_any_more(wave, tmp_path):
    *answered, late = invitations(wave, "Sales", 8)
    for invitation in answered:
        cast(invitation)
    kept = {file: file.read_bytes() for file in tmp_path.iterdir()}
    for file in kept:
        file.unlink()
    assert close(wave, tmp_path).state == WaveState.CLOSING
    assert (SealedBallot.objects.count(), Response.objects.count()) == (7, 0)
    assert cast(late) == CastOutcome.NOT_OPEN
    for file, content in kept.items():
        file.write_bytes(content)
    assert (close(wave, tmp_path).state, Response.objects.count()) == (WaveState.CLOSED, 7)


def test_boxes_that_do_not_match_the_answered_stop_the_closing(wave, tmp_path):
    for invitation in invitations(wave, "Sales", 7):
        cast(invitation)
    SealedBallot.objects.first().delete()
    with pytest.raises(closing.CountMismatchError, match="6 sealed ballots but 7 answered"):
        closing.close_wave(wave_id=wave.id, key_directory=tmp_path)
    assert (SealedBallot.objects.count(), Response.objects.count(), len(list(tmp_path.iterdir()))) == (6, 0, 2)


def test_a_key_that_a_crash_left_behind_is_destroyed_by_the_next_closing(wave, tmp_path, monkeypatch):
    for invitation in invitations(wave, "Sales", 7):
        cast(invitation)
    with monkeypatch.context() as patch:
        patch.setattr(closing, "destroy_spent_keys", lambda _directory: None)
        close(wave, tmp_path)
    assert keys.wave_ids(tmp_path) == {wave.id}
    assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
    assert keys.wave_ids(tmp_path) == set()


def test_the_shuffle_gives_every_box_a_new_row_and_one_transaction_number(wave):
    for invitation in invitations(wave, "Sales", 12):
        cast(invitation)
    before = {bytes(sealed_ballot.box): sealed_ballot.id for sealed_ballot in SealedBallot.objects.all()}
    assert closing.shuffle(wave_id=wave.id) == 12
    after = {bytes(sealed_ballot.box): sealed_ballot.id for sealed_ballot in SealedBallot.objects.all()}
    assert set(after) == set(before)
    assert not set(after.values()) & set(before.values())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            ballots, answered = "SELECT xmin::text FROM surveys_sealedballot", "FROM surveys_invitation WHERE answered"
            cursor.execute(f"{ballots} UNION SELECT xmin::text {answered}")
            assert len(cursor.fetchall()) == 1


def test_a_reminder_goes_only_to_those_who_have_not_answered_and_once(wave):
    for invitation in invitations(wave, "Sales", 12):
        cast(invitation)
    assert [inviting.remind(wave_id=wave.id, number=1), inviting.remind(wave_id=wave.id, number=1)] == [32, 0]
    assert set(Mail.objects.filter(kind=MailKind.REMINDER).values_list("state", flat=True)) == {MailState.QUEUED}
