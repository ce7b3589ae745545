"""The stage as it is frozen at scoring: of published cells, with the waves that they are from."""

import pytest
from django.db import IntegrityError, transaction

from diagnostics.choices import Stage, Status
from diagnostics.core.alerts.stage import CORE_SIGNS, stage
from diagnostics.models import GroupScore, Score
from diagnostics.report import selectors
from diagnostics.report.report import NoStageReason
from diagnostics.services.scoring import score
from tests.diagnostics.waves import close_wave, company, department, make_survey, questionnaire, spread

pytestmark = pytest.mark.django_db
LOW, HIGH = 1, 3


def answers(count, core, turn, *, seed=1):
    """Respondents around one option in the ten core items, and around another in the item that takes a turn."""
    rows = zip(spread(count, core, seed=seed), spread(count, turn, seed=seed + 7), strict=True)
    return [low[:10] + high[10:] for low, high in rows]


def run(survey, number, turn, *, sign):
    """One wave of two departments in which `sign` takes its turn; Sales answers it around the option `turn`."""
    wave = close_wave(
        survey,
        {
            department("Sales"): (40, answers(15, LOW, turn, seed=number)),
            department("Finance"): (40, answers(15, LOW, LOW, seed=number + 40)),
        },
        number=number,
        questionnaire=questionnaire(rotating=(sign,), turn=number),
    )
    score(wave_id=wave.id)
    return wave


def row(wave, name="Sales"):
    return next(group for group in selectors.report(wave.id, within=None).groups if group.name == name)


def test_a_raised_sign_counts_with_its_wave_for_one_rotation():
    survey = make_survey()
    waves = [run(survey, 1, HIGH, sign="hostile_camps")]
    waves += [run(survey, number, LOW, sign=sign) for number, sign in ((2, "blame"), (3, "busywork"), (4, "blame"))]
    assert [row(wave).stage.code for wave in waves] == ["hot", "hot", "hot", "calm"]
    camps = [sign for sign in row(waves[2]).stage.basis if sign.code == "hostile_camps"]
    assert [(sign.label, sign.wave_number, sign.raised) for sign in camps] == [("Hostile camps", 1, True)]
    assert {sign.code for sign in row(waves[3]).stage.basis} == {*CORE_SIGNS, "blame", "busywork"}


def test_the_latest_turn_counts_and_not_the_worst():
    survey = make_survey()
    first, second = run(survey, 1, HIGH, sign="hostile_camps"), run(survey, 2, LOW, sign="hostile_camps")
    assert (row(first).stage.code, row(second).stage.code) == ("hot", "calm")
    assert [(sign.wave_number, sign.raised) for sign in row(second).stage.basis if sign.code == "hostile_camps"] == [
        (2, False)
    ]


def test_a_stage_stays_as_it_was_scored():
    survey = make_survey()
    first = run(survey, 1, LOW, sign="hostile_camps")
    before = row(first).stage
    run(survey, 2, HIGH, sign="hostile_camps")
    assert row(first).stage == before


def test_a_suppressed_sign_takes_no_part():
    """All answer the riskiest option: raised if it were shown, and suppressed because it would tell what each said."""
    survey = make_survey()
    rows = [low[:10] + bytes([4]) + low[11:] for low in spread(15, LOW)]
    wave = close_wave(
        survey,
        {department("Sales"): (40, rows), department("Finance"): (40, spread(15, LOW, seed=9))},
        questionnaire=questionnaire(rotating=("hostile_camps",)),
    )
    score(wave_id=wave.id)
    cell = Score.objects.get(group__snapshot__wave=wave, group__name="Sales", measure="hostile_camps")
    assert (cell.status, cell.raised) == (Status.SUPPRESSED, False)
    assert row(wave).stage.code == "calm"
    assert row(wave).stage.whole is False
    assert "hostile_camps" not in {sign.code for sign in row(wave).stage.basis}


def test_of_two_earlier_turns_the_later_one_counts():
    survey = make_survey()
    turns = ((1, HIGH, "hostile_camps"), (2, LOW, "hostile_camps"), (3, LOW, "blame"))
    last = [run(survey, number, option, sign=sign) for number, option, sign in turns][-1]
    assert row(last).stage.code == "calm"
    assert [(sign.wave_number, sign.raised) for sign in row(last).stage.basis if sign.code == "hostile_camps"] == [
        (2, False)
    ]


def test_a_sign_that_was_suppressed_at_its_turn_takes_no_part_later():
    survey = make_survey()
    rows = [low[:10] + bytes([4]) + low[11:] for low in spread(15, LOW)]
    groups = {department("Sales"): (40, rows), department("Finance"): (40, spread(15, LOW, seed=9))}
    wave = close_wave(survey, groups, questionnaire=questionnaire(rotating=("hostile_camps",)))
    score(wave_id=wave.id)
    later = run(survey, 2, LOW, sign="blame")
    assert [sign.code for sign in row(later, "Finance").stage.basis if sign.code == "hostile_camps"] == []
    assert {sign.code for sign in row(later).stage.basis} == {*CORE_SIGNS, "blame"}


