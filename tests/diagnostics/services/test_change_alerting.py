"""Change alerts through the services: what raises them, and what waves that are not like the others do to them."""

import pytest
from django.db import IntegrityError, transaction

from diagnostics.core.alerts.reasons.change import RiseConfirmed
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import OtherItems
from diagnostics.models import AlertState, Digest, Score
from diagnostics.report import selectors
from diagnostics.services.alerting import latest_states
from diagnostics.services.scoring import score
from diagnostics.wording.alerts import describe_alert
from surveys.models import StaffUser
from surveys.selectors.results import closed_up_to
from tests.diagnostics.histories import events, run
from tests.diagnostics.waves import close_wave, department, make_survey, questionnaire, spread

pytestmark = pytest.mark.django_db
LOW, HIGH = 0, 1  # indices of about 10 and 25: far from the level of 50
FLAT = [LOW] * 4


def changes(survey, group="Sales"):
    """[(wave, event)] of the change alert of a department's index."""
    return [(wave, event) for wave, event, _, _ in events(survey, group, kind="change")]


def memory(wave, group="Sales", measure="index"):
    key = wave.snapshot.groups.get(name=group).key
    return AlertState.objects.get(wave=wave, key=key, measure=measure, kind="change").memory


def test_a_rise_far_below_the_level_is_watched_raised_and_cleared():
    survey = make_survey()
    run(survey, [*FLAT, HIGH, HIGH, HIGH, LOW, LOW])
    assert changes(survey)[4:] == [(5, "watch"), (6, "raised"), (7, "ongoing"), (8, "ongoing"), (9, "cleared")]
    assert {event for _, event, _, _ in events(survey)} == {"none"}


def test_a_department_that_does_not_move_has_no_change_alert():
    survey = make_survey()
    run(survey, [*FLAT, HIGH, HIGH])
    assert set(changes(survey, "Finance") + changes(survey, "Legal")) == {(wave, "none") for wave in range(1, 7)}


def test_the_reason_has_published_figures_how_sure_and_since_when():
    survey = make_survey()
    last = run(survey, [*FLAT, HIGH, HIGH])
    scores = Score.objects.filter(group__name="Sales", measure="index").order_by("group__snapshot__wave__number")
    shown = [round(score.value) for score in scores]
    before = int(sum(shown[:4]) / 4 + 0.5)
    alert = next(found for found in selectors.report(last.id, within=None).alerts if found.measure == "index")
    assert (alert.kind, alert.event, alert.since_wave) == ("change", "raised", 6)
    assert alert.reason == RiseConfirmed(
        base_first=1, base_last=4, before=before, now=shown[5], chance_below=0.001, least_rise=None, first_seen=5
    )


def test_a_watch_is_shown_on_pages_and_never_in_mails():
    StaffUser.objects.create(email="chief@example.com", role="leader")
    survey = make_survey()
    wave = run(survey, [*FLAT, HIGH])
    report = selectors.report(wave.id, within=None)
    sales = next(row for row in report.groups if row.name == "Sales")
    assert {alert.event for alert in sales.watches} == {"watch"}
    assert (report.alerts, sales.alerts, sales.index.level) == ((), (), "watch")
    assert selectors.trend(wave.id, sales.key, "index", within=None)[-1].cell.level == "watch"
    for mail in (Digest.objects.get(snapshot__wave=wave).text, Digest.objects.get(snapshot__wave=wave).html):
        assert "watch" not in mail.lower()
        assert "Sales" in mail
    run(survey, [HIGH])
    digest = Digest.objects.latest("snapshot__wave__number")
    raised = next(alert for alert in selectors.report(digest.snapshot.wave_id, within=None).alerts)
    assert describe_alert(raised) in digest.text
    assert digest.subject.startswith("Sales is at risk")


def test_an_ongoing_change_alert_makes_a_figure_at_risk():
    survey = make_survey()
    last = run(survey, [*FLAT, HIGH, HIGH])
    row = Score.objects.get(group__snapshot__wave=last, group__name="Sales", measure="index")
    assert row.level == "at_risk"
    assert row.high < 50


def test_a_suppressed_wave_freezes_the_change_alert():
    survey = make_survey()
    run(survey, [*FLAT, HIGH])
    before = memory(survey.waves.get(number=5))
    suppressed = run(survey, [None])
    assert memory(suppressed) == before
    run(survey, [HIGH])
    assert changes(survey)[4:] == [(5, "watch"), (6, "none"), (7, "raised")]
    gone = run(survey, [None])
    state = AlertState.objects.get(wave=gone, kind="change", measure="index", ongoing=True)
    assert (state.since, state.reason_code, state.reason_arguments) == (7, "suppressed", {})


def test_a_wave_that_too_few_answered_freezes_the_change_alert():
    survey = make_survey()
    run(survey, FLAT)
    run(survey, [HIGH], people=100)
    assert changes(survey)[-1] == (5, "none")
    run(survey, [HIGH, HIGH])
    assert changes(survey)[5:] == [(6, "watch"), (7, "raised")]


def test_a_wave_that_was_never_counted_changes_nothing():
    survey = make_survey()
    run(survey, [*FLAT, HIGH, HIGH], skip=(6, 7))
    assert changes(survey)[4:] == [(5, "watch"), (8, "raised")]


def test_a_wave_with_nothing_counted_changes_nothing():
    survey = make_survey()
    run(survey, [*FLAT, HIGH])
    names = ("Sales", "Finance", "Legal")
    empty = close_wave(survey, {department(name): (20, []) for name in names}, number=6)
    score(wave_id=empty.id)
    assert memory(empty) == memory(survey.waves.get(number=5))
    run(survey, [HIGH])
    assert changes(survey)[4:] == [(5, "watch"), (6, "none"), (7, "raised")]


