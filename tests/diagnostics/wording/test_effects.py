"""The effect of a remedy in words."""

import pytest

from diagnostics.choices import TooEarly
from diagnostics.core.estimate.effect import Change, Effect, EffectVerdict
from diagnostics.wording.effects import early_sentence, effect_sentences, moved_words


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (TooEarly.NO_WAVE_BEFORE, "Too early to tell: no wave had closed before the remedy started."),
        (
            TooEarly.NO_WAVE_AFTER,
            "Too early to tell: no scored wave opened between four weeks and a year after the remedy started.",
        ),
        (TooEarly.NOT_REPORTED, "Too early to tell: Sales was not reported by itself in wave 3."),
        (TooEarly.SUPPRESSED, "Too early to tell: the index of Sales is suppressed in wave 3."),
    ],
)
def test_why_it_is_too_early(reason, sentence):
    assert early_sentence(reason, "Sales", 3) == sentence


def test_every_reason_has_its_sentence():
    assert len({early_sentence(reason, "Sales", 3) for reason in TooEarly}) == len(TooEarly)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (EffectVerdict.HELPED, "it has helped"),
        (EffectVerdict.WORSE, "things are worse than without it"),
        (EffectVerdict.TOO_EARLY, "too early to tell"),
    ],
)
def test_an_effect_has_the_change_what_others_did_and_its_own_part(verdict, words):
    change = Change((74, 70, 78), (25, 21, 29))
    sentences = effect_sentences(change, Effect(5, 1.2, -50.4, -54.0, -47.0, verdict))
    assert sentences == (
        "Index 74 → 25 (down 49, likely 43 to 55). 5 departments with a similar index and no remedy: up 1. "
        f"The remedy’s own effect is down 50, likely 47 to 54: {words}."
    )


def test_where_too_few_are_comparable_the_change_is_all_there_is():
    assert effect_sentences(Change((74, 70, 78), (25, 21, 29)), None) == (
        "Index 74 → 25 (down 49, likely 43 to 55). "
        "Too few other departments had a similar index and no remedy: too early to tell."
    )


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ((-8, -14, -2), "down 8, likely 2 to 14"),
        ((-3.2, -10, 4), "down 3, likely up 4 to down 10"),
        ((4, -1, 9), "up 4, likely down 1 to up 9"),
        ((0.2, -6, 6), "unchanged, likely down 6 to up 6"),
        ((-5,), "down 5"),
    ],
)
def test_the_words_of_a_change_go_in_its_direction(points, words):
    assert moved_words(*points) == words
