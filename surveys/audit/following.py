"""Presence over all waves so far, matched with the profiles of answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.audit import presence, profiles
from surveys.audit.chance import ceiling, expected
from surveys.audit.codes import AttackGoal, MarkPlace
from surveys.audit.joins import Attack, Marks, SourceName
from surveys.models import Invitation, Response, Wave
from surveys.questions.kinds import ScaleKind

# Who answered in a wave, as somebody believes: by the source that makes them believe it, and how.
Belief = tuple[SourceName, str]


@dataclass(frozen=True)
class PastWave:
    """What somebody knows of a closed wave."""

    # The key of each person's final group.
    group_of: Mapping[str, str]
    # The people who answered.
    answered: frozenset[str]
    # The answers to the core items, by final group and row.
    rows: Mapping[str, Mapping[str, bytes]]
    # The truth: each person's row.
    row_of: Mapping[str, str]
    # Who may have answered, by what leads to the belief.
    beliefs: Mapping[Belief, frozenset[str]]


def remember(wave: Wave, row_of_invitation: Mapping[str, str], sources: Iterable[Marks]) -> PastWave:
    """A wave that has just been closed; `sources` are marks of its invitations."""
    person_of = {pk.hex: str(who) for pk, who in Invitation.objects.filter(wave=wave).values_list("id", "employee")}
    row_of = {person_of[invitation]: row for invitation, row in row_of_invitation.items()}
    core = _core(wave)
    rows: dict[str, dict[str, bytes]] = defaultdict(dict)
    key_of = {}
    for pk, key, answers in Response.objects.filter(wave=wave).values_list("id", "group__key", "answers"):
        rows[key][pk.hex] = bytes(answers[place] for place in core)
        key_of[pk.hex] = key
    beliefs = {
        (marks.source, join): frozenset(person_of[voter] for voter in believed)
        for marks in sources
        for join, believed in presence.guessed(list(person_of), marks, answers=len(row_of)).items()
    }
    return PastWave({who: key_of[row] for who, row in row_of.items()}, frozenset(row_of), rows, row_of, beliefs)


def attack(past: list[PastWave]) -> list[Attack]:
    """One for each belief that every wave allows. Who answered in the last wave is known to the attacker."""
    shared = sorted(set.intersection(*(set(wave.beliefs) for wave in past))) if len(past) > 1 else []
    tried = [(belief, *_followed(past, [wave.beliefs[belief] for wave in past])) for belief in shared]
    return [
        Attack(
            goal=AttackGoal.ANSWERS_BY_PRESENCE,
            voters=source,
            rows=SourceName(MarkPlace.ALL_WAVES),
            join=join,
            guesses=len(guess),
            hits=sum(past[-1].row_of[who] == row for who, row in guess.items()),
            chance=expected(draws),
            most=ceiling(draws, attacks=len(tried)),
        )
        for (source, join), guess, draws in tried
    ]


def _followed(past: list[PastWave], believed: list[frozenset[str]]) -> tuple[dict[str, str], list[tuple[int, int]]]:
    last, guess, draws = past[-1], dict[str, str](), []
    for key, rows in last.rows.items():
        waves = [place for place, wave in enumerate(past) if key in wave.rows]
        people = [who for who, group in last.group_of.items() if group == key]
        there = {who: [who in believed[place] for place in waves[:-1]] + [True] for who in people}
        found = profiles.match(there, [past[place].rows[key] for place in waves])
        guess |= found
        draws.append((len(found), len(rows)))
    return guess, draws


def _core(wave: Wave) -> list[int]:
    """The places of the items that are asked in every wave."""
    scales = {scale["code"] for scale in wave.questionnaire["scales"] if scale["kind"] == ScaleKind.CORE}
    return [place for place, item in enumerate(wave.questionnaire["items"]) if item.get("scale") in scales]
