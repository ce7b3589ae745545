import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from diagnostics.choices import PairLevel
from diagnostics.report import selectors
from diagnostics.services.scoring import score
from surveys.selectors.people import visible_departments
from tests.diagnostics.pair_waves import at_war, company, questionnaire, rate, worked
from tests.diagnostics.waves import close_wave, department, make_survey, spread
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


def scored(make=at_war, survey=None, **fields):
    wave = make(survey or make_survey(), **fields)
    score(wave_id=wave.id)
    return wave


def text(reply):
    assert reply.status_code == 200
    return " ".join(strip_tags(reply.content.decode()).split())


def page_of(client, wave):
    return client.get(reverse("pair-report", args=[wave.id]))


def department_page(client, wave, name):
    report = selectors.report(wave.id, within=None)
    key = next(row.key for row in report.groups if row.name == name)
    return client.get(reverse("department-report", args=[wave.id, key]))


def test_the_page_answers_which_pair_burns_and_ranks_the_pairs(hr):
    reply = page_of(hr, scored())
    assert re.search(r"<h1>(.*?)</h1>", reply.content.decode())[1].startswith("Between departments it burns here: ")
    pairs = [{line.pair.first.name, line.pair.second.name} for line in reply.context["page"].pairs]
    assert pairs[0] == {"Marketing", "Sales"}
    assert {"Production", "Logistics"} in pairs
    assert [line.high_risk for line in reply.context["page"].pairs] == [True, False, False]


def test_the_network_draws_the_pairs_that_are_told_and_no_other(hr):
    reply = page_of(hr, scored())
    page = reply.context["page"]
    told = [f"{one.pair.cell.label} {one.text}{', burns' * one.high_risk}" for one in page.pairs]
    assert [[tie.title for tie in reversed(figure.ties)] for figure in page.networks] == [told, told]
    assert reply.content.decode().count('class="figure-network"') == 2


def test_every_pair_has_its_interval_its_directions_with_bands_and_how_sure_we_are(hr):
    reply = page_of(hr, scored())
    line = reply.context["page"].pairs[0]
    page = text(reply)
    assert f"nine times in ten the true figure lies between {line.pair.cell.low} and {line.pair.cell.high}" in page
    said = next(one.direction for one in line.directions if one.direction.rater.name == "Sales")
    assert f"Sales about Marketing: {said.cell.value} likely {said.cell.low} to {said.cell.high}, 10-14 raters" in page
    assert "How sure are we?" in page
    assert "one direction at a time (empirical Bayes): too few directions for the social relations model" in page


def test_who_finds_it_bad_is_told_in_words_only_where_the_interval_bears_it_out(hr):
    page = text(page_of(hr, scored()))
    assert "Sales finds it bad; Production does not (" in page
    assert "Both see it alike, as far as the answers can tell." in page


def test_a_hidden_direction_falls_back_to_divisions_and_to_everybody_and_says_so(hr):
    reply = page_of(hr, scored())
    matrix = reply.context["page"].matrix
    row = next(row for row in matrix.rows if row.end.name == "Service")
    cells = dict(zip([end.name for end in matrix.columns], row.cells, strict=True))
    assert (cells["Logistics"].kind, cells["Logistics"].text != "") == ("division", True)
    assert cells["Logistics"].words.startswith("by division, Commercial about Operations: likely ")
    assert cells["Marketing"].words.startswith("by division, Inside Commercial: likely ")
    hidden = next(row for row in matrix.rows if row.end.name == "Logistics")
    cells = dict(zip([end.name for end in matrix.columns], hidden.cells, strict=True))
    assert (cells["Finance"].kind, cells["Finance"].words) == ("hidden", "hidden to protect anonymity: too few answers")
    everybody = dict(zip([end.name for end in matrix.columns], matrix.everybody, strict=True))
    assert everybody["Finance"].kind == "direct"


def test_the_department_page_has_what_others_say_of_it_and_what_it_says(hr):
    wave = scored()
    pairs = department_page(hr, wave, "Production").context["page"].pairs
    assert [line.other for line in pairs.of] == ["Everybody", "Sales", "Logistics"]
    assert {line.other for line in pairs.by} == {"Sales", "Logistics"}
    page = text(department_page(hr, wave, "Sales"))
    assert "What others say of Sales" in page
    assert "this pair burns" in page
    assert "The whole pair map" in page


def test_a_hidden_direction_on_a_department_page_has_its_reason_and_no_figure(hr):
    page = department_page(hr, scored(), "Service")
    line = page.context["page"].pairs.by[-1]
    assert (line.other, line.text, line.figure) == ("Logistics", "", None)
    assert "Hidden to protect anonymity: too few answers" in text(page)


def test_the_company_page_leads_to_the_pair_map(hr):
    wave = scored()
    reply = hr.get(reverse("wave-report", args=[wave.id]))
    assert reverse("pair-report", args=[wave.id]) in reply.content.decode()
    assert "Between departments it burns here" in text(reply)


