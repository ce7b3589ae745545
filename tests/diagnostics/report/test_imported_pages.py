"""What pages say of a wave that was run elsewhere: nothing that nobody knows, and nothing that was not asked."""

import re

import pytest
from django.core.management import call_command

from diagnostics.report import selectors
from diagnostics.wording.alerts import describe_alert
from surveys.services import instruments
from tests.company import make_survey
from tests.diagnostics.past_waves import THREE, lines
from tests.diagnostics.report_pages import department_page, text
from tests.surveys.instrument_documents import SMALL

pytestmark = pytest.mark.django_db


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


def test_a_wave_without_core_signs_has_no_index_not_a_suppressed_one(without_core, hr):
    page = text(hr.get(f"/report/{without_core.id}/"))
    assert "No index in this wave: no core sign was asked." in page
    assert ("anonymity: no core" in page, "Departments, most at risk first" in page) == (False, False)
    assert "Department Theme" in page


def test_a_departments_page_and_trend_say_what_was_not_asked(without_core, hr):
    reply = department_page(hr, without_core, "Sales")
    assert 'data-no-index="not_asked"' in reply.content.decode()
    assert (">no index</text>" in reply.content.decode(), "anonymity: no core" in text(reply)) == (True, False)


def test_an_alert_waits_while_a_wave_does_not_ask(without_core, hr, import_wave):
    assert "Alerts" not in text(department_page(hr, without_core, "Sales"))
    import_wave(["group,lost_1,lost_2,theme_1", *CORE], survey="Own", closed_on="2026-01-31")
    wave = selectors.scored_waves()[0]
    alerts = selectors.report(wave.id, within=None).alerts
    alert = next(found for found in alerts if (found.group_name, found.measure) == ("Sales", "index"))
    assert (alert.event, alert.since_wave, alert.since_opened.month) == ("ongoing", 1, 11)
    assert f"Conflict-risk index. {describe_alert(alert)}" in text(department_page(hr, wave, "Sales"))


@pytest.fixture
def of_unknown_response(import_wave):
    make_survey()
    import_wave(lines(THREE))
    return selectors.scored_waves()[0]


def test_an_unknown_response_is_called_unknown_and_no_band_is_spoken_of(of_unknown_response, hr):
    wave = of_unknown_response
    company = hr.get(f"/report/{wave.id}/")
    assert (text(company).count("(rate unknown)"), "thin line" in text(company)) == (3, False)
    department = department_page(hr, wave, "Sales")
    method = hr.get(f"/report/{wave.id}/method/")
    for page, band in ((company, "25-29"), (department, "10-14"), (method, "25-29")):
        assert re.search(rf'{band} (people )?answered<span data-response="unknown">', page.content.decode())
        assert ("of those asked" in text(page), " 0 %" in text(page)) == (False, False)
    assert 'data-nonresponse="unknown"' in method.content.decode()


def test_the_table_of_the_command_shows_unknown_and_imported(of_unknown_response, capsys):
    capsys.readouterr()
    call_command("report")
    title, *table = capsys.readouterr().out.splitlines()
    assert title == "Pulse, wave 1 (imported)"
    assert [line.split()[-1] for line in table if "-1" in line or "5-" in line] == ["unknown"] * 4


def test_an_imported_wave_shows_when_it_closed_but_not_when_it_opened(of_unknown_response, hr):
    page = text(hr.get(f"/report/{of_unknown_response.id}/"))
    assert "Pulse, wave 1 · closed 30 November 2025, imported" in page


def test_the_pair_map_of_an_imported_wave_explains_its_lack_of_ratings(of_unknown_response, hr):
    reply = hr.get(f"/report/{of_unknown_response.id}/pairs/")
    assert reply.context["page"].sentence == "Nobody was asked about other departments"
    assert 'data-no-ratings="imported"' in reply.content.decode()
    assert "Too few ratings" not in text(reply)
