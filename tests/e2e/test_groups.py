"""HR looks at the groups of the next wave and chooses others, on a phone and at a desk, without any script."""

import pytest
from django.urls import reverse

from surveys.models import Department
from surveys.services import scheduling
from tests.company import make_people, make_survey
from tests.e2e.signing_in import sign_in
from tests.e2e.windows import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wave():
    make_people({"Sales": (None, 20), "Marketing": (None, 9), "Legal": (None, 4), "Finance": (None, 12)})
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    return survey.waves.get()


def test_hr_chooses_without_any_script(browser, live_server, wave):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, live_server)
        page.get_by_role("link", name="Waves").click()
        page.get_by_role("link", name="Groups").click()
        page.get_by_role("link", name="Change the group of Legal, Marketing").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Reporting group of Legal"
        page.get_by_role("checkbox", name="Finance (12)").check()
        page.get_by_role("checkbox", name="Marketing (9)").uncheck()
        page.get_by_role("button", name="Report them together").click()
        chosen = (
            page.get_by_role("table", name="3 reporting groups").get_by_role("row").filter(has_text="Chosen by HR.")
        )
        assert chosen.get_by_role("rowheader").inner_text() == "Finance, Legal"


def test_both_pages_fit_and_have_no_barriers(page, live_server, wave, axe_violations, sideways):
    sign_in(page, live_server)
    legal = Department.objects.get(name="Legal").id
    for path in (reverse("wave", args=[wave.id]), reverse("wave-group-choice", args=[wave.id, legal])):
        page.goto(f"{live_server.url}{path}")
        for screen in (PHONE, DESKTOP):
            page.set_viewport_size(screen)
            assert (axe_violations(page), sideways(page)) == ([], 0)
