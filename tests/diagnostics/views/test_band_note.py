"""Where bands of answers stand beside each other, the page says why one of them is wider."""

import re

import pytest
from django.urls import reverse

from diagnostics.models import GroupScore
from surveys.rules.rounding import band_of, band_text
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, spread

pytestmark = pytest.mark.django_db
NOTE = re.compile(r'<span data-note="bands">(.*?)</span>', re.DOTALL)


def fifteen_and_more(survey):
    return close_wave(
        survey,
        {
            department("Sales"): (15, spread(13, 2)),
            department("Plant"): (30, spread(12, 2, seed=2)),
            department("Stores"): (30, spread(22, 2, seed=3)),
        },
    )


def test_a_page_with_10_15_beside_10_14_gives_the_reason(hr):
    wave = scored(make=fifteen_and_more)
    key = GroupScore.objects.get(name="Sales").key
    page = hr.get(reverse("wave-report", args=[wave.id])).content.decode()
    of_department = hr.get(reverse("department-report", args=[wave.id, key])).content.decode()
    shown = re.findall(r"\b\d+-\d+\b", NOTE.sub("", page))
    assert {"10-15", "10-14"} <= set(shown)
    [note], [same] = NOTE.findall(page), NOTE.findall(of_department)
    assert note == same
    # What the note gives as an example is what the rule does.
    assert re.findall(r"\d+-\d+", note) == [band_text(band_of(13, 15)), band_text(band_of(13, 30))]
