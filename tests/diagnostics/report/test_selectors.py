import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diagnostics.models import Snapshot
from diagnostics.report import selectors
from diagnostics.services.scoring import score
from surveys.models import StaffUser
from surveys.selectors.people import visible_departments
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import CORE, close_wave, department, make_survey, questionnaire, spread

pytestmark = pytest.mark.django_db


def leader(*names):
    user = StaffUser.objects.create(email=f"{'.'.join(names) or 'all'}@example.com".lower(), name="L", role="leader")
    user.departments.set(department(name) for name in names)
    return user


def test_groups_are_ranked_and_suppressed_ones_come_last():
    report = selectors.report(scored(make_survey()).id, within=None)
    assert [row.name for row in report.groups] == ["Marketing", "Sales", "Production", "Finance", "Legal"]
    assert [row.index.shown for row in report.groups] == [True, True, True, False, False]
    assert [(row.name, row.depth, row.kind) for row in report.divisions] == [("Commercial", 1, "division")]
    assert (report.company.depth, report.company.parent_key, report.min_group_size) == (0, None, 5)
    assert report.groups[0].parent_key == report.divisions[0].key
    assert report.groups[0].depth == 2


def test_a_row_has_all_that_was_asked_with_causes_apart():
    asked = questionnaire(rotating=("blame", "chaos"))
    asked["scales"][-1]["kind"] = "cause"
    # The pick-one question stays the last byte of eleven items and one more.
    asked["items"] = [*asked["items"][:9], *asked["items"][10:]]
    report = selectors.report(scored(make_survey(), questionnaire=asked).id, within=None)
    row = report.groups[0]
    assert [cell.measure for cell in row.signs] == [*CORE, "blame"]
    assert [(cell.measure, cell.label) for cell in row.causes] == [("chaos", "Chaos")]
    assert row.critical_mass.measure == "critical_mass"
    assert row.communication.measure == "pick_communication"
    assert (row.index.level, row.index.level_label) == ("at_risk", "At risk")


def test_a_leader_reads_the_own_part_and_nothing_else():
    wave = scored(make_survey())
    report = selectors.report(wave.id, within=visible_departments(leader("Commercial")))
    assert [row.name for row in report.groups] == ["Marketing", "Sales"]
    assert (report.company.name, report.company.depth) == ("Commercial", 0)
    assert {alert.group_name for alert in report.alerts} <= {"Commercial", "Marketing", "Sales"}
    assert "Finance" not in repr(report)
    assert "Finance" in repr(selectors.report(wave.id, within=None))


def test_a_leader_of_two_parts_gets_no_figure_for_the_company():
    wave = scored(make_survey())
    report = selectors.report(wave.id, within=visible_departments(leader("Finance", "Marketing")))
    assert [row.name for row in report.groups] == ["Marketing", "Finance"]
    assert (report.company.index.shown, report.company.index.reason) == (False, "outside")


def test_a_group_pooled_with_others_is_not_the_leaders_own():
    survey = make_survey()
    pooled = {
        (department("Sales"), department("Shop")): (20, spread(15, 2)),
        department("Finance"): (20, spread(15, 1)),
    }
    wave = close_wave(survey, pooled)
    score(wave_id=wave.id)
    assert selectors.report(wave.id, within=visible_departments(leader("Sales"))).groups == ()
    assert len(selectors.report(wave.id, within=visible_departments(leader("Sales", "Shop"))).groups) == 1


def test_who_may_see_what():
    assert visible_departments(leader()) is None
    assert visible_departments(StaffUser(role="hr")) is None
    assert visible_departments(StaffUser(role="auditor")) == frozenset()
    inside = department("Inside Sales", department("Sales", department("Commercial")))
    assert visible_departments(leader("Sales")) == {department("Sales").id, inside.id}


def test_the_latest_wave_is_one_in_which_the_reader_sees_anything():
    first = scored(make_survey(), number=1)
    other = close_wave(make_survey("Elsewhere"), {department("Plant"): (20, spread(15, 2))}, number=2)
    score(wave_id=other.id)
    assert selectors.latest_wave(leader()) == other.id
    assert selectors.latest_wave(leader("Commercial")) == first.id
    assert selectors.latest_wave(StaffUser(role="auditor")) is None


def test_a_wave_that_is_not_scored_has_no_report():
    wave = close_wave(make_survey(), {department("Sales"): (20, spread(15, 2))})
    assert selectors.unscored_waves() == (wave.id,)
    with pytest.raises(Snapshot.DoesNotExist):
        selectors.report(wave.id, within=None)
    score(wave_id=wave.id)
    assert selectors.unscored_waves() == ()


def test_a_trend_keeps_suppressed_waves_as_gaps_and_ends_at_the_wave():
    survey = make_survey()
    waves = [scored(survey, number=number, legal=legal) for number, legal in ((1, 6), (2, 4), (3, 6), (4, 6))]
    key = next(row.key for row in selectors.report(waves[0].id, within=None).groups if row.name == "Legal")
    points = selectors.trend(waves[2].id, key, "index", within=None)
    assert [(point.wave_number, point.cell.shown) for point in points] == [(1, True), (2, False), (3, True)]
    assert selectors.trend(waves[2].id, key, "index", within=visible_departments(leader("Commercial"))) == ()
    assert [info.number for info in selectors.scored_waves()] == [4, 3, 2, 1]
    assert selectors.report(waves[2].id, within=None).previous.number == 2


@pytest.mark.parametrize("departments", [1, 12])
def test_the_number_of_queries_does_not_grow(departments):
    survey = make_survey()
    for number in (1, 2):
        groups = {department(f"D{place}"): (20, spread(15, 2, seed=place)) for place in range(departments)}
        wave = close_wave(survey, groups, number=number)
    score(wave_id=wave.id)
    with CaptureQueriesContext(connection) as report_queries:
        report = selectors.report(wave.id, within=None)
    with CaptureQueriesContext(connection) as trend_queries:
        selectors.trend(wave.id, report.company.key, "index", within=None)
    assert (len(report_queries), len(trend_queries)) == (9, 2)
