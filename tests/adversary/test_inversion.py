"""Wherever a band holds three counts, three counts fit: nothing that a wave publishes tells how many are behind it."""

import json
import re
from html import unescape
from itertools import pairwise

import pytest
from django.urls import reverse

from diagnostics.models import Digest, GroupScore, MethodNote, PairScore
from surveys.choices import Role
from surveys.models import StaffUser, Wave
from tests.adversary.inversion import bands, holds_three, power_fits, share_fits, too_few_left
from tests.adversary.published import bands_of, cells_of, demo_company, lines_of, people_of, printed
from tests.diagnostics.pair_waves import NEEDED, NO_NEED, contact, questionnaire, rate, worked
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, same, spread

pytestmark = pytest.mark.django_db(transaction=True)
CERTAINTIES = (50, 80, 95, 99)
SHARES = ("critical_mass", "pick_communication")
# What pages and mails say in percent without any answer behind it.
FIXED = re.compile(r"90 %\s+interval|in steps of 5 %|from about 90 %|in percent")
SPOKEN = re.compile(r"(\d+)(?:\s+to\s+(\d+))?\s+%")


@pytest.fixture
def demo(tmp_path):
    StaffUser.objects.create_user("leader@example.com", "x", name="Leader", role=Role.LEADER)
    demo_company(tmp_path, waves=1)
    return Wave.objects.get()


def shares_of_groups(wave):
    """(name, share with its interval, band of answers, headcount) of each published share."""
    found = []
    for row in GroupScore.objects.filter(snapshot__wave=wave).prefetch_related("scores"):
        band, people = (row.response_low, row.response_high), people_of(wave, row.departments)
        found += [
            (f"{row.name} {cell.measure}", (cell.value, cell.low, cell.high), band, people)
            for cell in row.scores.all()
            if cell.measure in SHARES and cell.value is not None
        ]
    return found


def shares_of_pairs(wave):
    """The same of "needed, but no contact"; of how many people raters are, nobody outside can say for certain."""
    rows = PairScore.objects.filter(rater__snapshot__wave=wave, no_contact__isnull=False).select_related(
        "rater", "rated"
    )
    return [
        (
            f"{row.rater.name} about {row.rated.name}",
            (row.no_contact, row.no_contact_low, row.no_contact_high),
            (row.response_low, row.response_high),
            people_of(wave, row.rater.departments),
        )
        for row in rows
    ]


def share_of_the_careless(wave):
    careless = MethodNote.objects.get(snapshot__wave=wave).document["careless"]
    company = GroupScore.objects.get(snapshot__wave=wave, kind="company")
    people, band = people_of(wave, company.departments), (company.response_low, company.response_high)
    return [("careless", (careless["percent"], careless["low"], careless["high"]), band, people)] if careless else []


def telling(shares):
    """The shares of which fewer than three counts fit, though the band holds three."""
    return [
        (name, triple, band, fits)
        for name, triple, band, people in shares
        if holds_three(band) and len(fits := share_fits(triple, band, people=people)) < 3
    ]


def test_no_share_tells_its_count(demo):
    shares = shares_of_groups(demo)
    found = telling(shares)
    print(f"\n{len(found)} of {len(shares)} shares leave fewer than three counts: {found}")
    assert len(shares) == 20
    assert found == []


def ratings(survey):
    """Of each department some needed contact and had none; some people tick one option throughout."""
    departments = [department(name) for name in ("Sales", "Service", "Plant", "Stores")]
    sizes = dict(zip(departments, (17, 23, 33, 12), strict=True))
    groups = {place: (count + 9, [*spread(count - 2, 2), *same(2, 3)]) for place, count in sizes.items()}
    wave = close_wave(survey, groups, questionnaire=questionnaire())
    for number, (rater, count) in enumerate(sizes.items()):
        for rated in departments:
            if rater != rated:
                avoided = contact(number + 2, NEEDED)
                rate(wave, rater, rated, worked(count - number - 3, 2, seed=number) + avoided + contact(1, NO_NEED))
    return wave


