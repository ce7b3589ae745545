"""What is told of a remedy's effect: from which waves, against whom, and when it is too early."""

import datetime as dt

import pytest

from diagnostics.choices import Status
from diagnostics.core.estimate.effect import Change, effect
from diagnostics.models import Score
from diagnostics.remedies import selectors
from diagnostics.remedies.effects import moved_words
from diagnostics.services.scoring import score
from tests.diagnostics.remedied import NAMES, make_remedy, side, wave_day, waves
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db


def told(remedy, name="Marketing", within=None):
    row = selectors.remedy(remedy.id, within=within)
    return next(one.effect for one in row.sides if one.name == name)


def figures(wave, name):
    row = Score.objects.get(group__snapshot__wave=wave, group__name=name, measure="index")
    return row.value, row.low, row.high


def expected(before, after, name, others):
    changes = [Change(figures(before, one), figures(after, one)) for one in (name, *others)]
    return changes[0], effect(changes[0], changes[1:])


def test_the_sentence_has_the_change_what_others_did_and_the_own_part():
    first, _, third = waves(3, after=1)
    remedy = make_remedy(first)
    treated, found = expected(first, third, "Marketing", NAMES[2:])
    before, after = figures(first, "Marketing")[0], figures(third, "Marketing")[0]
    assert told(remedy).verdict == "helped"
    assert told(remedy).words == (
        f"Index {before:.0f} → {after:.0f} ({moved_words(treated.points, *treated.interval)}). "
        f"5 departments that stood alike and had no remedy: {moved_words(found.expected)}. "
        f"So the remedy’s own part is {moved_words(found.own, found.low, found.high)}: it has helped."
    )


def test_what_happens_to_all_is_no_effect():
    first, second, third = waves(3)
    assert told(make_remedy(first)).verdict == "too early to tell"
    assert told(make_remedy(first, code="role_charter"), "Sales").words.endswith(": too early to tell.")
    assert {figures(wave, "Marketing")[0] > 50 for wave in (first, second, third)} == {True}


def test_the_wave_after_opened_four_weeks_after_the_start_or_later():
    first, second = waves(2, after=1)
    assert second.opens_at.date() < wave_day(1, days=8) + dt.timedelta(weeks=4)
    early = told(make_remedy(first))
    assert early.words.startswith("Too early to tell: no wave is scored yet")
    assert early.verdict == "too early to tell"


def test_without_a_wave_before_there_is_nothing_to_compare_with():
    first = waves(1)[0]
    remedy = make_remedy(first, starts_on=wave_day(1))
    assert told(remedy).words == "Too early to tell: no wave had closed before the remedy began."


def test_a_year_later_other_things_have_changed():
    first, _, third = waves(3, after=1)
    remedy = make_remedy(first, starts_on=wave_day(1, days=8))
    assert told(remedy).verdict == "helped"
    type(third).objects.filter(id=third.id).update(
        opens_at=third.opens_at + dt.timedelta(days=400), closes_at=third.closes_at + dt.timedelta(days=400)
    )
    assert told(remedy).words.startswith("Too early to tell: no wave is scored yet")


def test_before_is_the_last_wave_that_closed_before_the_start_and_after_the_latest_of_the_year():
    """Marketing burns in wave 1 only: against it the remedy of after wave 2 would have helped."""
    _, second, _, fourth = waves(4, after=1)
    remedy = make_remedy(second)
    treated, found = expected(second, fourth, "Marketing", NAMES[2:])
    before, after = figures(second, "Marketing")[0], figures(fourth, "Marketing")[0]
    moved = moved_words(treated.points, *treated.interval)
    assert (found, told(remedy).verdict) == (None, "too early to tell")
    assert told(remedy).words.startswith(f"Index {before:.0f} → {after:.0f} ({moved}). Too few others stood alike")


