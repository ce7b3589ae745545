"""What scoring computes, against figures worked out here by hand, and against the core called directly."""

import datetime as dt
import uuid

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.estimate.groups import group_stats
from diagnostics.core.estimate.index import estimate
from diagnostics.scoring import measures
from diagnostics.scoring.key import read_scoring_key
from diagnostics.scoring.tree import reporting_tree
from diagnostics.scoring.wave import DecodedWave, StoredWave
from surveys.roster.tree import CompanyDepartments, group_key
from surveys.rules.limits import MISSING
from surveys.selectors import results
from surveys.selectors.results import ClosedWave, FinalGroup
from tests.diagnostics.waves import (
    CORE,
    WIDTH,
    close_wave,
    company,
    department,
    make_survey,
    questionnaire,
    same,
    spread,
)

DEPARTMENTS = CompanyDepartments.from_rows(
    [(1, "Commercial", None), (2, "Marketing", 1), (3, "Sales", 1), (4, "IT", None)]
)


def decoded(asked, groups, nodes, blocks):
    wave = ClosedWave(uuid.uuid4(), 1, 1, dt.date(2026, 1, 5), 5, asked)
    return DecodedWave(StoredWave(wave, read_scoring_key(asked), groups, nodes, blocks, Thresholds()))


def compute(answers, *, people=20, asked=None):
    """`answers` are the rows of Marketing, Sales and IT."""
    groups = [
        FinalGroup(
            uuid.uuid4(), group_key([pk]), DEPARTMENTS.names[pk], (pk,), DEPARTMENTS.tree.parent(pk), None, people
        )
        for pk in range(2, 2 + len(answers))
    ]
    nodes = reporting_tree(groups, DEPARTMENTS, company="Northwind")
    blocks = [(group.id, b"".join(rows)) for group, rows in zip(groups, answers, strict=True) if rows]
    computed = measures.compute(decoded(asked or questionnaire(), groups, nodes, blocks))
    names = {node.key: node.name for node in nodes}
    tables = {measure: {names[key]: raw for key, raw in table.items()} for measure, table in computed.tables.items()}
    return tables, {names[key]: count for key, count in computed.respondents.items()}


def test_nodes_have_the_people_of_their_groups():
    tables, respondents = compute([same(6, 1), same(7, 2), same(8, 3)])
    assert respondents == {"Northwind": 21, "Commercial": 13, "Marketing": 6, "Sales": 7, "IT": 8}
    assert {name: raw.respondents for name, raw in tables["index"].items()} == respondents
    assert {name: raw.counts for name, raw in tables[CORE[0]].items()} == {
        "Marketing": (0, 6, 0, 0),
        "Sales": (0, 0, 7, 0),
        "IT": (0, 0, 0, 8),
        "Commercial": (0, 6, 7, 0),
        "Northwind": (0, 6, 7, 8),
    }
    assert {raw.counts for raw in tables["index"].values()} == {()}


def test_missing_answers_leave_the_sign_and_an_index_needs_four_signs():
    three_signs = bytes([2] * 6 + [MISSING] * 4 + [2, 0])
    four_signs = bytes([2] * 7 + [MISSING] * 3 + [MISSING, MISSING])
    tables, respondents = compute([[three_signs] * 2 + [four_signs] * 5, same(6, 1)])
    assert respondents["Marketing"] == 7
    assert tables["index"]["Marketing"].respondents == 5
    assert [tables[sign]["Marketing"].respondents for sign in CORE] == [7, 7, 7, 5, 0]
    assert tables[CORE[4]]["Marketing"].estimate is None
    assert tables["blame"]["Marketing"].respondents == 2
    assert tables["pick_communication"]["Marketing"].respondents == 2


def test_what_takes_turns_has_no_part_in_the_index_nor_in_how_sure_it_is():
    rows = [spread(9, 1, seed=1), spread(12, 3, seed=2), spread(8, 2, seed=3)]
    others = [[row[:10] + bytes([4 * (place % 2), 2]) for place, row in enumerate(group)] for group in rows]
    (first, _), (other, _) = compute(rows, people=15), compute(others, people=15)
    assert other["index"] == first["index"]
    assert other["blame"] != first["blame"]


def test_figures_are_those_of_the_core_with_the_signs_own_reliability():
    rows = [spread(9, 1, seed=1), spread(12, 3, seed=2), spread(8, 2, seed=3)]
    tables, _ = compute(rows, people=15)
    codes = np.repeat([0, 1, 2], [9, 12, 8])
    scores = np.array([row[10] * 25.0 for group in rows for row in group])
    stats = group_stats(scores, codes, 3, np.array([15, 15, 15]))
    posterior = estimate(stats, rho=0.0)
    for place, name in enumerate(["Marketing", "Sales", "IT"]):
        figure = tables["blame"][name].estimate
        assert figure.value == pytest.approx(posterior.index[place])
        assert (figure.low, figure.high) == pytest.approx((posterior.low[place], posterior.high[place]))
        assert figure.above == pytest.approx(posterior.prob_above(50)[place])
        assert figure.above_clear == pytest.approx(posterior.prob_above(45)[place])
    commercial = posterior.combine(np.array([[0.5, 0.5, 0]]))
    assert tables["blame"]["Commercial"].estimate.value == pytest.approx(commercial.index[0])
    # 9 + 12 of 30 answered, published as 20 to 24: the non-response band is 10 (1 - 22 / 30) points wider on each side.
    figure = tables["blame"]["Commercial"].estimate
    assert (figure.low - figure.nonresponse_low, figure.nonresponse_high - figure.high) == pytest.approx((8 / 3, 8 / 3))


