"""The sentences about openings: each is written down once, here."""

import datetime as dt

import pytest

from surveys.schedule.obstacles import Obstacle, ObstacleCode
from surveys.schedule.wording import explain_move, explain_obstacle

MARCH = (dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC))
APRIL = (dt.datetime(2026, 4, 1, 7, tzinfo=dt.UTC), dt.datetime(2026, 4, 8, 7, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [
        (
            Obstacle(ObstacleCode.TOO_FEW_PEOPLE, people=1, needed=5),
            (
                "The survey reaches 1 person; at least 5 are needed to keep their answers anonymous. Import more "
                "people or widen the audience."
            ),
        ),
        (
            Obstacle(ObstacleCode.ASKED_RECENTLY, people=1, needed=5, left_out=17, free_from=dt.date(2026, 3, 30)),
            (
                "It reaches 1 person; at least 5 are needed. 17 more people were asked a short time ago, and nobody is "
                "asked twice within four weeks. It opens by itself on 30 March 2026, or widen the audience."
            ),
        ),
        (
            Obstacle(ObstacleCode.TRUSTEE_KEY_CHANGED),
            (
                "The trustee’s key is not the one that was set: it was changed in the database, or LINK_KEY was. Ask "
                "an auditor to set the passphrase again."
            ),
        ),
        (
            Obstacle(ObstacleCode.WAVE_BEFORE, wave=3),
            (
                "Wave 3 is not counted yet, and two waves of a survey never run at once. The note at wave 3 says what "
                "it waits for."
            ),
        ),
        (
            Obstacle(ObstacleCode.NOT_TAKEN),
            (
                "Its hour has passed, and no worker has opened it. Ask the operator of the server to see whether the "
                "counting worker and the scheduler run, and what is in their logs."
            ),
        ),
    ],
)
def test_what_keeps_a_wave_from_opening_and_what_to_do(obstacle, sentence):
    assert explain_obstacle(obstacle) == sentence


@pytest.mark.parametrize("code", ObstacleCode)
def test_every_obstacle_has_its_sentence(code):
    assert explain_obstacle(Obstacle(code)).endswith(".")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (None, MARCH, ""),
        (MARCH, MARCH, ""),
        (
            MARCH,
            APRIL,
            (
                "The next wave now runs from 1 April 2026, 09:00 to 8 April 2026, 09:00. It was planned for 2 March "
                "2026, 10:00 to 9 March 2026, 10:00."
            ),
        ),
        (
            MARCH,
            None,
            "No further wave is planned. It was planned for 2 March 2026, 10:00 to 9 March 2026, 10:00.",
        ),
    ],
)
def test_where_a_planned_wave_has_moved(settings, before, after, sentence):
    settings.TIME_ZONE = "Europe/Berlin"
    assert explain_move(before, after) == sentence
