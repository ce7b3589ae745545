"""The answer page in a real browser: on a phone, by touch and by keyboard, with nothing but the page itself."""

import pytest

from surveys.ballot.sealing import Rating
from surveys.choices import WaveState
from surveys.models import Collaboration, Invitation, SealedBallot
from surveys.rules.limits import MISSING
from tests.e2e.windows import DESKTOP, PHONE, SMALL_PHONE
from tests.factories import (
    make_department,
    make_employee,
    make_invitation,
    make_wave,
    only_ballot,
)
from tests.stored_pages import address_of

NO_FAULTS = ([], 0)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def company():
    """Design works with Sales, then Marketing; Finance can be chosen."""
    design = make_department("Design")
    for rank, name in enumerate(("Sales", "Marketing", "Finance"), start=1):
        make_employee(f"one.{name}", make_department(name))
        if name != "Finance":
            Collaboration.objects.create(department=design, counterpart=make_department(name), rank=rank)


@pytest.fixture
def link(live_server):
    return lambda invitation: f"{live_server.url}{address_of(invitation)}"


@pytest.fixture
def phone(browser):
    """A phone that runs no script, and the addresses that it asked for."""
    context = browser.new_context(viewport=SMALL_PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)
    page = context.new_page()
    page.requested = []
    page.on("request", lambda request: page.requested.append(request.url))
    yield page
    context.close()


@pytest.fixture
def faults(axe_violations, sideways):
    """What axe finds on the page with all of it unfolded, and how many pixels it is too wide."""

    def found(page):
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        return axe_violations(page), sideways(page)

    return found


def test_answering_by_touch_without_script_cookie_or_foreign_request(phone, live_server, link):
    address = link(make_invitation())
    phone.goto(address)
    assert SealedBallot.objects.count() == 0
    phone.get_by_role("group", name="Meetings 1?").get_by_text("Often").tap()
    phone.get_by_role("group", name="Results 1?").get_by_text("Can't judge").tap()
    second = phone.get_by_role("group", name="Department 2 of 3")
    second.get_by_label("Which department?").select_option("Finance")
    second.get_by_text("We worked together").tap()
    second.get_by_role("group", name="About meetings?").get_by_text("Never").tap()
    phone.get_by_label("Is there anything else you want to say?").fill("Fewer forms, please.")
    phone.get_by_role("button", name="Send my answers").tap()
    phone.get_by_role("heading", name="Thank you").wait_for()
    sent = only_ballot()
    assert sent.answers == bytes([3, MISSING, MISSING, MISSING])
    assert sent.ratings == (Rating(make_department("Finance").id, bytes([0, 0, MISSING])),)
    assert sent.comment == "Fewer forms, please."
    phone.goto(address)
    assert phone.get_by_role("heading", level=1).inner_text() == "Already answered"
    assert phone.context.cookies() == []
    assert {url.split("/")[2] for url in phone.requested} == {live_server.url.split("/")[2]}
    paths = {"/".join(url.split("/")[3:]) for url in phone.requested}
    assert paths - {"static/surveys/answer.css", "static/surveys/favicon.svg"} == {address.split("/", 3)[3]}


def test_answering_by_keyboard_alone(page, link):
    page.set_viewport_size(PHONE)
    page.goto(link(make_invitation()))
    for _ in range(3):  # the promise, the first question, the second
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    outline = "getComputedStyle(document.activeElement.closest('label')).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.get_by_label("Is there anything else you want to say?").focus()
    page.keyboard.type("Typed")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you").wait_for()
    assert (only_ballot().answers, only_ballot().comment) == (bytes([MISSING, 1, MISSING, MISSING]), "Typed")