def test_items_that_agree_make_the_interval_of_a_sign_narrower():
    rows = [spread(18, option, seed=option) for option in (1, 2, 3)]
    twins = [[bytes([*row[:1], *row[:1], *row[2:]]) for row in group] for group in rows]
    tables, _ = compute(twins)
    single, _ = compute([[bytes([row[0], MISSING, *row[2:]]) for row in group] for group in rows])
    width = [table[CORE[0]]["Sales"].estimate.high - table[CORE[0]]["Sales"].estimate.low for table in (tables, single)]
    assert width[0] < width[1]


def test_shares_are_percent_of_those_who_answered_in_steps():
    agree, disagree = bytes([0] * 8 + [3, 3] + [0, 2]), bytes(WIDTH)
    tables, _ = compute([[agree] * 3 + [disagree] * 9, same(12, 0)])
    mass = tables["critical_mass"]["Marketing"]
    # 12 are 10-12 or 10-14: published in steps of 10 %, with the interval of 10 people.
    assert (mass.respondents, mass.counts, mass.estimate.value) == (12, (9, 3), 30)
    # Wilson with z² = 2.7055: centre (3 + 1.3528) / 12.7055 = .3426, half √(2.7055 · 2.7764) / 12.7055 = .2157.
    assert (mass.estimate.low, mass.estimate.high) == pytest.approx((12.69, 55.83), abs=0.01)
    # 3 of 24, in steps of 5 %.
    assert tables["pick_communication"]["Northwind"].estimate.value == 15
    assert mass.estimate.above is None


def test_a_questionnaire_without_pick_one_or_core_signs_has_no_such_table():
    asked = questionnaire() | {"pick_one": None}
    for scale in asked["scales"]:
        scale["kind"] = "extra"
    rows = [[row[:-1] for row in spread(8, 2)]]
    groups = [FinalGroup(uuid.uuid4(), "a", "IT", (4,), None, None, 9)]
    nodes = reporting_tree(groups, DEPARTMENTS, company="Northwind")
    computed = measures.compute(decoded(asked, groups, nodes, [(groups[0].id, b"".join(rows[0]))]))
    assert "pick_communication" not in computed.tables
    assert {(raw.respondents, raw.estimate) for raw in computed.tables["index"].values()} == {(0, None)}


def test_without_answers_there_are_no_figures():
    tables, respondents = compute([[], []])
    assert set(respondents.values()) == {0}
    assert {raw.estimate for table in tables.values() for raw in table.values()} == {None}


@pytest.mark.parametrize("rows", [[b"\0" * (WIDTH + 1)], [bytes([9] * WIDTH)]])
def test_answers_that_do_not_fit_are_refused(rows):
    with pytest.raises(ValueError, match=r"do not fit|options"):
        compute([rows])


def test_more_answers_than_people_are_refused():
    with pytest.raises(ValueError, match="more respondents than members"):
        compute([same(6, 1)], people=5)


@pytest.mark.django_db
def test_blocks_hold_each_answer_of_final_groups_once():
    wave = company(make_survey())
    other = close_wave(make_survey("Other"), {department("Finance"): (9, same(7, 1))})
    blocks = dict(results.answer_blocks(wave.id))
    groups = {group.name: group for group in results.final_groups(wave.id)}
    sales = blocks[groups["Sales"].id]
    stored = wave.responses.filter(group=groups["Sales"].id).values_list("answers", flat=True)
    assert sorted(sales[at : at + WIDTH] for at in range(0, len(sales), WIDTH)) == sorted(map(bytes, stored))
    assert {name: len(blocks[group.id]) // WIDTH for name, group in groups.items()} == {
        "Marketing": 14,
        "Sales": 16,
        "Production": 13,
        "Finance": 11,
        "Legal": 4,
    }
    assert [len(block) for _, block in results.answer_blocks(other.id)] == [7 * WIDTH]


@pytest.mark.django_db
def test_groups_merged_into_others_are_left_out():
    wave = company(make_survey())
    sales, legal = wave.groups.get(name="Sales"), wave.groups.get(name="Legal")
    legal.merged_into = sales
    legal.save()
    assert [group.name for group in results.final_groups(wave.id)] == ["Finance", "Marketing", "Production", "Sales"]


@pytest.mark.django_db
def test_answers_of_any_number_of_groups_are_one_query():
    counts = []
    for number, size in enumerate((1, 5), start=1):
        groups = {department(f"D{place}"): (9, same(6, 1)) for place in range(size)}
        wave = close_wave(make_survey(f"S{size}"), groups, number=number)
        with CaptureQueriesContext(connection) as queries:
            results.answer_blocks(wave.id)
        counts.append(len(queries))
    assert counts == [1, 1]
