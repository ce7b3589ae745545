"""Nobody is asked twice within four weeks, whatever the survey, its questions or its audience."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from surveys.choices import Cadence, WaveState
from surveys.models import Department, Employee, Instrument, Invitation, LastAsked, ReportingGroup, Wave
from surveys.schedule.obstacles import Obstacle, ObstacleCode
from surveys.selectors.obstacles import CannotOpenError
from surveys.services import asking, opening, purging, scheduling, setting_up
from tests.company import MONDAY, built_in, close, make_people, make_survey, open_next
from tests.threads import at_once, until_blocked
from tests.ticking import DAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def departments():
    return make_people({"Sales": (None, 9), "Legal": (None, 8)})


def run(survey, keys, now):
    """Opens and counts a wave by hand; returns how many it asked, None where it may not open."""
    try:
        scheduling.begin_now(survey=survey, now=now)
    except CannotOpenError:
        return None
    wave = open_next(survey, keys)
    asked = wave.invitations.count()
    close(wave, keys)
    return asked


@pytest.mark.parametrize(
    ("cadences", "days", "asked"),
    [
        (("monthly", "monthly"), 0, None),
        (("monthly", "four_weekly"), 27, None),
        (("monthly", "four_weekly"), 28, 17),
        (("quarterly", "monthly"), 83, None),
        (("quarterly", "monthly"), 84, 17),
        (("monthly", "quarterly"), 83, None),
        (("monthly", "quarterly"), 84, 17),
    ],
)
def test_two_surveys_ask_the_same_people_a_period_apart(departments, tmp_path, cadences, days, asked):
    first, second = (make_survey(name=name, cadence=cadence) for name, cadence in zip("AB", cadences, strict=True))
    assert run(first, tmp_path, MONDAY) == 17
    assert run(second, tmp_path, MONDAY + days * DAY) == asked


def test_the_same_survey_is_not_opened_twice_in_a_period(departments, tmp_path):
    survey = make_survey()
    assert [run(survey, tmp_path, MONDAY + days * DAY) for days in (0, 0, 27, 28)] == [17, None, None, 17]


def test_a_copy_of_the_questions_under_other_codes_asks_the_same(departments, tmp_path):
    copy = Instrument.objects.create(code="copy", version=1, document=built_in().document)
    assert run(make_survey(name="A"), tmp_path, MONDAY) == 17
    assert run(make_survey(name="B", instrument=copy), tmp_path, MONDAY + DAY) is None


def test_only_those_who_were_not_asked_are_asked(departments, tmp_path):
    sales = make_survey(name="Sales only")
    sales.audience.set([departments["Sales"]])
    assert run(sales, tmp_path, MONDAY) == 9
    wave = make_survey(name="All")
    assert run(wave, tmp_path, MONDAY + DAY) == 8
    assert set(LastAsked.objects.values_list("employee__department__name", "day")) == {
        ("Sales", MONDAY.date()),
        ("Legal", MONDAY.date() + DAY),
    }


def test_the_clocks_going_forward_leave_out_no_person(departments, tmp_path, settings):
    settings.TIME_ZONE = "Europe/Riga"
    survey = make_survey(cadence=Cadence.FOUR_WEEKLY, first=dt.datetime(2026, 3, 9, tzinfo=dt.UTC))
    asked = []
    for _ in range(3):
        wave = open_next(survey, tmp_path)
        asked.append((wave.opens_at.hour, wave.invitations.count()))
        close(wave, tmp_path)
    assert asked == [(7, 17), (6, 17), (6, 17)]


def test_february_leaves_out_no_person(departments, tmp_path):
    survey = make_survey(first=dt.datetime(2026, 1, 31, tzinfo=dt.UTC))
    waves = [close(open_next(survey, tmp_path), tmp_path) for _ in range(3)]
    assert [(wave.opens_at.date().isoformat(), wave.invitations.count()) for wave in waves] == [
        ("2026-01-31", 17),
        ("2026-02-28", 17),
        ("2026-03-31", 17),
    ]


def test_a_first_opening_in_the_past_counts_for_the_day_it_opens(departments, tmp_path):
    run(make_survey(name="A"), tmp_path, MONDAY)
    for name, days in (("B", 28), ("C", -28)):
        make_survey(name=name, first=MONDAY + days * DAY)
    scheduling.due(MONDAY + DAY)
    waves = Wave.objects.filter(state=WaveState.PLANNED, opens_at__lte=MONDAY + DAY)
    assert [(wave.survey.name, open_or_not(wave, tmp_path)) for wave in waves] == [("C", None)]


def test_a_wave_that_may_not_open_stays_planned_and_makes_no_key(departments, tmp_path):
    run(make_survey(name="A"), tmp_path, MONDAY)
    late = make_survey(name="B")
    scheduling.plan_next(survey=late)
    with pytest.raises(CannotOpenError) as refused:
        opening.open_wave(wave_id=late.waves.get().id, key_directory=tmp_path)
    assert refused.value.obstacle == Obstacle(
        ObstacleCode.ASKED_RECENTLY, people=0, needed=5, left_out=17, free_from=MONDAY.date() + 28 * DAY
    )
    assert (late.waves.get().state, list(tmp_path.iterdir())) == (WaveState.PLANNED, [])


@pytest.fixture
def two_planned(departments):
    """Of instruments of their own: the rows of one instrument would make the second opening wait."""
    copy = Instrument.objects.create(code="copy", version=1, document=built_in().document)
    surveys = [make_survey(name="A"), make_survey(name="B", instrument=copy)]
    for survey in surveys:
        scheduling.plan_next(survey=survey)
    return [survey.waves.get() for survey in surveys]


def open_or_not(wave, keys):
    try:
        return opening.open_wave(wave_id=wave.id, key_directory=keys)
    except CannotOpenError:
        return None


def test_of_two_openings_at_once_one_asks(two_planned, tmp_path, monkeypatch):
    """The other one has looked before the first has asked; it looks again under the lock, and is planned again."""
    others, real = [], asking.record_asked

    def record_meanwhile(*arguments):
        if not others:
            others.append(until_blocked(lambda: open_or_not(two_planned[1], tmp_path)))
        real(*arguments)

    monkeypatch.setattr(opening, "record_asked", record_meanwhile)
    assert open_or_not(two_planned[0], tmp_path) is True
    assert others[0].result(timeout=30) is None
    assert_one_asked(two_planned)


def test_two_openings_at_any_moment_ask_each_person_once(two_planned, tmp_path):
    opened = at_once(2, lambda number: open_or_not(two_planned[number], tmp_path))
    assert sorted(opened, key=str) == [None, True]
    assert_one_asked(two_planned)


def assert_one_asked(waves):
    for wave in waves:
        wave.refresh_from_db()
    assert sorted(wave.state for wave in waves) == [WaveState.OPEN, WaveState.PLANNED]
    assert Invitation.objects.count() == LastAsked.objects.count() == Employee.objects.count() == 17


def test_a_wave_that_lost_the_race_takes_the_place_of_the_one_after_it(two_planned, tmp_path, monkeypatch):
    lost = two_planned[0]

    def free_at_first(_wave):
        if lost.survey.waves.filter(state=WaveState.OPENING).exists():
            scheduling.plan_next(survey=lost.survey)
            assert lost.survey.waves.count() == 2
            raise CannotOpenError(lost.survey, Obstacle(ObstacleCode.ASKED_RECENTLY))

    monkeypatch.setattr(opening, "people_to_ask", free_at_first)
    assert open_or_not(lost, tmp_path) is None
    assert list(lost.survey.waves.values_list("id", "state")) == [(lost.id, WaveState.PLANNED)]


def test_what_is_kept_is_overwritten_and_gone_with_the_person(departments, tmp_path):
    survey = make_survey()
    run(survey, tmp_path, MONDAY)
    run(survey, tmp_path, MONDAY + 30 * DAY)
    kept = LastAsked.objects.get(employee__email="sales.1@example.com")
    group = ReportingGroup.objects.get(wave__number=2, name="Sales")
    assert (kept.day, kept.period, kept.group) == (MONDAY.date() + 30 * DAY, 28, group)
    purging.erase_employee(email="sales.1@example.com")
    assert LastAsked.objects.count() == 16


def test_the_database_keeps_one_row_a_person_and_known_periods(departments, tmp_path):
    run(make_survey(), tmp_path, MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        LastAsked.objects.update(period=27)


def test_a_rule_that_asks_too_often_is_not_stored(departments):
    survey = make_survey(cadence=Cadence.OWN, rule="FREQ=MONTHLY")
    survey.rule = "FREQ=WEEKLY;INTERVAL=2"
    with pytest.raises(ValidationError) as refused:
        setting_up.set_up(survey=survey, audience=Department.objects.none())
    assert refused.value.code == "too_often"
    survey.refresh_from_db()
    assert survey.rule == "FREQ=MONTHLY"


def test_a_rule_of_an_earlier_version_opens_every_four_weeks(departments, tmp_path):
    survey = make_survey(cadence=Cadence.OWN, rule="FREQ=WEEKLY", days_open=5)
    days = [open_and_close(survey, tmp_path).opens_at - MONDAY for _ in range(3)]
    assert days == [0 * DAY, 28 * DAY, 56 * DAY]


def open_and_close(survey, keys):
    return close(open_next(survey, keys), keys)
