"""HR reads comments in a real browser and hides one, on a phone and at a desk, in the light and in the dark."""

import pytest
from django.urls import reverse

from surveys.models import Comment
from tests.e2e.signing_in import sign_in
from tests.e2e.windows import DESKTOP, SMALL_PHONE
from tests.surveys.commented_waves import commented_wave, divisions, withhold

pytestmark = pytest.mark.django_db(transaction=True)

WINDOWS = {
    f"{name}, {scheme}": (size, scheme)
    for name, size in (("small phone", SMALL_PHONE), ("desktop", DESKTOP))
    for scheme in ("light", "dark")
}


@pytest.fixture
def wave():
    tops, below = divisions("Commercial", "Operations and Logistics")
    texts = ["Sales promises dates that nobody can keep.", "long" * 60, "Лифт сломан."]
    made = commented_wave(tops, below, [(name, text) for name in tops for text in texts])
    withhold(made, tops["Commercial"], 2)
    return made


def test_hr_finds_a_comment_and_hides_it(page, live_server, wave):
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("comments-report", args=[wave.id]))
    page.get_by_label("Search in comments").fill("ЛИФТ")
    page.get_by_role("button", name="Search").click()
    assert page.locator("blockquote").all_inner_texts() == ["Лифт сломан."] * 2
    page.get_by_role("link", name="Operations and Logistics").click()
    assert page.locator("blockquote").count() == 1
    page.get_by_role("link", name="Hide…").click()
    page.get_by_label("Which law does it break?").select_option("insult")
    page.get_by_label("Why").fill("Made up.")
    page.get_by_role("button", name="Hide comment").click()
    assert page.locator("blockquote").count() == 5
    assert Comment.objects.get(hidden=True).division.name == "Operations and Logistics"


def test_both_pages_are_accessible_and_fit_phone_and_desk(page, live_server, wave, inspect):
    sign_in(page, live_server)
    comment = Comment.objects.order_by("id").first()
    for address in (("comments-report", [wave.id]), ("comment-hiding-report", [wave.id, comment.id])):
        page.goto(live_server.url + reverse(address[0], args=address[1]))
        assert inspect(page, WINDOWS) == dict.fromkeys(WINDOWS, ([], 0))
