"""Bands of levels that add up, in all that a wave publishes: of each that holds three counts, three are left."""

import csv
import io
import json
import re
from html import unescape

import pytest
from django.urls import reverse

from diagnostics.models import Digest, GroupScore, MethodNote
from surveys.choices import Role
from surveys.models import StaffUser
from tests.adversary.inversion import bands, power_fits, too_few_left
from tests.adversary.published import bands_of, people_of, printed, respondents_of
from tests.diagnostics.pair_waves import questionnaire, rate, worked
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, spread

pytestmark = pytest.mark.django_db(transaction=True)

# Pages and mails write a band with a hyphen, an interval with "to".
BAND = re.compile(r"(?<![\w-])(\d+)-(\d+)(?![\w-])")
RATE = re.compile(r"about (\d+) %")
# Every page of figures explains with two bands how bands are made.
EXPLAINED = re.compile(r'<span data-note="bands">[^<]*</span>')
# Of the company, of North, and of all who rate Stores: the band that is published, and that of five, which would tell.
COMPANY, NORTH, RATERS = ("45-54", "50-54"), ("20-29", "25-29"), ("35-44", "35-39")


def at_the_end(survey):
    """All groups but one have as many answers as their bands hold; so have North and the company, or nearly."""
    sizes = {"Design": (24, 14), "Events": (12, 11), "Plant": (24, 14), "Stores": (11, 11)}
    above = {"Design": department("North"), "Events": department("North")}
    made = {name: department(name, above.get(name)) for name in sizes}
    groups = {made[name]: (people, spread(count, 2, seed=people + count)) for name, (people, count) in sizes.items()}
    wave = close_wave(survey, groups, questionnaire=questionnaire())
    for name in ("Design", "Events", "Plant"):
        rate(wave, made[name], made["Stores"], worked(sizes[name][1], 2, seed=sizes[name][1]))
    return wave


@pytest.fixture
def wave():
    StaffUser.objects.create_user("leader@example.com", "x", name="Leader", role=Role.LEADER)
    return scored(make=at_the_end)


def by_name():
    """{name: (key, departments)} of everything that has figures."""
    return {row.name: (row.key, row.departments) for row in GroupScore.objects.all()}


def test_levels_at_the_end_of_their_sums_leave_three_counts_everywhere(wave):
    parents, published = bands_of(json.loads(printed("json")))
    names = {key: name for name, (key, _) in by_name().items()}
    assert {names[key]: band for key, band in published.items()} == {
        names["company"]: (45, 54),
        "North": (20, 29),
        "Design": (10, 14),
        "Events": (10, 12),
        "Plant": (10, 14),
        "Stores": (10, 11),
    }
    assert too_few_left(parents, published) == []
    # Negative control: bands of five, which were published before.
    counts = {row.key: respondents_of(row) for row in GroupScore.objects.all()}
    fives = {key: five_of(counts[key], people_of(wave, of)) for key, of in by_name().values()}
    assert {names[key] for key in too_few_left(parents, fives)} == {
        names["company"],
        "North",
        "Design",
        "Events",
        "Plant",
    }


def five_of(count, people):
    return next(band for band in bands(people) if band[0] <= count <= band[1])


def sources(wave, client):
    """{source: text} of all that has a band: exports, pages and mails; pages of single nodes by their names."""
    client.force_login(StaffUser.objects.create_user("hr@example.com", "x", name="HR", role=Role.HR))
    paths = {name: reverse(name, args=[wave.id]) for name in ("wave-report", "method-report", "pair-report")}
    paths |= {name: reverse("department-report", args=[wave.id, key]) for name, (key, _) in by_name().items()}
    paths["waves"] = reverse("waves")
    pages = {name: client.get(path).content.decode().partition("<main")[2] for name, path in paths.items()}
    digest = Digest.objects.get()
    mails = {"mail": digest.text, "mail in HTML": digest.html}
    return pages | mails | {form: printed(form) for form in ("table", "json", "csv")}


def read(text):
    """(the bands, the rates) that somebody reads in a text."""
    plain = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", EXPLAINED.sub("", text))))
    return {tuple(map(int, ends)) for ends in BAND.findall(plain)}, set(map(int, RATE.findall(plain)))


def test_every_page_mail_and_table_has_the_joined_bands_and_no_other(wave, client):
    document = json.loads(printed("json"))
    rows = [document["company"], *document["divisions"], *document["groups"]]
    rates = {row["response_percent"] for row in rows}
    published = {(row["response_low"], row["response_high"]) for row in rows + document["pairs"]["directions"]}

    def beyond(text):
        found = read(text)
        return found[0] - published, found[1] - rates

    texts = sources(wave, client)
    assert {name: found for name, text in texts.items() if any(found := beyond(text))} == {}
    # Negative control: a band of five in one source would be read there, and so would its rate.
    company = document["company"]["name"]
    whole = ("wave-report", "method-report", company, "waves", "mail", "mail in HTML", "table", "json", "csv")
    having = {
        COMPANY: whole,
        NORTH: ("wave-report", "North", "json", "csv"),
        RATERS: ("pair-report", company, "Stores", "json", "csv"),
    }
    for (joined, five), names in having.items():
        narrower = {name: beyond(texts[name].replace(joined, five))[0] for name in names}
        assert narrower == {key: {tuple(map(int, five.split("-")))} for key in names}
    with_rate = ("wave-report", "method-report", company, "North", "mail", "mail in HTML", "table")
    rates_read = {name: beyond(texts[name].replace("about 70 %", "about 75 %"))[1] for name in with_rate}
    assert rates_read == {key: {75} for key in with_rate}


def test_numbers_of_the_table_are_those_of_the_document(wave):
    document, ends = json.loads(printed("json")), ("response_low", "response_high")
    directions = {
        f"{row['rater']['key']}:{row['rated']['key']}": tuple(row[end] for end in ends)
        for row in document["pairs"]["directions"]
    }
    lines = {row["key"]: tuple(int(row[end]) for end in ends) for row in csv.DictReader(io.StringIO(printed("csv")))}
    assert lines == bands_of(document)[1] | directions
    assert (35, 44) in directions.values()


def test_the_power_table_fits_every_count_of_a_joined_band(wave):
    rows = [(row["people"], row["answering"]) for row in MethodNote.objects.get().document["power"]]
    assert power_fits(rows, (45, 54), people=71) == list(range(45, 55))
    # Negative control: as many as would answer of these sizes at the rate of the band of five.
    narrower = [(size, round(size * 52 / 71)) for size, _ in rows]
    assert len(power_fits(narrower, (45, 54), people=71)) < 5
