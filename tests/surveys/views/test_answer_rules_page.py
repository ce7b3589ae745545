"""The public page of the rules."""

import re

import pytest
from django.conf import settings

from surveys.choices import WaveState
from surveys.rules.limits import MIN_COMMENT_SCOPE, MIN_GROUP_SIZE, MIN_SHARE_SIZE, MIN_TARGET_SIZE
from surveys.rules.rounding import HIGHEST_SHOWN, LOWEST_SHOWN
from tests.factories import make_department, make_group, make_survey, make_wave

pytestmark = pytest.mark.django_db


def test_anybody_may_read_the_rules_without_signing_in(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        reply = client.get("/anonymity/")
    assert reply.status_code == 200
    assert "guessing among at least 5 people" in reply.text
    assert "No survey is open now." in reply.text
    assert dict(reply.cookies) == {}


def test_it_states_minimum_and_pools_of_the_running_waves_only(client):
    design, marketing, sales = (make_department(name) for name in ("Design", "Marketing", "Sales"))
    running = make_wave(min_group_size=6)
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


@pytest.mark.parametrize("waves", [1, 4])
def test_it_takes_three_queries_however_many_waves_are_open(client, django_assert_num_queries, waves):
    departments = [make_department(f"Team {number}") for number in range(8)]
    for number in range(waves):
        make_group(make_wave(survey=make_survey(f"Pulse {number}")), departments)
    with django_assert_num_queries(3):
        text = client.get("/anonymity/").text
    assert text.count("<li>Team 0, Team 1, Team 2, Team 3, Team 4, Team 5, Team 6, Team 7</li>") == waves


def test_it_states_how_long_what_is_kept(client, settings):
    settings.RETAIN_INVITATIONS_DAYS, settings.RETAIN_RESPONSES_DAYS = 14, 400
    text = client.get("/anonymity/").text
    kept = re.findall(r"<dt>(\d+) days after the wave has closed</dt>\s*<dd>(.*?) (?:are deleted|with the group)", text)
    assert kept == [("14", "Who was invited, and the mails that said so,"), ("400", "The answers")]


def test_the_rules_of_disclosure_are_those_in_force(client):
    """The figures in the sentences are those that the code goes by."""
    text = client.get("/anonymity/").text
    assert len(re.findall(r"<li>", text.partition("Suppressed to protect anonymity")[2].partition("</ol>")[0])) == 11
    for words in (
        f"A department of fewer than {settings.POOL_BELOW} people",
        f"answers of at least {MIN_GROUP_SIZE} people",
        f"departments of at least {MIN_TARGET_SIZE} people",
        f"every division has at least {MIN_COMMENT_SCOPE} respondents",
        f"from {MIN_SHARE_SIZE} answers on",
        f"whole numbers from {LOWEST_SHOWN} to {HIGHEST_SHOWN}",
    ):
        assert words in text


def test_it_can_be_read_in_russian(client):
    make_group(make_wave(), [make_department("Design"), make_department("Sales")])
    text = client.get("/anonymity/", headers={"accept-language": "ru"}).text
    main = text.partition("<main>")[2].partition("</main>")[0]
    english = "Northwind Instruments|Too few answers|Suppressed to protect anonymity|Pulse|Design|Sales|UTC"
    visible = re.sub(rf"<[^>]*>|{english}", " ", main)
    assert re.findall(r"[A-Za-z]{2,}", visible) == []
    assert "Через 30 дней после закрытия опроса" in text


@pytest.mark.parametrize(("apart", "words"), [(True, "kept apart"), (False, "One server does everything here")])
def test_it_shows_where_the_key_is(client, settings, apart, words):
    settings.KEY_APART = apart
    assert words in client.get("/anonymity/").text