def test_a_group_that_was_absent_for_a_wave_goes_on_where_it_was():
    survey = make_survey()
    run(survey, [*FLAT, HIGH])
    without = {department(name): (30, spread(20, 1, seed=seed)) for seed, name in enumerate(("Finance", "Legal"))}
    score(wave_id=close_wave(survey, without, number=6).id)
    run(survey, [HIGH])
    assert changes(survey)[4:] == [(5, "watch"), (7, "raised")]


def test_a_pooled_group_starts_over_and_goes_on_when_it_is_alone_again():
    survey = make_survey()
    run(survey, [*FLAT, HIGH])
    run(survey, [HIGH, HIGH], group=("Sales", "Shop"))
    assert changes(survey, "Sales, Shop") == [(6, "none"), (7, "none")]
    assert memory(survey.waves.get(number=7), "Sales, Shop")["base"][:3] == [2, 6, 7]
    run(survey, [HIGH])
    assert changes(survey)[4:] == [(5, "watch"), (8, "raised")]


def test_a_reorganised_group_is_a_new_one_even_under_the_same_name():
    survey = make_survey()
    run(survey, [*FLAT, HIGH, HIGH])
    old = department("Sales")
    old.name = "Sales until 2026"
    old.save()
    last = run(survey, [HIGH])
    assert AlertState.objects.filter(wave=last, ongoing=True).count() == 0
    assert memory(last)["base"][:3] == [1, 7, 7]


def test_where_other_items_are_asked_the_comparison_starts_over():
    survey = make_survey()
    run(survey, [*FLAT, HIGH, HIGH])
    asked = questionnaire()
    asked["items"][0]["code"] = "avoided_meetings_3"
    last = run(survey, [HIGH], questionnaire=asked)
    assert changes(survey)[-1] == (7, "expired")
    key = last.snapshot.groups.get(name="Sales").key
    of_sales = AlertState.objects.filter(wave=last, key=key, kind="change")
    assert set(of_sales.filter(event="expired").values_list("measure", flat=True)) == {"index", "avoided_meetings"}
    assert of_sales.filter(event="ongoing").exists()
    expired = next(alert for alert in selectors.report(last.id, within=None).alerts if alert.event == "expired")
    assert (expired.since_wave, expired.reason) == (6, OtherItems())


def test_what_has_not_calmed_down_is_not_called_calm():
    StaffUser.objects.create(email="chief@example.com", role="leader")
    survey = make_survey()
    run(survey, [*FLAT, HIGH, HIGH])
    asked = questionnaire()
    for item in asked["items"][:10]:
        item["code"] += "_new"
    run(survey, [HIGH], questionnaire=asked)
    digest = Digest.objects.latest("snapshot__wave__number")
    report = selectors.report(digest.snapshot.wave_id, within=None)
    expired = next(alert for alert in report.alerts if not alert.ongoing)
    assert "calmed down" not in digest.subject
    assert "No alert was cleared in this wave." in digest.text
    assert describe_alert(expired) in digest.text.partition("ALERTS CLEARED")[0]
    assert describe_alert(expired) in digest.html


def test_divisions_are_judged_among_themselves():
    survey, top = make_survey(), department("Commercial")
    for number, option in enumerate([*FLAT, HIGH, HIGH], start=1):
        groups = {
            department("Marketing", top): (25, spread(20, option, seed=number)),
            department("Sales", top): (25, spread(20, option, seed=number + 50)),
            department("Finance"): (30, spread(20, 1, seed=number + 90)),
        }
        score(wave_id=close_wave(survey, groups, number=number).id)
    assert changes(survey, "Commercial")[4:] == [(5, "watch"), (6, "raised")]


def test_surveys_do_not_share_a_baseline():
    run(make_survey(), FLAT)
    other = make_survey("Quarterly")
    run(other, [HIGH, HIGH])
    assert changes(other) == [(1, "none"), (2, "none")]


def test_the_last_states_are_read_in_a_few_queries_after_any_history(django_assert_num_queries):
    survey = make_survey()
    for waves, queries in ((2, 2), (4, 2)):
        last = run(survey, [LOW] * waves)
        wave = closed_up_to(last.id)[-1]
        keys = set(last.snapshot.groups.values_list("key", flat=True))
        with django_assert_num_queries(queries):
            states = latest_states(wave, keys=keys, measures={"index", "response"})
        assert {state.wave_id for state in states.values()} == {survey.waves.get(number=last.number - 1).id}


@pytest.mark.parametrize(
    "spoil",
    [
        {"kind": "mood"},
        {"kind": "participation"},
        {"event": AlertEvent.WATCH, "kind": "level", "memory": {"waves_above": 0, "waves_calm": 0}},
        {"event": AlertEvent.ONGOING},
        {"event": AlertEvent.RAISED, "ongoing": True, "since": 3},
        {"event": AlertEvent.CLEARED},
        {"memory": {}},
        {"memory": {"waves_above": 0, "waves_calm": 0}},
        {"reason_code": "mood"},
    ],
)
def test_the_database_refuses_an_alert_that_cannot_be(spoil):
    wave = run(make_survey(), [LOW])
    memory = {"watched": [], "waves_calm": 0, "items": ""}
    sound = {"kind": "change", "measure": "index", "memory": memory, "reason_code": "no_baseline"}
    AlertState.objects.create(survey=wave.survey, wave=wave, key="sound", **sound)
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertState.objects.create(survey=wave.survey, wave=wave, key="spoiled", **(sound | spoil))


def test_an_alert_has_one_state_a_wave():
    wave = run(make_survey(), [LOW])
    state = AlertState.objects.filter(wave=wave, kind="change").first()
    state.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        state.save()
