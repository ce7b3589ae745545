"""The judge's knowledge: which row of a wave is whose, found by what the made-up people were made to answer."""

from collections.abc import Collection, Iterable, Mapping

from surveys.audit.codes import AttackGoal
from surveys.audit.company import Vote
from surveys.audit.joins import Electorate
from surveys.ballot import sealing
from surveys.models import Comment, CounterpartRating, Invitation, Response, SealedBallot, Wave


def invitations(wave: Wave) -> dict[str, str]:
    """Each person's invitation, by address."""
    return {email: pk.hex for pk, email in Invitation.objects.filter(wave=wave).values_list("id", "employee__email")}


def sealed(wave: Wave, votes: Collection[Vote], private_key: bytes) -> Electorate:
    """While the wave is open, for somebody who has the key."""
    voters, whose = invitations(wave), {vote.answers: vote.email for vote in votes}
    row_of, cell_of_row = {}, {}
    for box in SealedBallot.objects.filter(wave=wave):
        ballot = sealing.unseal(bytes(box.box), private_key)
        row_of[voters[whose[ballot.answers]]] = box.id.hex
        cell_of_row[box.id.hex] = ballot.group.hex
    return Electorate(AttackGoal.SEALED_BALLOTS, row_of, cell_of_row)


def counted(wave: Wave, votes: Collection[Vote]) -> dict[AttackGoal, Electorate]:
    """After closing, by what is to be found out; the last is which answers and which comment are of the same person."""
    voters = invitations(wave)
    answers = _answers(wave, {vote.answers: voters[vote.email] for vote in votes})
    comments = _comments(wave, {vote.comment: voters[vote.email] for vote in votes if vote.comment})
    both = {answers.row_of[voter]: row for voter, row in comments.row_of.items() if voter in answers.row_of}
    return {
        AttackGoal.ANSWERS: answers,
        AttackGoal.RATINGS: _ratings(wave, {(vote.counterpart, vote.rating): voters[vote.email] for vote in votes}),
        AttackGoal.COMMENTS: comments,
        AttackGoal.COMMENTS_BY_ANSWERS: Electorate(AttackGoal.COMMENTS_BY_ANSWERS, both, comments.cell_of_row),
    }


def _answers(wave: Wave, whose: Mapping[bytes, str]) -> Electorate:
    rows = Response.objects.filter(wave=wave).values_list("id", "group", "answers")
    return _electorate(AttackGoal.ANSWERS, ((pk.hex, group.hex, whose[bytes(given)]) for pk, group, given in rows))


def _ratings(wave: Wave, whose: Mapping[tuple[int, bytes], str]) -> Electorate:
    """The first byte is the contact, which was the same for all."""
    rows = CounterpartRating.objects.filter(wave=wave).values_list("id", "group", "division", "counterpart", "answers")
    return _electorate(
        AttackGoal.RATINGS,
        (
            (pk.hex, f"{group or division} {counterpart}", whose[counterpart, bytes(given)[1:]])
            for pk, group, division, counterpart, given in rows
        ),
    )


def _comments(wave: Wave, whose: Mapping[str, str]) -> Electorate:
    rows = Comment.objects.filter(wave=wave).values_list("id", "division", "text")
    return _electorate(AttackGoal.COMMENTS, ((pk.hex, str(division), whose[text]) for pk, division, text in rows))


def _electorate(goal: AttackGoal, rows: Iterable[tuple[str, str, str]]) -> Electorate:
    """Of (row, cell, voter)."""
    known = list(rows)
    return Electorate(goal, {voter: row for row, _, voter in known}, {row: cell for row, cell, _ in known})
