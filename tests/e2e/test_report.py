"""HR signs in and reads the report in a real browser, on a phone and at a desk, in the light and in the dark."""

import pytest

from diagnostics.services.scoring import score
from tests.diagnostics.waves import company, make_survey
from tests.e2e.signing_in import sign_in
from tests.e2e.windows import DESKTOP, PHONE

# A day that no other survey's wave is near to.
FAR_AHEAD = "2099-09-07"
# A4 upright within its margins, in the browser's pixels.
SHEET = {"width": 718, "height": 1045}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waves():
    survey = make_survey()
    made = [company(survey, number=number) for number in (1, 2)]
    for wave in made:
        score(wave_id=wave.id)
    return made


@pytest.fixture
def complaints(page):
    """What the browser says about the pages: a refused style or picture would be here."""
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    return messages


def test_hr_goes_from_the_company_to_a_department_and_back_in_time(page, live_server, waves, complaints):
    sign_in(page, live_server)
    assert page.get_by_role("heading", level=1).inner_text().startswith("Marketing")
    page.get_by_role("table", name="Departments").get_by_role("link", name="Marketing").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Marketing"
    assert page.locator("svg.figure-trend").first.is_visible()
    page.get_by_text("Other waves").click()
    page.get_by_role("link", name="Wave 1").click()
    assert str(waves[0].id) in page.url
    assert page.get_by_role("heading", level=1).inner_text() == "Marketing"
    page.get_by_text("Hr", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("heading", name="Sign in").is_visible()
    assert complaints == []


@pytest.mark.usefixtures("waves")
def test_every_page_is_accessible_and_fits_phone_and_desk_light_and_dark(page, live_server, inspect, complaints):
    windows = {
        f"{name}, {scheme}": (size, scheme)
        for name, size in (("phone", PHONE), ("desk", DESKTOP))
        for scheme in ("light", "dark")
    }
    page.goto(f"{live_server.url}/login/")
    found = {"/login/": inspect(page, windows)}
    sign_in(page, live_server)
    marketing = page.get_by_role("link", name="Marketing").first.get_attribute("href")
    method = marketing.rsplit("/", 2)[0] + "/method/"
    for path in ("/", marketing, method, "/waves/", "/surveys/", "/surveys/new/", "/password/", "/no/such/page/"):
        page.goto(live_server.url + path)
        found[path] = inspect(page, windows)
    assert found == dict.fromkeys(found, dict.fromkeys(windows, ([], 0)))
    assert [message for message in complaints if "404" not in message] == []


@pytest.mark.usefixtures("waves")
def test_a_phone_keeps_the_table_a_table(page, live_server):
    page.set_viewport_size(PHONE)
    sign_in(page, live_server)
    table = page.get_by_role("table", name="Departments")
    row = table.get_by_role("row").filter(has=page.get_by_role("link", name="Marketing"))
    assert row.get_by_role("cell").count() == 5
    assert "At risk" in row.inner_text()


@pytest.mark.usefixtures("waves")
def test_where_the_heat_map_goes_on_beyond_the_edge_a_line_shows_it(page, live_server):
    """On a phone its visible columns end where the screen does, and nothing else shows that there are more."""
    sign_in(page, live_server)
    for size, beyond in ((PHONE, True), (DESKTOP, False)):
        page.set_viewport_size(size)
        heat_map = page.locator(".scroll").first
        assert heat_map.evaluate("element => element.scrollWidth > element.clientWidth") == beyond
        assert page.locator(".swipe-hint").is_visible() == beyond


@pytest.mark.usefixtures("waves")
def test_on_paper_every_column_of_the_heat_map_is_on_the_page(page, live_server):
    """Columns beyond the edge of a sheet cannot be scrolled to."""
    sign_in(page, live_server)
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    edges = page.locator("table.heat th, table.heat td").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().right)"
    )
    assert len(edges) > 30
    assert max(edges) <= SHEET["width"]
    boxes = page.locator(".scroll").evaluate_all("parts => parts.map(part => getComputedStyle(part).overflowX)")
    assert set(boxes) == {"visible"}


@pytest.mark.usefixtures("waves")
def test_a_survey_is_set_up_by_keyboard(page, live_server):
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/surveys/new/")
    page.get_by_label("Name").fill("Second pulse")
    page.get_by_label("First opens on").fill(FAR_AHEAD)
    page.get_by_label("First opens on").press("Enter")
    assert page.get_by_text("“Second pulse” is saved.").is_visible()
