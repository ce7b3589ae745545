import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.forms.rule import check_rule
from surveys.models import Instrument, Survey
from surveys.schedule.recurrence import next_opening
from surveys.selectors.surveys import survey_rows
from surveys.services import setting_up
from tests import factories
from tests.entered import entered
from tests.staff import make_staff
from tests.surveys.views.survey_form import filled
from tests.threads import at_once, wait_for_each_other

pytestmark = pytest.mark.django_db

BEFORE = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
FIRST = dt.datetime(2026, 3, 2, 9)  # noqa: DTZ001 -- rules are checked by the company's clock


@pytest.fixture(autouse=True)
def day_before():
    """The first opening is to come."""
    with time_machine.travel(BEFORE, tick=False) as clock:
        yield clock


def test_a_survey_is_set_up_and_its_first_wave_planned(hr):
    sales = factories.make_department("Sales")
    reply = hr.post(reverse("survey-new"), filled(audience=[sales.pk]), follow=True)
    survey = Survey.objects.get()
    assert [str(message) for message in reply.context["messages"]] == ["“Pulse” is saved."]
    assert (survey.name, survey.min_group_size, list(survey.audience.all())) == ("Pulse", 5, [sales])
    assert [(wave.number, wave.state, wave.opens_at) for wave in survey.waves.all()] == [
        (1, "planned", dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))
    ]


def test_a_change_moves_the_planned_wave_and_leaves_the_open_one(hr):
    hr.post(reverse("survey-new"), filled())
    survey = Survey.objects.get()
    running = factories.make_wave(survey=survey, number=2)
    page = hr.get(reverse("survey", args=[survey.pk])).content.decode()
    assert 'value="2026-03-02"' in page
    hr.post(reverse("survey", args=[survey.pk]), filled(opening_hour="14", min_group_size="8"))
    survey.refresh_from_db()
    running.refresh_from_db()
    assert (survey.opening_hour, survey.min_group_size) == (14, 8)
    assert (running.opens_at, running.min_group_size) == (factories.OPENS, 5)
    assert [wave.opens_at.hour for wave in survey.waves.filter(state="planned")] == [14]


def levels(reply):
    return [message.level_tag for message in reply.context["messages"]]


def test_hr_reads_where_a_changed_schedule_moves_the_wave(hr):
    first = hr.post(reverse("survey-new"), filled(), follow=True)
    page = reverse("survey", args=[Survey.objects.get().pk])
    renamed = hr.post(page, filled(name="Pulse 2"), follow=True)
    moved = hr.post(page, filled(name="Pulse 2", first_opens_on="2026-03-09"), follow=True)
    assert [levels(reply) for reply in (first, renamed, moved)] == [["success"], ["success"], ["success", "info"]]


@pytest.mark.parametrize("hour", [9, 10])
def test_an_opening_that_has_passed_is_asked_about_first(hr, day_before, hour):
    day_before.move_to(FIRST.replace(hour=hour, tzinfo=dt.UTC))
    reply = hr.post(reverse("survey-new"), filled())
    assert [error.code for error in reply.context["form"].errors.as_data()["at_once"]] == ["past"]
    assert 'name="at_once"' in reply.content.decode()
    assert not Survey.objects.exists()
    hr.post(reverse("survey-new"), filled(at_once="on"))
    assert [wave.state for wave in Survey.objects.get().waves.all()] == ["planned"]


def test_an_opening_to_come_is_not_asked_about(hr, day_before):
    day_before.move_to(FIRST.replace(hour=8, minute=59, tzinfo=dt.UTC))
    assert 'name="at_once"' not in hr.get(reverse("survey-new")).content.decode()
    hr.post(reverse("survey-new"), filled())
    assert Survey.objects.count() == 1


def test_a_paused_survey_is_asked_about_when_it_goes_on(hr, day_before):
    day_before.move_to(FIRST + dt.timedelta(days=3))
    hr.post(reverse("survey-new"), filled(paused="on"))
    reply = hr.post(reverse("survey", args=[Survey.objects.get().pk]), filled())
    assert list(reply.context["form"].errors) == ["at_once"]
    assert Survey.objects.get().paused


def test_a_past_start_is_no_question_once_its_wave_has_run(hr, day_before):
    hr.post(reverse("survey-new"), filled())
    survey = Survey.objects.get()
    survey.waves.all().delete()
    factories.make_wave(survey=survey, state="closed", public_key=None)
    day_before.move_to(FIRST + dt.timedelta(days=8))
    hr.post(reverse("survey", args=[survey.pk]), filled(min_group_size="8"))
    assert Survey.objects.get().min_group_size == 8


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "required"),
        ({"min_group_size": "4"}, "min_group_size", "Anonymity needs 5 respondents at least."),
        ({"target_percent": "29"}, "target_percent", "Choose a target from 30 to 90 percent."),
        ({"target_percent": "91"}, "target_percent", "Choose a target from 30 to 90 percent."),
        ({"opening_hour": "24"}, "opening_hour", "less than or equal to 23"),
        ({"days_open": "0"}, "days_open", "greater than or equal to 1"),
        ({"days_open": "29"}, "days_open", "still be open when the next one is due"),
        ({"cadence": "own"}, "rule", "Write the rule, or choose another cadence."),
        ({"rule": "FREQ=WEEKLY"}, "rule", "Leave this empty, or choose the cadence “Own rule”."),
        ({"cadence": "own", "rule": "every Tuesday"}, "rule", "Write it like FREQ=WEEKLY;INTERVAL=6;BYDAY=TU."),
        ({"cadence": "own", "rule": "FREQ=WEEKLY;INTERVAL=4", "days_open": "29"}, "days_open", "still be open"),
        ({"cadence": "own", "rule": "FREQ=WEEKLY;INTERVAL=3"}, "rule", "less than four weeks after another"),
        ({"first_opens_on": "31.02.2026"}, "first_opens_on", "valid date"),
    ],
)
def test_an_error_is_shown_at_its_field_and_nothing_is_saved(hr, changes, field, message):
    reply = hr.post(reverse("survey-new"), filled(**changes))
    errors = reply.context["form"].errors
    assert list(errors) == [field]
    assert message in errors[field][0]
    assert "Nothing is saved yet" in reply.content.decode()
    assert not Survey.objects.exists()


