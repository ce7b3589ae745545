"""How much work an answer makes, counted, not timed: it must not grow with the company."""

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.forms.forms import BaseForm
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

from surveys.ballot.sealing import Rating
from surveys.models import Department, Employee, Invitation, SealedBallot
from surveys.rules.limits import LISTED_COUNTERPARTS
from tests.factories import make_department, make_employee, make_invitation, only_ballot, token_of
from tests.stored_pages import address_of, store_page

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[10, 600])
def company(request):
    """So many departments, and two people of another who are invited."""
    names = (f"Department {number}" for number in range(request.param))
    departments = Department.objects.bulk_create(Department(name=name) for name in names)
    people = (
        Employee(email=f"{department.id}@example.com", name=department.name, department=department)
        for department in departments
    )
    Employee.objects.bulk_create(people)
    first = make_invitation(employee=make_employee("ada"))
    make_invitation(first.wave, make_employee("ben"), first.group)
    store_page(first.wave)
    return departments


@pytest.fixture
def forms_built(monkeypatch):
    built = []
    real = BaseForm.__init__

    def build(form, *arguments, **fields):
        built.append(type(form).__name__)
        real(form, *arguments, **fields)

    monkeypatch.setattr(BaseForm, "__init__", build)
    return built


def statements(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"].split()[0] for query in captured if query["sql"].split()[0] in ("SELECT", "UPDATE", "INSERT")]


def test_an_answer_builds_no_form_and_takes_few_statements(client, company, forms_built):
    rating = {"about_1-department": company[-1].id, "about_1-contact": "0"}
    invitations = Invitation.objects.order_by("employee__name")
    without_rating, with_rating = (f"/a/{token_of(invitation)}" for invitation in invitations)
    first = statements(lambda: client.post(without_rating, {"item_meetings_1": "0"}))
    second = statements(lambda: client.post(with_rating, {"item_meetings_1": "0"} | rating))
    # The wave's questions are read once a process, the departments only where one is named, again if it is not listed.
    looks = 1 + (len(company) > LISTED_COUNTERPARTS)
    assert first == ["SELECT", "SELECT", "UPDATE", "SELECT", "INSERT"]
    assert second == ["SELECT", *looks * ["SELECT"], "UPDATE", "SELECT", "INSERT"]
    assert (SealedBallot.objects.count(), forms_built) == (2, [])


def test_an_answer_makes_no_instance_of_a_model_but_its_box(client, company):
    rating = {"about_1-department": company[-1].id, "about_1-contact": "0"}
    address = address_of(Invitation.objects.first())
    made = []

    def note(sender, **_kwargs):
        made.append(sender)

    post_init.connect(note)
    assert client.post(address, {"item_meetings_1": "0"} | rating).status_code == 200
    post_init.disconnect(note)
    assert made == [SealedBallot]


def test_a_form_is_built_to_show_what_is_wrong(client, company, forms_built):
    invitation = Invitation.objects.first()
    assert client.post(f"/a/{token_of(invitation)}", {"item_meetings_1": "9"}).status_code == 422
    assert forms_built == ["AnswerForm", *3 * ["CounterpartForm"]]


def test_what_the_reader_cannot_read_but_the_form_can_is_taken(client, monkeypatch):
    monkeypatch.setattr("surveys.forms.ballot_reader.BallotReader.read", lambda *_: None)
    sales = make_department("Sales")
    make_employee("one", sales)
    rated = {"about_1-department": sales.id, "about_1-contact": "1"}
    assert client.post(f"/a/{token_of(make_invitation())}", rated).status_code == 200
    assert only_ballot().ratings == (Rating(sales.id, bytes([1, 255, 255])),)


def test_a_page_takes_one_statement_and_builds_no_form(client, company, forms_built):
    address = address_of(Invitation.objects.first())
    forms_built.clear()
    rendered = []
    template_rendered.connect(lambda **_: rendered.append(1), weak=False, dispatch_uid="counting")
    reads = statements(lambda: client.get(address))
    template_rendered.disconnect(dispatch_uid="counting")
    assert (reads, len(rendered), forms_built) == (["SELECT"], 1, [])
