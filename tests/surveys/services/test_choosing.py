"""HR's choices of who is counted together: what is refused changes nothing, what is taken holds at the opening."""

import contextlib
import random

import pytest
from django.db import IntegrityError, transaction

from surveys.models import Collaboration, Department, Employee, PoolChoice
from surveys.selectors.grouping import choices_of
from surveys.selectors.wave_groups import groups_in_force, planned_groups
from surveys.services import choosing, scheduling
from tests.company import close, make_people, make_survey, open_next
from tests.threads import until_blocked

pytestmark = pytest.mark.django_db(transaction=True)

COMPANY = {"A": (None, 4), "B": (None, 9), "C": (None, 20), "D": (None, 30)}


@pytest.fixture
def departments():
    return make_people(COMPANY)


@pytest.fixture
def survey(departments):
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    return survey


def ids(names):
    return frozenset(Department.objects.filter(name__in=names).values_list("id", flat=True))


def choose(survey, one, *others):
    (department,) = ids([one])
    choosing.choose(wave_id=survey.waves.get(state="planned").id, department=department, others=ids(others))


def stored(survey):
    names = dict(Department.objects.values_list("id", "name"))
    return [{names[one] for one in choice.departments} for _, choice in choices_of(survey.id)]


def groups(wave):
    return {row.names: row.people for row in groups_in_force(wave)}


def preview(survey):
    return planned_groups(survey.waves.get(state="planned"))


def test_the_opening_makes_what_hr_chose_and_keeps_it_over_waves(survey, tmp_path):
    choose(survey, "A", "C")
    first = open_next(survey, tmp_path)
    assert groups(first) == {("A", "C"): 24, ("B",): 9, ("D",): 30}
    assert first.groups.get(name="A, C").reasons == ["Chosen by HR."]
    assert set(PoolChoice.objects.values_list("opened", flat=True)) == {True}
    close(first, tmp_path)
    assert groups(open_next(survey, tmp_path)) == {("A", "C"): 24, ("B",): 9, ("D",): 30}


def test_the_reasons_are_kept_with_the_group(survey, tmp_path):
    wave = open_next(survey, tmp_path)
    assert wave.groups.get(name="A, B").reasons == [
        "A has 4 people, fewer than 8: counted together with B, the smallest beside it."
    ]


@pytest.mark.parametrize(
    ("one", "others", "said"),
    [
        ("A", [], "A has 4 people; a group needs at least 8. Tick others to go with it."),
        ("C", [], "C is counted by itself as it is. Tick who joins it."),
        ("C", ["D"], "One of C and D rates the other, and they can be kept apart. Leave one of the two out."),
        ("A", ["Empty", "C"], "Nobody is asked in Empty. Leave it out."),
    ],
)
def test_a_refused_choice_says_why_and_changes_nothing(survey, departments, one, others, said):
    Department.objects.create(name="Empty")
    Collaboration.objects.create(department=departments["C"], counterpart=departments["D"])
    choose(survey, "A", "B")
    with pytest.raises(choosing.RefusedError) as refused:
        choose(survey, one, *others)
    assert (str(refused.value), stored(survey)) == (said, [{"A", "B"}])


def test_a_department_in_another_choice_is_refused_and_its_own_choice_replaced(survey):
    choose(survey, "A", "B")
    with pytest.raises(choosing.RefusedError, match=r"A belongs to another choice already \(A and B\)"):
        choose(survey, "C", "A")
    choose(survey, "A", "C")
    assert stored(survey) == [{"A", "C"}]


@pytest.fixture
def meanwhile(survey, monkeypatch):
    """While A and C are chosen together, somebody else chooses these; the other's result."""

    def meanwhile(*names):
        others, real = [], choosing._check

        def check_meanwhile(*arguments):
            if not others:
                others.append(until_blocked(lambda: choose(survey, *names)))
            real(*arguments)

        monkeypatch.setattr(choosing, "_check", check_meanwhile)
        choose(survey, "A", "C")
        return others[0].result

    return meanwhile


def test_of_two_choices_at_the_same_moment_none_is_lost_and_none_is_added_to_the_other(survey, meanwhile):
    meanwhile("B", "D")(timeout=30)
    assert stored(survey) == [{"A", "C"}, {"B", "D"}]


def test_of_two_choices_at_the_same_moment_that_contradict_each_other_the_later_is_refused(survey, meanwhile):
    other = meanwhile("B", "C")
    with pytest.raises(choosing.RefusedError, match="C belongs to another choice already"):
        other(timeout=30)
    assert stored(survey) == [{"A", "C"}]


