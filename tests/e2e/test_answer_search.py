"""Another department than those listed, by touch without script and by keyboard alone."""

import pytest

from surveys.ballot.sealing import Rating
from surveys.models import Department, Employee, SealedBallot
from surveys.rules.limits import MISSING
from tests.e2e.windows import DESKTOP, SMALL_PHONE
from tests.factories import make_department, make_employee, make_invitation, only_ballot
from tests.stored_pages import address_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(live_server):
    """Of somebody in a company of 63 other departments."""

    def link(language="en"):
        studio = make_department("Studio")
        made = [make_department(name, studio) for name in ("Press", "Events")]
        made += Department.objects.bulk_create(Department(name=f"Plant {number}") for number in range(60))
        made.append(make_department("Finance"))
        Employee.objects.bulk_create(
            Employee(email=f"{found.id}@example.com", name="Sam", department=found) for found in made
        )
        asked = make_employee(department=make_department("Design", studio), language=language)
        return live_server.url + address_of(make_invitation(employee=asked))

    return link


def test_by_touch_without_script(browser, link):
    context = browser.new_context(viewport=SMALL_PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)
    page = context.new_page()
    address = link()
    page.goto(address)
    page.get_by_role("group", name="Meetings 1?").get_by_text("Often").tap()
    page.get_by_label("Is there anything else you want to say?").fill("Fewer forms, please.")
    page.get_by_role("button", name="Choose another department").tap()
    page.get_by_label("Name of the department").fill("finan")
    page.get_by_role("button", name="Search").tap()
    page.get_by_role("status").get_by_text("Finance").wait_for()
    assert (page.url, SealedBallot.objects.count()) == (address, 0)
    second = page.get_by_role("group", name="Department 2 of 3")
    second.get_by_label("Which department?").select_option("Finance")
    second.get_by_text("There was no need").tap()
    page.get_by_role("button", name="Send my answers").tap()
    page.get_by_role("heading", name="Thank you").wait_for()
    sent = only_ballot()
    assert (sent.answers[0], sent.comment) == (3, "Fewer forms, please.")
    assert sent.ratings == (Rating(make_department("Finance").id, bytes([2, MISSING, MISSING])),)
    context.close()


@pytest.mark.parametrize("look", [("en", "light", SMALL_PHONE), ("ru", "dark", DESKTOP)], ids=lambda look: look[0])
def test_by_keyboard_and_without_faults(page, link, axe_violations, sideways, look):
    language, scheme, size = look
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(link(language))
    page.locator("[name=another]").press("Enter")
    page.locator("#id_search:focus").wait_for()
    assert (axe_violations(page), sideways(page)) == ([], 0)
    page.keyboard.type("plant 5")
    page.keyboard.press("Enter")
    page.locator("#found:focus").wait_for()
    assert page.locator("#found li").count() == 15
    assert (axe_violations(page), sideways(page)) == ([], 0)
    assert SealedBallot.objects.count() == 0
