import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from diagnostics.report import selectors
from diagnostics.wording.alerts import describe_alert
from diagnostics.wording.suppression import why_suppressed
from surveys.models import Wave
from surveys.rules.rounding import rate_text, response_text
from tests.diagnostics.report_pages import department_page, key_of, text
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, company, department, make_survey, same, spread
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


def ranked(reply):
    return re.findall(r'class="c-name"><a href="[^"]+">([^<]+)', reply.content.decode())


def test_a_department_at_risk_by_a_sign_has_the_sign_beside_its_index(hr):
    stagnant = [row[:8] + bytes([2 + place % 3, 4 - place % 2]) + row[10:] for place, row in enumerate(spread(16, 1))]
    groups = {department("Sales"): (20, stagnant), department("Legal"): (20, spread(15, 3))}
    wave = scored(make=lambda survey: close_wave(survey, groups))
    page = text(hr.get(reverse("wave-report", args=[wave.id])))
    assert "35 to 40, below 50; at risk" in page
    assert "alert At risk stagnation –" in page
    assert "73 to 78, above 50 At risk –" in page


def test_the_company_page_shows_who_is_at_risk_and_ranks_departments(hr):
    wave = scored()
    reply = hr.get(reverse("report"))
    heading = re.search(r"<h1>(.*?)</h1>", reply.content.decode())[1]
    assert heading.startswith("Marketing")
    assert "at risk" in heading
    assert ranked(reply) == ["Marketing", "Sales", "Production", "Finance", "Legal", "Commercial"]
    assert ranked(hr.get(reverse("wave-report", args=[wave.id]))) == ranked(reply)


def test_the_report_leads_to_the_comments_of_a_wave_of_its_own(hr):
    wave = scored()
    pages = []
    for imported_for in (None, wave.closes_at.date()):
        Wave.objects.filter(id=wave.id).update(imported_for=imported_for)
        pages.append(hr.get(reverse("wave-report", args=[wave.id])).text)
    link = f'href="{reverse("comments-report", args=[wave.id])}"'
    assert [link in page for page in pages] == [True, False]


def test_every_published_figure_has_its_interval_level_band_and_certainty(hr):
    wave = scored()
    page = text(hr.get(reverse("report")))
    top = selectors.report(wave.id, within=None).groups[0]
    index = top.index
    assert f"{index.value} on a scale from 0 to 100, 90 % interval {index.low} to {index.high}" in page
    assert f"sure: {index.low} to {index.high}, above 50" in page
    assert f"At risk – Answers: {response_text(top.response)} ({rate_text(top.response.rate)})" in page


def test_suppressed_departments_say_why_and_show_no_figure(hr):
    wave = scored()
    suppressed = [row for row in selectors.report(wave.id, within=None).groups if not row.index.shown]
    reply = hr.get(reverse("report"))
    assert [row.name for row in suppressed] == ["Finance", "Legal"]
    for row in suppressed:
        place = reply.content.decode().index(f">{row.name}</a>")
        shown = strip_tags(reply.content.decode()[place : place + 600])
        assert why_suppressed(row.index) in shown
    assert reply.content.decode().count("figure-interval level-") == 4


def test_the_heat_map_has_a_column_a_sign_and_a_reason_a_suppressed_row(hr):
    wave = scored()
    report = selectors.report(wave.id, within=None)
    heat = hr.get(reverse("report")).context["page"].heat
    assert heat.columns == ("Conflict-risk index", *(sign.label for sign in report.groups[0].signs))
    assert [bool(row.suppressed) for row in heat.rows] == [False, False, False, True, True]


def test_alerts_are_shown_once_a_department_with_their_sentence(hr):
    wave = scored()
    alert = selectors.report(wave.id, within=None).alerts[0]
    page = text(hr.get(reverse("report")))
    assert f"{alert.group_name}, {alert.label.lower()}. {describe_alert(alert)}" in page
    blocks = [block for _, listed in hr.get(reverse("report")).context["page"].alerts for block in listed]
    assert len({block.first.alert.key for block in blocks}) == len(blocks)


def test_a_departments_page_shows_why_and_what_to_do_first(hr):
    wave = scored()
    row = selectors.report(wave.id, within=None).groups[0]
    reply = department_page(hr, wave, "Marketing")
    page = text(reply)
    assert {describe_alert(alert) in page for alert in row.alerts} == {True}
    assert 'class="proposal proposal-first"' in reply.content.decode()
    assert {sign.label in page for sign in row.signs} == {True}
    assert row.critical_mass.label in page
    assert reply.context["page"].index.sure in page


def test_a_suppressed_department_has_a_page_that_explains(hr):
    reply = department_page(hr, scored(), "Legal")
    page = text(reply)
    assert "No index for this wave. Too few answers" in page
    assert "at least 5 people" in page
    assert "<svg" not in reply.content.decode()


def test_a_calm_department_has_no_advice(hr):
    assert 'id="proposals"' not in department_page(hr, scored(), "Production").content.decode()


