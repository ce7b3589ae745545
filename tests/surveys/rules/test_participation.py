"""Participation by department: below or at target, of ten people or more, once a night, and gone after counting."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from surveys.models import Employee, Invitation, Wave
from surveys.rules.participation import (
    TargetStatus,
    at_target,
    target_status,
)
from surveys.services.shuffling import shuffle
from tests.company import cast, close, invitations, make_people, make_survey, open_next
from tests.staff import make_staff

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = dt.date(2026, 3, 3)


@pytest.fixture
def wave(tmp_path):
    make_people({"Nine": (None, 9), "Ten": (None, 10), "Twenty": (None, 20)})
    return open_next(make_survey(), tmp_path)


def answer(wave, department, count):
    waiting = [invitation for invitation in invitations(wave, department) if not invitation.answered]
    for invitation in waiting[:count]:
        cast(invitation)


def targets(wave):
    return dict(wave.groups.values_list("name", "at_target"))


def test_a_group_is_at_target_from_the_target_on_by_its_band():
    def reached(answered, invited):
        return at_target(answered=answered, invited=invited, erased=0, min_group_size=5, target=60)

    # Of ten people 5-10 are about 75 %; of twenty 10-14 are about 60 %.
    assert [reached(answered, 10) for answered in (0, 4, 5, 10)] == [False, False, True, True]
    assert [reached(answered, 20) for answered in (5, 9, 10, 14, 20)] == [False, False, True, True, True]
    assert [reached(answered, 22) for answered in (9, 10, 14, 15)] == [False, False, False, True]


def test_fewer_than_the_minimum_are_never_at_target():
    """Under a minimum of seven, 5 and 6 of ten people lie in a band of about 75 %, and no report says so."""
    reached = [at_target(answered=count, invited=10, erased=0, min_group_size=7, target=30) for count in range(11)]
    assert reached == [False] * 7 + [True] * 4


def test_small_groups_and_those_with_erased_people_have_no_target():
    assert at_target(answered=9, invited=9, erased=0, min_group_size=5, target=60) is None
    assert at_target(answered=9, invited=11, erased=0, min_group_size=12, target=60) is None
    assert at_target(answered=9, invited=12, erased=1, min_group_size=5, target=60) is None


def test_a_status_is_never_a_number():
    group = {"people": 10, "min_group_size": 5}
    assert [
        target_status(None, people=9, min_group_size=5, refreshed=True),
        target_status(None, **group, refreshed=False),
        target_status(None, **group, refreshed=True),
        target_status(True, **group, refreshed=True),
        target_status(False, **group, refreshed=True),
    ] == list(TargetStatus)


def test_participation_begins_with_the_first_night_and_moves_nightly(wave):
    answer(wave, "Nine", 9)
    answer(wave, "Ten", 4)
    answer(wave, "Twenty", 12)
    assert targets(wave) == {"Nine": None, "Ten": None, "Twenty": None}
    shuffle(wave_id=wave.id)
    assert targets(wave) == {"Nine": None, "Ten": None, "Twenty": None}
    shuffle(wave_id=wave.id, night=NIGHT)
    assert targets(wave) == {"Nine": None, "Ten": False, "Twenty": True}
    answer(wave, "Ten", 1)
    for night in (NIGHT, None):
        shuffle(wave_id=wave.id, night=night)
        assert targets(wave) == {"Nine": None, "Ten": False, "Twenty": True}
    shuffle(wave_id=wave.id, night=NIGHT + dt.timedelta(days=1))
    assert targets(wave) == {"Nine": None, "Ten": True, "Twenty": True}


def test_the_target_is_the_surveys_at_opening_and_does_not_move(wave):
    """Else one night after the other would ask for one more person, until the count is known."""
    assert wave.target_percent == 60
    wave.survey.target_percent = 30
    wave.survey.save()
    answer(wave, "Ten", 4)
    shuffle(wave_id=wave.id, night=NIGHT)
    assert targets(wave)["Ten"] is False


def test_an_erased_persons_group_has_no_target_any_more(wave):
    answer(wave, "Twenty", 12)
    shuffle(wave_id=wave.id, night=NIGHT)
    Employee.objects.get(email="twenty.19@example.com").delete()
    shuffle(wave_id=wave.id, night=NIGHT + dt.timedelta(days=1))
    assert targets(wave) == {"Nine": None, "Ten": False, "Twenty": None}


def test_it_is_gone_after_counting(wave, tmp_path):
    answer(wave, "Ten", 6)
    answer(wave, "Twenty", 4)
    shuffle(wave_id=wave.id, night=NIGHT)
    assert targets(wave)["Ten"] is True
    assert set(targets(close(wave, tmp_path)).values()) == {None}


def test_a_night_that_comes_after_another_worker_has_closed_tells_nothing(wave, tmp_path):
    answer(wave, "Ten", 6)
    before = close(wave, tmp_path)
    assert shuffle(wave_id=wave.id, night=NIGHT) == 0
    wave = Wave.objects.get()
    assert set(targets(wave).values()) == {None}
    assert (wave.shuffled_on, wave.response_percent) == (before.shuffled_on, before.response_percent)


def test_the_database_keeps_it_from_small_groups_and_odd_targets(wave):
    with pytest.raises(IntegrityError), transaction.atomic():
        wave.groups.filter(people=9).update(at_target=True)
    for percent in (29, 91):
        with pytest.raises(IntegrityError), transaction.atomic():
            Wave.objects.update(target_percent=percent)


def test_hr_reads_it_on_the_waves_page_without_any_count(client, wave):
    client.force_login(make_staff("hr"))

    def shown():
        reply = client.get(reverse("wave", args=[wave.id]))
        return {row.names: row.target for row in reply.context["page"]}, reply.text.partition("<main")[2]

    answer(wave, "Ten", 7)
    answer(wave, "Twenty", 3)
    answer(wave, "Nine", 8)
    assert set(shown()[0].values()) == {TargetStatus.TOO_FEW, TargetStatus.NOT_YET}
    shuffle(wave_id=wave.id, night=NIGHT)
    rows, text = shown()
    assert rows == {
        ("Nine",): TargetStatus.TOO_FEW,
        ("Ten",): TargetStatus.REACHED,
        ("Twenty",): TargetStatus.BELOW,
    }
    Invitation.objects.filter(employee__email="ten.9@example.com").update(answered=True)
    shuffle(wave_id=wave.id, night=NIGHT + dt.timedelta(days=1))
    assert shown()[1] == text