def test_the_latest_wave_of_the_year_is_the_one_after():
    first, _, _, fourth = waves(4, after=1)
    treated, found = expected(first, fourth, "Marketing", NAMES[2:])
    words = told(make_remedy(first)).words
    assert f"({moved_words(treated.points, *treated.interval)})" in words
    assert f"own part is {moved_words(found.own, found.low, found.high)}:" in words


def test_divisions_are_no_departments_to_compare_with():
    """Their parts are there already: counted with them they would be twice as many."""
    for name in ("Stores", "Quality", "Finance"):
        department(name, department("Operations"))
    first, _, _ = waves(3, after=1)
    assert Score.objects.filter(group__snapshot__wave=first, group__kind="division").exists()
    assert "5 departments that stood alike" in told(make_remedy(first)).words


def test_a_hidden_index_is_compared_with_nothing():
    first, _, _ = waves(3, small=("Marketing",))
    remedy = make_remedy(first)
    why = "the index of Marketing is hidden in wave 1 to protect anonymity"
    assert told(remedy).words == f"Too early to tell: {why}."


def test_hidden_departments_never_influence_an_effect():
    """Of five others one is hidden, and four are too few: with its figure they would be enough."""
    first, _, _ = waves(3, after=1, small=("Service",))
    hidden = Score.objects.filter(group__name="Service", measure="index").values_list("status", flat=True)
    assert set(hidden) == {Status.HIDDEN}
    shown = waves(3, after=1, survey=make_survey("Another"))
    assert "5 departments that stood alike" in told(make_remedy(shown[0])).words
    assert "Too few others stood alike" in told(make_remedy(first)).words


def test_a_department_that_was_pooled_since_is_no_longer_the_same():
    first = waves(1)[0]
    remedy = make_remedy(first)
    other = {(department("Marketing"), department("Sales")): (80, spread(30, 1))}
    other |= {department(name): (40, spread(20, 3, seed=n)) for n, name in enumerate(NAMES[2:])}
    later = close_wave(first.survey, other, number=3)
    score(wave_id=later.id)
    assert told(remedy).words == "Too early to tell: Marketing was not counted by itself in wave 3."


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
    words = told(make_remedy(first)).words
    assert (f"{others} departments that stood alike" in words) if others >= 4 else ("Too few others" in words)


def test_a_remedy_of_the_whole_company_counts_for_who_gives_it():
    first, _, _ = waves(3, after=1)
    make_remedy(first, "Plant", None, code="show_your_work")
    remedy = make_remedy(first, code="show_your_work", second=None)
    assert [bool(one.effect) for one in selectors.remedy(remedy.id, within=None).sides] == [True, False]
    # Sales, Stores, Quality, Finance and Service are left; Plant has a remedy of its own.
    assert "5 departments that stood alike" in told(remedy).words


def test_a_leader_reads_the_verdict_that_hr_reads_on_the_own_side_and_no_other_name():
    first, _, _ = waves(3, after=1)
    remedy = make_remedy(first, reason="Because Sales burns.")
    own = frozenset(side(first, "Marketing").departments)
    row = selectors.remedy(remedy.id, within=own)
    assert [bool(one.effect) for one in row.sides] == [True, False]
    whole = selectors.remedy(remedy.id, within=None)
    assert row.sides[0].effect == whole.sides[0].effect
    assert row.sides[0].effect.verdict == "helped"
    assert "5 departments that stood alike" in row.sides[0].effect.words
    assert [name for name in NAMES if name in row.sides[0].effect.words] == []
    assert (row.reason, whole.reason) == ("", "Because Sales burns.")
    assert selectors.remedy(remedy.id, within=frozenset(side(first, "Plant").departments)) is None


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ((-8, -14, -2), "down 8, likely 2 to 14"),
        ((-3.2, -10, 4), "down 3, likely up 4 to down 10"),
        ((4, -1, 9), "up 4, likely down 1 to up 9"),
        ((0.2, -6, 6), "unchanged, likely down 6 to up 6"),
        ((-5,), "down 5"),
    ],
)
def test_the_words_of_a_change_go_in_its_direction(points, words):
    assert moved_words(*points) == words