def test_a_department_of_a_whole_audience_only_can_be_chosen(survey, departments):
    survey.audience.set([departments["A"], departments["B"]])
    with pytest.raises(choosing.RefusedError, match="Nobody is asked in C"):
        choose(survey, "A", "C")


def test_a_dropped_choice_gives_the_rules_their_way_again(survey, departments, tmp_path):
    choose(survey, "A", "C")
    wave_id, department = survey.waves.get().id, departments["C"].id
    assert [choosing.drop(wave_id=wave_id, department=department) for _ in range(2)] == [True, False]
    assert groups(open_next(survey, tmp_path)) == {("A", "B"): 13, ("C",): 20, ("D",): 30}


def test_once_a_wave_opens_nothing_is_chosen_for_it_any_more(survey, departments, tmp_path):
    wave = open_next(survey, tmp_path)
    for change in (
        lambda: choosing.choose(wave_id=wave.id, department=departments["A"].id, others=ids("C")),
        lambda: choosing.drop(wave_id=wave.id, department=departments["A"].id),
    ):
        with pytest.raises(choosing.FrozenError):
            change()
    assert (stored(survey), groups(wave)) == ([], {("A", "B"): 13, ("C",): 20, ("D",): 30})


def test_a_choice_that_shrank_falls_away_visibly_and_holds_again_when_it_can(survey):
    choose(survey, "A", "B")
    Employee.objects.filter(email__in=[f"b.{number}@example.com" for number in range(6)]).update(on_leave=True)
    (lost,) = preview(survey).lost
    assert (lost.names, lost.reason) == (
        "A and B",
        "A and B together have 7 people; a group needs at least 8.",
    )
    Employee.objects.update(on_leave=False)
    assert preview(survey).lost == ()
    assert [row.reasons for row in preview(survey).rows if len(row.names) > 1] == [("Chosen by HR.",)]


def test_a_choice_that_lost_all_but_one_department_falls_away_visibly(survey, tmp_path):
    choose(survey, "A", "B")
    Employee.objects.filter(department__name="A").update(active=False)
    (lost,) = preview(survey).lost
    assert lost.reason == "A has nobody to ask any more."
    assert groups(open_next(survey, tmp_path)) == {("B",): 9, ("C",): 20, ("D",): 30}
    assert set(PoolChoice.objects.values_list("opened", flat=True)) == {False}


def test_a_group_that_is_not_kept_because_of_counterparts_is_told(survey, departments, tmp_path):
    close(open_next(survey, tmp_path), tmp_path)
    Collaboration.objects.create(department=departments["B"], counterpart=departments["A"])
    scheduling.plan_next(survey=survey)
    assert preview(survey).notes == (
        "A and B were counted together in the last wave, but are not any more, because one rates the other.",
    )
    assert groups(open_next(survey, tmp_path)) == {("A", "C"): 24, ("B",): 9, ("D",): 30}


def test_no_department_can_be_in_two_choices_of_a_survey(survey, departments):
    choose(survey, "A", "B")
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolChoice.objects.create(survey=survey, department=departments["A"], pool=9)


@pytest.mark.parametrize("seed", range(4))
def test_the_preview_is_what_the_opening_makes(seed, tmp_path):
    """Over three waves of a company at random, whose people come and go and whose HR chooses."""
    chance = random.Random(seed)
    company = {"Top": (None, chance.choice([0, 3]))}
    for number in range(14):
        company[f"D{number:02}"] = (chance.choice([None, *company]), chance.randrange(14))
    departments = list(make_people(company).values())
    for _ in range(5):
        one, other = chance.sample(departments, 2)
        Collaboration.objects.get_or_create(department=one, counterpart=other)
    survey = make_survey()
    for _ in range(3):
        scheduling.plan_next(survey=survey)
        choose_at_random(survey, departments, chance)
        seen = preview(survey)
        wave = open_next(survey, tmp_path)
        made = [(row.names, row.people, row.reasons) for row in groups_in_force(wave)]
        assert made == [(row.names, row.people, row.reasons) for row in seen.rows]
        close(wave, tmp_path)
        for person in chance.sample(list(Employee.objects.all()), 12):
            Employee.objects.filter(pk=person.pk).update(on_leave=not person.on_leave)
    assert PoolChoice.objects.exists()


def choose_at_random(survey, departments, chance):
    for _ in range(12):
        one, *others = chance.sample(departments, chance.choice([1, 2, 3]))
        with contextlib.suppress(choosing.RefusedError):
            choose(survey, one.name, *(other.name for other in others))
