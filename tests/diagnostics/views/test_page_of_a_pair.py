"""The page of two departments: what they say about each other, and what each sees."""

import pytest
from django.urls import reverse

from diagnostics.report import selectors
from tests.diagnostics.pair_waves import questionnaire, rated_company
from tests.diagnostics.report_pages import pair_page, text
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, spread

pytestmark = pytest.mark.django_db


def test_the_page_of_a_pair_begins_with_what_they_say_of_each_other(hr):
    pair = pair_page(hr, wave := scored(make=rated_company)).context["page"].pairs[0].pair
    reply = hr.get(reverse("proposals-report", args=[wave.id, pair.second.key, pair.first.key]))
    (line,) = reply.context["page"].pair
    assert (line.pair.cell, line.high_risk) == (pair.cell, True)
    start = reply.content.decode().partition('id="between"')[2].partition('id="proposals"')[0]
    assert f'<strong>{pair.cell.text}</strong><span class="level level-at_risk">' in start
    assert line.sure in start
    assert start.count("likely") == 2


def test_the_page_of_a_suppressed_pair_explains_why_and_where_to_look(hr):
    wave = scored(make=rated_company)
    keys = {row.name: row.key for row in selectors.report(wave.id, within=None).groups}
    page = hr.get(reverse("proposals-report", args=[wave.id, keys["Marketing"], keys["Finance"]])).content.decode()
    why = page.partition('id="no-pair"')[2].partition("</p>")[0]
    assert "at least 5 raters" in why
    assert reverse("pair-report", args=[wave.id]) in why


def test_causes_and_the_gap_between_two_pictures_have_their_intervals(hr):
    document = questionnaire(rotating=("different_pictures",))
    document["scales"][-1]["kind"] = "cause"
    groups = {department("Sales"): (30, spread(20, 3, seed=1)), department("IT"): (30, spread(20, 1, seed=2))}
    wave = scored(make=lambda survey: close_wave(survey, groups, questionnaire=document))
    keys = [row.key for row in selectors.report(wave.id, within=None).groups]
    reply = hr.get(reverse("proposals-report", args=[wave.id, *keys]))
    page, (cause,) = text(reply), reply.context["page"].causes
    for side in cause.sides:
        assert f"{side.text} likely {side.span}" in page
    gap = reply.context["page"].gap
    assert gap.names == ("Sales", "IT")
    assert f"Sales {gap.texts[0]}, IT {gap.texts[1]}: {gap.apart}." in page
