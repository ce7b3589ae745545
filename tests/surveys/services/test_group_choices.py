"""HR's choices of who reports together: a rejected one changes nothing, an accepted one is followed at opening."""

import contextlib
import random
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from surveys.grouping.reasons import GroupReason, GroupReasonCode, Nearness, Rejection, RejectionCode
from surveys.models import Collaboration, Department, Employee, PoolChoice
from surveys.selectors.group_inputs import chosen_pools
from surveys.selectors.groups import opened_groups, planned_groups
from surveys.services import group_choices, scheduling
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


def choose(survey, name, *others):
    (department,) = ids([name])
    group_choices.choose_group(wave_id=survey.waves.get(state="planned").id, department=department, others=ids(others))


def stored(survey):
    names = dict(Department.objects.values_list("id", "name"))
    return [{names[department] for department in choice.departments} for _, choice in chosen_pools(survey.id)]


def groups(wave):
    return {group.names: group.people for group in opened_groups(wave).groups}


def preview(survey):
    return planned_groups(survey.waves.get(state="planned"))


def joined(departments, small, people, other):
    return GroupReason(
        GroupReasonCode.JOINED,
        (departments[small].id,),
        others=(departments[other].id,),
        people=people,
        minimum=8,
        nearness=Nearness.BESIDE,
    )


def rejection_of(survey, name, *others):
    with pytest.raises(group_choices.RejectedChoiceError) as rejected:
        choose(survey, name, *others)
    return rejected.value.rejection


def test_the_opening_makes_what_hr_chose_and_keeps_it_over_waves(survey, tmp_path):
    choose(survey, "A", "C")
    first = open_next(survey, tmp_path)
    assert groups(first) == {("A", "C"): 24, ("B",): 9, ("D",): 30}
    assert first.groups.get(name="A, C").reasons == [{"code": "chosen"}]
    assert set(PoolChoice.objects.values_list("opened", flat=True)) == {True}
    close(first, tmp_path)
    assert groups(open_next(survey, tmp_path)) == {("A", "C"): 24, ("B",): 9, ("D",): 30}


def test_the_reasons_are_stored_with_the_group(survey, departments, tmp_path):
    wave = open_next(survey, tmp_path)
    assert wave.groups.get(name="A, B").reasons == [
        {
            "code": "joined",
            "departments": [departments["A"].id],
            "others": [departments["B"].id],
            "people": 4,
            "minimum": 8,
            "nearness": "beside",
        }
    ]
    (pool, *_) = opened_groups(wave).groups
    assert pool.reasons == (joined(departments, "A", 4, "B"),)


@pytest.mark.parametrize(
    ("chosen", "code", "about"),
    [
        (["A"], RejectionCode.TOO_FEW_PEOPLE, ["A"]),
        (["C"], RejectionCode.ALREADY_ALONE, ["C"]),
        (["C", "D"], RejectionCode.COUNTERPARTS_INSIDE, []),
        (["A", "Empty", "C"], RejectionCode.NOT_ASKED, ["Empty"]),
    ],
)
def test_a_rejected_choice_explains_why_and_changes_nothing(survey, departments, chosen, code, about):
    departments["Empty"] = Department.objects.create(name="Empty")
    Collaboration.objects.create(department=departments["C"], counterpart=departments["D"])
    choose(survey, "A", "B")
    rejection = rejection_of(survey, *chosen)
    assert (rejection.code, rejection.departments) == (code, tuple(departments[named].id for named in about))
    assert stored(survey) == [{"A", "B"}]


def test_a_department_of_another_choice_is_rejected_its_own_replaced(survey, departments):
    choose(survey, "A", "B")
    assert rejection_of(survey, "C", "A") == Rejection(
        RejectionCode.IN_ANOTHER_CHOICE,
        (departments["A"].id,),
        other_choice=tuple(sorted([departments["A"].id, departments["B"].id])),
    )
    choose(survey, "A", "C")
    assert stored(survey) == [{"A", "C"}]


@pytest.fixture
def meanwhile(survey, monkeypatch):
    """While A and C are chosen together, somebody else chooses these; the other's result."""

    def meanwhile(*names):
        others, real = [], group_choices.count_asked

        def count_meanwhile(*arguments):
            if not others:
                others.append(until_blocked(lambda: choose(survey, *names)))
            return real(*arguments)

        monkeypatch.setattr(group_choices, "count_asked", count_meanwhile)
        choose(survey, "A", "C")
        return others[0].result

    return meanwhile


