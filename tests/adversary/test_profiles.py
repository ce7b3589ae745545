"""Presence over waves and answers that stay alike find people; presence alone, or without likeness, does not."""

from random import Random

from surveys.audit.profiles import match
from surveys.rules.limits import MISSING

WAVES, PEOPLE = 6, 12


def company(seed, *, noise):
    """(presence, waves, whose row): people of one group with a temper each, of whom two thirds answer."""
    chance = Random(seed)
    tempers = {f"p{number}": [chance.randrange(5) for _ in range(10)] for number in range(PEOPLE)}
    presence = {person: [chance.random() < 0.65 for _ in range(WAVES - 1)] + [True] for person in tempers}
    waves, whose = [], {}
    for number in range(WAVES):
        there = [person for person in tempers if presence[person][number]]
        rows = dict(zip(chance.sample(range(10**6), len(there)), there, strict=True))
        waves.append({f"r{name:06}": _answers(chance, tempers[person], noise) for name, person in rows.items()})
        whose = {person: f"r{name:06}" for name, person in rows.items()}
    return presence, waves, whose


def _answers(chance, temper, noise):
    return bytes(chance.randrange(5) if chance.random() < noise else option for option in temper)


def share(*, noise, forget=False):
    hits = 0
    for seed in range(20):
        presence, waves, whose = company(seed, noise=noise)
        if forget:
            chance = Random(seed)
            presence = {
                person: [chance.random() < 0.65 for _ in there[:-1]] + [True] for person, there in presence.items()
            }
        hits += sum(whose[person] == row for person, row in match(presence, waves).items())
    return hits / (20 * PEOPLE)


def test_who_is_known_to_have_been_there_is_found_by_a_steady_profile():
    assert share(noise=0.1) > 0.5


def test_who_was_there_in_other_waves_than_the_attacker_thinks_is_not():
    assert share(noise=0.1, forget=True) < 0.2


def test_who_answers_differently_each_time_is_not():
    assert share(noise=1.0) < 0.2


def test_no_absent_person_and_no_row_twice_is_guessed():
    presence = {"a": [True, True], "b": [True, False], "c": [True, True]}
    waves = [{"x": b"\x00\x01"}, {"y": b"\x00\x01", "z": bytes([MISSING, MISSING])}]
    guess = match(presence, waves)
    assert set(guess) == {"a", "c"}
    assert sorted(guess.values()) == ["y", "z"]
