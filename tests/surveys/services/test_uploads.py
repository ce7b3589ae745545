"""Uploaded files: one for each member of staff, forgotten after a day, and never twice in memory."""

import datetime as dt
import io
import tracemalloc

import pytest
from django.db import IntegrityError, transaction

from surveys.choices import UploadKind
from surveys.models import Upload, UploadPart
from surveys.rules.limits import MOST_UPLOAD_PARTS, UPLOAD_PART_BYTES
from surveys.services import purging, scheduling, uploads
from tests.factories import make_department, make_employee
from tests.staff import make_staff
from tests.threads import until_blocked
from tests.ticking import DAY, MINUTE, ticking

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
MB = 2**20


@pytest.fixture
def owner():
    return make_staff("hr").pk


@pytest.fixture
def other():
    return make_staff("hr", email="second@example.com").pk


def keep(data, owner, *, now=NOW):
    uploads.keep(io.BytesIO(data), owner=owner, kind=UploadKind.PEOPLE, name="people.csv", now=now)


def read(owner):
    waiting = uploads.read(owner=owner, kind=UploadKind.PEOPLE)
    return waiting and waiting.data


def test_a_second_upload_replaces_the_own_file_and_no_other(owner, other):
    for data, whose in ((b"mine", owner), (b"theirs", other), (b"again", owner)):
        keep(data, whose)
    assert [read(owner), read(other), Upload.objects.count()] == [b"again", b"theirs", 2]
    uploads.discard(owner=owner, kind=UploadKind.PEOPLE)
    assert [read(owner), read(other), Upload.objects.count()] == [None, b"theirs", 1]


def test_what_was_decided_of_one_file_leaves_a_newer_one(owner):
    keep(b"first", owner)
    seen = uploads.read(owner=owner, kind=UploadKind.PEOPLE)
    assert (seen.name, seen.data) == ("people.csv", b"first")
    keep(b"second", owner)
    uploads.forget(upload_id=seen.id)
    assert read(owner) == b"second"


@pytest.mark.django_db(transaction=True)
def test_of_two_uploads_at_the_same_moment_the_later_one_stays_whole(owner):
    later = b"b" * (UPLOAD_PART_BYTES + 1)
    with transaction.atomic():
        keep(b"a" * (UPLOAD_PART_BYTES + 1), owner)
        other = until_blocked(lambda: keep(later, owner))
    other.result(timeout=20)
    assert read(owner) == later
    assert (Upload.objects.count(), UploadPart.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_file_without_a_decision_is_deleted_after_a_day(owner, other, tmp_path):
    keep(b"old", owner, now=NOW - DAY)
    keep(b"new", other, now=NOW - DAY + MINUTE)
    [step] = scheduling.due(NOW)
    assert (step.task, step.args) == ("surveys.tasks.purge_upload", (str(Upload.objects.get(owner=owner).id),))
    tick = ticking(tmp_path)
    assert [tick(NOW), tick(NOW)] == [["purge_upload"], []]
    assert (read(owner), read(other)) == (None, b"new")


@pytest.mark.django_db(transaction=True)
def test_a_purge_that_comes_late_leaves_a_newer_file(owner):
    keep(b"old", owner, now=NOW - DAY)
    [due] = purging.uploads_due(NOW)
    keep(b"new", owner)
    purging.purge_upload(upload_id=due)
    assert read(owner) == b"new"


@pytest.mark.django_db(transaction=True)
def test_erasing_a_person_deletes_the_files_that_may_hold_them(owner, other):
    make_employee("Ann", make_department("Sales"))
    keep(b"ann@example.com", owner)
    keep(b"ann@example.com", other)
    purging.erase_employee(email="ann@example.com")
    assert (Upload.objects.count(), UploadPart.objects.count()) == (0, 0)


def test_files_go_with_the_account(owner, other):
    keep(b"mine", owner)
    keep(b"theirs", other)
    Upload.objects.get(owner=owner).owner.delete()
    assert [read(other), Upload.objects.count()] == [b"theirs", 1]


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_file_comes_back_as_it_was_whatever_its_size(owner, more):
    data = bytes(range(256)) * (UPLOAD_PART_BYTES // 256) * 2
    data = data + b"x" * more if more >= 0 else data[:more]
    keep(data, owner)
    assert read(owner) == data
    assert UploadPart.objects.count() == 2 + (more > 0)


def peak_of(run):
    """The most bytes that were in use at once, beyond those before."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_storing_takes_a_part_of_memory_and_reading_the_file_once(owner):
    size = 12 * MB
    file = io.BytesIO(bytes(size))
    kept = {"owner": owner, "kind": UploadKind.PEOPLE}
    stored = peak_of(lambda: uploads.keep(file, name="people.csv", now=NOW, **kept))
    once = peak_of(lambda: uploads.read(**kept))
    twice = peak_of(lambda: b"".join(UploadPart.objects.values_list("data", flat=True)))
    print(f"\nstoring {size // MB} MB takes {stored / MB:.1f} MB, reading {once / MB:.1f}, at once {twice / MB:.1f}")
    assert stored < 3 * MB
    assert size < once < 1.4 * size
    assert twice > 1.9 * size


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("upload_part_number", {"number": MOST_UPLOAD_PARTS, "data": b"x"}),
        ("upload_part_size", {"number": 1, "data": b""}),
        ("upload_part_size", {"number": 1, "data": bytes(UPLOAD_PART_BYTES + 1)}),
        ("upload_part_once", {"number": 0, "data": b"x"}),
    ],
)
def test_the_database_refuses_parts_beyond_the_limits(owner, constraint, row):
    keep(b"x", owner)
    with pytest.raises(IntegrityError, match=constraint):
        UploadPart.objects.create(upload=Upload.objects.get(), **row)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("upload_once", {}),
        ("upload_kind_known", {"kind": "other"}),
        ("upload_has_name", {"kind": "other", "name": ""}),
    ],
)
def test_the_database_refuses_a_second_file_and_one_without_a_name(owner, constraint, changes):
    keep(b"x", owner)
    row = {"owner_id": owner, "kind": UploadKind.PEOPLE, "name": "people.csv", "uploaded_at": NOW} | changes
    with pytest.raises(IntegrityError, match=constraint):
        Upload.objects.create(**row)