def test_of_two_choices_at_one_moment_none_is_lost_or_added_to_the_other(survey, meanwhile):
    meanwhile("B", "D")(timeout=30)
    assert stored(survey) == [{"A", "C"}, {"B", "D"}]


def test_of_two_contradicting_choices_at_one_moment_the_later_is_rejected(survey, meanwhile):
    other = meanwhile("B", "C")
    with pytest.raises(group_choices.RejectedChoiceError) as rejected:
        other(timeout=30)
    assert rejected.value.rejection.code == RejectionCode.IN_ANOTHER_CHOICE
    assert stored(survey) == [{"A", "C"}]


def test_a_department_of_a_whole_audience_only_can_be_chosen(survey, departments):
    survey.audience.set([departments["A"], departments["B"]])
    assert rejection_of(survey, "A", "C") == Rejection(RejectionCode.NOT_ASKED, (departments["C"].id,))


def test_a_dropped_choice_gives_the_rules_their_way_again(survey, departments, tmp_path):
    choose(survey, "A", "C")
    wave_id, department = survey.waves.get().id, departments["C"].id
    assert [group_choices.drop_choice(wave_id=wave_id, department=department) for _ in range(2)] == [True, False]
    assert groups(open_next(survey, tmp_path)) == {("A", "B"): 13, ("C",): 20, ("D",): 30}


def test_once_a_wave_opens_nothing_is_chosen_for_it_any_more(survey, departments, tmp_path):
    wave = open_next(survey, tmp_path)
    for change in (
        lambda: group_choices.choose_group(wave_id=wave.id, department=departments["A"].id, others=ids("C")),
        lambda: group_choices.drop_choice(wave_id=wave.id, department=departments["A"].id),
    ):
        with pytest.raises(group_choices.NotPlannedError):
            change()
    assert (stored(survey), groups(wave)) == ([], {("A", "B"): 13, ("C",): 20, ("D",): 30})


def test_a_choice_that_shrank_is_rejected_until_it_has_grown_again(survey, departments):
    choose(survey, "A", "B")
    Employee.objects.filter(email__in=[f"b.{number}@example.com" for number in range(6)]).update(on_leave=True)
    (rejected,) = preview(survey).rejected
    both = tuple(sorted([departments["A"].id, departments["B"].id]))
    assert rejected.choice.departments == set(both)
    assert rejected.rejection == Rejection(RejectionCode.TOO_FEW_PEOPLE, both, people=7, minimum=8)
    Employee.objects.update(on_leave=False)
    assert preview(survey).rejected == ()
    pools = [group for group in preview(survey).groups if len(group.names) > 1]
    assert [pool.reasons for pool in pools] == [(GroupReason(GroupReasonCode.CHOSEN),)]


def test_a_choice_that_lost_all_but_one_department_is_rejected(survey, departments, tmp_path):
    choose(survey, "A", "B")
    Employee.objects.filter(department__name="A").update(active=False)
    (rejected,) = preview(survey).rejected
    assert rejected.rejection == Rejection(RejectionCode.WITHOUT_PEOPLE, (departments["A"].id,))
    assert groups(open_next(survey, tmp_path)) == {("B",): 9, ("C",): 20, ("D",): 30}
    assert set(PoolChoice.objects.values_list("opened", flat=True)) == {False}


def test_a_group_that_is_not_kept_because_of_counterparts_is_listed(survey, departments, tmp_path):
    close(open_next(survey, tmp_path), tmp_path)
    Collaboration.objects.create(department=departments["B"], counterpart=departments["A"])
    scheduling.plan_next(survey=survey)
    assert preview(survey).separated == (ids("AB"),)
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
        department, other = chance.sample(departments, 2)
        Collaboration.objects.get_or_create(department=department, counterpart=other)
    survey = make_survey()
    for _ in range(3):
        scheduling.plan_next(survey=survey)
        choose_at_random(survey, departments, chance)
        seen = preview(survey)
        wave = open_next(survey, tmp_path)
        assert [replace(group, target=None) for group in opened_groups(wave).groups] == [
            replace(group, smallest=min(department for department, _ in group.departments)) for group in seen.groups
        ]
        close(wave, tmp_path)
        for person in chance.sample(list(Employee.objects.all()), 12):
            Employee.objects.filter(pk=person.pk).update(on_leave=not person.on_leave)
    assert PoolChoice.objects.exists()


def choose_at_random(survey, departments, chance):
    for _ in range(12):
        department, *others = chance.sample(departments, chance.choice([1, 2, 3]))
        with contextlib.suppress(group_choices.RejectedChoiceError):
            choose(survey, department.name, *(other.name for other in others))
