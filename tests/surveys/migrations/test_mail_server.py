"""Mails of before are kept as they are, may now lack a text, and beside them there is one row on the mail server."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
BEFORE, AFTER = ("surveys", "0018_asked_before"), ("surveys", "0019_mail_server")
# The state and reply of a mail with each problem that there was.
MAILS = {
    "": ("sent", ""),
    "unfinished": ("deferred", ""),
    "not_due": ("failed", ""),
    "unwritable": ("failed", ""),
    "no_recipient": ("failed", ""),
    "recipient_refused": ("failed", "550 5.1.1"),
    "server_refused": ("deferred", "451 4.7.1"),
    "connection_lost": ("deferred", "TimeoutError"),
    "legacy": ("failed", "something else"),
}


def store(models):
    """Returns what all mails have in common."""
    get = models.get_model
    department = get("surveys.Department").objects.create(name="Sales")
    ann = get("surveys.Employee").objects.create(email="ann@x.example", department=department)
    instrument = get("surveys.Instrument").objects.create(code="x", version=1, document={})
    survey = get("surveys.Survey").objects.create(name="Pulse", instrument=instrument, first_opens_on=OPENS.date())
    moments = {"opens_at": OPENS, "closes_at": OPENS + dt.timedelta(days=7)}
    wave = get("surveys.Wave").objects.create(survey=survey, number=1, **moments)
    common = {"kind": "invitation", "employee_id": ann.pk, "wave_id": wave.pk}
    for problem, (state, reply) in MAILS.items():
        get("surveys.Mail").objects.create(key=problem, problem=problem, state=state, reply=reply, **common)
    return common


def refused(create, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        create(**fields)
    return True


def test_mails_stay_and_one_that_cannot_be_composed_is_taken(migrate):
    old = migrate(*BEFORE)
    common = store(old)
    assert refused(old.get_model("surveys.Mail").objects.create, key="new", problem="not_composed", **common)
    mails = migrate(*AFTER).get_model("surveys.Mail").objects
    assert {problem: tuple(rest) for problem, *rest in mails.values_list("problem", "state", "reply")} == MAILS
    mails.create(key="new", problem="not_composed", **common)
    assert refused(mails.create, key="newer", problem="of no version", **common)


def test_the_mail_server_begins_without_a_row_and_has_one(migrate):
    store(migrate(*BEFORE))
    servers = migrate(*AFTER).get_model("surveys.MailServer").objects
    assert servers.count() == 0
    assert refused(servers.create, id=2)
    assert refused(servers.create, problem="server_refused", since=None)
    servers.create(problem="server_refused", since=OPENS)
    assert list(servers.values_list("id", "attempts", "retry_at", "per_minute")) == [(1, 0, None, None)]