def test_the_wave_picker_keeps_the_department(hr):
    survey = make_survey()
    first, second = scored(survey, number=1), scored(survey, number=2)
    key = key_of(first, "Sales")
    page = department_page(hr, first, "Sales").content.decode()
    assert reverse("department-report", args=[second.id, key]) in page
    assert reverse("department-report", args=[first.id, key]) in page


def test_a_trend_ends_at_the_wave_that_is_read(hr):
    survey = make_survey()
    first, second = scored(survey, number=1), scored(survey, number=2)
    marks = [len(department_page(hr, wave, "Sales").context["page"].trends[0].marks) for wave in (first, second)]
    assert marks == [1, 2]


def test_the_company_as_a_whole_has_a_page_too(hr):
    wave = scored()
    name = selectors.report(wave.id, within=None).company.name
    assert 'id="trend"' in department_page(hr, wave, name).content.decode()


def test_a_leader_reads_the_own_part_and_nothing_else(client):
    wave = scored()
    client.force_login(make_staff("leader", departments=["Commercial"]))
    reply = client.get(reverse("report"))
    assert ranked(reply) == ["Marketing", "Sales"]
    assert not [name for name in ("Production", "Finance", "Legal") if name in text(reply)]
    assert reply.context["page"].report.company.name == "Commercial"
    assert department_page(client, wave, "Sales").status_code == 200


@pytest.mark.parametrize("name", ["Production", "Legal"])
def test_what_is_not_a_leaders_own_is_not_there(client, name):
    wave = scored()
    client.force_login(make_staff("leader", departments=["Commercial"]))
    assert department_page(client, wave, name).status_code == 404
    client.force_login(make_staff("hr"))
    assert department_page(client, wave, name).status_code == 200


def test_a_wave_without_the_leaders_departments_is_an_empty_page(client):
    survey = make_survey()
    scored(survey, number=1)
    later = scored(
        survey,
        lambda survey, **fields: close_wave(survey, {department("Plant"): (20, spread(15, 2))}, **fields),
        number=2,
    )
    client.force_login(make_staff("leader", departments=["Commercial"]))
    assert "about your departments" in text(client.get(reverse("wave-report", args=[later.id])))


def test_before_the_first_report_hr_gets_the_steps_and_a_leader_waits(client):
    client.force_login(make_staff("hr"))
    assert "Import people" in text(client.get(reverse("report")))
    client.force_login(make_staff("leader"))
    page = text(client.get(reverse("report")))
    assert "no report yet" in page
    assert "Import people" not in page


def test_a_counted_wave_that_waits_for_its_scores_is_announced(hr):
    wave = company(make_survey())
    assert "being scored" in text(hr.get(reverse("wave-report", args=[wave.id])))
    assert hr.get(reverse("department-report", args=[wave.id, "company"])).status_code == 200


@pytest.mark.parametrize("name", ["wave-report", "department-report"])
def test_an_unknown_wave_is_not_found(hr, name):
    scored()
    arguments = [uuid.uuid4(), "company"][: 1 if name == "wave-report" else 2]
    assert hr.get(reverse(name, args=arguments)).status_code == 404


def test_an_unknown_department_is_not_found(hr):
    assert hr.get(reverse("department-report", args=[scored().id, "no-such-key"])).status_code == 404


def test_a_wave_in_which_everything_is_suppressed_is_a_designed_page(hr):
    scored(make=lambda survey: close_wave(survey, {department("Sales"): (20, same(4, 3))}))
    reply = hr.get(reverse("report"))
    assert f"{reply.context['page'].verdict.sentence}." in text(reply)
    assert 'id="no-company-index"' in reply.content.decode()


def test_names_are_escaped(hr):
    nasty = "<script>alert(1)</script>"
    wave = scored(make=lambda survey: close_wave(survey, {department(nasty): (20, spread(15, 3))}))
    for reply in (hr.get(reverse("report")), department_page(hr, wave, nasty)):
        assert "<script" not in reply.content.decode()
        assert "&lt;script&gt;" in reply.content.decode()


def test_pages_need_nothing_that_the_content_security_policy_forbids(hr):
    wave = scored()
    for reply in (hr.get(reverse("report")), department_page(hr, wave, "Marketing")):
        page = reply.content.decode()
        assert [
            mark for mark in (" style=", "<style", "<script", "javascript:", "data:", "onclick") if mark in page
        ] == []
        assert "style-src 'self'" in reply["Content-Security-Policy"]


@pytest.mark.parametrize("departments", [1, 12])
def test_the_number_of_queries_does_not_grow(hr, departments):
    survey = make_survey()
    groups = {department(f"D{place}"): (20, spread(15, 2, seed=place)) for place in range(departments)}
    waves = [scored(survey, lambda survey, **fields: close_wave(survey, groups, **fields), number=n) for n in (1, 2)]
    counts = []
    for reply in (
        lambda: hr.get(reverse("report")),
        lambda: hr.get(reverse("department-report", args=[waves[1].id, "company"])),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert reply().status_code == 200
        counts.append(len(queries))
    assert counts == [15, 16]
