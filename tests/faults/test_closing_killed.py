"""The closing process is killed at every step; the next closing counts everything, once."""

import signal
from collections import Counter

import pytest

from surveys.ballot import keys
from surveys.ballot.sealing import Ballot, Rating
from surveys.choices import MailKind, WaveState
from surveys.models import Comment, CounterpartRating, Invitation, Mail, Response, SealedBallot
from surveys.selectors.key_authenticity import keys_of
from surveys.services import closing, inviting, scheduling
from surveys.services.answering import CastOutcome, cast_ballot
from tests.company import invitations, open_next
from tests.tiers import LONG

pytestmark = pytest.mark.django_db(transaction=True)

POINTS = {
    "before the key is read": "<1:surveys.ballot.keys.load",
    "the key is read": ">1:surveys.ballot.keys.load",
    "state closing is committed": "<1:surveys.services.closing.shuffle",
    "the boxes are taken out to be shuffled": "<1:surveys.services.shuffling.rewrite_ballots",
    "the boxes are shuffled": ">1:surveys.services.closing.shuffle",
    "the boxes are read": "<1:surveys.services.closing.open_boxes",
    "half of the boxes are opened": ">6:surveys.ballot.sealing.unseal",
    "the boxes are opened": ">1:surveys.services.closing.open_boxes",
    "groups are merged": ">1:surveys.services.counting.merge_groups",
    "responses are stored": ">1:surveys.services.counting.store_in_random_order",
    "ratings are stored": ">2:surveys.services.counting.store_in_random_order",
    "comments are stored": ">1:surveys.services.closing.count_ballots",
    "boxes are deleted, invitations about to be rewritten": "<1:surveys.services.closing.forget_answered",
    "boxes and reminders are deleted, who answered is forgotten": "<1:surveys.models.Wave.save",
    "state closed is written but not committed": ">1:surveys.models.Wave.save",
    "everything is committed": "<1:surveys.services.closing.destroy_spent_keys",
    "the first copy of the key is overwritten": ">1:surveys.ballot.keys.overwrite",
    "the first copy of the key is gone": "<2:surveys.ballot.keys.overwrite",
    "the key is destroyed": "<1:surveys.services.dead_rows.erase",
    "dead rows are removed": ">1:surveys.services.dead_rows.erase",
}
# In the long form more than a thousand ballots.
ROUNDS = 4 if LONG else 1
COMMITTED = list(POINTS).index("everything is committed")


def ballots(wave):
    """By invitation: three of Marketing, too few for a figure; six of Sales; six of Finance, who rate Sales."""
    sales = wave.groups.get(name="Sales").departments[0]
    return {
        invitation: Ballot(
            group=invitation.group_id,
            answers=bytes([number % 5] * 15),
            ratings=(Rating(sales, bytes([0, number % 5, 1, 1])),) if name == "Finance" else (),
            comment=f"{name} {number}",
        )
        for name, count in (("Marketing", 3), ("Sales", 6), ("Finance", 6))
        for number, invitation in enumerate(invitations(wave, name, count))
    }


def counted(wave):
    """Responses, ratings and comments of a wave, each with how often it is there."""
    return (
        Counter((row.group.name, bytes(row.answers)) for row in Response.objects.filter(wave=wave)),
        Counter((row.group.name, bytes(row.answers)) for row in CounterpartRating.objects.filter(wave=wave)),
        Counter(Comment.objects.filter(wave=wave).values_list("division__name", "text")),
    )


def expected(cast):
    group = {"Marketing": "Marketing, Sales", "Sales": "Marketing, Sales", "Finance": "Finance, Legal"}
    named = [(ballot.comment.partition(" ")[0], ballot) for ballot in cast.values()]
    return (
        Counter((group[name], ballot.answers) for name, ballot in named),
        Counter((group[name], rating.answers) for name, ballot in named for rating in ballot.ratings),
        Counter((None, ballot.comment) for _, ballot in named),
    )


def left_over(wave, folder):
    return {
        "boxes": SealedBallot.objects.filter(wave=wave).count(),
        "answered": Invitation.objects.filter(wave=wave, answered=True).count(),
        "reminders": Mail.objects.filter(wave=wave, kind=MailKind.REMINDER).count(),
        "keys": len(keys.wave_ids(folder)),
    }


def due_to_close(wave):
    """The waves that a tick at the wave's end has closed."""
    steps = scheduling.due(wave.closes_at)
    return [step.args[0] for step in steps if step.task == "surveys.tasks.close_wave"]


@pytest.fixture
def cast_all(survey, tmp_path):
    def cast_all():
        wave = open_next(survey, tmp_path)
        inviting.remind(wave_id=wave.id, number=1)
        cast = ballots(wave)
        outcomes = {
            cast_ballot(invitation_id=invitation.id, keys=keys_of(wave), ballot=ballot)
            for invitation, ballot in cast.items()
        }
        assert outcomes == {CastOutcome.ACCEPTED}
        return wave, cast

    return cast_all


def test_after_a_kill_at_any_step_the_next_closing_counts_everything_once(cast_all, killed, tmp_path):
    ballots = 0
    for number, (what, point) in ROUNDS * list(enumerate(POINTS.items())):
        wave, cast = cast_all()
        ballots += len(cast)
        assert killed(point, wave, tmp_path) == -signal.SIGKILL, what
        nothing, everything = (Counter(), Counter(), Counter()), expected(cast)
        assert counted(wave) == (everything if number >= COMMITTED else nothing), what
        assert due_to_close(wave) == [str(wave.id)], what
        assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is (number < COMMITTED), what
        assert counted(wave) == everything, what
        assert left_over(wave, tmp_path) == {"boxes": 0, "answered": 0, "reminders": 0, "keys": 0}, what
        assert due_to_close(wave) == [], what
        wave.refresh_from_db()
        assert (wave.state, wave.unreadable, wave.public_key) == (WaveState.CLOSED, 0, None), what
    print(f"\n{ballots} ballots, none lost and none counted twice")


def test_no_step_left_out_a_closing_that_is_not_killed_ends_well(cast_all, killed, tmp_path):
    wave, cast = cast_all()
    assert killed("<2:surveys.ballot.keys.destroy", wave, tmp_path) == 0
    assert counted(wave) == expected(cast)


def test_killed_again_and_again_it_still_counts_everything_once(cast_all, killed, tmp_path):
    wave, cast = cast_all()
    for point in list(POINTS.values())[:COMMITTED]:
        assert killed(point, wave, tmp_path) == -signal.SIGKILL
    closing.close_wave(wave_id=wave.id, key_directory=tmp_path)
    assert counted(wave) == expected(cast)
