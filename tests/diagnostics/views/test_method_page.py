"""The method page of a wave."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diagnostics.models import MethodNote
from surveys.rules.rounding import Band
from tests.diagnostics.people import noted, people, varied
from tests.diagnostics.report_pages import text
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import FIRST, close_wave, department, make_survey, same, spread
from tests.staff import make_staff

pytestmark = pytest.mark.django_db
NAMES = ("Marketing", "Sales", "Production", "Finance", "Legal")


def page(client, wave):
    return client.get(reverse("method-report", args=[wave.id]))


def test_departments_are_counted_by_their_bands_the_smallest_first(hr):
    groups = {
        department(name): (200, same(count, 3))
        for name, count in (("Two hundred", 104), ("Ten", 10), ("Few", 4), ("Eleven", 11), ("None", 0), ("Six", 6))
    }
    wave = scored(make=lambda survey: close_wave(survey, groups))
    bands = page(hr, wave).context["page"].bands
    assert [(response.band, departments) for response, departments in bands] == [
        (None, 2),
        (Band(5, 9), 1),
        (Band(10, 14), 2),
        (Band(100, 104), 1),
    ]


def test_sizes_are_numbers_of_answers_where_headcounts_are_unknown(hr):
    groups = {department(f"D{seed}"): (None, people(15, 1 + seed % 3, seed=seed)) for seed in range(3)}
    wave = scored(make=lambda survey: close_wave(survey, groups, imported_for=FIRST.date()))
    assert [(row.people, row.answering) for row in noted(wave).power] == [(None, 17)]
    assert page(hr, wave).context["page"].reach.startswith("A department of about 17 answers or fewer ")


def test_hr_reads_plain_words_before_coefficients_with_intervals(hr):
    wave = scored(make=varied)
    reply = page(hr, wave)
    shown = text(reply)
    index = noted(wave).reliability[0]
    assert reply.content.decode().index('id="how"') < reply.content.decode().index('id="reliability"')
    for sure in (index.alpha, index.icc1, index.icc2, index.rwg):
        assert f"{sure.value:.2f} {sure.low:.2f} to {sure.high:.2f}" in shown
    for name in NAMES:
        assert name in shown


def test_the_sentence_on_power_names_a_size_and_a_rise(hr):
    reply = page(hr, scored(make=varied))
    sentence = reply.context["page"].reach
    assert sentence in text(reply)
    assert re.search(r"\d+ people", sentence)
    assert "10 points" in sentence


def columns(reply):
    return [int(n) for n in re.findall(r'<th scope="col">(\d+)</th>', reply.content.decode())]


def test_the_power_is_for_levels_above_the_one_the_wave_was_judged_by(hr, settings):
    """The setting may change later; the chances were computed with the one of then."""
    assert columns(page(hr, scored(make=varied))) == [55, 60, 65, 5, 10, 15]
    settings.ALERT_LEVEL = 60
    wave = scored(make=varied, survey=make_survey("Pulse above 60"))
    settings.ALERT_LEVEL = 40
    assert columns(page(hr, wave)) == [65, 70, 75, 5, 10, 15]
    assert 'data-level="60"' in page(hr, wave).content.decode()


def test_what_was_noted_before_the_level_was_is_read_with_the_usual_one(hr):
    wave = scored(make=varied)
    note = MethodNote.objects.get(snapshot__wave=wave)
    del note.document["level"]
    MethodNote.objects.filter(pk=note.pk).update(document=note.document)
    assert columns(page(hr, wave)) == [55, 60, 65, 5, 10, 15]


def test_a_leader_reads_of_the_company_as_a_whole_and_of_no_department(client):
    wave = scored(make=varied)
    client.force_login(make_staff("leader", departments=["Commercial"]))
    reply = page(client, wave)
    assert 'id="reliability"' in reply.content.decode()
    assert [name for name in NAMES if name in text(reply)] == []


def test_auditors_and_strangers_do_not_read_it(client):
    wave = scored()
    client.force_login(make_staff("auditor"))
    assert page(client, wave).status_code == 403
    client.logout()
    assert page(client, wave).status_code == 302


def test_an_unknown_wave_has_no_method_page(hr):
    scored()
    assert hr.get(reverse("method-report", args=[uuid.uuid4()])).status_code == 404


def test_a_wave_that_was_scored_before_this_was_noted_still_has_its_page(hr):
    wave = scored()
    MethodNote.objects.all().delete()
    assert 'id="not-noted"' in page(hr, wave).content.decode()


def test_a_wave_in_which_everything_is_suppressed_has_a_page_too(hr):
    wave = scored(make=lambda survey: close_wave(survey, {department("Sales"): (20, same(4, 3))}))
    reply = page(hr, wave)
    shown = reply.context["page"]
    assert {line.row.groups for line in shown.reliability} == {0}
    assert shown.left_out == ()
    assert shown.reliable in text(reply)
    assert shown.order in text(reply)


def test_company_and_department_pages_lead_to_it(hr):
    wave = scored()
    link = reverse("method-report", args=[wave.id])
    assert link in hr.get(reverse("report")).content.decode()
    assert link in hr.get(reverse("department-report", args=[wave.id, "company"])).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_company(hr):
    counts = []
    for departments in (3, 12):
        groups = {department(f"D{place}"): (20, spread(15, 2, seed=place)) for place in range(departments)}
        wave = scored(
            make=lambda survey, groups=groups: close_wave(survey, groups), survey=make_survey(f"Pulse of {departments}")
        )
        with CaptureQueriesContext(connection) as queries:
            assert page(hr, wave).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] < 15


@pytest.mark.parametrize("tau", [1.0, 0.83])
def test_the_page_shows_whether_the_ranking_stays(hr, tau):
    """A department may well change three places where the ranking as a whole stays, and the table below says so."""
    wave = scored(make=varied)
    note = MethodNote.objects.get()
    for row in note.document["left_out"]:
        row["tau"] = tau if row["measure"] == "stagnation" else 1.0
    note.save()
    reply = page(hr, wave)
    words = reply.context["page"]
    assert words.order in text(reply)
    assert ("stagnation" in words.order) == (tau < 1)
    assert {line.word for line in words.left_out} == {"ranking stays"}
