"""Two publications about the same time, read side by side, tell nobody's answers."""

import datetime as dt

import pytest

from surveys.models import Department, Employee
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.schedule import periods
from surveys.services import setting_up
from tests.adversary.two_waves import HOUR, Company, agreement, attempt
from tests.company import MONDAY, make_survey
from tests.tiers import long_form

pytestmark = pytest.mark.django_db(transaction=True)

FIFTEEN = dict.fromkeys(("North", "South", "West"), (None, 0)) | {
    f"{division} {letter}": (division, 9) for division in ("North", "South", "West") for letter in "ABCDE"
}
BESIDE_A_SMALL_ONE = {f"Division {number}": (None, 0) for number in range(15)} | {
    f"{size} {number}": (f"Division {number}", people)
    for number in range(15)
    for size, people in (("Large", 9), ("Small", 3))
}


def first_of_each(company):
    """The target of each department: somebody on leave in one of the two waves."""
    seen = {}
    for email, name in sorted(company.department_of.items()):
        seen.setdefault(name, email)
    return sorted(seen.values())


def on_leave(emails, leave):
    Employee.objects.filter(email__in=emails).update(on_leave=leave)


def one_on_leave(keys):
    """Two surveys an hour apart, with one person of each department on leave between them."""
    company = Company(keys, FIFTEEN)
    targets = first_of_each(company)
    company.run(make_survey(name="First"))
    on_leave(targets, True)
    attempt(company.run, make_survey(name="Second"), MONDAY + HOUR)
    return company, beside_their_department(company, targets)


def back_from_leave(keys):
    company = Company(keys, FIFTEEN)
    targets = first_of_each(company)
    on_leave(targets, True)
    company.run(make_survey(name="First"))
    on_leave(targets, False)
    attempt(company.run, make_survey(name="Second"), MONDAY + HOUR)
    return company, beside_their_department(company, targets)


def one_survey_twice_a_day(keys):
    company, survey = Company(keys, FIFTEEN), make_survey()
    targets = first_of_each(company)
    company.run(survey)
    on_leave(targets, True)
    attempt(company.run, survey, MONDAY + HOUR)
    return company, beside_their_department(company, targets)


def with_and_without_a_pooled_department(keys):
    """Audiences {large, small} and {large}: the small one has three people and is pooled with the large one."""
    company = Company(keys, BESIDE_A_SMALL_ONE)
    company.run(make_survey(name="Both"))
    alone = make_survey(name="Large alone")
    alone.audience.set(Department.objects.filter(name__startswith="Large"))
    attempt(company.run, alone, MONDAY + HOUR)
    return company, pooled(company)


def late_change_of_audience(keys):
    """The second survey is planned for the same hour, with another audience until the first one has opened."""
    company = Company(keys, BESIDE_A_SMALL_ONE)
    second = make_survey(name="Second")
    setting_up.set_up(survey=second, audience=Department.objects.filter(name="Small 0"))
    company.run(make_survey(name="First"))
    setting_up.set_up(survey=second, audience=Department.objects.filter(name__startswith="Large"))
    attempt(company.run, second, planned=True)
    return company, pooled(company)


def imported_beside_an_own_one(keys):
    company = Company(keys, FIFTEEN)
    targets = first_of_each(company)
    company.run(make_survey(name="Own"))
    attempt(company.take_in, make_survey(name="Past"), MONDAY.date() + dt.timedelta(days=10), without=targets)
    return company, beside_their_department(company, targets)


def own_one_beside_an_imported(keys):
    company = Company(keys, FIFTEEN)
    targets = first_of_each(company)
    company.take_in(make_survey(name="Past"), MONDAY.date() - dt.timedelta(days=1), without=targets)
    attempt(company.run, make_survey(name="Own"))
    return company, beside_their_department(company, targets)


def beside_their_department(company, targets):
    """Each target, and the others of the same department."""
    return [({email}, company.people_of(company.department_of[email]) - {email}) for email in targets]


def pooled(company):
    """The people of each small department, and those of the large one that they are pooled with."""
    return [(company.people_of(f"Small {number}"), company.people_of(f"Large {number}")) for number in range(15)]


SCENARIOS = (
    one_on_leave,
    back_from_leave,
    one_survey_twice_a_day,
    with_and_without_a_pooled_department,
    late_change_of_audience,
    imported_beside_an_own_one,
    own_one_beside_an_imported,
)
# One of each kind of target.
SHORT = (one_on_leave, with_and_without_a_pooled_department)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_two_publications_single_out_no_person(scenario, tmp_path):
    company, targets = scenario(tmp_path)
    assert company.publications
    assert agreement(company, targets) ** 2 <= 1 / MIN_GROUP_SIZE


@pytest.mark.parametrize(
    "scenario",
    [scenario if scenario in SHORT else pytest.param(scenario, marks=long_form) for scenario in SCENARIOS],
)
def test_without_the_rule_each_person_is_singled_out(scenario, tmp_path, monkeypatch):
    """Negative control: the same attacker, where two waves may ask the same people at any time."""
    monkeypatch.setattr(periods, "least_days_apart", lambda _period, _other: 0)
    company, targets = scenario(tmp_path)
    found = agreement(company, targets)
    print(f"\n{scenario.__name__}: r = {found:.3f} over {len(targets)} people and five signs")
    assert found > 0.95