def test_an_error_leads_to_its_question_and_keeps_the_rest(page, link):
    page.goto(link(make_invitation()))
    page.get_by_role("group", name="Department 1 of 3").get_by_label("Which department?").select_option("Finance")
    page.get_by_role("button", name="Send my answers").click()
    summary = page.get_by_role("alert")
    summary.wait_for()
    assert page.title().startswith("Please check")
    assert summary.evaluate("alert => document.activeElement === alert")
    assert page.get_by_label("Which department?").first.input_value() == str(make_department("Finance").id)
    listed = summary.inner_text()
    summary.get_by_role("link", name="Meetings 1?").click()
    assert page.evaluate("document.activeElement.id") == "id_item_meetings_1_0"
    described = page.get_by_role("group", name="Meetings 1?").get_attribute("aria-describedby")
    error = page.locator(f"#{described}").inner_text().strip()
    assert error
    assert f"Meetings 1? {error}" in " ".join(listed.split())
    assert Invitation.objects.get().answered is False


def test_questions_about_joint_work_show_after_joint_work_only(page, link):
    page.goto(link(make_invitation()))
    first = page.get_by_role("group", name="Department 1 of 3")
    about = first.get_by_role("group", name="About meetings?", include_hidden=True)
    assert not about.is_visible()
    first.get_by_text("We worked together").click()
    assert about.is_visible()
    first.get_by_text("There was no need").click()
    assert not about.is_visible()
    page.emulate_media(media="print")
    assert about.is_visible()


def test_every_target_is_large_enough_to_touch(page, link):
    page.set_viewport_size(SMALL_PHONE)
    page.goto(link(make_invitation()))
    targets = page.locator("label.option, select, textarea, button, summary").all()
    boxes = [target.bounding_box() for target in targets if target.is_visible()]
    assert len(boxes) > 30
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


@pytest.mark.parametrize("look", [("en", "light"), ("ru", "dark")], ids=" ".join)
@pytest.mark.parametrize("size", [SMALL_PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_has_no_faults_in_any_of_its_states(page, link, faults, size, look):
    language, scheme = look
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(link(make_invitation(employee=make_employee(language=language))))
    assert faults(page) == NO_FAULTS
    page.get_by_role("button").click()
    page.get_by_role("alert").wait_for()
    assert faults(page) == NO_FAULTS
    page.locator("#id_pick_one_0").check()
    page.get_by_role("button").click()
    page.locator("form").wait_for(state="detached")
    assert faults(page) == NO_FAULTS


@pytest.mark.parametrize(
    ("state", "answered"), [(WaveState.OPEN, True), (WaveState.OPENING, False), (WaveState.CLOSED, False)]
)
def test_friendly_pages_have_no_faults(page, link, faults, state, answered):
    page.goto(link(make_invitation(make_wave(state), answered=answered)))
    assert faults(page) == NO_FAULTS


@pytest.mark.parametrize("path", ["/a/unknown", "/anonymity/", "/anonymity/stored/"])
def test_pages_for_everybody_have_no_faults(page, live_server, faults, path):
    page.goto(live_server.url + path)
    assert faults(page) == NO_FAULTS


def test_at_200_percent_zoom_nothing_is_cut_off(browser, link, sideways):
    """Zoom halves the width in CSS pixels and doubles each of them."""
    context = browser.new_context(viewport={"width": 320, "height": 360}, device_scale_factor=2)
    page = context.new_page()
    page.goto(link(make_invitation()))
    assert sideways(page) == 0
    cut = "all => all.filter(element => element.scrollWidth > element.clientWidth).map(element => element.outerHTML)"
    assert page.eval_on_selector_all("label.option, legend, p, h1, h2, button", cut) == []
    context.close()


def test_right_to_left_mirrors_the_page(page, link, sideways):
    page.set_viewport_size(SMALL_PHONE)
    page.goto(link(make_invitation()))
    page.evaluate("document.documentElement.dir = 'rtl'")
    radio, text = page.locator(".option").first.evaluate(
        "option => { const range = document.createRange(); range.selectNode(option.lastChild);"
        " return [option.firstChild.getBoundingClientRect().x, range.getBoundingClientRect().x]; }"
    )
    assert radio > text
    assert sideways(page) == 0