def test_no_share_of_pairs_and_of_careless_answers_tells_its_count():
    wave = scored(make=ratings)
    pairs, careless = shares_of_pairs(wave), share_of_the_careless(wave)
    found = telling([*pairs, *careless])
    print(f"\n{len(found)} of {len(pairs)} shares of pairs leave fewer than three counts: {found}")
    assert (len(pairs) > 5, len(careless)) == (True, 1)
    assert found == []


def test_a_share_in_whole_percents_tells_its_count():
    """Negative control: 3 of 17 as they were published until now."""
    assert share_fits((18, 7, 37), (15, 19), people=24) == [17]


def test_the_power_table_fits_every_count_of_the_band(demo):
    company = GroupScore.objects.get(snapshot__wave=demo, kind="company")
    people, band = people_of(demo, company.departments), (company.response_low, company.response_high)
    rows = [(row["people"], row["answering"]) for row in MethodNote.objects.get().document["power"]]
    assert holds_three(band)
    assert power_fits(rows, band, people=people) == list(range(band[0], band[1] + 1))
    # Negative control: as many as would answer of these sizes at the exact response.
    large = [(size, round(size * band[0] / people)) for size in (100, 230, 370)]
    assert len(power_fits(large, band, people=people)) < 3


def test_bands_of_the_demo_added_up_leave_three_counts(demo):
    parents, published = bands_of(json.loads(printed("json")))
    assert len(set(parents.values())) > 3
    assert too_few_left(parents, published) == []


def test_json_csv_and_database_publish_the_same_shares(demo):
    cells, lines = cells_of(json.loads(printed("json"))), lines_of(printed("csv"))
    stored = {
        (row.key, cell.measure): cell.value
        for row in GroupScore.objects.prefetch_related("scores")
        for cell in row.scores.all()
        if cell.measure in SHARES
    }
    assert {key: cells[key][2] for key in stored} == {key: lines[key][2] for key in stored} == stored
    directions = json.loads(printed("json"))["pairs"]["directions"]
    contact = {(row["rater"]["key"], row["rated"]["key"]): row["no_contact"]["value"] for row in directions}
    rows = PairScore.objects.select_related("rater", "rated")
    assert contact == {(row.rater.key, row.rated.key): row.no_contact for row in rows}


def spoken(text):
    """Every percentage of a page or a mail, as people read it."""
    plain = FIXED.sub("", re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", text))))
    return {int(number) for found in SPOKEN.findall(plain) for number in found if number}


def test_pages_and_mails_speak_of_no_other_percentage(demo, client):
    """Steps of 5, the ends of published intervals, and how sure an alert is, in steps: nothing finer."""
    client.force_login(StaffUser.objects.create_user("hr@example.com", "x", name="HR", role=Role.HR))
    keys = list(GroupScore.objects.values_list("key", flat=True))
    groups = list(GroupScore.objects.filter(kind="group").values_list("key", flat=True))
    paths = [reverse(name, args=[demo.id]) for name in ("wave-report", "method-report", "pair-report")]
    paths += [reverse("department-report", args=[demo.id, key]) for key in keys]
    paths += [reverse("proposals-report", args=[demo.id, *pair]) for pair in pairwise(groups)]
    paths += [reverse("waves")]
    texts = [client.get(path).content.decode() for path in paths]
    texts += [text for digest in Digest.objects.all() for text in (digest.subject, digest.text, digest.html)]
    shares = [*shares_of_groups(demo), *shares_of_pairs(demo), *share_of_the_careless(demo)]
    ends = {round(end) for _, (_, low, high), _, _ in shares for end in (low, high)}
    steps = {*range(0, 101, 5), *CERTAINTIES}
    percents = set().union(*map(spoken, texts))
    assert len(percents) > 5
    assert percents <= steps | ends
    # The ends belong to the share and to the first count of a band, which are published themselves.
    assert {share[1][0] for share in shares} <= {*range(10, 91, 5)}


def test_a_band_of_three_counts_holds_them():
    assert [band for band in bands(12) if holds_three(band)] == [(0, 4), (5, 9), (10, 12)]
    assert bands(11)[-1] == (10, 11)
