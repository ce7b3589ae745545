"""Addresses that an earlier version stored become as they are delivered; mails of open waves keep theirs."""

import datetime as dt

OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
BEFORE, AFTER = ("surveys", "0025_titles_and_ids"), ("surveys", "0027_delivered_addresses")


def store(models):
    department = models.get_model("surveys.Department").objects.create(name="Sales")
    people = models.get_model("surveys.Employee").objects
    addresses = ("ann@bücher.example", "bo@x.example", "cy@straße.example", "cy@xn--strae-oqa.example", "dee@..ü")
    made = [people.create(email=address, name=address, department=department) for address in addresses]
    instrument = models.get_model("surveys.Instrument").objects.create(code="x", version=1, document={})
    survey = models.get_model("surveys.Survey").objects.create(
        name="Pulse", instrument=instrument, first_opens_on=OPENS.date()
    )
    wave = models.get_model("surveys.Wave").objects.create(
        survey=survey, number=1, opens_at=OPENS, closes_at=OPENS + dt.timedelta(days=7)
    )
    for number, person in enumerate(made[:2]):
        models.get_model("surveys.Mail").objects.create(kind="invitation", key=str(number), wave=wave, employee=person)


def test_mails_keep_their_address_and_domains_are_looked_up(migrate):
    store(migrate(*BEFORE))
    models = migrate(*AFTER)
    assert list(models.get_model("surveys.Mail").objects.order_by("key").values_list("address", flat=True)) == [
        "ann@bücher.example",
        "bo@x.example",
    ]
    assert sorted(models.get_model("surveys.Employee").objects.values_list("email", flat=True)) == [
        "ann@xn--bcher-kva.example",
        "bo@x.example",
        "cy@straße.example",
        "cy@xn--strae-oqa.example",
        "dee@..ü",
    ]


def test_an_empty_database_migrates_there_and_back(migrate):
    migrate(*BEFORE)
    assert migrate(*AFTER).get_model("surveys.Mail").objects.count() == 0
    migrate(*BEFORE)
