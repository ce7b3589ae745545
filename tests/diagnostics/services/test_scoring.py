import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

from diagnostics.models import AlertState, Digest, GroupScore, Score, Snapshot
from diagnostics.services.scoring import METHOD, score
from surveys.choices import WaveState
from surveys.models import Mail, StaffUser
from surveys.rules.rounding import LOWEST_SHOWN
from tests.diagnostics.waves import CORE, close_wave, company, department, make_survey, questionnaire, same, spread

pytestmark = pytest.mark.django_db
MEASURES = {"index", *CORE, "blame", "critical_mass", "pick_communication"}


def scores(wave, measure="index"):
    rows = Score.objects.filter(group__snapshot__wave=wave, measure=measure).select_related("group")
    return {row.group.name: row for row in rows}


def test_every_node_gets_every_measure_once():
    wave = company(make_survey())
    score(wave_id=wave.id)
    snapshot = Snapshot.objects.get(wave=wave)
    assert snapshot.method == METHOD
    assert {group.name: group.kind for group in snapshot.groups.all()} == {
        settings.ORGANISATION: "company",
        "Commercial": "division",
        "Marketing": "group",
        "Sales": "group",
        "Production": "group",
        "Finance": "group",
        "Legal": "group",
    }
    for group in snapshot.groups.all():
        assert sorted(group.scores.values_list("measure", flat=True)) == sorted(MEASURES)


def test_published_figures_are_whole_numbers_inside_their_interval():
    wave = company(make_survey(), legal=6)
    score(wave_id=wave.id)
    row = scores(wave)["Marketing"]
    assert row.status == "published"
    assert 60 <= row.value <= 80
    figures = [row.outer_low, row.low, row.value, row.high, row.outer_high]
    assert figures == sorted(figures)
    assert all(figure == round(figure) and 5 <= figure <= 95 for figure in figures)
    assert (row.level, row.change) == ("at_risk", None)
    assert scores(wave)["Finance"].level == "steady"


def test_a_small_group_has_no_figure_and_cannot_be_subtracted():
    wave = company(make_survey())
    score(wave_id=wave.id)
    suppressed = {name: row.reason for name, row in scores(wave).items() if row.status == "suppressed"}
    # Legal alone is too few; Finance goes with it, or the company less Commercial and Finance would be Legal.
    assert suppressed == {"Legal": "too_few", "Finance": "protected"}
    for row in Score.objects.filter(status="suppressed"):
        assert {row.value, row.low, row.high, row.outer_low, row.outer_high, row.change} == {None}
        assert row.level == ""


def test_with_enough_answers_nothing_is_suppressed():
    wave = company(make_survey(), legal=6)
    score(wave_id=wave.id)
    assert {row.status for row in scores(wave).values()} == {"published"}


def test_a_raised_minimum_counts():
    wave = company(make_survey(), legal=6, min_group_size=7)
    score(wave_id=wave.id)
    assert scores(wave)["Legal"].reason == "too_few"


def test_answers_too_alike_hide_a_sign_and_one_more_beside_it():
    wave = close_wave(
        make_survey(),
        {
            department("Uniform"): (10, [bytes([4, 4, *row[2:]]) for row in spread(8, 2)]),
            department("Mixed"): (15, spread(11, 2, seed=3)),
            department("Other"): (20, spread(14, 2, seed=4)),
        },
    )
    score(wave_id=wave.id)
    assert scores(wave, CORE[0])["Uniform"].reason == "protected"
    assert scores(wave)["Uniform"].status == "published"
    silent = [sign for sign in CORE if scores(wave, sign)["Uniform"].status == "suppressed"]
    assert len(silent) == 2


def test_where_all_signs_are_too_alike_the_index_is_suppressed_too():
    wave = close_wave(
        make_survey(),
        {
            department("Uniform"): (10, same(8, 4)),
            department("Mixed"): (10, spread(8, 2)),
            department("Other"): (10, spread(8, 2, seed=4)),
        },
    )
    score(wave_id=wave.id)
    assert scores(wave)["Uniform"].reason == "protected"


def test_everybody_at_the_lowest_risk_is_shown_as_five_or_below():
    wave = close_wave(make_survey(), {department("Calm"): (10, same(9, 0)), department("Mixed"): (10, spread(8, 2))})
    score(wave_id=wave.id)
    assert scores(wave, CORE[0])["Calm"].low == LOWEST_SHOWN


