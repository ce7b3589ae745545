"""A remedy's effect: from which waves, against whom, and when it is too early."""

import datetime as dt
from dataclasses import astuple

import pytest

from diagnostics.choices import Status, TooEarly
from diagnostics.core.estimate.effect import FEWEST_ALIKE, Change, EffectVerdict, effect
from diagnostics.models import Score
from diagnostics.remedies import selectors
from diagnostics.services.scoring import score
from tests.diagnostics.remedied import NAMES, make_remedy, side, wave_day, waves
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db


def measured(remedy, name="Marketing", within=None):
    row = selectors.remedy(remedy.id, within=within)
    return next(side.effect for side in row.sides if side.name == name)


def reason(remedy):
    found = measured(remedy)
    assert found.verdict == EffectVerdict.TOO_EARLY
    return found.reason, found.wave_number


def compared(remedy):
    """How many departments it is compared with; None where they are too few."""
    found = measured(remedy).effect
    return found and found.alike


def figures(wave, name):
    row = Score.objects.get(group__snapshot__wave=wave, group__name=name, measure="index")
    return row.value, row.low, row.high


def expected(before, after, name, others):
    changes = [Change(figures(before, each), figures(after, each)) for each in (name, *others)]
    return changes[0], effect(changes[0], changes[1:])


def test_the_effect_has_the_change_and_what_others_did():
    first, _, third = waves(3, after=1)
    treated, found = expected(first, third, "Marketing", NAMES[2:])
    effect_of = measured(make_remedy(first))
    assert (effect_of.verdict, effect_of.change) == ("helped", treated)
    assert astuple(effect_of.effect)[:-1] == pytest.approx(astuple(found)[:-1])
    assert found.alike == 5


def test_what_happens_to_all_is_no_effect():
    first, second, third = waves(3)
    assert measured(make_remedy(first)).verdict == EffectVerdict.TOO_EARLY
    assert measured(make_remedy(first, code="role_charter"), "Sales").verdict == EffectVerdict.TOO_EARLY
    assert {figures(wave, "Marketing")[0] > 50 for wave in (first, second, third)} == {True}


def test_the_wave_after_opened_four_weeks_after_the_start_or_later():
    first, second = waves(2, after=1)
    assert second.opens_at.date() < wave_day(1, days=8) + dt.timedelta(weeks=4)
    assert reason(make_remedy(first)) == (TooEarly.NO_WAVE_AFTER, None)


def test_without_a_wave_before_there_is_nothing_to_compare_with():
    first = waves(1)[0]
    remedy = make_remedy(first, starts_on=wave_day(1))
    assert reason(remedy) == (TooEarly.NO_WAVE_BEFORE, None)


def test_a_year_later_other_things_have_changed():
    first, _, third = waves(3, after=1)
    remedy = make_remedy(first, starts_on=wave_day(1, days=8))
    assert measured(remedy).verdict == "helped"
    type(third).objects.filter(id=third.id).update(
        opens_at=third.opens_at + dt.timedelta(days=400), closes_at=third.closes_at + dt.timedelta(days=400)
    )
    assert reason(remedy) == (TooEarly.NO_WAVE_AFTER, None)


def test_before_is_the_last_wave_before_and_after_the_latest_of_the_year():
    """Marketing is at risk in wave 1 only: against it the remedy of after wave 2 would have helped."""
    _, second, _, fourth = waves(4, after=1)
    remedy = make_remedy(second)
    treated, found = expected(second, fourth, "Marketing", NAMES[2:])
    assert found is None
    assert measured(remedy).change == treated
    assert (measured(remedy).verdict, measured(remedy).effect) == (EffectVerdict.TOO_EARLY, None)


def test_the_latest_wave_of_the_year_is_the_one_after():
    first, _, _, fourth = waves(4, after=1)
    treated, found = expected(first, fourth, "Marketing", NAMES[2:])
    effect_of = measured(make_remedy(first))
    assert effect_of.change == treated
    assert astuple(effect_of.effect)[:-1] == pytest.approx(astuple(found)[:-1])


