"""What pages say of a wave that was held elsewhere: nothing that nobody knows, and nothing that was not asked."""

import pytest

from diagnostics import selectors
from surveys.services import instruments
from tests.company import make_survey
from tests.diagnostics.test_views import department_page, text
from tests.staff import make_staff
from tests.surveys.instrument_documents import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    client.force_login(make_staff("hr"))
    return client


# All but two of Sales see lost work, all but two of Legal see none.
CORE = [
    f"{name},{option if number > 1 else 3 - option},{3 - option},1"
    for name, option in (("Sales", 2), ("Legal", 1))
    for number in range(40)
]
EXTRA = [f"{name},{1 + number % 2}" for name in ("Sales", "Legal") for number in range(12)]


@pytest.fixture
def without_core(import_wave):
    """Sales is at risk in the first wave; the second asks no core sign."""
    make_survey(name="Own", instrument=instruments.import_instrument(SMALL).instrument)
    import_wave(["group,lost_1,lost_2,theme_1", *CORE], survey="Own")
    import_wave(["group,theme_1", *EXTRA], survey="Own", closed_on="2025-12-31")
    return selectors.scored_waves()[0]


def test_a_wave_without_core_signs_has_no_index_and_does_not_say_that_one_is_hidden(without_core, hr):
    page = text(hr.get(f"/report/{without_core.id}/"))
    assert "No index in this wave: no core sign was asked." in page
    assert ("anonymity: no core" in page, "Departments, most at risk first" in page) == (False, False)
    assert "Department Theme" in page


def test_a_departments_page_says_what_was_not_asked_and_the_trend_calls_the_gap_by_its_name(without_core, hr):
    reply = department_page(hr, without_core, "Sales")
    assert "No index for this wave. It asked none of the signs that the index is made of." in text(reply)
    assert (">no index</text>" in reply.content.decode(), "anonymity: no core" in text(reply)) == (True, False)


def test_an_alert_is_not_told_of_a_wave_that_did_not_ask_and_stands_on_in_the_next_that_does(
    without_core, hr, import_wave
):
    assert "Alerts" not in text(department_page(hr, without_core, "Sales"))
    import_wave(["group,lost_1,lost_2,theme_1", *CORE], survey="Own", closed_on="2026-01-31")
    page = text(department_page(hr, selectors.scored_waves()[0], "Sales"))
    assert "Conflict-risk index. Standing since wave 1: now above 50" in page
