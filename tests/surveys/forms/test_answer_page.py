"""What is put together for a link is what the form would be, and it is stored before anybody looks."""

import datetime as dt

import pytest

from surveys.models import AnswerPage, AnswerPageGroup, Collaboration, Employee, Invitation, OfferedCounterparts, Wave
from surveys.services.purging import purge_invitations
from tests.company import cast, close, make_people, make_survey, open_next
from tests.factories import (
    make_department,
    make_employee,
    make_group,
    make_invitation,
    make_questionnaire,
    make_wave,
    token_of,
)
from tests.stored_pages import address_of, store_page

pytestmark = pytest.mark.django_db

TABLES = (AnswerPage, AnswerPageGroup, OfferedCounterparts)
NAMES = ("Legal", "Marketing", "R&D <east>", "Sales")


def stored():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def assembled_and_rendered(client, invitation):
    """The same page from what is stored and, when that is gone, from the form."""
    address = address_of(invitation)
    assembled = client.get(address)
    AnswerPage.objects.all().delete()
    rendered = client.get(address)
    assert [reply.status_code for reply in (assembled, rendered)] == [200, 200]
    assert assembled["Content-Language"] == rendered["Content-Language"]
    return assembled.text, rendered.text


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("others", [0, 1, 2, 4])
def test_it_is_the_page_that_the_form_makes(client, language, others):
    for name in NAMES[:others]:
        make_employee(f"one.{name}", make_department(name))
    assembled, rendered = assembled_and_rendered(client, make_invitation(employee=make_employee(language=language)))
    assert assembled == rendered
    assert assembled.count("<select") == min(others, 3)


@pytest.mark.parametrize(
    "changes",
    [{"languages": ["en"]}, {"counterparts": None}, {"pick_one": None}],
    ids=["languages", "counterparts", "pick_one"],
)
def test_so_it_is_for_other_questionnaires(client, changes):
    make_employee("sam", make_department("Sales"))
    wave = make_wave(questionnaire=make_questionnaire(**changes))
    assembled, rendered = assembled_and_rendered(client, make_invitation(wave, make_employee(language="ru")))
    assert assembled == rendered


@pytest.mark.parametrize("language", ["en", "ru"])
def test_in_a_pooled_group_each_department_has_its_own_choice(client, language):
    pool = [make_department(name) for name in ("Design", "Legal", "Press")]
    sales = make_department("Sales")
    make_employee("sam", sales)
    Collaboration.objects.create(department=pool[0], counterpart=sales)
    wave = make_wave()
    group = make_group(wave, pool)
    invitations = [
        make_invitation(wave, make_employee(f"one.{department}", department, language=language), group)
        for department in pool
    ]
    store_page(wave)
    pages = [client.get(f"/a/{token_of(invitation)}").text for invitation in invitations]
    AnswerPage.objects.all().delete()
    assert pages == [client.get(f"/a/{token_of(invitation)}").text for invitation in invitations]
    assert len(set(pages)) == 3


def test_a_page_that_differs_would_be_found(client):
    make_employee("sam", make_department("Sales"))
    invitation = make_invitation()
    store_page(invitation.wave)
    OfferedCounterparts.objects.update(suggested=[])
    page = client.get(f"/a/{token_of(invitation)}").text
    OfferedCounterparts.objects.all().delete()
    assert client.get(f"/a/{token_of(invitation)}").text != page


def test_what_may_change_while_the_wave_is_open_is_not_stored(client, settings):
    invitation = make_invitation()
    store_page(invitation.wave)
    settings.ORGANISATION, settings.KEY_APART, settings.TIME_ZONE = "R&D <Ltd>", not settings.KEY_APART, "Asia/Tokyo"
    Wave.objects.update(closes_at=dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC))
    text = client.get(f"/a/{token_of(invitation)}").text
    assert "R&amp;D &lt;Ltd&gt; asks how" in text
    assert "<footer>R&amp;D &lt;Ltd&gt;</footer>" in text
    assert "You can answer until 12 March 2026, 18:00 (JST)." in text
    assert text.count('data-key="apart"' if settings.KEY_APART else 'data-key="one-server"') == 2


def test_marks_in_a_text_are_no_marks(client):
    wave = make_wave()
    wave.survey.name = "Pulse \x1fstyle\x1f"
    wave.survey.save()
    assert "<h1>Pulse style</h1>" in client.get(address_of(make_invitation(wave))).text


def test_departments_are_those_of_the_opening(client):
    sales, legal = make_department("Sales"), make_department("Legal")
    for department in (sales, legal):
        make_employee(f"one.{department}", department)
    address = address_of(make_invitation())
    Employee.objects.filter(department=sales).update(active=False)
    make_employee("new", make_department("Press"))
    page = client.get(address).text
    assert [name in page for name in (">Sales<", ">Legal<", ">Press<")] == [True, True, False]
    rated = {"about_1-department": make_department("Press").id, "about_1-contact": "0"}
    assert client.post(address, rated).status_code == 422
    assert client.post(address, rated | {"about_1-department": sales.id}).status_code == 200


@pytest.mark.parametrize("moved", ["erased", "elsewhere"])
def test_for_whom_nothing_is_stored_the_form_is_built(client, moved):
    make_employee("sam", make_department("Sales"))
    invitation = make_invitation()
    store_page(invitation.wave)
    if moved == "erased":
        invitation.employee.delete()
    else:
        Employee.objects.filter(id=invitation.employee_id).update(department=make_department("Press"))
    text = client.get(f"/a/{token_of(invitation)}").text
    assert "Meetings 1?" in text
    assert ">Sales<" in text


@pytest.mark.parametrize("groups", [1, 12])
def test_statements_do_not_grow_with_the_groups(django_assert_num_queries, groups):
    wave = make_wave()
    for number in range(groups):
        pool = [make_department(f"{name} {number}") for name in ("East", "West")]
        make_employee(f"one.{number}", pool[0])
        make_group(wave, pool)
    # Whether it is there; departments, who works with whom, their rows; one of these, names, groups. In each language
    # the page and all of its groups.
    with django_assert_num_queries(7 + 2 * 2):
        store_page(wave)
    assert AnswerPageGroup.objects.count() == 2 * groups


@pytest.mark.django_db(transaction=True)
def test_opening_stores_every_language_and_answers_change_nothing(tmp_path, settings):
    make_people()
    wave = open_next(make_survey(), tmp_path)
    groups = wave.groups.count()
    before = stored()
    assert [len(rows) for rows in before] == [len(settings.LANGUAGES), groups * len(settings.LANGUAGES), 4]
    for invitation in Invitation.objects.filter(employee__department__name="Sales").select_related("wave"):
        cast(invitation)
    assert stored() == before
    written = repr(before)
    people = Employee.objects.values_list("name", "email")
    assert [person for person in people if person[0] in written or person[1] in written] == []
    close(wave, tmp_path)
    purge_invitations(wave_id=wave.id)
    assert stored() == [[], [], []]
