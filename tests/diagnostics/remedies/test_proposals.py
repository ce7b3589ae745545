"""Which remedies are proposed, in which order, and with which sentence."""

import re

import pytest
from django.conf import settings

from diagnostics.core.alerts.stage import SIGNS
from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.remedies.playbook import BY_CODE, JOINT_WORK, PLAYBOOK
from diagnostics.remedies.proposals import Evidence, picture_gap, propose, propose_pair
from diagnostics.report.cell import Cell
from diagnostics.report.report import LatestFigure
from tests.diagnostics.proposed import codes, department
from tests.diagnostics.report_rows import NOW, cell

CAUSES = {"information_gap", "competition", "chaos", "different_pictures", "top_takes_sides"}


def latest(value, measure, *, wave=4, **fields):
    return LatestFigure(cell(value, measure, **fields), wave, NOW)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (
            [cell(70, "failed_projects"), cell(80, "avoided_meetings")],
            ["joint_meeting", "handover_agreement", "shared_kpis"],
        ),
        ([cell(80, "avoided_meetings", width=20)], ["joint_meeting"]),
        ([cell(80, "avoided_meetings", width=22)], ["talk_first"]),
        ([cell(80, "avoided_meetings", width=22), cell(70, "stagnation")], ["talk_first", "gemba_exchange"]),
        (
            [Cell("avoided_meetings", "", "suppressed", SuppressionReason.TOO_FEW), cell(60, "stagnation")],
            ["gemba_exchange"],
        ),
        ([cell(80, "own_scale")], ["talk_first"]),
        ([cell(49, "stagnation")], ["talk_first"]),
        ([], ["talk_first"]),
    ],
)
def test_the_surest_high_figure_leads_and_talking_where_it_is_unclear(signs, expected):
    assert codes(propose(department(*signs), 5)) == expected


def test_a_cause_decides_between_remedies_that_answer_the_same_sign():
    blamed = department(turns=[latest(70, "blame")])
    assert codes(propose(blamed, 5)) == ["gemba_exchange", "handover_agreement"]
    pictures = department(turns=[latest(70, "blame")], causes=[latest(60, "different_pictures")])
    assert codes(propose(pictures, 5)) == ["handover_agreement", "gemba_exchange", "joint_meeting"]


def test_the_reason_is_one_sentence_of_published_figures_with_their_wave():
    clear = propose(department(causes=[latest(64, "information_gap", width=16)]), 5)
    helps = BY_CODE["show_your_work"].helps
    assert clear[0].reason == f"Because “information gap” is at 64 (likely 56 to 72, wave 4): {helps}."
    unclear = propose(department(cell(61, "avoided_meetings", width=30)), 5)[0].reason
    start = "Because “avoided meetings” is at 61 (likely 46 to 76, wave 5), which is too uncertain to act on: "
    assert unclear == f"{start}{BY_CODE['talk_first'].helps}."
    assert all(reason.count(".") == 1 and reason.endswith(".") for reason in (clear[0].reason, unclear))


@pytest.mark.parametrize(
    ("signs", "why"),
    [
        ([cell(49, "stagnation")], "no sign or cause shown reaches the middle of the scale (50)"),
        (
            [Cell("stagnation", "", "suppressed", SuppressionReason.TOO_FEW)],
            "no sign or cause is shown that a remedy addresses",
        ),
        ([cell(80, "own_scale")], "no sign or cause is shown that a remedy addresses"),
    ],
)
def test_figures_that_are_suppressed_or_unanswered_are_not_called_low(signs, why):
    assert propose(department(*signs), 5)[0].reason == f"Because {why}: {BY_CODE['talk_first'].helps}."


def test_a_turn_of_this_wave_counts_once():
    sign = cell(70, "blame")
    reason = propose(department(sign, turns=[LatestFigure(sign, 5, NOW)]), 5)[0].reason
    assert reason.count("blame") == 1


def test_a_pair_has_the_high_figures_of_each_and_between_them():
    sales, marketing = (
        department(cell(70, "failed_projects")),
        department(cell(66, "failed_projects"), name="Marketing"),
    )
    found = propose_pair(sales, marketing, 5)
    assert codes(found) == ["handover_agreement", "shared_kpis"]
    assert "is at 70 in Sales (" in found[0].reason
    assert "is at 66 in Marketing (" in found[0].reason
    between = [Evidence(JOINT_WORK, "Joint work with Marketing", 80, 74, 86, 5, "Sales")]
    assert codes(propose_pair(sales, marketing, 5, between))[:2] == ["handover_agreement", "joint_meeting"]
    reason = "Because “joint work with Marketing” is at 80 in Sales (likely 74 to 86, wave 5)"
    assert propose_pair(sales, marketing, 5, between)[0].reason.startswith(reason)


def test_the_gap_of_pictures_needs_both_answers():
    first = department(causes=[latest(70, "different_pictures")])
    second = department(name="Marketing", causes=[latest(45, "different_pictures", wave=3)])
    gap = picture_gap(first, second)
    assert (gap.names, gap.values, gap.waves, gap.points) == (("Sales", "Marketing"), (70, 45), (4, 3), 25)
    assert picture_gap(first, department(name="Marketing", causes=[latest(45, "chaos")])) is None


def test_the_playbook_answers_every_sign_and_cause_and_nothing_else():
    assert frozenset().union(*(remedy.answers for remedy in PLAYBOOK)) == CAUSES | set(SIGNS) | {JOINT_WORK}
    assert len(PLAYBOOK) == len(BY_CODE) == 8
    assert [remedy.code.value for remedy in PLAYBOOK if remedy.conditions] == ["shared_kpis"]
    assert "no effect of sitting together" in BY_CODE["shared_space"].evidence


def test_the_document_lists_what_each_remedy_answers():
    text = (settings.BASE_DIR / "docs" / "report-format.md").read_text(encoding="utf-8")
    listed = {
        code: set(re.findall(r"`(\w+)`", answers))
        for code, answers in re.findall(r"^\| `(\w+)` \|.*\|(.*)\|$", text, re.MULTILINE)
    }
    assert {code: listed[code] for code in BY_CODE} == {code: set(remedy.answers) for code, remedy in BY_CODE.items()}
