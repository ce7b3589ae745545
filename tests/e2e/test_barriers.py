"""The pages that the report leads to fit a phone and a desk, and have no barriers, in the dark and in the light."""

import pytest
from django.urls import reverse

from diagnostics.services.scoring import score
from surveys.services.auditing import record_audit
from tests.diagnostics.digests import message, staff
from tests.diagnostics.pair_waves import rated_company
from tests.diagnostics.remedied import make_remedy, side
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import make_survey
from tests.e2e.signing_in import sign_in
from tests.e2e.windows import DESKTOP, PHONE
from tests.surveys.audit_results import NOON, result

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paths():
    wave = rated_company(make_survey())
    score(wave_id=wave.id)
    remedy = make_remedy(wave)
    record_audit(result=result(), now=NOON)
    marketing, sales = (side(wave, name).key for name in ("Marketing", "Sales"))
    return [
        reverse("pair-report", args=[wave.id]),
        reverse("proposals-report", args=[wave.id, marketing, sales]),
        reverse("remedies"),
        reverse("remedy-new", args=[wave.id]),
        reverse("remedy", args=[remedy.id]),
        reverse("remedy-change", args=[remedy.id]),
        *map(reverse, ("people", "people-import", "audits", "anonymity", "stored")),
    ]


def test_the_pages_behind_the_report_are_accessible_and_fit(page, live_server, paths, inspect):
    windows = {"phone": (PHONE, "dark"), "desk": (DESKTOP, "light")}
    sign_in(page, live_server)
    found = {}
    for path in paths:
        assert page.goto(live_server.url + path).status == 200
        found[path] = inspect(page, windows)
    assert found == dict.fromkeys(paths, dict.fromkeys(windows, ([], 0)))


@pytest.mark.parametrize("width", [320, 360, 390, 1280])
def test_a_digest_is_no_wider_than_the_screen_it_is_read_on(page, sideways, width):
    leader = staff("all")
    scored(make_survey())
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(message(leader).get_body(("html",)).get_content(), wait_until="domcontentloaded")
    assert page.get_by_role("heading", name="All departments").is_visible()
    assert sideways(page) == 0
