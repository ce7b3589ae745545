"""HR sees the reporting groups before a wave opens, and chooses others; those of an open wave are fixed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.grouping.reasons import GroupReasonCode, Rejection, RejectionCode
from surveys.grouping.wording import advise, explain_rejection
from surveys.models import Department, Employee, PoolChoice, ReportingGroup, Wave
from surveys.services import scheduling
from tests import factories
from tests.company import make_people, make_survey, open_next
from tests.staff import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def departments():
    return make_people({"A": (None, 4), "B": (None, 9), "C": (None, 20)})


@pytest.fixture
def wave(departments):
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    return survey.waves.get()


def page_of(wave):
    return reverse("wave", args=[wave.id])


def choice_page(wave, department, name="wave-group-choice"):
    return reverse(name, args=[wave.id, department.id])


def rows(reply):
    return [(group.names, group.people, [reason.code for reason in group.reasons]) for group in reply.context["page"]]


def test_the_page_shows_every_group_with_people_and_reason(hr, wave):
    reply = hr.get(page_of(wave))
    assert rows(reply) == [(("A", "B"), 13, [GroupReasonCode.JOINED]), (("C",), 20, [])]
    (_, (sentence,)), (_, none) = reply.context["lines"]
    assert none == []
    for shown in ("2 reporting groups", sentence, "Large enough by itself.", "2 March 2026, 09:00"):
        assert shown in reply.text
    wave.refresh_from_db()
    assert (wave.state, ReportingGroup.objects.count(), PoolChoice.objects.count()) == ("planned", 0, 0)


def test_the_lists_of_surveys_and_waves_lead_there(hr, wave):
    assert [page_of(wave) in hr.get(reverse(name)).text for name in ("surveys", "waves")] == [True, True]


def test_each_department_and_each_group_lead_to_a_choice(hr, wave, departments):
    text = hr.get(page_of(wave)).text
    assert [text.count(f'href="{choice_page(wave, departments[name])}"') for name in "ABC"] == [2, 1, 2]


def test_hr_chooses_by_ticking_and_reads_the_result(hr, wave, departments):
    form = hr.get(choice_page(wave, departments["A"])).context["form"]
    assert form["others"].field.choices == [(departments["B"].id, "B (9)"), (departments["C"].id, "C (20)")]
    assert form["others"].value() == [departments["B"].id]
    reply = hr.post(choice_page(wave, departments["A"]), {"others": [departments["C"].id]}, follow=True)
    assert rows(reply) == [(("A", "C"), 24, [GroupReasonCode.CHOSEN]), (("B",), 9, [])]
    (message,) = reply.context["messages"]
    assert message.level_tag == "success"
    assert "from wave 1 on" in str(message)


def test_a_rejected_choice_is_explained_at_its_place_with_the_ticks_kept(hr, wave, departments):
    reply = hr.post(choice_page(wave, departments["A"]), {})
    rejection = Rejection(RejectionCode.TOO_FEW_PEOPLE, (departments["A"].id,), people=4, minimum=8)
    shown = f"{explain_rejection(rejection, {departments['A'].id: 'A'})} {advise(rejection)}"
    assert (reply.status_code, reply.context["form"].errors) == (422, {"others": [shown]})
    assert shown in reply.text
    assert "Nothing is changed yet" in reply.text
    unknown = hr.post(choice_page(wave, departments["A"]), {"others": ["999999"]})
    codes = {
        name: [error.code for error in errors] for name, errors in unknown.context["form"].errors.as_data().items()
    }
    assert codes == {"others": ["invalid_choice"]}
    assert not PoolChoice.objects.exists()


def test_a_choice_is_dropped_by_a_button_on_both_pages(hr, wave, departments):
    drop = choice_page(wave, departments["A"], "wave-drop-choice")
    hr.post(choice_page(wave, departments["A"]), {"others": [departments["B"].id]})
    assert drop in hr.get(choice_page(wave, departments["A"])).text
    Employee.objects.filter(department=departments["A"]).update(active=False)
    reply = hr.get(page_of(wave))
    (rejected,) = reply.context["rejected"]
    assert f"A and B</strong>, as chosen by HR: <span>{rejected.explanation}" in reply.text
    assert drop in reply.text
    assert hr.get(drop).status_code == 405
    hr.post(drop)
    assert not PoolChoice.objects.exists()


def test_an_open_wave_shows_the_groups_in_force_and_takes_no_change(hr, wave, departments, tmp_path):
    wave = open_next(wave.survey, tmp_path)
    Employee.objects.filter(department=departments["A"]).update(active=False)
    reply = hr.get(page_of(wave))
    assert [names for names, _, _ in rows(reply)] == [("A", "B"), ("C",)]
    assert "cannot be changed" in reply.text
    assert "<form" not in reply.text.partition("<main")[2].partition("</main>")[0]
    for answer in (
        hr.get(choice_page(wave, departments["A"])),
        hr.post(choice_page(wave, departments["A"]), {"others": [departments["C"].id]}),
        hr.post(choice_page(wave, departments["A"], "wave-drop-choice")),
    ):
        assert answer["Location"] == reverse("waves")
    assert "Nothing was changed." in hr.get(reverse("waves")).text
    assert not PoolChoice.objects.exists()


def test_a_wave_planned_again_or_counted_leads_on(hr, wave):
    url = page_of(wave)
    Wave.objects.filter(id=wave.id).update(state="closed")
    assert hr.get(url)["Location"] == reverse("wave-report", args=[wave.id])
    Wave.objects.all().delete()
    assert hr.get(url)["Location"] == reverse("waves")


def test_too_few_people_for_any_wave_are_announced_beforehand(hr, wave):
    Employee.objects.exclude(email="a.0@example.com").update(on_leave=True)
    assert "The survey reaches 1 person; at least 5 are needed" in hr.get(page_of(wave)).text


def test_only_hr_looks_and_chooses(client, wave, departments):
    for role in ("leader", "auditor"):
        client.force_login(make_staff(role))
        answers = [
            client.get(page_of(wave)),
            client.post(choice_page(wave, departments["A"]), {"others": [departments["C"].id]}),
            client.post(choice_page(wave, departments["A"], "wave-drop-choice")),
        ]
        assert [answer.status_code for answer in answers] == [403, 403, 403]


def large(count):
    top = Department.objects.create(name="Top")
    made = [Department(name=f"Team {number:04}", parent=top) for number in range(count)]
    Department.objects.bulk_create(made)
    Employee.objects.bulk_create(
        Employee(email=f"p{number}@example.com", name="P", department=made[number % count])
        for number in range(count * 6)
    )


@pytest.mark.parametrize("count", [60, 1000])
def test_a_long_list_is_paged_searched_and_read_in_as_many_queries(hr, count):
    large(count)
    survey = factories.make_survey()
    wave = factories.make_wave("planned", survey=survey, public_key=None, instrument=None)
    with CaptureQueriesContext(connection) as queries:
        reply = hr.get(page_of(wave))
    assert len(queries) == 21
    assert (len(reply.context["groups"]), len(reply.context["page"])) == (count // 2, min(count // 2, 50))
    assert len(reply.content) < 100_000
    found = hr.get(page_of(wave), {"q": "team 0031"})
    assert [names for names, _, _ in rows(found)] == [("Team 0030", "Team 0031")]
    with CaptureQueriesContext(connection) as queries:
        hr.get(reverse("wave-group-choice", args=[wave.id, Department.objects.get(name="Team 0031").id]))
    assert len(queries) == 12
