"""Who answered at all, guessed from the marks of invitations once that should not be known any more. Pure."""

from collections.abc import Collection, Iterable
from math import comb

from surveys.audit.chance import CONFIDENCE
from surveys.audit.codes import AttackGoal, MarkPlace
from surveys.audit.joins import Attack, Marks, SourceName


def guessed(invited: Collection[str], marks: Marks, *, answers: int) -> dict[str, set[str]]:
    """By the name of the join: as many of those invited as there are answers, the first or the last by their marks."""
    ordered = sorted(
        (person for person in invited if person in marks.of), key=lambda person: (marks.of[person], person)
    )
    return {"the first": set(ordered[:answers]), "the last": set(ordered[len(ordered) - answers :])}


def attack(invited: Collection[str], answered: Collection[str], sources: Iterable[Marks]) -> list[Attack]:
    """Each source's marks, from either end. Where everybody or nobody answered there is nothing to guess."""
    tried = [
        (marks.source, join, guess)
        for marks in sources
        for join, guess in guessed(invited, marks, answers=len(answered)).items()
        if all(person in marks.of for person in invited)
    ]
    return [
        Attack(
            goal=AttackGoal.PRESENCE,
            voters=source,
            rows=SourceName(MarkPlace.ANSWER_COUNT),
            join=join,
            guesses=len(guess),
            hits=len(guess & set(answered)),
            chance=len(guess) * len(answered) / len(invited),
            most=ceiling(len(invited), len(answered), attacks=len(tried)),
        )
        for source, join, guess in tried
    ]


def ceiling(invited: int, answered: int, *, attacks: int) -> int:
    """The most that chance explains of as many guesses as answers: the hypergeometric distribution, exactly."""
    ways, tail, hits = comb(invited, answered), 0.0, answered
    while hits > 0:
        tail += comb(answered, hits) * comb(invited - answered, answered - hits) / ways
        if tail > (1 - CONFIDENCE) / attacks:
            return hits
        hits -= 1
    return hits
