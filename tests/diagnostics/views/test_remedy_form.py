"""Planning a remedy: what the form begins with, and what it and the database refuse."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from diagnostics.models import Remedy
from diagnostics.report import selectors
from diagnostics.views import remedies
from surveys.models import Collaboration, StaffUser
from tests.diagnostics.remedied import make_remedy, wave_day, waves
from tests.diagnostics.report_pages import department_page, key_of, text
from tests.diagnostics.waves import department
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return waves(1)[0]


def answers(wave, **changes):
    """A form that is filled in well."""
    return {
        "code": "joint_meeting",
        "title": "Monday meeting",
        "first": key_of(wave, "Marketing"),
        "second": key_of(wave, "Sales"),
        "first_owner_name": "Ada Head",
        "second_owner_name": "Ben Head",
        "second_owner_email": "ben@example.com",
        "starts_on": "2026-02-02",
        "state": "planned",
        "steps": "Every Monday at nine.",
    } | changes


def send(client, wave, **changes):
    return client.post(reverse("remedy-new", args=[wave.id]), answers(wave, **changes))


def test_a_remedy_is_planned_with_an_owner_in_both_departments(hr, wave):
    reply = send(hr, wave)
    remedy = Remedy.objects.get()
    assert reply.headers["Location"] == reverse("remedy", args=[remedy.id])
    assert (remedy.first_key, remedy.first_departments) == (key_of(wave, "Marketing"), [department("Marketing").id])
    assert (remedy.second_name, remedy.survey, remedy.state) == ("Sales", wave.survey, "planned")
    page = text(hr.get(reverse("remedy", args=[remedy.id])))
    assert "Ada Head" in page
    assert "Ben Head ben@example.com" in page
    assert 'class="muted not-started"' in hr.get(reverse("remedy", args=[remedy.id])).content.decode()


def test_the_form_begins_with_what_was_proposed(hr, wave):
    row = next(group for group in selectors.report(wave.id, within=None).groups if group.name == "Marketing")
    page = department_page(hr, wave, "Marketing")
    proposal = page.context["page"].proposals[0]
    link = f"{reverse('remedy-new', args=[wave.id])}?first={row.key}&amp;code={proposal.remedy.code}"
    assert link in page.content.decode()
    form = hr.get(link.replace("&amp;", "&")).context["form"]
    assert form["reason"].value() == proposal.reason
    assert form["title"].value() == proposal.remedy.title
    assert form["first"].value() == row.key
    assert all(step in form["steps"].value() for step in proposal.remedy.steps)


def test_a_pair_is_proposed_what_both_need_and_planned_together(hr, wave):
    Collaboration.objects.create(department=department("Marketing"), counterpart=department("Sales"))
    first, second = key_of(wave, "Marketing"), key_of(wave, "Sales")
    link = reverse("proposals-report", args=[wave.id, first, second])
    assert link in department_page(hr, wave, "Marketing").content.decode()
    reply = hr.get(link)
    proposal = reply.context["page"].proposals[0]
    assert proposal.reason in text(reply).replace("&#x27;", "'")
    query = f"?first={first}&second={second}&code={proposal.remedy.code}"
    form = hr.get(reverse("remedy-new", args=[wave.id]) + query).context["form"]
    assert (form["second"].value(), form["reason"].value()) == (second, proposal.reason)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"second_owner_name": "", "second_owner_email": ""}, "second_owner", "Each department needs an owner."),
        ({"first_owner_name": ""}, "first_owner", "Each department needs an owner."),
        ({"second_owner_name": ""}, "second_owner_name", "Whose email is it?"),
        ({"second": "first"}, "second", "people in common"),
        ({"first": "nobody"}, "first", "nobody"),
        ({"starts_on": ""}, "starts_on", "This field is required."),
        ({"ends_on": "2026-02-01"}, "ends_on", "cannot end before it starts"),
        ({"state": "done"}, "ends_on", "Enter when it ended"),
        (
            {"code": "shared_kpis", "state": "running", "conditions_met": ["0", "2"]},
            "state",
            "all its conditions are met",
        ),
        ({"code": "magic"}, "code", "magic"),
    ],
)
def test_what_does_not_fit_is_shown_beside_its_field_and_changes_nothing(hr, wave, changes, field, words):
    if changes.get("second") == "first":
        changes = {"second": key_of(wave, "Marketing")}
    reply = send(hr, wave, **changes)
    assert reply.status_code == 200
    assert list(reply.context["form"].errors) == [field]
    assert words in str(reply.context["form"].errors[field])
    assert 'data-errors="1"' in reply.content.decode()
    assert not Remedy.objects.exists()


def test_a_form_that_comes_back_asks_for_owners_of_the_chosen_departments(hr, wave):
    page = text(send(hr, wave, starts_on="soon"))
    assert "Owner in Marketing" in page
    assert "Owner in Sales" in page
    assert "Owner in the second department" in text(send(hr, wave, second="no-such-key"))


def test_a_member_of_staff_or_a_name_but_not_both(hr, wave):
    leader = make_staff("leader")
    reply = send(hr, wave, first_owner=leader.id)
    assert "Not both" in str(reply.context["form"].errors["first_owner"])
    send(hr, wave, first_owner=leader.id, first_owner_name="")
    assert Remedy.objects.get().first_owner == leader


def test_the_whole_company_needs_no_owner_and_shared_figures_wait(hr, wave):
    send(hr, wave, code="show_your_work", title="", second="company", second_owner_name="", second_owner_email="")
    assert (Remedy.objects.get().title, Remedy.objects.get().second_key) == ("Show your work", "company")
    send(hr, wave, code="shared_kpis", state="running", conditions_met=["0", "1", "2", "3"])
    assert Remedy.objects.get(code="shared_kpis").conditions_met == [0, 1, 2, 3]


def test_the_same_remedy_is_planned_once_whichever_side_comes_first(hr, wave):
    send(hr, wave)
    turned = send(hr, wave, first=key_of(wave, "Sales"), second=key_of(wave, "Marketing"))
    assert "already planned or running" in str(turned.context["form"].errors["code"])
    Remedy.objects.update(state="dropped")
    assert send(hr, wave).status_code == 302
    dropped = Remedy.objects.get(state="dropped")
    again = hr.post(reverse("remedy-change", args=[dropped.id]), answers(wave, state="running"))
    assert "already planned or running" in str(again.context["form"].errors["state"])


def test_what_the_table_refuses_after_the_check_is_shown_and_no_error(hr, wave, monkeypatch):
    """Somebody else was quicker: between the form's check and the saving the same remedy was planned."""
    real = remedies.save_remedy

    def save_second(*, remedy):
        make_remedy(wave, "Sales", "Marketing")
        real(remedy=remedy)

    monkeypatch.setattr(remedies, "save_remedy", save_second)
    reply = send(hr, wave)
    assert (reply.status_code, list(reply.context["form"].errors)) == (200, ["__all__"])
    assert "planned or running" in reply.content.decode()
    assert [remedy.first_name for remedy in Remedy.objects.all()] == ["Sales"]


def test_hr_changes_a_remedy_but_not_what_its_effect_rests_on(hr, wave):
    remedy = make_remedy(wave)
    changed = answers(wave, title="Tuesday meeting", state="done", ends_on="2026-06-01", first=key_of(wave, "Plant"))
    assert hr.post(reverse("remedy-change", args=[remedy.id]), changed).status_code == 302
    remedy.refresh_from_db()
    assert (remedy.title, remedy.state, remedy.first_name) == ("Tuesday meeting", "done", "Marketing")


def test_the_database_refuses_what_the_form_would(wave):
    remedy = make_remedy(wave)
    for change in (
        {"first_owner_name": ""},
        {"second_owner_name": ""},
        {"first_owner": StaffUser.objects.create(email="a@example.com", name="A", role="hr")},
        {"second_key": remedy.first_key},
        {"first_key": "company"},
        {"ends_on": wave_day(1)},
        {"state": "done"},
        {"state": "begun"},
        {"code": "magic"},
        {"title": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Remedy.objects.filter(id=remedy.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_remedy(wave)
