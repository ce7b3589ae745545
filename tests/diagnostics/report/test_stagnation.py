"""Whether stagnation is in both of two departments: the rule, the pages of a pair, and what it speaks for."""

import numpy as np
import pytest
from django.urls import reverse
from scipy.stats import binom

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.core.disclosure.shares import published_share
from diagnostics.models import Score
from diagnostics.remedies.playbook import BY_CODE
from diagnostics.remedies.proposals import propose_pair
from diagnostics.report import selectors
from diagnostics.report.pairs.stagnation import MassSide, stagnation
from diagnostics.report.report import Cell
from diagnostics.services.scoring import score
from diagnostics.wording.stagnation import stagnation_evidence, stagnation_sentence
from surveys.rules.limits import MIN_SHARE_SIZE
from surveys.rules.rounding import band_of, whole
from tests.diagnostics.pair_waves import questionnaire, rate, worked
from tests.diagnostics.proposed import codes, department
from tests.diagnostics.report_pages import text
from tests.diagnostics.report_rows import cell
from tests.diagnostics.waves import close_wave, make_survey, spread
from tests.diagnostics.waves import department as place
from tests.staff import make_staff

ABOVE, UNSURE, BELOW = (70, 51, 84), (60, 50, 74), (30, 17, 49)
FEW, PROTECTED = SuppressionReason.TOO_FEW, SuppressionReason.PROTECTED
AGREE = "agree that they have stopped growing at work"


def with_mass(name, mass, *signs):
    if mass in (FEW, PROTECTED):
        found = Cell("critical_mass", "Critical mass", "suppressed", mass)
    else:
        value, low, high = mass
        found = Cell("critical_mass", "Critical mass", "published", None, value, low, high)
    made = department(*signs, name=name)
    return type(made)(**{**vars(made), "critical_mass": found})


@pytest.mark.parametrize(
    ("first", "second", "finding"),
    [
        (ABOVE, ABOVE, "both"),
        (ABOVE, UNSURE, "one_other_uncertain"),
        (BELOW, ABOVE, "one"),
        (BELOW, BELOW, "neither"),
        (UNSURE, BELOW, "uncertain"),
        (FEW, UNSURE, "unknown"),
        (ABOVE, PROTECTED, "one_other_suppressed"),
        (FEW, PROTECTED, "unknown"),
        (PROTECTED, BELOW, "not_both"),
    ],
)
def test_one_finding_answers_for_both(first, second, finding):
    assert stagnation(with_mass("Sales", first), with_mass("IT", second)).finding == finding


def test_where_half_of_a_department_agrees_it_seldom_looks_like_more():
    """Wilson's interval leaves out 5 % on each side on average; steps make the chance jump."""

    def chance(answers):
        agree, band = np.arange(answers + 1), band_of(answers, None)
        shares = [published_share(agreeing, answers, band) for agreeing in range(answers + 1)]
        seen = [MassSide("Sales", Cell("", "", "published", None, 1, whole(share.low), 95)).above for share in shares]
        return float(binom.pmf(agree[seen], answers, 0.5).sum()), int(agree[seen][0])

    chances, least = zip(*map(chance, range(MIN_SHARE_SIZE, 301)), strict=True)
    assert (round(max(chances), 3), chances.index(max(chances)) + MIN_SHARE_SIZE) == (0.109, 80)
    assert round(float(np.mean(chances)), 2) == 0.03
    assert [least[answers - MIN_SHARE_SIZE] for answers in (10, 20, 40)] == [8, 14, 25]


def test_without_the_question_there_is_no_answer():
    assert stagnation(department(), with_mass("IT", ABOVE)) is None


def test_stagnation_in_both_speaks_for_an_exchange_and_in_one_does_not():
    shares = "about 70 % in Sales, likely 51 to 84 %; about 70 % in IT, likely 51 to 84 %"
    evidence = f"more than half in both {AGREE} ({shares})"
    helps = BY_CODE["gemba_exchange"].helps
    both = propose_pair(with_mass("Sales", ABOVE), with_mass("IT", ABOVE), 5)
    assert codes(both) == ["talk_first", "gemba_exchange"]
    assert both[1].reason == f"Because {evidence}: {helps}."
    assert codes(propose_pair(with_mass("Sales", ABOVE), with_mass("IT", UNSURE), 5)) == ["talk_first"]


