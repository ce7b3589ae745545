"""Before anything is saved or opened, HR reads who would not be asked, and why."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from surveys.models import Employee, Survey
from surveys.services import scheduling, setting_up
from tests.company import make_people, make_survey, open_next
from tests.surveys.views.survey_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day_before():
    with time_machine.travel("2026-02-20", tick=False):
        yield


@pytest.fixture
def asked_on_monday(tmp_path):
    """Two departments; a survey has asked one of them on the second of March."""
    departments = make_people({"Legal": (None, 8), "Sales": (None, 9)})
    survey = make_survey(name="Earlier")
    survey.audience.set([departments["Sales"]])
    open_next(survey, tmp_path)
    return departments


def foreseen_rows(reply):
    foreseen = reply.context["foreseen"]
    return [
        [(row.survey, row.day.isoformat(), row.free_from.isoformat(), row.departments, row.planned) for row in rows]
        for rows in (foreseen.left_out, foreseen.taken)
    ]


def test_who_would_be_left_out_is_shown_before_a_survey_is_saved(hr, asked_on_monday):
    reply = hr.post(reverse("survey-new"), filled(first_opens_on="2026-03-29"))
    earlier = ("Earlier", "2026-03-02", "2026-03-30", (("Sales", 9),), False)
    assert foreseen_rows(reply) == [[earlier], []]
    assert Survey.objects.count() == 1
    seen = reply.context["foreseen"].fingerprint
    assert re.search(rf'<input type="hidden"[^>]* value="{seen}"', reply.text)
    assert "Sales 9" in reply.text
    hr.post(reverse("survey-new"), filled(first_opens_on="2026-03-29", seen=seen))
    assert Survey.objects.filter(name="Pulse").exists()


def test_what_has_changed_since_it_was_read_is_shown_again(hr, asked_on_monday):
    reply = hr.post(reverse("survey-new"), filled(first_opens_on="2026-03-29"))
    seen = reply.context["foreseen"].fingerprint
    Employee.objects.filter(email="sales.1@example.com").update(on_leave=True)
    again = hr.post(reverse("survey-new"), filled(first_opens_on="2026-03-29", seen=seen))
    assert [row.people for row in again.context["foreseen"].left_out] == [8]
    assert not Survey.objects.filter(name="Pulse").exists()


def test_four_weeks_later_there_is_nothing_to_say(hr, asked_on_monday):
    hr.post(reverse("survey-new"), filled(first_opens_on="2026-03-30"))
    assert Survey.objects.filter(name="Pulse").exists()


@pytest.mark.parametrize(
    ("days", "rows"),
    [
        (1, [[("Earlier", "2026-03-02", "2026-03-30", (("Legal", 8), ("Sales", 9)), True)], []]),
        (-1, [[], [("Earlier", "2026-03-02", "2026-03-29", (("Legal", 8), ("Sales", 9)), True)]]),
    ],
)
def test_waves_that_are_planned_are_foreseen_too(hr, days, rows):
    make_people({"Legal": (None, 8), "Sales": (None, 9)})
    setting_up.set_up(survey=make_survey(name="Earlier"), audience=[])
    first = dt.date(2026, 3, 2) + dt.timedelta(days)
    reply = hr.post(reverse("survey-new"), filled(first_opens_on=first.isoformat()))
    assert foreseen_rows(reply) == rows


def test_a_survey_is_not_in_its_own_way(hr):
    make_people({"Legal": (None, 8)})
    hr.post(reverse("survey-new"), filled())
    hr.post(reverse("survey", args=[Survey.objects.get().pk]), filled(opening_hour="14"))
    assert Survey.objects.get().opening_hour == 14


def test_a_paused_survey_leaves_out_no_person(hr, asked_on_monday):
    hr.post(reverse("survey-new"), filled(first_opens_on="2026-03-03", paused="on"))
    assert Survey.objects.filter(name="Pulse", paused=True).exists()


def test_the_page_of_a_planned_wave_lists_who_is_not_asked(hr, asked_on_monday):
    survey = make_survey(name="Later", first=dt.datetime(2026, 3, 20, tzinfo=dt.UTC))
    scheduling.plan_next(survey=survey)
    reply = hr.get(reverse("wave", args=[survey.waves.get().pk]))
    planned = reply.context["planned"]
    assert ([row.departments for row in planned.left_out], planned.people) == ([(("Sales", 9),)], 8)
    assert "Sales 9" in reply.text
