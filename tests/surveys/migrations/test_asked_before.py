"""Whom a release before has asked is known after the upgrade, by person and by the latest wave."""

import datetime as dt
import uuid

OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def test_invitations_that_are_kept_become_what_is_known_of_people(migrate):
    old = migrate("surveys", "0016_reminded_zones")
    instrument = old.get_model("surveys.Instrument").objects.create(code="pulse", version=1, document={})
    department = old.get_model("surveys.Department").objects.create(name="Sales")
    people = [
        old.get_model("surveys.Employee").objects.create(email=f"{name}@example.com", department=department) for name in "abc"
    ]
    groups = {}
    for number, (cadence, opens, asked) in enumerate(
        [
            ("monthly", OPENS + dt.timedelta(days=30), people[:1]),
            ("quarterly", OPENS, [*people[:2], None]),
            ("monthly", OPENS, []),
        ]
    ):
        survey = old.get_model("surveys.Survey").objects.create(
            name=f"Survey {number}", instrument=instrument, cadence=cadence, first_opens_on=OPENS.date()
        )
        wave = old.get_model("surveys.Wave").objects.create(
            survey=survey, number=1, opens_at=opens, closes_at=opens + dt.timedelta(days=7), state="closed"
        )
        groups[number] = old.get_model("surveys.ReportingGroup").objects.create(
            wave=wave, key=str(number), name="Sales", departments=[department.pk], people=8
        )
        for person in asked:
            old.get_model("surveys.Invitation").objects.create(
                wave=wave, employee=person, group=groups[number], token_hash=uuid.uuid4().bytes * 2
            )
    new = migrate("surveys", "0018_asked_before")
    rows = new.get_model("surveys.LastAsked").objects.order_by("employee__email")
    assert list(rows.values_list("employee__email", "day", "period", "group_id")) == [
        ("a@example.com", (OPENS + dt.timedelta(days=30)).date(), 28, groups[0].pk),
        ("b@example.com", OPENS.date(), 84, groups[1].pk),
    ]


def test_an_empty_database_is_upgraded_too(migrate):
    new = migrate("surveys", "0018_asked_before")
    assert new.get_model("surveys.LastAsked").objects.count() == 0
