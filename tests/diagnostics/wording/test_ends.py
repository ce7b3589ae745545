"""5 and 95 also mean everything beyond them, wherever a person reads a figure; files for programs keep the numbers."""

import csv
import io
import json
import re
from html import unescape

import pytest
from django.urls import reverse

from diagnostics import charts
from diagnostics.models import Digest, Score, Snapshot
from diagnostics.remedies.proposals import Gap, propose
from diagnostics.report.cell import format_share_interval
from diagnostics.report.report import TrendPoint
from diagnostics.services.digesting import write_digests
from diagnostics.services.scoring import score
from tests.architecture.source import ROOT
from tests.diagnostics.printed_report import printed
from tests.diagnostics.proposed import department as proposed_for
from tests.diagnostics.report_rows import NOW, cell
from tests.diagnostics.waves import company, make_survey
from tests.staff import make_staff

LOWEST, HIGHEST = cell(5, width=0), cell(95, width=0)
# An end without its sign, in an interval or after “likely”; the axis of a figure has other figures.
BARE = re.compile(r"(?<!≤ )\b5 ?(?:to|–|-) ?\d|\d ?(?:to|–|-) ?95\b|likely 5\b|(?<![≤≥] )\b(?:5|95), (?:likely|90 %)")


def test_the_search_for_bare_ends_finds_them():
    bare = ("likely 5–12", "88 to 95", "5 to 12", "5-12", "95, likely 88", "5, 90 % interval")
    assert [bool(BARE.search(text)) for text in bare] == [True] * len(bare)
    assert not any(BARE.search(text) for text in ("≤ 5 to 12", "88 to ≥ 95", "≥ 95, likely 88", "15 to 25"))


def test_a_figure_shows_it_in_its_titles():
    low, high = (charts.interval(end).title for end in (LOWEST, HIGHEST))
    assert low == "≤ 5 on a scale from 0 to 100, 90 % interval ≤ 5 to ≤ 5"
    assert high == "≥ 95 on a scale from 0 to 100, 90 % interval ≥ 95 to ≥ 95"
    trend = charts.trend([TrendPoint(None, 1, NOW, cell(90, width=10))])
    assert (trend.title, trend.marks[0].title) == ("wave 1: 90, 90 % interval 85 to ≥ 95",) * 2


def test_the_reason_of_a_remedy_shows_it():
    (first, *_) = propose(proposed_for(cell(90, "stagnation")), 5)
    assert "is at 90 (likely 85 to ≥ 95, wave 5)" in first.reason


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(26, 64, "26 to 64 %"), (5, 32, "at most 32 %"), (60, 95, "at least 60 %"), (5, 95, "anything"), (None, None, "")],
)
def test_the_interval_of_a_share_in_words(low, high, words):
    assert format_share_interval(low, high) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((40, 60), "20 points apart, likely 6 to 34"),
        ((60, 40), "20 points apart, likely 6 to 34"),
        ((50, 60), "10 points apart, which may be chance"),
        ((50, 50), "no gap"),
        ((5, 60), "at least 55 points apart, likely 41 to 69"),
        ((95, 95), "no gap to be seen"),
    ],
)
def test_two_pictures_may_be_farther_apart_or_only_by_chance(values, words):
    """Ten points each way make fourteen for the gap: the root of the sum of their squares."""
    spans = tuple((value - 10, value + 10) for value in values)
    assert Gap(("Sales", "IT"), values, spans, (1, 1)).apart == words


@pytest.fixture
def clipped():
    """A scored wave whose published figures reach both ends; its digest is written of them."""
    make_staff("leader", name="All")
    wave = company(make_survey())
    score(wave_id=wave.id)
    Score.objects.filter(status="published").update(value=12, low=5, high=95, outer_low=5, outer_high=95)
    Score.objects.filter(status="published", group__name="Marketing").update(value=95, low=88)
    Score.objects.filter(status="published", group__name="Sales").update(value=5, high=12)
    Digest.objects.all().delete()
    write_digests(Snapshot.objects.get(wave=wave))
    return wave


@pytest.mark.django_db
def test_the_digest_shows_it_in_its_sentences_and_in_its_table(clipped):
    (digest,) = Digest.objects.all()
    assert "Index ≥ 95, likely 88 to ≥ 95" in digest.text
    assert re.search(r">≤ 5 <span [^>]*>≤ 5 to 12</span></td>", digest.html)
    for text in (digest.subject, digest.text, digest.html):
        assert BARE.findall(unescape(text)) == []


@pytest.mark.django_db
def test_pages_say_so_in_words_and_in_the_titles_of_what_they_draw(clipped, client):
    client.force_login(make_staff("hr"))
    names = Snapshot.objects.get(wave=clipped).groups.get(name="Marketing")
    for path, shown in (
        (reverse("wave-report", args=[clipped.id]), 'title="88 to ≥ 95"'),
        (reverse("department-report", args=[clipped.id, names.key]), "≥ 95, 90 % interval 88 to ≥ 95"),
    ):
        page = unescape(client.get(path).content.decode())
        assert shown in page
        assert BARE.findall(page) == []


@pytest.mark.django_db
def test_the_terminals_table_shows_it_and_other_formats_have_numbers(clipped):
    table = printed()
    assert re.search(r"Marketing +≥ 95 +88 to ≥ 95 ", table)
    assert BARE.findall(table) == []
    marketing = next(row for row in json.loads(printed("--format", "json"))["groups"] if row["name"] == "Marketing")
    assert [marketing[name] for name in ("index", "low", "high")] == [95, 88, 95]
    rows = csv.DictReader(io.StringIO(printed("--format", "csv")))
    line = next(row for row in rows if (row["name"], row["measure"]) == ("Marketing", "index"))
    assert [line[name] for name in ("value", "low", "high")] == ["95", "88", "95"]


def test_no_template_writes_a_figure_or_an_end_of_it_by_itself():
    """Drawings have places on a canvas; a coefficient is not clipped."""
    allowed = {"interval.svg", "trend.svg", "_coefficient.html"}
    bare = {
        (path.name, found)
        for path in (ROOT / "templates").rglob("*.*")
        if path.name not in allowed
        for found in re.findall(r"\{\{ ?([\w.]+\.(?:value|low|high|outer_low|outer_high))\b", path.read_text())
    }
    assert bare == set()
