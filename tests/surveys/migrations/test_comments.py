"""Comments of earlier waves are redacted like new ones, and their table's file is written anew."""

import datetime as dt
from pathlib import Path

from django.db import connection

OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
BEFORE, REDACTED, AFTER = ("0019_mail_server", "0021_redact_comments", "0022_rewrite_comments")
NAMED = "Without Katarzyna Nowak nothing works. Canary one."
RECOGNISABLE = "As the only welder on the night shift I see it. Canary two."
FOREIGN = "Die Besprechungen dauern zu lange und niemand entscheidet etwas."
ORDINARY = "Meetings are too long. Canary three."


def store(models):
    """A closed wave of a company of two divisions, with comments by division; nobody is invited any more."""
    get = models.get_model
    divisions = [get("surveys.Department").objects.create(name=name) for name in ("North", "South")]
    for division in divisions:
        below = get("surveys.Department").objects.create(name=f"{division.name} Works", parent=division)
        for number in range(5):
            name = "Katarzyna Nowak" if number == 0 else f"Worker {number}"
            email = f"{division.name}.{number}@example.com".lower()
            get("surveys.Employee").objects.create(name=name, email=email, department=below, language="en")
    instrument = get("surveys.Instrument").objects.create(code="x", version=1, document={})
    survey = get("surveys.Survey").objects.create(name="Pulse", instrument=instrument, first_opens_on=OPENS.date())
    moments = {"opens_at": OPENS, "closes_at": OPENS + dt.timedelta(days=7)}
    wave = get("surveys.Wave").objects.create(survey=survey, number=1, state="closed", **moments)
    for division, text in [(0, NAMED), (0, RECOGNISABLE), (1, FOREIGN), (1, RECOGNISABLE), (1, ORDINARY)]:
        get("surveys.Comment").objects.create(wave=wave, division=divisions[division], text=text)


def file_of_comments():
    """All bytes that the database keeps of the table; on SQLite of everything."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA database_list")
            path = cursor.fetchone()[2]
            return b"".join(found.read_bytes() for found in map(Path, (path, f"{path}-wal")) if found.exists())
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('surveys_comment'::regclass))")
        return bytes(cursor.fetchone()[0])


def stored(models):
    comments = models.get_model("surveys.Comment").objects.values_list("division__name", "text", "hidden")
    withheld = models.get_model("surveys.WithheldComments").objects.values_list("division__name", "count")
    return set(comments), set(withheld)


def test_comments_of_earlier_waves_are_redacted_or_withheld(migrate):
    store(migrate("surveys", BEFORE))
    assert stored(migrate("surveys", AFTER)) == (
        {("North", "Without [a colleague] nothing works. Canary one.", False), ("South", ORDINARY, False)},
        {("North", 1), ("South", 2)},
    )


def test_their_table_is_written_anew_without_what_was_there(migrate):
    store(migrate("surveys", BEFORE))
    before = file_of_comments()
    assert [canary in before for canary in (b"Katarzyna Nowak", b"Canary two")] == [True, True]
    migrate("surveys", REDACTED)
    # SQLite overwrites what is deleted; PostgreSQL keeps it until the table is rewritten.
    assert (b"Canary two" in file_of_comments()) == (connection.vendor == "postgresql")
    migrate("surveys", AFTER)
    after = file_of_comments()
    assert [canary in after for canary in (b"Without Katarzyna", b"Canary two", b"Canary three")] == [False, False, True]


def test_an_empty_database_migrates(migrate):
    migrate("surveys", BEFORE)
    assert stored(migrate("surveys", AFTER)) == (set(), set())
