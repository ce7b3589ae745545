"""The results of audits, in words for a works council."""

import datetime as dt

import pytest
from django.urls import reverse

from surveys.services.auditing import record_audit
from tests.staff import make_staff
from tests.surveys.audit_results import NOON, attack, result, search

pytestmark = pytest.mark.django_db


def page(client, role="auditor", pk=None):
    if "_auth_user_id" not in client.session:
        client.force_login(make_staff(role))
    reply = client.get(reverse("audit", args=[pk]) if pk else reverse("audits"))
    return " ".join(reply.content.decode().split())


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("hr", 200), ("leader", 403)])
def test_it_is_for_auditors_and_hr(client, role, status):
    run = record_audit(result=result(), now=NOON)
    client.force_login(make_staff(role))
    assert [client.get(path).status_code for path in (reverse("audits"), reverse("audit", args=[run.pk]))] == [
        status
    ] * 2


def test_an_auditor_comes_here_after_signing_in_and_finds_it_in_the_menu(client):
    assert f'href="{reverse("audits")}" aria-current="page"' in page(client)


def test_before_the_first_audit_it_explains_how_to_have_one_made(client):
    text = page(client)
    assert "No audit yet" in text
    assert "manage.py audit_anonymity" in text
    assert f'href="{reverse("anonymity")}"' in text


def test_it_shows_what_was_tried_how_often_it_hit_and_what_chance_gives(client):
    record_audit(result=result(), now=NOON)
    text = page(client)
    assert "Anonymity held" in text
    assert "2 March 2026, 12:00 · Faultline 0.1.0 on PostgreSQL 15.1 · 246 answers in 3 waves" in text
    assert "Who gave which answers" in text
    # The tries of both sources, and the figures of the one that came furthest.
    assert "<td>240</td><td>83</td><td>11</td><td>6</td><td>16</td>" in text
    assert "All tables" in text
    assert "Not examined" not in text


def test_what_could_not_be_examined_is_named_and_counts_as_nothing(client):
    codes = {"code": "postgresql_pages", "name": "", "reason_code": "database_refuses"}
    unseen = [codes | {"source": "PostgreSQL's pages", "reason": "permission denied"}]
    record_audit(result=result(not_examined=unseen), now=NOON)
    text = page(client)
    assert "1 source could not" in text
    assert "<strong>PostgreSQL&#x27;s pages</strong>: permission denied" in text


def test_a_broken_promise_is_named_with_what_broke_it(client):
    leak = search(found=["token"], verdict="failed")
    broken = result(verdict="failed", attacks=[attack(), attack(hits=80, verdict="failed")], searches=[leak])
    record_audit(result=broken, now=NOON)
    text = page(client)
    assert "Anonymity was broken" in text
    assert "Open no further wave" in text
    assert '<td class="audit-failed">Found</td> <td>240</td><td>83</td><td>80</td><td>6</td><td>16</td>' in text
    assert "Found: token in table surveys_mail" in text


def test_earlier_audits_can_be_read_again(client):
    first = record_audit(result=result(answers=99), now=NOON)
    record_audit(result=result(), now=NOON + dt.timedelta(days=1))
    assert "99 answers" not in page(client)
    assert "99 answers" in page(client, pk=first.pk)
    assert client.get(reverse("audit", args=[first.pk + 99])).status_code == 404


@pytest.mark.parametrize("runs", [1, 10])
def test_the_number_of_queries_does_not_grow_with_the_audits(client, django_assert_num_queries, runs):
    for number in range(runs):
        record_audit(result=result(), now=NOON + dt.timedelta(days=number))
    client.force_login(make_staff("auditor"))
    with django_assert_num_queries(5):
        client.get(reverse("audits"))
