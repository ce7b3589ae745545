"""Participation alerts through the services: a response that fell, and what waves unlike the others do to them."""

import pytest

from diagnostics.core.alerts.reasons.participation import ResponseFell
from diagnostics.models import AlertState, Digest, GroupScore, Score
from diagnostics.report import selectors
from diagnostics.services.scoring import score
from diagnostics.wording.alerts import describe_alert
from diagnostics.wording.verdict import verdict
from surveys.models import StaffUser
from surveys.rules.rounding import Rate
from tests.diagnostics.histories import events
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db
USUAL = [32, 31, 33, 32]


def run(survey, counts, *, people=40, others=30, names=("Sales",)):
    """Waves in which so many of a department's people answer; two others stay as they are. Returns the last."""
    for count in counts:
        number = survey.waves.count() + 1
        wave = close_wave(
            survey,
            {
                tuple(department(name) for name in names): (people, spread(count, 1, seed=number)),
                department("Finance"): (others, spread(20, 1, seed=number + 20)),
                department("Legal"): (others, spread(20, 1, seed=number + 40)),
            },
            number=number,
        )
        score(wave_id=wave.id)
    return wave


def falls(survey, group="Sales"):
    return [(wave, event) for wave, event, _, _ in events(survey, group, "response", "participation")]


def sales(wave):
    return next(row for row in selectors.report(wave.id, within=None).groups if row.name == "Sales")


def test_a_fallen_response_is_raised_ongoing_and_cleared():
    survey = make_survey()
    run(survey, [*USUAL, 17, 17, 32, 32])
    assert falls(survey)[4:] == [(5, "raised"), (6, "ongoing"), (7, "ongoing"), (8, "cleared")]
    assert {event for _, event in falls(survey, "Finance")} == {"none"}


def test_the_company_has_a_participation_alert_of_its_own():
    survey = make_survey()
    everywhere = ("Sales", "Finance", "Legal")
    for number, count in enumerate([25] * 4 + [8], start=1):
        groups = {department(name): (40, spread(count, 1, seed=number + 9 * len(name))) for name in everywhere}
        last = close_wave(survey, groups, number=number)
        score(wave_id=last.id)
    alert = selectors.report(last.id, within=None).company.participation
    assert (alert.kind, alert.measure, alert.event, alert.since_wave) == ("participation", "response", "raised", 5)
    assert alert.reason == ResponseFell(base_first=1, base_last=4, before=65, now=20, low=30, high=60)


def test_its_reason_agrees_with_the_rates_that_the_page_publishes():
    survey = make_survey()
    last = run(survey, [*USUAL, 17])
    row = sales(last)
    assert row.response.rate == Rate(45)
    assert (row.participation.reason.before, row.participation.reason.now) == (80, 45)


def test_it_puts_no_department_at_risk_and_has_a_heading_of_its_own():
    StaffUser.objects.create(email="chief@example.com", role="leader")
    survey = make_survey()
    last = run(survey, [*USUAL, 17])
    levels = Score.objects.filter(group__snapshot__wave=last, group__name="Sales").exclude(level="")
    assert set(levels.values_list("level", flat=True)) == {"steady"}
    report = selectors.report(last.id, within=None)
    assert (report.alerts, [alert.group_name for alert in report.participation]) == ((), ["Sales"])
    assert verdict(report).sentence.startswith("All calm")
    digest = Digest.objects.latest("snapshot__wave__number")
    assert f"FALLING RESPONSE\n* Sales: {describe_alert(report.participation[0])}" in digest.text
    assert "Falling response" in digest.html


def test_a_mail_without_a_fallen_response_has_no_such_heading():
    StaffUser.objects.create(email="chief@example.com", role="leader")
    run(make_survey(), USUAL)
    digest = Digest.objects.latest("snapshot__wave__number")
    assert "falling response" not in (digest.text + digest.html).lower()


def test_where_the_headcount_is_unknown_there_is_none():
    survey = make_survey()
    run(survey, [*USUAL, 17], people=None, others=None)
    assert not AlertState.objects.filter(kind="participation").exists()
    assert AlertState.objects.filter(kind="change").exists()


def test_a_group_under_the_minimum_is_merged_and_has_no_alert():
    survey = make_survey()
    run(survey, USUAL)
    merged = run(survey, [17], people=50, names=("Sales", "Shop"))
    assert not AlertState.objects.filter(wave=merged, key=GroupScore.objects.filter(name="Sales").first().key).exists()
    assert falls(survey, "Sales, Shop") == [(5, "none")]
    run(survey, [17])
    assert falls(survey)[4:] == [(6, "raised")]


def test_a_wave_with_nothing_counted_freezes_it():
    survey = make_survey()
    run(survey, [*USUAL, 17])
    wave = run(survey, [0])
    key = wave.snapshot.groups.get(name="Sales").key
    frozen = AlertState.objects.get(wave=wave, key=key, kind="participation")
    assert (frozen.since, frozen.reason_code, frozen.reason_arguments) == (5, "response_unknown", {})
    assert falls(survey)[4:] == [(5, "raised"), (6, "ongoing")]
    run(survey, [32, 32])
    assert falls(survey)[6:] == [(7, "ongoing"), (8, "cleared")]


def test_nothing_stored_depends_on_where_in_its_band_a_count_lies():
    """Two companies whose counts differ within the bands only: what is stored of their response is the same."""
    kept = []
    for counts in ([32, 31, 33, 32, 17], [30, 34, 31, 33, 19]):
        survey = make_survey(f"Survey {counts[0]}")
        run(survey, counts)
        rows = AlertState.objects.filter(survey=survey, kind="participation").exclude(key="company")
        columns = ("event", "since", "memory", "reason_code", "reason_arguments")
        kept.append(list(rows.order_by("wave__number", "key").values_list(*columns)))
    assert kept[0] == kept[1]
    assert any(event == "raised" for event, *_ in kept[0])


def test_the_old_baseline_is_kept_until_the_new_one_has_two_waves():
    survey = make_survey()
    run(survey, [*USUAL, 17, 32, 32, 17])
    assert falls(survey)[4:] == [(5, "raised"), (6, "ongoing"), (7, "cleared"), (8, "raised")]
