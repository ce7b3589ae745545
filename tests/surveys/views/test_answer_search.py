"""In a company of many departments the page lists the nearest, and a search brings the others: by POST, with nothing
stored.
"""

import re

import pytest

from surveys.ballot.sealing import Rating
from surveys.models import Collaboration, Department, Employee, Invitation, SealedBallot
from surveys.rules.limits import FOUND_COUNTERPARTS, LISTED_COUNTERPARTS
from tests.factories import make_department, make_invitation, only_ballot
from tests.stored_pages import address_of

pytestmark = pytest.mark.django_db

BUTTON = 'name="another"'


def people(departments):
    return (Employee(email=f"{found.id}@example.com", name="Sam", department=found) for found in departments)


@pytest.fixture
def invitation():
    """Of Design, below Studio with Press and Events, in a company of 64 other departments; it works with Quality."""
    made = Department.objects.bulk_create(Department(name=f"Plant {number}") for number in range(59))
    studio = make_department("Studio")
    for name in ("Design", "Press", "Events"):
        make_department(name, studio)
    made += [make_department(name) for name in ("Press", "Events", "Quality", "Отдел продаж", "Finance <north>")]
    Employee.objects.bulk_create(people(made))
    Collaboration.objects.create(department=make_department("Design"), counterpart=make_department("Quality"))
    return make_invitation()


@pytest.fixture
def address(invitation):
    return address_of(invitation)


@pytest.fixture
def search(client, address):
    return lambda text="", **entered: client.post(address, {"another": "1", "search": text} | entered)


def lists(text):
    """The names of the departments in each list, and the one that is chosen."""
    selects = re.findall(r"<select.*?</select>", text, re.DOTALL)
    return [(re.findall(r">([^<]+)</option>", each)[1:], re.findall(r"selected>([^<]+)<", each)) for each in selects]


def test_the_page_lists_mapped_and_neighbouring_departments(client, address):
    page = client.get(address).text
    names = ["Events", "Press", "Quality"]
    assert [listed for listed, _ in lists(page)] == [names] * 3
    assert lists(page)[0][1] == ["Quality"]
    assert page.count(BUTTON) == 1


@pytest.mark.parametrize("others", [LISTED_COUNTERPARTS, LISTED_COUNTERPARTS + 1])
def test_a_page_that_lists_all_has_no_search(client, others):
    made = Department.objects.bulk_create(Department(name=f"Plant {number}") for number in range(others))
    Employee.objects.bulk_create(people(made))
    page = client.get(address_of(make_invitation())).text
    assert (BUTTON in page) == (others > LISTED_COUNTERPARTS)
    assert len(lists(page)[0][0]) == LISTED_COUNTERPARTS


@pytest.mark.parametrize("text", ["", "plant 7", "nothing of that name"])
def test_everything_is_kept_and_nothing_is_stored(search, client, address, text):
    press = make_department("Press").id
    entered = {
        "item_meetings_1": "3",
        "item_meetings_2": "9",
        "comment": "Kept & <safe>" * 100,
        "about_2-department": press,
        "about_2-contact": "0",
        "about_2-item_about_results": "m0",
    }
    reply = search(text, **entered)
    assert reply.status_code == 200
    assert re.findall(r'id="(\S+)" value="\S+" checked', reply.text) == [
        "id_item_meetings_1_3",
        "id_about_2-contact_0",
        "id_about_2-item_about_results_5",
    ]
    assert "Kept &amp; &lt;safe&gt;" * 100 + "</textarea>" in reply.text
    assert lists(reply.text)[1][1] == ["Press"]
    assert [word in reply.text for word in ('role="alert"', "invalid-feedback", "is-invalid")] == [False] * 3
    assert f'value="{text}"' in reply.text
    assert (SealedBallot.objects.count(), Invitation.objects.get().answered) == (0, False)


def test_what_is_found_can_be_chosen_in_every_list_and_sent(search, client, address):
    reply = search("NORTH finance")
    assert [listed[0] for listed, _ in lists(reply.text)] == ["Finance &lt;north&gt;"] * 3
    found = make_department("Finance <north>").id
    chosen = {"about_3-department": found, "about_3-contact": "0"}
    again = search("продаж", **chosen)
    assert lists(again.text)[2][1] == ["Finance &lt;north&gt;"]
    assert [listed[0] for listed, _ in lists(again.text)] == ["Отдел продаж"] * 3
    refused = client.post(address, chosen | {"item_meetings_1": "9"})
    assert (refused.status_code, lists(refused.text)[2][1]) == (422, ["Finance &lt;north&gt;"])
    assert client.post(address, chosen).status_code == 200
    assert only_ballot().ratings == (Rating(found, bytes([0, 255, 255])),)


@pytest.mark.parametrize("name", ["Design", "Studio"])
def test_ones_own_department_and_one_without_people_are_not_found(search, client, address, name):
    assert [listed for listed, _ in lists(search(name).text)] == [["Events", "Press", "Quality"]] * 3
    rated = {"about_1-department": make_department(name).id, "about_1-contact": "0"}
    assert client.post(address, rated).status_code == 422


def test_no_more_are_shown_than_fit(search):
    assert len(lists(search("plant").text)[0][0]) == FOUND_COUNTERPARTS + 3
    assert len(lists(search("plant 5").text)[0][0]) == 14 + 3


def test_an_address_cannot_search(client, address):
    assert client.get(address, {"another": "1", "search": "plant"}).text == client.get(address).text


def test_a_link_that_was_used_cannot_search(search):
    Invitation.objects.update(answered=True)
    assert search("plant").status_code == 409


def test_who_was_erased_from_the_roster_searches_too(client, invitation):
    invitation.employee.delete()
    address = address_of(invitation)
    page = client.get(address).text
    assert ([listed for listed, _ in lists(page)], page.count(BUTTON)) == ([[]] * 3, 1)
    reply = client.post(address, {"another": "1", "search": "design"})
    assert lists(reply.text)[0][0] == []