def test_divisions_are_no_departments_to_compare_with():
    """Their parts are there already: counted with them they would be twice as many."""
    for name in ("Stores", "Quality", "Finance"):
        department(name, department("Operations"))
    first, _, _ = waves(3, after=1)
    assert Score.objects.filter(group__snapshot__wave=first, group__kind="division").exists()
    assert compared(make_remedy(first)) == 5


def test_a_suppressed_index_is_compared_with_nothing():
    first, _, _ = waves(3, small=("Marketing",))
    assert reason(make_remedy(first)) == (TooEarly.SUPPRESSED, 1)


def test_suppressed_departments_never_influence_an_effect():
    """Of five others one is suppressed, and four are too few: with its figure they would be enough."""
    first, _, _ = waves(3, after=1, small=("Service",))
    statuses = Score.objects.filter(group__name="Service", measure="index").values_list("status", flat=True)
    assert set(statuses) == {Status.SUPPRESSED}
    shown = waves(3, after=1, survey=make_survey("Another"))
    assert compared(make_remedy(shown[0])) == 5
    assert compared(make_remedy(first)) is None


def test_a_department_that_was_pooled_since_is_no_longer_the_same():
    first = waves(1)[0]
    remedy = make_remedy(first)
    other = {(department("Marketing"), department("Sales")): (80, spread(30, 1))}
    other |= {department(name): (40, spread(20, 3, seed=n)) for n, name in enumerate(NAMES[2:])}
    later = close_wave(first.survey, other, number=3)
    score(wave_id=later.id)
    assert reason(remedy) == (TooEarly.NOT_REPORTED, 3)


@pytest.mark.parametrize(
    ("fields", "others"),
    [
        ({"state": "running"}, 3),
        ({"state": "done", "ends_on": wave_day(1, days=3)}, 5),
        ({"state": "done", "ends_on": wave_day(2)}, 3),
        ({"state": "dropped"}, 3),
        ({"state": "planned"}, 5),
    ],
)
def test_who_had_a_remedy_between_the_two_waves_is_no_comparison(fields, others):
    first, _, _ = waves(3, after=1)
    starts = wave_day(1, days=-30) if fields.get("ends_on") == wave_day(1, days=3) else wave_day(1, days=10)
    make_remedy(first, "Plant", "Stores", starts_on=starts, **fields)
    assert compared(make_remedy(first)) == (others if others >= FEWEST_ALIKE else None)


def test_a_remedy_of_the_whole_company_counts_for_who_gives_it():
    first, _, _ = waves(3, after=1)
    make_remedy(first, "Plant", None, code="show_your_work")
    remedy = make_remedy(first, code="show_your_work", second=None)
    assert [bool(each.effect) for each in selectors.remedy(remedy.id, within=None).sides] == [True, False]
    # Sales, Stores, Quality, Finance and Service are left; Plant has a remedy of its own.
    assert compared(remedy) == 5


def test_a_leader_reads_the_verdict_of_hr_on_the_own_side_and_no_name():
    first, _, _ = waves(3, after=1)
    remedy = make_remedy(first, reason="Because Sales is at risk.")
    own = frozenset(side(first, "Marketing").departments)
    row = selectors.remedy(remedy.id, within=own)
    assert [bool(each.effect) for each in row.sides] == [True, False]
    whole = selectors.remedy(remedy.id, within=None)
    assert row.sides[0].effect == whole.sides[0].effect
    assert row.sides[0].effect.verdict == "helped"
    assert row.sides[0].effect.effect.alike == 5
    assert [name for name in NAMES if name in row.sides[0].effect.words] == []
    assert (row.reason, whole.reason) == ("", "Because Sales is at risk.")
    assert selectors.remedy(remedy.id, within=frozenset(side(first, "Plant").departments)) is None