def test_it_follows_the_figures_of_an_exchange_and_changes_no_rank():
    signs = cell(80, "avoided_meetings"), cell(60, "stagnation")
    both = propose_pair(with_mass("Sales", ABOVE, *signs), with_mass("IT", ABOVE), 5)
    alone = propose_pair(with_mass("Sales", ABOVE, *signs), with_mass("IT", UNSURE), 5)
    assert codes(both) == codes(alone) == ["joint_meeting", "gemba_exchange"]
    figure = "Because “stagnation” is at 60 in Sales (likely 55 to 65, wave 5)"
    assert both[1].reason.startswith(f"{figure} and more than half in both {AGREE} (")
    assert alone[1].reason == f"{figure}: {BY_CODE['gemba_exchange'].helps}."
    assert both[0] == alone[0]


def grown(count, stuck):
    """Answers of `count` people, of whom `stuck` agree to both items on stagnation, some of them fully."""
    high, low = [bytes([3, 4]), bytes([3, 3]), bytes([4, 4])], [bytes([1, 2]), bytes([0, 1])]
    pairs = [high[n % 3] if n < stuck else low[n % 2] for n in range(count)]
    return [row[:8] + pair + row[10:] for row, pair in zip(spread(count, 2, seed=stuck), pairs, strict=True)]


@pytest.fixture
def scored(db):
    """Sales and IT stagnate; Legal and Plant have nine answers each. Sales, IT and Legal rate each other."""
    sales, it, legal = (place(name) for name in ("Sales", "IT", "Legal"))
    groups = {
        sales: (40, grown(20, 17)),
        it: (40, grown(20, 16)),
        legal: (40, grown(9, 6)),
        place("Plant"): (40, grown(9, 4)),
    }
    wave = close_wave(make_survey(), groups, questionnaire=questionnaire())
    for number, (rater, rated) in enumerate([(sales, it), (it, sales), (sales, legal), (legal, sales)]):
        rate(wave, rater, rated, worked(8, 3, seed=number))
    score(wave_id=wave.id)
    return wave


def of_pair(client, wave, *names):
    keys = {row.name: row.key for row in selectors.report(wave.id, within=None).groups}
    return client.get(reverse("proposals-report", args=[wave.id, *(keys[name] for name in names)]))


def test_the_page_of_a_pair_has_both_shares_and_the_answer(scored, client):
    client.force_login(make_staff("hr"))
    reply = of_pair(client, scored, "Sales", "IT")
    page, found = text(reply), reply.context["page"].stagnation
    evidence = stagnation_evidence(found)
    assert evidence
    assert stagnation_sentence(found) in page
    for name in ("Sales", "IT"):
        mass = Score.objects.get(group__name=name, measure="critical_mass")
        figures = f"about {mass.value:.0f} % of those who answered, likely {mass.low:.0f} to {mass.high:.0f} %"
        assert f"{name}: {figures}" in page
    assert any(evidence in proposal.reason for proposal in reply.context["page"].proposals)


def test_a_share_of_nine_answers_is_shown_nowhere_and_why(scored, client):
    client.force_login(make_staff("hr"))
    mass = Score.objects.get(group__name="Legal", measure="critical_mass")
    assert (mass.value, mass.reason) == (None, FEW)
    page = text(of_pair(client, scored, "Sales", "Legal"))
    assert "Whether stagnation is in both cannot be said: of Legal, too few answers." in page
    assert "Legal: Too few answers" in page
    # Six of nine, as it would be published.
    assert "67 %" not in page
    assert "Because more than half in both" not in page


def test_the_pair_map_shows_it_where_it_is_in_both(scored, client):
    client.force_login(make_staff("hr"))
    lines = client.get(reverse("pair-report", args=[scored.id])).context["page"].pairs
    stagnation_of = {frozenset((line.pair.first.name, line.pair.second.name)): line.stagnation for line in lines}
    assert stagnation_of[frozenset(("Sales", "IT"))].startswith("Stagnation in both: ")
    assert stagnation_of[frozenset(("Sales", "Legal"))] == ""
    assert stagnation_of[frozenset(("Sales", "IT"))] in text(client.get(reverse("pair-report", args=[scored.id])))
