"""Opening freezes the questionnaire, the groups and the roster, once."""

import pytest

from surveys.ballot import keys, sealing, tokens
from surveys.choices import MailKind, WaveState
from surveys.models import Collaboration, Employee, Invitation, Mail, ReportingGroup, Wave
from surveys.roster.tree import group_key
from surveys.schedule.obstacles import Obstacle, ObstacleCode
from surveys.services import opening, scheduling
from tests.company import close, make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)


def groups(wave):
    return dict(wave.groups.values_list("name", "people"))


def test_opening_invites_everybody_once_and_seals_the_key_away(tmp_path, settings):
    make_people()
    wave = open_next(make_survey(), tmp_path)
    assert wave.state == WaveState.OPEN
    assert sealing.public_of(keys.load(tmp_path, wave.id, bytes(wave.public_key))) == bytes(wave.public_key)
    assert Invitation.objects.filter(wave=wave).count() == Employee.objects.count() == 44
    invitation = Invitation.objects.first()
    derived = tokens.derive(settings.LINK_KEY, invitation.id)
    assert bytes(invitation.token_hash) == tokens.fingerprint(derived)
    mails = set(Mail.objects.filter(kind=MailKind.INVITATION).values_list("key", "employee_id"))
    assert mails == {(str(pk), employee) for pk, employee in Invitation.objects.values_list("id", "employee_id")}


def test_a_small_department_is_pooled_with_its_parents_own_people(tmp_path):
    departments = make_people()
    wave = open_next(make_survey(), tmp_path)
    assert groups(wave) == {"Marketing": 12, "Sales": 20, "Finance, Legal": 12}
    pooled = wave.groups.get(name="Finance, Legal")
    finance, legal = departments["Finance"], departments["Legal"]
    assert (pooled.key, pooled.parent, pooled.division) == (group_key([finance.id, legal.id]), finance, finance)
    assert wave.groups.get(name="Sales").division == departments["Commercial"]


def test_a_department_whose_last_child_was_dissolved_is_a_leaf_again(tmp_path):
    make_people()
    Employee.objects.filter(department__name="Legal").update(active=False)
    finance = open_next(make_survey(), tmp_path).groups.get(name="Finance")
    assert (finance.people, finance.parent) == (9, None)


def test_people_on_leave_and_those_who_left_are_not_asked(tmp_path):
    make_people()
    Employee.objects.filter(email="sales.0@example.com").update(on_leave=True)
    Employee.objects.filter(email="sales.1@example.com").update(active=False)
    assert groups(open_next(make_survey(), tmp_path))["Sales"] == 18


def test_an_audience_reaches_the_departments_below_it(tmp_path):
    departments = make_people()
    survey = make_survey()
    survey.audience.add(departments["Commercial"])
    assert groups(open_next(survey, tmp_path)) == {"Marketing": 12, "Sales": 20}


def test_mapped_counterparts_are_not_pooled(tmp_path):
    departments = make_people({"A": (None, 4), "B": (None, 9), "C": (None, 20)})
    Collaboration.objects.create(department=departments["A"], counterpart=departments["B"])
    assert groups(open_next(make_survey(), tmp_path)) == {"B": 9, "A, C": 24}


def test_a_pool_is_kept_over_waves_until_it_falls_under_six(tmp_path):
    make_people({"A": (None, 7), "B": (None, 2), "C": (None, 20)})
    survey = make_survey()
    assert groups(close(open_next(survey, tmp_path), tmp_path)) == {"A, B": 9, "C": 20}
    Employee.objects.filter(department__name="A", email__in=["a.0@example.com", "a.1@example.com"]).update(active=False)
    assert groups(close(open_next(survey, tmp_path), tmp_path)) == {"A, B": 7, "C": 20}
    Employee.objects.filter(department__name="B").update(active=False)
    assert groups(open_next(survey, tmp_path)) == {"A, C": 25}


def test_too_few_people_leave_the_wave_planned_and_say_what_to_do(tmp_path):
    make_people({"A": (None, 4)})
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    with pytest.raises(opening.CannotOpenError) as raised:
        opening.open_wave(wave_id=survey.waves.get().id, key_directory=tmp_path)
    assert raised.value.obstacle == Obstacle(ObstacleCode.TOO_FEW_PEOPLE, people=4, needed=5)
    assert survey.waves.get().state == WaveState.PLANNED
    assert (list(tmp_path.iterdir()), ReportingGroup.objects.count()) == ([], 0)


def test_opening_twice_opens_once(tmp_path):
    make_people()
    wave = open_next(make_survey(), tmp_path)
    assert opening.open_wave(wave_id=wave.id, key_directory=tmp_path) is False
    assert Invitation.objects.count() == 44


def test_a_crash_after_the_key_was_made_goes_on_with_that_key(tmp_path, monkeypatch):
    make_people()
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    wave_id = survey.waves.get().id

    class CrashError(Exception):
        pass

    def crash(**_arguments):
        raise CrashError

    with monkeypatch.context() as patch, pytest.raises(CrashError):
        patch.setattr(opening, "invite", crash)
        opening.open_wave(wave_id=wave_id, key_directory=tmp_path)
    assert (Wave.objects.get().state, Invitation.objects.count()) == (WaveState.OPENING, 0)
    left = (tmp_path / f"{wave_id}.key").read_bytes()
    assert opening.open_wave(wave_id=wave_id, key_directory=tmp_path) is True
    assert bytes(Wave.objects.get().public_key) == sealing.public_of(left)


def test_each_wave_asks_the_ten_core_items_and_four_in_turn(tmp_path):
    make_people()
    survey = make_survey()
    asked = []
    for _ in range(3):
        items = open_next(survey, tmp_path).questionnaire["items"]
        asked.append([item["scale"] for item in items])
        close(survey.waves.get(state="open"), tmp_path)
    assert [len(scales) for scales in asked] == [14, 14, 14]
    assert len({scale for scales in asked for scale in scales}) == 16


def test_a_pool_of_departments_with_the_longest_names_still_has_a_name(tmp_path):
    names = [f"{letter} {'office ' * 20}"[:120] for letter in "ABCDEFGH"]
    make_people(dict.fromkeys(names, (None, 1)))
    group = open_next(make_survey(), tmp_path).groups.get()
    assert group.people == 8
    assert (len(group.name), group.name[-1]) == (500, "…")
