import pytest

from diagnostics.models import AlertState, Score
from diagnostics.report import selectors
from diagnostics.services.scoring import score
from tests.diagnostics.histories import events, run
from tests.diagnostics.waves import CORE, close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db


def test_an_alert_is_raised_ongoing_and_cleared_after_two_calm_waves():
    survey = make_survey()
    run(survey, [1, 3, 3, 1, 1, 1])
    assert events(survey) == [
        (1, "none", False, None),
        (2, "raised", True, 2),
        (3, "ongoing", True, 2),
        (4, "ongoing", True, 2),
        (5, "cleared", False, None),
        (6, "none", False, None),
    ]


def test_while_an_alert_is_ongoing_the_level_is_at_risk():
    survey = make_survey()
    last = run(survey, [3, 1])
    row = Score.objects.get(group__snapshot__wave=last, group__name="Sales", measure="index")
    assert row.level == "at_risk"
    assert row.high < 50


def test_a_department_with_one_sign_at_risk_is_not_called_steady():
    survey = make_survey()
    stagnating = [
        bytes([*row[:8], 4 - number % 3, 4 - number % 2, *row[10:]]) for number, row in enumerate(spread(20, 1))
    ]
    calm = {department(name): (25, spread(20, 1, seed=seed)) for seed, name in enumerate(("Finance", "Legal"), start=2)}
    score(wave_id=close_wave(survey, {department("Research"): (25, stagnating), **calm}).id)
    levels = Score.objects.filter(group__name="Research", level="at_risk").values_list("measure", flat=True)
    assert set(levels) == {"index", "stagnation"}
    assert Score.objects.get(group__name="Research", measure="index").high < 50
    assert set(Score.objects.filter(group__name="Finance", measure="index").values_list("level", flat=True)) == {
        "steady"
    }


def test_a_suppressed_wave_freezes_the_alert_and_adds_nothing_new():
    survey = make_survey()
    last = run(survey, [3, 1, None])
    assert events(survey)[1:] == [(2, "ongoing", True, 1), (3, "ongoing", True, 1)]
    suppressed = AlertState.objects.get(wave=last, measure="index", kind="level", ongoing=True)
    assert suppressed.memory == {"waves_above": 0, "waves_calm": 1}
    assert suppressed.reason_code == "suppressed"
    run(survey, [1])
    assert events(survey)[-1] == (4, "cleared", False, None)


def test_a_department_that_never_was_published_has_no_memory():
    survey = make_survey()
    run(survey, [None, None])
    assert events(survey) == []


def test_with_too_low_response_nothing_is_raised():
    survey = make_survey()
    run(survey, [3], people=100, answers=20)
    assert events(survey) == [(1, "none", False, None)]
    run(survey, [3], people=50, answers=20)
    assert events(survey)[-1] == (2, "raised", True, 2)


def test_core_signs_have_alerts_and_rotating_ones_and_the_company_none():
    survey = make_survey()
    run(survey, [3])
    of_figures = AlertState.objects.filter(kind__in=("level", "change"))
    assert set(of_figures.values_list("measure", flat=True)) == {"index", *CORE}
    assert not of_figures.filter(key="company").exists()


def test_other_departments_counted_together_start_over():
    survey = make_survey()
    run(survey, [3])
    pooled = close_wave(
        survey,
        {
            (department("Sales"), department("Shop")): (25, spread(16, 1)),
            department("Finance"): (30, spread(20, 1, seed=2)),
            department("Legal"): (30, spread(20, 1, seed=3)),
        },
        number=2,
    )
    score(wave_id=pooled.id)
    assert not AlertState.objects.filter(wave=pooled, ongoing=True).exists()


def test_surveys_do_not_share_a_memory():
    run(make_survey(), [3])
    other = make_survey("Quarterly")
    run(other, [1])
    assert events(other) == [(1, "none", False, None)]


def test_readers_learn_which_wave_had_raised_a_cleared_alert():
    survey = make_survey()
    last = run(survey, [1, 3, 1, 1])
    (alert,) = [found for found in selectors.report(last.id, within=None).alerts if found.measure == "index"]
    assert (alert.group_name, alert.event, alert.since_wave) == ("Sales", "cleared", 2)
    assert alert.since_opened == survey.waves.get(number=2).opens_at
    assert alert.reason.code == "below_level"
