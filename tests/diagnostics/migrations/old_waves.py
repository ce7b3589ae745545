"""A wave in a database of an older release."""

import datetime as dt


def wave_of(apps):
    instrument = apps.get_model("surveys", "Instrument").objects.create(code="pulse", version=1, document={})
    survey = apps.get_model("surveys", "Survey").objects.create(
        name="Pulse", instrument=instrument, first_opens_on=dt.date(2026, 1, 5)
    )
    day = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    return apps.get_model("surveys", "Wave").objects.create(
        survey=survey, number=1, opens_at=day, closes_at=day + dt.timedelta(days=5), questionnaire={}
    )