def test_shares_need_ten_answers():
    wave = company(make_survey(), legal=6)
    score(wave_id=wave.id)
    for measure in ("critical_mass", "pick_communication"):
        assert scores(wave, measure)["Legal"].reason == "too_few"
    row = scores(wave, "pick_communication")["Marketing"]
    # 6 of 14, to 10 %, with the interval of 10.
    assert (row.value, row.level, row.outer_low) == (40, "", None)
    assert (row.low, row.high) == (19, 65)


def test_participation_is_in_bands_and_absent_below_the_minimum():
    survey = make_survey()
    wave = close_wave(
        survey,
        {
            department("All"): (12, spread(12, 2)),
            department("Half"): (40, spread(17, 2)),
            department("Few"): (9, spread(4, 2)),
            department("None"): (9, []),
        },
    )
    score(wave_id=wave.id)
    groups = GroupScore.objects.filter(snapshot__wave=wave, kind="group").values_list(
        "name", "response_low", "response_high", "response_percent", "response_percent_at_least", "caution"
    )
    assert sorted(groups) == [
        ("All", 10, 12, 90, False, False),
        ("Few", None, None, None, False, False),
        ("Half", 15, 19, 45, False, True),
        ("None", None, None, None, False, False),
    ]


def test_a_wave_that_counted_nothing_is_all_suppressed():
    wave = close_wave(make_survey(), {department("Sales"): (9, []), department("Finance"): (9, [])})
    score(wave_id=wave.id)
    rows = Score.objects.filter(group__snapshot__wave=wave)
    assert {(row.status, row.reason) for row in rows} == {("suppressed", "too_few")}
    assert {row.measure for row in rows if row.group.kind == "company"} == MEASURES
    assert AlertState.objects.count() == 0


def test_change_is_the_difference_of_what_was_published():
    survey = make_survey()
    first, second = company(survey, legal=6), company(survey, legal=6, number=2)
    score(wave_id=first.id)
    score(wave_id=second.id)
    before, after = scores(first), scores(second)
    assert {name: row.change for name, row in after.items()} == {
        name: row.value - before[name].value for name, row in after.items()
    }


def test_change_skips_waves_in_which_the_group_was_suppressed():
    survey = make_survey()
    waves = [company(survey, legal=count, number=number) for number, count in ((1, 6), (2, 3), (3, 6))]
    score(wave_id=waves[2].id)
    first, second, third = (scores(wave)["Legal"] for wave in waves)
    assert second.value is None
    assert third.change == third.value - first.value


def test_other_items_are_not_compared():
    survey = make_survey()
    company(survey, legal=6, number=1)
    turned = company(survey, legal=6, number=2, questionnaire=questionnaire(turn=2))
    score(wave_id=turned.id)
    assert scores(turned, "blame")["Sales"].change is None
    assert scores(turned, CORE[0])["Sales"].change is not None


def test_earlier_waves_are_scored_first():
    survey = make_survey()
    first, second = company(survey), company(survey, number=2)
    score(wave_id=second.id)
    assert set(Snapshot.objects.values_list("wave_id", flat=True)) == {first.id, second.id}


def test_an_open_wave_is_left_alone():
    wave = company(make_survey(), state=WaveState.PLANNED)
    score(wave_id=wave.id)
    assert not Snapshot.objects.exists()


def everything():
    return {
        model.__name__: sorted(map(str, model.objects.values_list()))
        for model in (Snapshot, GroupScore, Score, AlertState)
    }


def test_scoring_twice_changes_no_row():
    wave = company(make_survey())
    score(wave_id=wave.id)
    before = everything()
    assert all(before.values())
    score(wave_id=wave.id)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_store_one_snapshot():
    StaffUser.objects.create(email="leader@example.com", name="L", role="leader")
    wave = company(make_survey())
    barrier = threading.Barrier(2)

    def work():
        barrier.wait()
        try:
            score(wave_id=wave.id)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for worker in [pool.submit(work) for _ in range(2)]:
            worker.result()
    assert Snapshot.objects.count() == 1
    assert GroupScore.objects.count() == 7
    assert (Digest.objects.count(), Mail.objects.count()) == (1, 1)


def test_answers_that_do_not_fit_the_questionnaire_store_nothing():
    wave = close_wave(make_survey(), {department("Sales"): (9, [b"\0" * 11])})
    with pytest.raises(ValueError, match="do not fit"):
        score(wave_id=wave.id)
    assert not Snapshot.objects.exists()