@pytest.mark.parametrize(("twos", "raised", "alert_level"), [(48, False, 40), (20, True, 70)])
def test_a_sign_is_raised_where_it_is_above_50_whatever_the_alert_level(twos, raised, alert_level, settings):
    """Of 60 people 48 at the middle and the rest below it: surely above 40. Two thirds above it: surely above 50."""
    settings.ALERT_LEVEL = alert_level
    other = 3 if raised else 1
    rows = [low[:10] + bytes([2 if number < twos else other]) + low[11:] for number, low in enumerate(spread(60, LOW))]
    groups = {department("Sales"): (60, rows), department("Finance"): (60, spread(60, 2, seed=9))}
    wave = close_wave(make_survey(), groups, questionnaire=questionnaire(rotating=("hostile_camps",)))
    score(wave_id=wave.id)
    cell = Score.objects.get(group__snapshot__wave=wave, group__name="Sales", measure="hostile_camps")
    assert cell.low > 40
    assert cell.raised is raised


def test_every_node_has_the_stage_of_its_own_published_cells():
    wave = company(make_survey())
    score(wave_id=wave.id)
    kinds = set()
    for group in GroupScore.objects.filter(snapshot__wave=wave):
        shown = group.scores.filter(status=Status.PUBLISHED, measure__in=(*CORE_SIGNS, "blame"))
        raised = set(shown.filter(raised=True).values_list("measure", flat=True))
        assert group.stage == (stage(raised) if shown.exists() else "")
        assert {sign["sign"] for sign in group.stage_basis} == set(shown.values_list("measure", flat=True))
        kinds.add((group.kind, bool(group.stage)))
    assert kinds >= {("company", True), ("division", True), ("group", True), ("group", False)}
    assert row(wave, "Legal").stage.reason == NoStageReason.NONE_SHOWN


def test_all_eleven_signs_make_it_whole():
    survey = make_survey()
    turns = (("hostile_camps", "busywork"), ("blame", "overlapping_functions"), ("hostile_leaders", "mixed_messages"))
    stages = []
    for number, rotating in enumerate(turns, start=1):
        asked = questionnaire(rotating=rotating)
        groups = {
            department(name): (40, [bytes([*answers, 0]) for answers in spread(15, LOW, seed=number + place)])
            for place, name in ((0, "Sales"), (30, "Finance"))
        }
        wave = close_wave(survey, groups, number=number, questionnaire=asked)
        score(wave_id=wave.id)
        stages.append(row(wave).stage)
    assert [stage.whole for stage in stages] == [False, False, True]
    assert [len(stage.basis) for stage in stages] == [7, 9, 11]


def test_an_instrument_without_the_core_signs_has_no_stage_but_a_reason():
    asked = questionnaire()
    for scale in asked["scales"][:5]:
        scale["code"] = f"own_{scale['code']}"
    for item in asked["items"][:10]:
        item["code"], item["scale"] = f"own_{item['code']}", f"own_{item['scale']}"
    wave = company(make_survey(), questionnaire=asked)
    score(wave_id=wave.id)
    assert {group.stage.code for group in selectors.report(wave.id, within=None).groups} == {""}
    assert row(wave, "Marketing").stage.reason == NoStageReason.NOT_ASKED


def test_causes_come_with_the_wave_that_asked_them_the_highest_first():
    survey = make_survey()
    for number, (cause, option) in enumerate((("chaos", 2), ("information_gap", 3), ("competition", 1)), start=1):
        asked = questionnaire(rotating=(cause,))
        asked["scales"][-1]["kind"] = "cause"
        groups = {
            department("Sales"): (40, answers(15, LOW, option, seed=number)),
            department("Finance"): (40, answers(15, LOW, LOW, seed=number + 40)),
        }
        wave = close_wave(survey, groups, number=number, questionnaire=asked)
        score(wave_id=wave.id)
    profile = row(wave).profile
    assert [(cause.cell.measure, cause.wave_number) for cause in profile] == [
        ("information_gap", 2),
        ("chaos", 1),
        ("competition", 3),
    ]
    assert [cause.cell.value for cause in profile] == sorted((cause.cell.value for cause in profile), reverse=True)


def test_the_database_refuses_a_raised_suppressed_cell_and_no_whole_stage():
    wave = company(make_survey())
    score(wave_id=wave.id)
    suppressed = Score.objects.filter(status=Status.SUPPRESSED)
    group = GroupScore.objects.filter(stage="")
    assert suppressed.exists()
    assert group.exists()
    for change in (
        lambda: suppressed.update(raised=True),
        lambda: group.update(stage_whole=True),
        lambda: group.update(stage="lukewarm"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert set(Stage.values) == {"calm", "blame_ritual", "strained", "cold", "hot"}
