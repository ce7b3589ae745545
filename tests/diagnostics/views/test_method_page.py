"""The method page of a wave."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from diagnostics.models import MethodNote
from tests.diagnostics.people import noted, people, scored, varied
from tests.diagnostics.waves import FIRST, close_wave, department, same, spread
from tests.staff import make_staff

pytestmark = pytest.mark.django_db
NAMES = ("Marketing", "Sales", "Production", "Finance", "Legal")


def text(reply):
    assert reply.status_code == 200
    return " ".join(strip_tags(reply.content.decode()).split())


def page(client, wave):
    return client.get(reverse("method-report", args=[wave.id]))


def test_where_nobody_knows_how_many_people_there_are_sizes_are_told_in_answers(hr):
    groups = {department(f"D{seed}"): (None, people(15, 1 + seed % 3, seed=seed)) for seed in range(3)}
    wave = scored(lambda survey: close_wave(survey, groups, imported_for=FIRST.date()))
    assert [(row.people, row.answering) for row in noted(wave).power] == [(None, 15)]
    assert "A department of 15 answers or fewer cannot reliably show a rise" in text(page(hr, wave))


def test_hr_reads_plain_words_first_and_every_coefficient_with_its_interval(hr):
    wave = scored(varied)
    told = text(page(hr, wave))
    index = noted(wave).reliability[0]
    assert "How this is computed, and how sure it is" in told
    assert "nine times in ten" in told
    for sure in (index.alpha, index.icc1, index.icc2, index.rwg):
        assert f"{sure.value:.2f} {sure.low:.2f} to {sure.high:.2f}" in told
    for name in NAMES:
        assert name in told


def test_the_sentence_on_power_names_a_size_and_a_rise(hr):
    told = text(page(hr, scored(varied)))
    assert "cannot reliably show a rise of 10 points" in told
    assert re.search(r"one of \d+ people is noticed within two waves with a chance of about \d+ %", told)
    assert "at most" not in told


def columns(reply):
    return [int(n) for n in re.findall(r'<th scope="col">(\d+)</th>', reply.content.decode())]


def test_the_power_is_told_for_levels_above_the_one_that_the_wave_was_judged_by(hr, settings):
    """The setting may change later; the chances were computed with the one of then."""
    assert columns(page(hr, scored(varied))) == [55, 60, 65, 5, 10, 15]
    settings.ALERT_LEVEL = 60
    wave = scored(varied, name="Pulse above 60")
    settings.ALERT_LEVEL = 40
    assert columns(page(hr, wave)) == [65, 70, 75, 5, 10, 15]
    assert "An alert is raised where a figure is above 60 with great certainty" in text(page(hr, wave))


def test_what_was_noted_before_the_level_was_is_read_with_the_usual_one(hr):
    wave = scored(varied)
    note = MethodNote.objects.get(snapshot__wave=wave)
    del note.document["level"]
    MethodNote.objects.filter(pk=note.pk).update(document=note.document)
    assert columns(page(hr, wave)) == [55, 60, 65, 5, 10, 15]


def test_a_leader_reads_of_the_company_as_a_whole_and_of_no_department(client):
    wave = scored(varied)
    client.force_login(make_staff("leader", departments=["Commercial"]))
    told = text(page(client, wave))
    assert "How reliable the answers are" in told
    assert [name for name in NAMES if name in told] == []


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
    assert "scored by an earlier version" in text(page(hr, wave))


def test_a_wave_in_which_everything_is_hidden_has_a_page_too(hr):
    wave = scored(lambda survey: close_wave(survey, {department("Sales"): (20, same(4, 3))}))
    told = text(page(hr, wave))
    assert "Too few departments publish an index" in told
    assert "Too few departments publish the index and every sign" in told


def test_company_and_department_pages_lead_to_it(hr):
    wave = scored()
    link = reverse("method-report", args=[wave.id])
    assert link in hr.get(reverse("report")).content.decode()
    assert link in hr.get(reverse("department-report", args=[wave.id, "company"])).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_company(hr):
    counts = []
    for departments in (3, 12):
        groups = {department(f"D{place}"): (20, spread(15, 2, seed=place)) for place in range(departments)}
        wave = scored(lambda survey, groups=groups: close_wave(survey, groups), name=f"Pulse of {departments}")
        with CaptureQueriesContext(connection) as queries:
            assert page(hr, wave).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] < 15


@pytest.mark.parametrize(
    ("tau", "said"),
    [
        (1.0, "The order of the departments hangs on no single sign."),
        (0.83, "The order of the departments hangs on no single sign; leaving out stagnation moves it most."),
    ],
)
def test_an_order_that_stays_is_called_so_and_what_moves_it_most_is_named(hr, tau, said):
    """A department may well change three places where the order as a whole stays, and the table below says so."""
    wave = scored(varied)
    note = MethodNote.objects.get()
    for row in note.document["left_out"]:
        row["tau"] = tau if row["measure"] == "stagnation" else 1.0
    note.save()
    assert said in text(page(hr, wave))