def test_a_name_is_given_once(hr):
    hr.post(reverse("survey-new"), filled())
    reply = hr.post(reverse("survey-new"), filled())
    assert [error.code for error in reply.context["form"].errors.as_data()["name"]] == ["unique"]
    assert list(reply.context["form"].errors) == ["name"]


@pytest.mark.django_db(transaction=True)
def test_of_two_surveys_of_one_name_at_once_the_second_is_refused(monkeypatch):
    user, form = make_staff("hr"), filled()
    wait_for_each_other(monkeypatch, setting_up, "check_spacing")

    def save(_number):
        client = Client()
        client.force_login(user)
        return client.post(reverse("survey-new"), form).status_code

    assert sorted(at_once(2, save)) == [200, 302]
    assert Survey.objects.count() == 1


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;FREQ=SECONDLY",
        "FREQ=MONTHLY;BYHOUR=9,10",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;FOO=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;UNTIL=20200101",
        "DTSTART:20200101T090000 RRULE:FREQ=DAILY",
        "FREQ=WEEKLY EXRULE:FREQ=MONTHLY",
    ],
)
def test_a_rule_that_makes_no_schedule_is_refused(rule):
    with pytest.raises(ValidationError):
        check_rule(rule, FIRST)


def test_a_rule_that_never_recurs_is_refused_with_little_work():
    """Without a bound on the search it takes some nine million calls, and seconds of a web worker."""
    with entered() as found, pytest.raises(ValidationError):
        check_rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", FIRST)
    assert 1_000 < found.total < 1_000_000


@pytest.mark.parametrize(
    ("rule", "second"),
    [
        ("FREQ=WEEKLY;INTERVAL=6;BYDAY=MO", "2026-04-13"),
        ("rrule:freq=monthly;byday=+1MO", "2026-04-06"),
        ("FREQ=YEARLY", "2027-03-02"),
        ("FREQ=YEARLY;INTERVAL=9", "2035-03-02"),
        ("FREQ=MONTHLY;BYDAY=5SU;BYMONTH=2", "2032-02-29"),
    ],
)
def test_a_rule_is_taken_that_recurs_within_ten_years(hr, rule, second):
    assert hr.post(reverse("survey-new"), filled(cadence="own", rule=rule)).status_code == 302
    assert next_opening(Survey.objects.get(), FIRST.replace(tzinfo=dt.UTC)).date().isoformat() == second


def test_the_built_in_bank_is_taken_in_by_one_button(hr):
    assert f'action="{reverse("survey-built-in")}"' in hr.get(reverse("survey-new")).content.decode()
    hr.post(reverse("survey-built-in"))
    assert [str(instrument) for instrument in Instrument.objects.all()] == ["faultline 1"]
    form = hr.get(reverse("survey-new")).context["form"]
    assert form["instrument"].value() == Instrument.objects.get().pk


def test_the_list_shows_what_recurs_when_and_for_whom(hr):
    hr.post(reverse("survey-new"), filled(audience=[factories.make_department("Sales").pk]))
    row = survey_rows()[0]
    listed = (row.name, row.cadence, row.instrument, row.departments, row.waves, row.paused)
    assert listed == ("Pulse", "Monthly", "faultline 1", 1, 0, False)
    page = hr.get(reverse("surveys")).content.decode()
    assert "2 Mar 2026, 09:00" in page


def test_counts_are_not_multiplied_by_each_other():
    survey = factories.make_survey()
    survey.audience.set([factories.make_department(name) for name in ("Sales", "Legal", "Design")])
    for number in (1, 2):
        factories.make_wave("closed", survey=survey, number=number, public_key=None)
    assert [(row.departments, row.waves) for row in survey_rows()] == [(3, 2)]


@pytest.mark.parametrize("surveys", [1, 3])
def test_the_list_takes_one_query(surveys):
    for number in range(surveys):
        factories.make_survey(f"Pulse {number}")
    with CaptureQueriesContext(connection) as queries:
        survey_rows()
    assert len(queries) == 1


def test_dates_and_errors_are_english_whatever_the_browser_prefers(hr):
    reply = hr.post(reverse("survey-new"), filled(name=""), headers={"accept-language": "ru"})
    assert "This field is required" in reply.content.decode()
