"""The verdict on made-up rows: what a leader reads first."""

import uuid

from diagnostics.report.report import Report, WaveInfo
from diagnostics.wording.verdict import verdict
from tests.diagnostics.report_rows import NOW, cell, row


def sentence(*groups, divisions=(), company=32):
    wave = WaveInfo(uuid.uuid4(), "Pulse", 1, NOW, NOW, "closed")
    root = row("Northwind", company, kind="company", parent=None)
    return verdict(Report(wave, None, root, tuple(groups), tuple(divisions), (), "1.0", 5)).sentence


def test_one_two_and_more_departments_at_risk():
    marketing = row("Marketing", 71, event="raised", width=16)
    sales, finance = row("Sales", 66, event="ongoing"), row("Finance", 60, event="raised")
    assert sentence(marketing) == "Marketing is at risk (index 71, likely 63 to 79)"
    two = "Marketing (index 71, likely 63 to 79) and Sales (66, likely 61 to 71) are at risk"
    assert sentence(marketing, sales) == two
    three = "Marketing (index 71, likely 63 to 79) and two more departments are at risk"
    assert sentence(marketing, sales, finance) == three


def test_what_calmed_down_is_counted():
    cleared = [row("Sales", 30, event="cleared"), row("Legal", 20, event="cleared")]
    assert sentence(*cleared) == "All calm (index 32, likely 27 to 37); two departments calmed down"
    assert sentence(row("IT", 71, event="ongoing"), cleared[0]).endswith("; one department calmed down")


def test_a_single_sign_at_risk_is_no_department_at_risk():
    blamed = row("Sales", 45, event="raised", measure="stagnation", signs=[cell(80, "stagnation")])
    assert sentence(blamed) == "A sign at risk in Sales: stagnation (80, likely 75 to 85)"
    assert sentence(blamed, blamed) == f"{sentence(blamed)}; one more department with a sign at risk"
    both = "IT is at risk (index 71, likely 66 to 76); one department with a single sign at risk"
    assert sentence(row("IT", 71, event="ongoing"), blamed) == both


def test_calm_watched_and_unknown():
    assert sentence(row("Sales", 30)) == "All calm (index 32, likely 27 to 37)"
    assert sentence(row("Sales", 52, level="watch")) == "No alert; Sales is worth watching"
    assert sentence(row("Sales"), company=None) == "Too few answers to tell"
    assert sentence(row("Sales", event="ongoing")) == "Sales is at risk (index suppressed in this wave)"


def test_a_division_is_named_only_where_no_group_below_explains_it():
    division = row("Commercial", 60, event="raised", kind="division")
    at_risk = row("Marketing", 71, event="raised", parent="Commercial")
    assert sentence(at_risk, divisions=[division]) == "Marketing is at risk (index 71, likely 66 to 76)"
    calm = row("Marketing", 40, parent="Commercial")
    assert sentence(calm, divisions=[division]) == "Commercial is at risk (index 60, likely 55 to 65)"


def test_a_long_name_is_cut():
    assert len(sentence(row("Department of " * 30, 71, event="raised"))) < 150


def test_a_change_is_news_from_five_points_on():
    wave = WaveInfo(uuid.uuid4(), "Pulse", 2, NOW, NOW, "closed")
    groups = tuple(row(str(change), 40, change=change) for change in (-6, -5, -4, 4, 5, 6))
    company = row("Northwind", 40, kind="company", parent=None)
    found = verdict(Report(wave, wave, company, groups, (), (), "1.0", 5))
    assert [group.name for group in found.changed] == ["-6", "-5", "5", "6"]