def test_where_no_pair_can_be_shown_the_page_says_why(hr):
    def thin(survey):
        wave = company(survey)
        rate(wave, department("Sales"), department("Finance"), worked(6, 2))
        return wave

    page = text(page_of(hr, scored(thin)))
    assert "No pair can be shown from both sides" in page
    assert "at least 5 people must have rated" in page
    assert "Sales about Finance" in page


def test_a_wave_without_ratings_has_a_designed_page_and_no_link_to_it(hr):
    wave = scored(lambda survey: close_wave(survey, {department("Sales"): (20, spread(15, 2))}))
    assert "No ratings to show in this wave" in text(page_of(hr, wave))
    assert "Between departments" not in text(hr.get(reverse("wave-report", args=[wave.id])))


def test_a_leader_sees_what_the_own_people_say_and_what_all_say_of_them_and_nothing_else(client):
    wave = scored()
    leader = make_staff("leader", departments=["Commercial"])
    pairs = selectors.report(wave.id, within=visible_departments(leader)).pairs
    everything = selectors.report(wave.id, within=None).pairs
    commercial = {"Marketing", "Sales", "Service", "Commercial"}
    for one in everything.directions:
        speaker = one.rated if one.level == PairLevel.EVERYBODY else one.rater
        assert (one in pairs.directions) == (speaker.name in commercial)
    assert {(one.first.name, one.second.name) for one in pairs.pairs_at(PairLevel.GROUP)} == {
        (one.first.name, one.second.name)
        for one in everything.pairs_at(PairLevel.GROUP)
        if {one.first.name, one.second.name} <= commercial
    }
    assert 0 < len(pairs.directions) < len(everything.directions)
    client.force_login(leader)
    page = text(page_of(client, wave))
    assert "Sales about Production" in page
    assert "Production about Sales" not in page
    assert "Logistics about Production" not in page
    assert "or is what people outside your departments say" in page
    assert "Production: outside your departments" in page
    assert "Production: hidden" not in page


@pytest.mark.parametrize("part", ["Operations", "Finance"])
def test_of_a_direction_from_outside_a_leader_sees_no_trace(client, part):
    """The other way round: what Commercial says of Production is Commercial's."""
    wave = scored()
    client.force_login(make_staff("leader", departments=[part]))
    page = text(page_of(client, wave))
    assert "Sales about Production" not in page
    assert "Marketing and Sales" not in page
    assert "Sales and Marketing" not in page


def test_an_auditor_sees_nothing_and_an_unscored_wave_waits(client):
    wave = at_war(make_survey())
    client.force_login(make_staff("auditor"))
    assert page_of(client, wave).status_code == 403
    client.force_login(make_staff("hr"))
    assert "This wave is being scored" in text(page_of(client, wave))


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

    page = page_of(hr, scored(nasty)).content.decode()
    assert "&lt;script&gt;" in page
    assert [mark for mark in ("<script", " style=", "<style", "javascript:", "onclick") if mark in page] == []


@pytest.mark.parametrize("departments", [2, 9])
def test_the_number_of_queries_does_not_grow(hr, departments):
    def ring(survey):
        ones = [department(f"D{place}") for place in range(departments)]
        groups = {one: (20, spread(15, 2, seed=place)) for place, one in enumerate(ones)}
        wave = close_wave(survey, groups, questionnaire=questionnaire())
        for place, one in enumerate(ones):
            rate(wave, one, ones[place - 1], worked(8, 2, seed=place))
        return wave

    wave = scored(ring)
    with CaptureQueriesContext(connection) as queries:
        assert page_of(hr, wave).status_code == 200
    assert len(queries) == 12


def test_a_pair_leads_to_what_to_do_together_with_what_they_say_of_each_other(hr):
    reply = page_of(hr, wave := scored())
    pair = reply.context["page"].pairs[0].pair
    link = reverse("proposals-report", args=[wave.id, pair.first.key, pair.second.key])
    assert link in reply.content.decode()
    directions = selectors.report(wave.id, within=None).pairs.directions
    said = next(one for one in directions if (one.rater.key, one.rated.key) == (pair.first.key, pair.second.key))
    figures = f"{said.cell.value} in {said.rater.name} (likely {said.cell.low} to {said.cell.high}"
    words = f"“joint work with {said.rated.name}” stands at {figures}"
    proposals = hr.get(link).context["page"].proposals
    assert any(words in one.reason for one in proposals)


def test_the_share_without_contact_has_its_interval_on_every_card(hr):
    reply = page_of(hr, scored())
    shares = [one.direction.no_contact for line in reply.context["page"].pairs for one in line.directions]
    shown = [one for one in shares if one.shown]
    assert shown
    cards = text(reply).partition("Pairs, the hottest first")[2].partition("By division")[0]
    for share in shown:
        assert f"{share.text} % ({share.span} %) needed contact and had none" in cards
