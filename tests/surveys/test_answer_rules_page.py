"""The public page of the rules."""

import pytest

from surveys.choices import WaveState
from tests.factories import make_department, make_group, make_survey, make_wave

pytestmark = pytest.mark.django_db


def test_anybody_may_read_the_rules_without_signing_in(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        reply = client.get("/anonymity/")
    assert reply.status_code == 200
    assert "guessing among at least 5 people" in reply.text
    assert "No survey is open now." in reply.text
    assert dict(reply.cookies) == {}


def test_it_states_floor_and_pools_of_the_running_waves_only(client):
    design, marketing, sales = (make_department(name) for name in ("Design", "Marketing", "Sales"))
    running = make_wave(floor=6)
    make_group(running, [design, marketing])
    make_group(running, [sales])
    over = make_wave(WaveState.CLOSED, survey=make_survey("Older"))
    make_group(over, [marketing, sales])
    text = client.get("/anonymity/").text
    assert "<h3>Pulse</h3>" in text
    assert "Smallest group that is reported: 6 people." in text
    assert "<li>Design, Marketing</li>" in text
    assert "Older" not in text
    assert "Marketing, Sales" not in text


@pytest.mark.parametrize(("apart", "said"), [(True, "kept apart"), (False, "One server does everything here")])
def test_it_says_where_the_key_is(client, settings, apart, said):
    settings.KEY_APART = apart
    assert said in client.get("/anonymity/").text
