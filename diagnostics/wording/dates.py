"""The days of a wave in words."""

from django.utils import timezone
from django.utils.formats import date_format

from diagnostics.report.report import WaveInfo


def wave_days(wave: WaveInfo) -> str:
    """From the day it opened to the day it closed, by the company's clock; one day is named once."""
    opened, closed = timezone.localdate(wave.opens_at), timezone.localdate(wave.closes_at)
    end = date_format(closed, "j F Y")
    if opened == closed:
        return end
    return f"{date_format(opened, 'j F' if opened.year == closed.year else 'j F Y')} – {end}"
