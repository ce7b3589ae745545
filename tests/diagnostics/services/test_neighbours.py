"""Nothing follows of a few who came, went or moved since the last publication: the smallest group is suppressed."""

import random

import pytest

from diagnostics.models import PairScore, Score
from diagnostics.services import scoring
from diagnostics.services.neighbours import neighbour_waves
from surveys.ballot.sealing import Rating
from surveys.models import Department, Employee, ReportingGroup
from surveys.selectors import results
from tests.company import cast, close, make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)

COMPANY = {"Small": (None, 8), "Middle": (None, 12), "Large": (None, 20)}


@pytest.fixture
def survey(settings):
    # A new survey pools fewer than eight, which would hide what is looked for here.
    settings.POOL_BELOW = 5
    make_people(COMPANY)
    return make_survey()


def counted(survey, keys, seed=1):
    """A wave in which everybody answers; not scored."""
    wave, chance = open_next(survey, keys), random.Random(seed)
    for invitation in wave.invitations.select_related("wave"):
        cast(invitation, chance=chance)
    return close(wave, keys)


def run(survey, keys, seed=1):
    wave = counted(survey, keys, seed)
    scoring.score(wave_id=wave.id)
    return wave


def suppressed(wave, measure="index"):
    rows = Score.objects.filter(group__snapshot__wave=wave, measure=measure, status="suppressed")
    return sorted(rows.values_list("group__name", "reason"))


def leave(name):
    Employee.objects.filter(name=name).update(active=False)


def test_without_changes_all_is_published(survey, tmp_path):
    assert [suppressed(run(survey, tmp_path, seed)) for seed in (1, 2)] == [[], []]


def test_one_who_left_a_group_of_eight_hides_its_next_figures(survey, tmp_path):
    run(survey, tmp_path)
    leave("Small 0")
    second = run(survey, tmp_path, 2)
    # The middle one goes along, or the small one were the company less the others.
    for measure in ("index", "stagnation", "blame"):
        assert suppressed(second, measure) in ([], [("Middle", "protected"), ("Small", "protected")])
    assert suppressed(second) == [("Middle", "protected"), ("Small", "protected")]


@pytest.mark.parametrize("name", ["Middle 0", "Large 0"])
def test_one_who_left_a_larger_group_hides_nothing(survey, tmp_path, name):
    run(survey, tmp_path)
    leave(name)
    assert suppressed(run(survey, tmp_path, 2)) == []


def test_one_who_moved_hides_the_smaller_of_the_two_groups(survey, tmp_path):
    run(survey, tmp_path)
    Employee.objects.filter(name="Small 0").update(department=Department.objects.get(name="Large"))
    assert suppressed(run(survey, tmp_path, 2)) == [("Middle", "protected"), ("Small", "protected")]


def test_a_group_is_compared_with_its_last_publication_not_its_last_wave(survey, tmp_path):
    run(survey, tmp_path)
    leave("Small 0")
    assert len(suppressed(run(survey, tmp_path, 2))) == 2
    assert len(suppressed(run(survey, tmp_path, 3))) == 2


def test_a_wave_that_is_scored_late_is_compared_with_the_one_after_it(survey, tmp_path):
    first = counted(survey, tmp_path)
    other = make_survey(name="Other", first=first.opens_at.replace(month=4))
    leave("Small 0")
    later = run(other, tmp_path, 2)
    assert suppressed(later) == []
    scoring.score(wave_id=first.id)
    assert suppressed(first) == [("Middle", "protected"), ("Small", "protected")]


def test_a_wave_is_judged_again_where_another_one_was_published_meanwhile(survey, tmp_path, monkeypatch):
    first = counted(survey, tmp_path)
    other = make_survey(name="Other", first=first.opens_at.replace(month=4))
    leave("Small 0")
    later, judged, real = counted(other, tmp_path, 2), [], scoring.judge

    def judge_meanwhile(decoded, neighbours):
        judged.append((decoded.stored.wave.id, len(neighbours)))
        figures = real(decoded, neighbours)
        if len(judged) == 1:
            scoring.score(wave_id=later.id)
        return figures

    monkeypatch.setattr(scoring, "judge", judge_meanwhile)
    scoring.score(wave_id=first.id)
    assert judged == [(first.id, 0), (later.id, 0), (first.id, 1)]
    assert (suppressed(later), suppressed(first)) == ([], [("Middle", "protected"), ("Small", "protected")])


def test_other_surveys_of_the_same_people_count_too(survey, tmp_path):
    first = run(survey, tmp_path)
    leave("Small 0")
    other = make_survey(name="Other", first=first.opens_at.replace(month=4))
    assert suppressed(run(other, tmp_path, 2)) == [("Middle", "protected"), ("Small", "protected")]


def test_how_many_came_from_where_is_counted_at_the_opening(survey, tmp_path):
    first = run(survey, tmp_path)
    leave("Small 0")
    Employee.objects.filter(name="Small 1").update(department=Department.objects.get(name="Large"))
    second = run(survey, tmp_path, 2)
    names = dict(ReportingGroup.objects.values_list("id", "name"))
    found = {
        (names[before], names[after]): count
        for (before, after), count in results.moves_into(second.id)[first.id].items()
    }
    assert found == {("Small", "Small"): 6, ("Small", "Large"): 1, ("Middle", "Middle"): 12, ("Large", "Large"): 20}
    assert results.moves_out_of(first.id)[second.id] == results.moves_into(second.id)[first.id]
    (neighbour,) = neighbour_waves(second.id, results.final_groups(second.id))
    assert (neighbour.distance, sum(neighbour.moves.values()), sorted(neighbour.people)) == (1, 39, [8, 12, 20])
    assert sorted(neighbour.respondents("index")) == [8, 12, 20]


def rated(survey, keys, seed):
    """A wave in which the small and the large department rate the middle one; the directions that are suppressed."""
    middle, wave, chance = Department.objects.get(name="Middle"), open_next(survey, keys), random.Random(seed)
    for invitation in wave.invitations.select_related("wave", "employee"):
        given = Rating(middle.pk, bytes([0, *(chance.randrange(5) for _ in range(3))]))
        cast(invitation, chance=chance, ratings=[given] * (invitation.employee.department_id != middle.pk))
    close(wave, keys)
    scoring.score(wave_id=wave.id)
    rows = PairScore.objects.filter(rater__snapshot__wave=wave, rater_kind="group", status="suppressed")
    return list(rows.values_list("rater__name", "reason"))


def test_a_direction_of_a_changed_department_needs_ten_raters(survey, tmp_path):
    assert rated(survey, tmp_path, 1) == []
    leave("Small 0")
    leave("Large 0")
    # The large one goes along, or the small one were everybody less the large one.
    both = [("Large", "protected"), ("Small", "protected")]
    assert [sorted(rated(survey, tmp_path, seed)) for seed in (2, 3)] == [both, both]
