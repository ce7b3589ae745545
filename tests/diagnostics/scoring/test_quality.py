"""What is noted at scoring of how sure a wave's figures are."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from diagnostics.core.estimate.groups import cronbach_alpha, pooled_within_covariance
from diagnostics.core.quality.coefficients import alpha_interval
from diagnostics.models import MethodNote
from diagnostics.report import selectors
from diagnostics.scoring.method import read_document
from diagnostics.services.scoring import score
from surveys.models import Response
from tests.diagnostics.people import noted, people, varied
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import CORE, OPTIONS, close_wave, company, department, make_survey, same, spread

pytestmark = pytest.mark.django_db


def groups_named(wave, figures):
    names = {row.key: row.name for row in selectors.report(wave.id, within=None).groups}
    return [names[rank.key] for rank in figures.ranks]


def test_reliability_is_noted_for_the_index_and_each_core_sign():
    figures = noted(scored(make=varied))
    assert [row.measure for row in figures.reliability] == ["index", *CORE]
    index = figures.reliability[0]
    assert index.groups == 5
    for sure in (index.alpha, index.icc1, index.icc2, index.rwg):
        assert sure.low <= sure.value <= sure.high <= 1
    assert index.icc2.value > index.icc1.value > 0


def test_alpha_is_that_of_the_published_departments_answers():
    wave = scored(make=varied)
    alpha = noted(wave).reliability[0].alpha.value
    groups, values = [], []
    for place, group in enumerate(wave.groups.all()):
        for row in Response.objects.filter(group=group):
            groups.append(place)
            values.append([OPTIONS[code]["value"] for code in bytes(row.answers)[:10]])
    covariance = pooled_within_covariance(np.array(values, dtype=float), np.array(groups), 5)
    assert alpha == round(cronbach_alpha(covariance), 2)


def test_intervals_are_of_as_many_people_as_the_bands_say():
    """Feldt's interval beside alpha, and ICC(1) beside ICC(2), would give the exact number of answers away."""
    groups = {department(f"D{seed}"): (20, people(5, seed, seed=seed)) for seed in range(1, 4)}
    wave = scored(make=lambda survey: close_wave(survey, groups))
    index = noted(wave).reliability[0]
    bands = [row.response.band for row in selectors.report(wave.id, within=None).groups if row.index.shown]
    assert bands == [(5, 9)] * 3
    # Seven each, where five answered.
    expected = alpha_interval(index.alpha.value, 10, 3 * 7 - 3)
    assert (index.alpha.low, index.alpha.high) == pytest.approx((expected.low, expected.high), abs=0.01)
    # F = 1 / (1 - ICC(2)), and k = (F - 1) / ICC(1) - F + 1.
    ratio = 1 / (1 - index.icc2.value)
    size = (ratio - 1) / index.icc1.value - ratio + 1
    assert size == pytest.approx(7, abs=1)


def test_suppressed_departments_have_no_part_in_any_coefficient():
    """Legal's four people are suppressed, and Finance with them: their answers may be anything."""
    figures = []
    for answers in (same(4, 0), same(4, 4)):
        wave = company(make_survey(f"Pulse {answers[0][0]}"))
        Response.objects.filter(group__name="Legal").delete()
        group = wave.groups.get(name="Legal")
        Response.objects.bulk_create(Response(wave=wave, group=group, answers=row) for row in answers)
        score(wave_id=wave.id)
        figures.append(noted(wave))
        assert sorted(groups_named(wave, figures[-1])) == ["Marketing", "Production", "Sales"]
    first, second = (row.reliability for row in figures)
    assert first == second
    assert first[0].groups == 3


def test_fewer_than_three_published_departments_have_no_coefficients():
    wave = scored(
        make=lambda survey: close_wave(
            survey, {department(name): (20, people(15, 2, seed=len(name))) for name in ("A", "BB")}
        )
    )
    index = noted(wave).reliability[0]
    assert (index.groups, index.alpha, index.icc1, index.icc2, index.rwg) == (2, None, None, None, None)
    assert noted(wave).ranks == ()


def test_a_department_with_a_suppressed_sign_is_in_no_ranking():
    wave = scored(
        make=lambda survey: close_wave(
            survey,
            {
                department("Uniform"): (20, [bytes([4, 4, *row[2:]]) for row in people(15, 2, seed=9)]),
                **{department(f"D{seed}"): (20, people(15, 1 + seed % 3, seed=seed)) for seed in range(6)},
            },
        )
    )
    rows = {row.name: row for row in selectors.report(wave.id, within=None).groups}
    assert rows["Uniform"].index.shown
    complete = {row.name for row in rows.values() if all(sign.shown for sign in row.signs if sign.measure in CORE)}
    assert "Uniform" not in complete
    # Of each of its two suppressed signs, chance lets another department go along.
    assert len(complete) >= 3
    assert set(groups_named(wave, noted(wave))) == complete


def test_ranks_are_those_of_the_index_and_range_over_the_signs():
    wave = scored(make=varied)
    figures = noted(wave)
    ranked = [row.name for row in selectors.report(wave.id, within=None).groups]
    assert groups_named(wave, figures) == ranked
    assert [rank.rank for rank in figures.ranks] == [1, 2, 3, 4, 5]
    assert all(rank.best <= rank.worst for rank in figures.ranks)
    assert [row.measure for row in figures.left_out] == list(CORE)


def test_careless_people_are_shown_where_both_sides_have_the_minimum():
    def made(count):
        return lambda survey: close_wave(
            survey,
            {
                department("Marketing"): (30, spread(20, 2) + same(count, 3)),
                department("Sales"): (30, spread(20, 1, seed=5)),
                department("Plant"): (30, spread(20, 1, seed=6)),
            },
        )

    assert noted(scored(make=made(4))).careless is None
    wave = made(6)(make_survey("Other"))
    score(wave_id=wave.id)
    careless = noted(wave).careless
    # 6 of 66, to 5 %; the interval is that of 65 people.
    assert (careless.percent, careless.low, careless.high) == (10, 5, 18)
    assert careless.with_them == selectors.report(wave.id, within=None).company.index.value
    assert careless.without_them < careless.with_them


def test_power_has_a_row_for_each_size_and_grows_with_size_and_rise():
    power = noted(scored(make=varied)).power
    assert [(row.people, row.departments) for row in power] == [(9, 1), (20, 2), (30, 2)]
    for row in power:
        assert list(row.change) == sorted(row.change)
        assert list(row.level) == sorted(row.level)
    assert [row.change[1] for row in power] == sorted(row.change[1] for row in power)


def test_a_size_that_has_too_few_answers_has_no_chances():
    groups = {
        department(name): (size, people(count, 2, seed=size)) for name, size, count in (("Tiny", 8, 3), ("Big", 60, 20))
    }
    chances = {row.people: row.change for row in noted(scored(make=lambda survey: close_wave(survey, groups))).power}
    assert chances[8] == ()
    assert len(chances[60]) == 3


def test_what_is_noted_survives_the_way_into_the_database_and_back():
    wave = scored(make=varied)
    note = MethodNote.objects.get(snapshot__wave=wave)
    assert json.loads(json.dumps(asdict(noted(wave)))) == note.document
    assert read_document(note.document) == noted(wave)
