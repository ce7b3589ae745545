import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diagnostics.choices import RaterKind
from diagnostics.report import selectors
from surveys.selectors.people import visible_departments
from tests.diagnostics.pair_waves import company, questionnaire, rate, rated_company, worked
from tests.diagnostics.report_pages import department_page, pair_page, text
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, make_survey, spread
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


def test_the_page_leads_with_the_highest_risk_pair_and_ranks_the_pairs(hr):
    reply = pair_page(hr, scored(make=rated_company))
    heading = re.search(r"<h1>(.*?)</h1>", reply.content.decode())[1]
    assert heading == f"{reply.context['page'].sentence}."
    pairs = [{line.pair.first.name, line.pair.second.name} for line in reply.context["page"].pairs]
    assert pairs[0] == {"Marketing", "Sales"}
    assert {"Production", "Logistics"} in pairs
    assert [line.high_risk for line in reply.context["page"].pairs] == [True, False, False]


def test_the_network_draws_the_pairs_that_are_shown_and_no_other(hr):
    reply = pair_page(hr, scored(make=rated_company))
    page = reply.context["page"]
    shown = [(line.pair.cell.label, line.text, line.high_risk) for line in page.pairs]
    for figure in page.networks:
        ties = list(reversed(figure.ties))
        assert [(tie.text, tie.high_risk) for tie in ties] == [(text, high) for _, text, high in shown]
        assert all(tie.title.startswith(label) for tie, (label, *_) in zip(ties, shown, strict=True))
    assert reply.content.decode().count('class="figure-network"') == 2


def test_every_pair_has_its_interval_directions_bands_and_certainty(hr):
    reply = pair_page(hr, scored(make=rated_company))
    line = reply.context["page"].pairs[0]
    page = text(reply)
    assert line.sure in page
    cell = next(side.direction.cell for side in line.directions if side.direction.rater.name == "Sales")
    assert f"Sales about Marketing: {cell.value} likely {cell.low} to {cell.high}, 10-14 raters" in page
    assert 'id="sure"' in reply.content.decode()
    assert reply.context["page"].model in page


def test_each_pair_has_who_finds_it_worse(hr):
    reply = pair_page(hr, scored(make=rated_company))
    lines = reply.context["page"].pairs
    assert {line.pair.one_sided for line in lines} == {True, False}
    assert all(line.asymmetry in text(reply) for line in lines)
    assert [line.pair.first.name for line in lines if line.pair.one_sided] == ["Sales"]


def test_a_suppressed_direction_falls_back_to_divisions_and_to_everybody(hr):
    reply = pair_page(hr, scored(make=rated_company))
    matrix = reply.context["page"].matrix
    row = next(row for row in matrix.rows if row.end.name == "Service")
    cells = dict(zip([end.name for end in matrix.columns], row.cells, strict=True))
    assert (cells["Logistics"].kind, cells["Logistics"].text != "") == ("division", True)
    assert cells["Logistics"].words.startswith("by division, Commercial about Operations: likely ")
    assert cells["Marketing"].words.startswith("by division, Inside Commercial: likely ")
    logistics = next(row for row in matrix.rows if row.end.name == "Logistics")
    cells = dict(zip([end.name for end in matrix.columns], logistics.cells, strict=True))
    assert (cells["Finance"].kind, cells["Finance"].reason) == ("suppressed", "too_few")
    everybody = dict(zip([end.name for end in matrix.columns], matrix.everybody, strict=True))
    assert everybody["Finance"].kind == "direct"


def test_the_department_page_has_both_directions_of_its_pairs(hr):
    wave = scored(make=rated_company)
    pairs = department_page(hr, wave, "Production").context["page"].pairs
    assert [line.other for line in pairs.of] == ["Everybody", "Sales", "Logistics"]
    assert {line.other for line in pairs.by} == {"Sales", "Logistics"}
    reply = department_page(hr, wave, "Sales")
    page, pairs = text(reply), reply.context["page"].pairs
    assert [line.high_risk for line in pairs.pairs] == [True, False]
    assert all(line.asymmetry in page for line in pairs.pairs)
    assert reverse("pair-report", args=[wave.id]) in reply.content.decode()


def test_a_suppressed_direction_on_a_department_page_has_its_reason(hr):
    page = department_page(hr, scored(make=rated_company), "Service")
    line = page.context["page"].pairs.by[-1]
    assert (line.other, line.text, line.figure) == ("Logistics", "", None)
    assert "Too few answers" in text(page)


def test_the_company_page_leads_to_the_pair_map(hr):
    wave = scored(make=rated_company)
    reply = hr.get(reverse("wave-report", args=[wave.id]))
    assert reverse("pair-report", args=[wave.id]) in reply.content.decode()
    assert f"{reply.context['page'].pairs}. " in text(reply)


def test_where_no_pair_can_be_shown_the_page_explains_why(hr):
    def thin(survey):
        wave = company(survey)
        rate(wave, department("Sales"), department("Finance"), worked(6, 2))
        return wave

    reply = pair_page(hr, scored(make=thin))
    assert reply.context["page"].pairs == ()
    assert "at least 5 raters" in reply.content.decode().partition('id="no-pairs"')[2].partition("</p>")[0]
    assert "Sales about Finance" in text(reply)


