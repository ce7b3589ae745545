"""The page People: the tree, the list, and who may see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import Employee
from tests.factories import make_department, make_employee

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(reverse("people")).status_code == 302


def company(size):
    commercial = make_department("Commercial")
    sales = make_department("Sales", commercial)
    for number in range(size):
        make_employee(f"Person{number:03}", sales if number % 2 else commercial, site="Old Mill")
    return sales


def test_people_are_shown_a_hundred_a_page(hr):
    company(101)
    first, second = (hr.get(reverse("people"), {"page": page}) for page in (1, 2))
    assert [len(page.context["page"]) for page in (first, second)] == [100, 1]
    assert "Page 1 of 2" in first.text
    assert "Person100" not in first.text
    assert "Person100" in second.text


def shown(response):
    return [person.name for person in response.context["page"]]


def test_people_are_found_by_name_address_site_and_department(hr):
    sales = company(4)
    make_employee("zoe", make_department("Legal"), site="Harbour")
    Employee.objects.filter(name="zoe").update(name="Зоя Орлова")
    make_employee("Gone", sales, active=False)
    url = reverse("people")
    assert shown(hr.get(url, {"q": "harb"})) == ["Зоя Орлова"]
    assert shown(hr.get(url, {"q": "зоя орлова"})) == ["Зоя Орлова"]
    assert shown(hr.get(url, {"q": "ZOE@"})) == ["Зоя Орлова"]
    assert shown(hr.get(url, {"department": sales.id})) == ["Person001", "Person003"]
    assert shown(hr.get(url, {"department": sales.id, "q": "3"})) == ["Person003"]
    assert len(shown(hr.get(url, {"department": sales.parent_id}))) == 4
    assert shown(hr.get(url, {"q": "Gone"})) == []
    assert len(shown(hr.get(url, {"department": "x", "page": "y"}))) == 5


def test_the_tree_shows_headcounts(hr):
    company(5)
    tree = hr.get(reverse("people")).context["tree"]
    assert [(node.name, node.depth, node.people, node.total) for node in tree] == [
        ("Commercial", 0, 3, 5),
        ("Sales", 1, 2, 2),
    ]


def test_the_page_asks_as_much_of_the_database_for_many_as_for_few(hr):
    counts = []
    for size in (1, 3):
        Employee.objects.all().delete()
        company(size)
        for number in range(size):
            make_employee(f"Other{number}", make_department(f"Other {number}"))
        with CaptureQueriesContext(connection) as queries:
            hr.get(reverse("people"))
        counts.append(len(queries))
    assert counts == [5, 5]


def test_an_empty_roster_leads_to_the_import(hr):
    page = hr.get(reverse("people"))
    assert page.context["total"] == 0
    upload = reverse("people-import")
    assert f'href="{upload}"' in page.text
