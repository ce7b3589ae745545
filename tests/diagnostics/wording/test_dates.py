"""A wave's days, by the company's clock."""

import datetime as dt
import uuid

import pytest

from diagnostics.report.report import WaveInfo
from diagnostics.wording.dates import wave_days


@pytest.mark.parametrize(
    ("opens", "closes", "zone", "days"),
    [
        ("2026-11-26T08:00", "2026-12-03T08:00", "UTC", "26 November – 3 December 2026"),
        ("2026-11-26T08:00", "2026-11-26T16:00", "UTC", "26 November 2026"),
        ("2026-11-25T20:00", "2026-11-26T02:00", "Asia/Tokyo", "26 November 2026"),
        ("2026-12-28T08:00", "2027-01-04T08:00", "UTC", "28 December 2026 – 4 January 2027"),
    ],
)
def test_one_day_is_named_once_and_a_year_where_it_changes(settings, opens, closes, zone, days):
    settings.TIME_ZONE = zone
    moments = [dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC) for moment in (opens, closes)]
    assert wave_days(WaveInfo(uuid.uuid4(), "Pulse", 1, *moments, "closed")) == days
