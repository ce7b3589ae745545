"""The stage of every combination of raised signs, against the words that define it."""

from itertools import chain, combinations

import pytest

from diagnostics.core.alerts.stage import CORE_SIGNS, ROTATING_SIGNS, SIGNS, is_raised, stage

EVERY = list(chain.from_iterable(combinations(SIGNS, size) for size in range(len(SIGNS) + 1)))
RANK = ("calm", "blame_ritual", "strained", "cold", "hot")


def in_words(signs):
    """The definition as docs/method.md has it, clause by clause and from the other end: what *only* allows."""
    only_blame = all(sign in ("blame", "mixed_messages") for sign in signs)
    camps_or_harsh = "hostile_camps" in signs or "hostile_leaders" in signs
    busywork_on_avoidance = "busywork" in signs and "avoided_meetings" in signs
    apart = [sign in signs for sign in ("avoided_meetings", "formal_communication", "communication_failures")]
    if len(signs) == 0:
        return "calm"
    if only_blame:
        return "blame_ritual"
    if camps_or_harsh or busywork_on_avoidance:
        return "hot"
    return "cold" if any(apart) else "strained"


def test_every_combination_of_raised_signs_has_its_stage():
    assert len(EVERY) == 2**11
    assert {signs: stage(signs) for signs in EVERY} == {signs: in_words(signs) for signs in EVERY}


def test_each_stage_is_reached():
    assert {stage(signs) for signs in EVERY} == set(RANK)


def test_one_more_raised_sign_never_cools_a_stage():
    for signs in EVERY:
        for more in set(SIGNS).difference(signs):
            assert RANK.index(stage([*signs, more])) >= RANK.index(stage(signs))


@pytest.mark.parametrize(
    ("sign", "alone"),
    [
        ("avoided_meetings", "cold"),
        ("formal_communication", "cold"),
        ("failed_projects", "strained"),
        ("communication_failures", "cold"),
        ("stagnation", "strained"),
        ("hostile_camps", "hot"),
        ("busywork", "strained"),
        ("blame", "blame_ritual"),
        ("overlapping_functions", "strained"),
        ("hostile_leaders", "hot"),
        ("mixed_messages", "blame_ritual"),
    ],
)
def test_what_each_sign_means_alone(sign, alone):
    assert stage([sign]) == alone


def test_the_signs_are_those_of_the_bank():
    assert (len(CORE_SIGNS), len(ROTATING_SIGNS), len(set(SIGNS))) == (5, 6, 11)


def test_a_code_that_is_no_sign_is_refused():
    with pytest.raises(ValueError, match="no signs: index"):
        stage(["blame", "index"])


def test_a_sign_is_raised_from_four_in_five_on():
    assert [is_raised(p) for p in (0.0, 0.79, 0.80, 1.0)] == [False, False, True, True]
