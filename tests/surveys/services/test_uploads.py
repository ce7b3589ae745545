"""Uploaded files: one for each member of staff, forgotten after a day."""

import datetime as dt
import os

import pytest

from surveys.services import uploads

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "uploads"


def test_a_second_upload_replaces_the_own_file_and_no_other(folder):
    mine, theirs = uploads.keep(b"mine", owner=1, now=NOW), uploads.keep(b"theirs", owner=11, now=NOW)
    again = uploads.keep(b"again", owner=1, now=NOW)
    assert [uploads.read(name) for name in (mine, theirs, again, "")] == [None, b"theirs", b"again", None]
    uploads.discard(1)
    assert [path.name for path in folder.iterdir()] == [theirs]


def test_a_file_without_a_decision_is_deleted_after_a_day(folder):
    day = dt.timedelta(days=1)
    for name, age in (("old", day + dt.timedelta(minutes=1)), ("new", day - dt.timedelta(minutes=1))):
        kept = uploads.keep(name.encode(), owner=len(name) + age.days, now=NOW)
        moment = (NOW - age).timestamp()
        os.utime(folder / kept, (moment, moment))
    uploads.keep(b"another", owner=9, now=NOW)
    assert sorted(path.read_bytes() for path in folder.iterdir()) == [b"another", b"new"]
