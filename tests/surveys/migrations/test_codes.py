"""Rows from before there were these codes, on both databases."""

import datetime as dt

import pytest
from django.db import connection

from tests.scratch import scratch_on_postgres, scratch_on_sqlite

OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(params=[scratch_on_sqlite, scratch_on_postgres], ids=["sqlite", "postgresql"])
def scratch(request, transactional_db):
    if request.param is scratch_on_postgres and connection.vendor != "postgresql":
        pytest.skip("the suite runs on another database")
    with request.param() as database:
        yield database


def wave(scratch, apps, **fields):
    instruments = scratch.rows(apps, "surveys.Instrument")
    instrument, _ = instruments.get_or_create(code="pulse", version=1, document={})
    surveys = scratch.rows(apps, "surveys.Survey")
    survey, _ = surveys.get_or_create(name="Pulse", instrument=instrument, first_opens_on=OPENS.date())
    moments = {"opens_at": OPENS, "closes_at": OPENS + dt.timedelta(days=7)}
    return scratch.rows(apps, "surveys.Wave").create(survey=survey, **moments, **fields)


def test_a_wave_that_was_given_up_is_an_abandoned_one_and_back(scratch):
    old = scratch.migrate("surveys", "0010_min_group_size")
    wave(scratch, old, number=1, state="given_up", ballots_lost=7)
    wave(scratch, old, number=2, state="closed")
    for name, states in [
        ("0011_abandoned_waves", {("abandoned", 7), ("closed", 0)}),
        ("0010_min_group_size", {("given_up", 7), ("closed", 0)}),
    ]:
        apps = scratch.migrate("surveys", name)
        assert set(scratch.rows(apps, "surveys.Wave").values_list("state", "ballots_lost")) == states
