"""Bands of levels that add up, in all that a wave publishes: of each that holds three counts, three are left."""

import csv
import io
import json

import pytest
from django.urls import reverse

from diagnostics.models import GroupScore
from surveys.choices import Role
from surveys.models import StaffUser
from surveys.selectors.waves import wave_rows
from tests.adversary.inversion import bands, too_few_left
from tests.adversary.published import bands_of, people_of, printed, respondents_of
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, spread

pytestmark = pytest.mark.django_db(transaction=True)


def at_the_end(survey):
    """A division whose groups have nearly all the answers that their bands allow, and two other groups."""
    sizes = {"Design": (24, 14), "Events": (12, 11), "Plant": (24, 12), "Stores": (24, 13)}
    above = {"Design": department("North"), "Events": department("North")}
    return close_wave(
        survey,
        {
            department(name, above.get(name)): (people, spread(count, 2, seed=people + count))
            for name, (people, count) in sizes.items()
        },
    )


def test_levels_at_the_end_of_their_sums_leave_three_counts_everywhere(client):
    wave = scored(make=at_the_end)
    client.force_login(StaffUser.objects.create_user("hr@example.com", "x", name="HR", role=Role.HR))
    parents, published = bands_of(json.loads(printed("json")))
    names = {row.key: row.name for row in GroupScore.objects.all()}
    by_name = {names[key]: band for key, band in published.items()}
    assert (by_name["Design"], by_name["Events"], by_name["North"]) == ((10, 14), (10, 12), (20, 29))
    assert too_few_left(parents, published) == []
    # The same bands everywhere: one that is finer in one place would do.
    lines = {
        row["key"]: (int(row["response_low"]), int(row["response_high"]))
        for row in csv.DictReader(io.StringIO(printed("csv")))
    }
    company = by_name[names["company"]]
    assert (lines, wave_rows()[0].participation.band) == (published, company)
    page = client.get(reverse("wave-report", args=[wave.id])).content.decode()
    assert ("20-29" in page, "25-29" in page) == (True, False)
    # Negative control: bands of five, which were published until now.
    counts = {row.key: respondents_of(row) for row in GroupScore.objects.all()}
    fives = {key: five_of(count, people_of(wave, node_departments(key))) for key, count in counts.items()}
    assert {names[key] for key in too_few_left(parents, fives)} == {"Design", "Events", "North"}


def node_departments(key):
    return GroupScore.objects.get(key=key).departments


def five_of(count, people):
    return next(band for band in bands(people) if band[0] <= count <= band[1])
