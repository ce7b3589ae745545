import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import Invitation, Mail, ReportingGroup, Response, Survey, Wave
from surveys.rules.participation import (
    Participation,
    ParticipationCode,
    open_participation,
)
from surveys.selectors.waves import DeliveryTotals, wave_rows
from surveys.services.shuffling import shuffle
from tests import factories

pytestmark = pytest.mark.django_db

# PostgreSQL vacuums outside transactions only.
vacuums = pytest.mark.django_db(transaction=True)
NIGHT = dt.date(2026, 3, 3)


def open_wave(people, answered, **fields):
    """An open wave in which `answered` of `people` have answered."""
    department = factories.make_department()
    wave = factories.make_wave(**fields)
    group = factories.make_group(wave, [department], people=people)
    for number in range(people):
        employee = factories.make_employee(f"p{number}w{wave.number}", department)
        factories.make_invitation(wave, employee, group, answered=number < answered)
    return wave


def close(wave, responses):
    group = wave.groups.get()
    Response.objects.bulk_create(Response(wave=wave, group=group, answers=b"\0") for _ in range(responses))
    Wave.objects.filter(id=wave.id).update(state="closed", public_key=None, key_proof=None, response_percent=None)


@vacuums
def test_participation_of_an_open_wave_moves_once_a_night(hr):
    wave = open_wave(people=100, answered=40)
    assert "Shown once a day" in hr.get(reverse("waves")).content.decode()
    shuffle(wave_id=wave.id, night=NIGHT)
    assert [row.participation for row in wave_rows()] == [open_participation(40, people=100)]
    Invitation.objects.filter(wave=wave).update(answered=True)
    shuffle(wave_id=wave.id, night=NIGHT)
    shuffle(wave_id=wave.id)
    assert [row.participation for row in wave_rows()] == [open_participation(40, people=100)]
    shuffle(wave_id=wave.id, night=NIGHT + dt.timedelta(days=1))
    assert [row.participation for row in wave_rows()] == [open_participation(90, people=100)]


@vacuums
@pytest.mark.parametrize(("people", "answered"), [(100, 4), (20, 12)])
def test_too_few_answers_or_people_have_no_figure(people, answered):
    wave = open_wave(people=people, answered=answered)
    shuffle(wave_id=wave.id, night=NIGHT)
    assert [row.participation for row in wave_rows()] == [Participation(ParticipationCode.TOO_FEW_SO_FAR)]


@vacuums
def test_no_department_and_no_person_is_on_the_page_of_waves(hr):
    wave = open_wave(people=100, answered=40)
    shuffle(wave_id=wave.id, night=NIGHT)
    page = hr.get(reverse("waves")).content.decode()
    assert "about 40 % of 100 people" in page.lower()
    assert not [leak for leak in ("Design", "p0w1", "example.com/a/") if leak in page]


def test_a_merged_groups_people_are_counted_once():
    wave = open_wave(people=12, answered=0)
    whole = ReportingGroup.objects.create(wave=wave, key="whole", name="Whole", departments=[], people=12)
    wave.groups.exclude(id=whole.id).update(merged_into=whole)
    assert [row.people for row in wave_rows()] == [12]


def test_delivery_counts_invitations_and_never_reminders(hr):
    wave = open_wave(people=6, answered=0)
    states = ("sent", "sent", "queued", "sending", "deferred", "failed")
    for invitation, state in zip(wave.invitations.all(), states, strict=True):
        row = {"wave": wave, "employee": invitation.employee}
        Mail.objects.create(kind="invitation", key=str(invitation.id), state=state, **row)
        Mail.objects.create(kind="reminder", key=f"{invitation.id}:1", state="sent", **row)
    assert [row.delivery for row in wave_rows()] == [DeliveryTotals(sent=2, waiting=2, deferred=1, failed=1)]
    assert "2 sent" in hr.get(reverse("waves")).content.decode()


def test_a_closed_wave_links_to_its_report_and_an_open_one_does_not(hr):
    closed = open_wave(people=20, answered=0)
    close(closed, responses=13)
    running = factories.make_wave(survey=closed.survey, number=2)
    page = hr.get(reverse("waves")).content.decode()
    assert reverse("wave-report", args=[closed.id]) in page
    assert reverse("wave-report", args=[running.id]) not in page


def test_hr_reads_how_many_ballots_could_not_be_read(hr):
    close(open_wave(people=10, answered=0), responses=8)
    pages = []
    for number in range(3):
        Wave.objects.update(unreadable=number)
        pages.append(re.findall(r"\d ballots? could not be read", hr.get(reverse("waves")).text))
    assert pages == [[], ["1 ballot could not be read"], ["2 ballots could not be read"]]


def test_how_many_answered_is_not_shown_before_the_report():
    """Nothing is counted for the page alone: beside the report's bands another number would tell."""
    close(open_wave(people=20, answered=0), responses=13)
    assert [row.participation for row in wave_rows()] == [Participation(ParticipationCode.COUNTED)]


@pytest.mark.parametrize("waves", [1, 5])
def test_the_number_of_queries_does_not_grow(hr, waves):
    survey = factories.make_survey()
    for number in range(1, waves + 1):
        close(open_wave(people=6, answered=0, survey=survey, number=number), responses=6)
    with CaptureQueriesContext(connection) as queries:
        wave_rows()
    assert len(queries) == 6


def test_without_anything_the_page_leads_to_the_first_wave(hr):
    page = hr.get(reverse("waves")).content.decode()
    assert "No wave yet" in page
    assert reverse("people-import") in page
    assert reverse("survey-built-in") in page
    assert not Survey.objects.exists()