def test_a_wave_without_ratings_has_a_designed_page_and_no_link_to_it(hr):
    wave = scored(make=lambda survey: close_wave(survey, {department("Sales"): (20, spread(15, 2))}))
    assert 'data-no-ratings="too_few"' in pair_page(hr, wave).content.decode()
    assert 'id="pairs"' not in hr.get(reverse("wave-report", args=[wave.id])).content.decode()


def test_a_leader_sees_only_what_the_own_people_say_and_all_say_of_them(client):
    wave = scored(make=rated_company)
    leader = make_staff("leader", departments=["Commercial"])
    pairs = selectors.report(wave.id, within=visible_departments(leader)).pairs
    everything = selectors.report(wave.id, within=None).pairs
    commercial = {"Marketing", "Sales", "Service", "Commercial"}
    for direction in everything.directions:
        owner = direction.rated if direction.rater_kind == RaterKind.EVERYBODY else direction.rater
        assert (direction in pairs.directions) == (owner.name in commercial)
    assert {(pair.first.name, pair.second.name) for pair in pairs.pairs_by(RaterKind.GROUP)} == {
        (pair.first.name, pair.second.name)
        for pair in everything.pairs_by(RaterKind.GROUP)
        if {pair.first.name, pair.second.name} <= commercial
    }
    assert 0 < len(pairs.directions) < len(everything.directions)
    client.force_login(leader)
    reply = pair_page(client, wave)
    page = text(reply)
    assert "Sales about Production" in page
    assert "Production about Sales" not in page
    assert "Logistics about Production" not in page
    assert 'data-reader="leader"' in reply.content.decode()
    assert "Production: outside your departments" in page
    assert "Production: suppressed" not in page


@pytest.mark.parametrize("part", ["Operations", "Finance"])
def test_of_a_direction_from_outside_a_leader_sees_no_trace(client, part):
    """The other way round: what Commercial says of Production is Commercial's."""
    wave = scored(make=rated_company)
    client.force_login(make_staff("leader", departments=[part]))
    page = text(pair_page(client, wave))
    assert "Sales about Production" not in page
    assert "Marketing and Sales" not in page
    assert "Sales and Marketing" not in page


def test_an_auditor_sees_nothing_and_an_unscored_wave_waits(client):
    wave = rated_company(make_survey())
    client.force_login(make_staff("auditor"))
    assert pair_page(client, wave).status_code == 403
    client.force_login(make_staff("hr"))
    assert "being scored" in text(pair_page(client, wave))


def test_names_are_escaped_and_nothing_breaks_the_content_security_policy(hr):
    def nasty(survey):
        bad = department("<script>alert(1)</script>")
        wave = close_wave(
            survey,
            {bad: (20, spread(15, 3)), department("B"): (20, spread(15, 3, seed=2))},
            questionnaire=questionnaire(),
        )
        rate(wave, bad, department("B"), worked(9, 3))
        rate(wave, department("B"), bad, worked(9, 3, seed=2))
        return wave

    page = pair_page(hr, scored(make=nasty)).content.decode()
    assert "&lt;script&gt;" in page
    assert [mark for mark in ("<script", " style=", "<style", "javascript:", "onclick") if mark in page] == []


@pytest.mark.parametrize("departments", [2, 9])
def test_the_number_of_queries_does_not_grow(hr, departments):
    def ring(survey):
        made = [department(f"D{place}") for place in range(departments)]
        groups = {each: (20, spread(15, 2, seed=place)) for place, each in enumerate(made)}
        wave = close_wave(survey, groups, questionnaire=questionnaire())
        for place, rater in enumerate(made):
            rate(wave, rater, made[place - 1], worked(8, 2, seed=place))
        return wave

    wave = scored(make=ring)
    with CaptureQueriesContext(connection) as queries:
        assert pair_page(hr, wave).status_code == 200
    assert len(queries) == 12


def test_a_pair_leads_to_what_to_do_and_what_they_say_of_each_other(hr):
    reply = pair_page(hr, wave := scored(make=rated_company))
    pair = reply.context["page"].pairs[0].pair
    link = reverse("proposals-report", args=[wave.id, pair.first.key, pair.second.key])
    assert link in reply.content.decode()
    directions = selectors.report(wave.id, within=None).pairs.directions
    ends = (pair.first.key, pair.second.key)
    shown = next(each for each in directions if (each.rater.key, each.rated.key) == ends)
    figures = f"{shown.cell.value} in {shown.rater.name} (likely {shown.cell.low} to {shown.cell.high}"
    words = f"“joint work with {shown.rated.name}” is at {figures}"
    proposals = hr.get(link).context["page"].proposals
    assert any(words in proposal.reason for proposal in proposals)


def test_the_share_without_contact_has_its_interval_on_every_card(hr):
    reply = pair_page(hr, scored(make=rated_company))
    shares = [side.direction.no_contact for line in reply.context["page"].pairs for side in line.directions]
    shown = [share for share in shares if share.shown]
    assert shown
    cards = reply.content.decode().partition('id="ranked-pairs"')[2].partition('id="network"')[0]
    for share in shown:
        assert f"{share.share_text} ({share.share_span})" in cards
