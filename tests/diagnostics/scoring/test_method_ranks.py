"""How the order of departments is tried without each sign, who is careless, and the power for a company's sizes."""

import numpy as np
import pytest

from diagnostics.core.alerts.thresholds import DEFAULTS
from diagnostics.core.estimate.groups import GroupStats
from diagnostics.core.estimate.index import estimate
from diagnostics.core.quality.power import change_power, level_power, spread
from diagnostics.report import selectors
from diagnostics.scoring.quality import power_table
from diagnostics.scoring.wave import ScaleEstimate
from surveys.models import Survey
from surveys.rules.limits import MISSING
from surveys.rules.rounding import band_of
from tests.diagnostics.people import noted
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import CORE, close_wave, department, make_survey, same
from tests.diagnostics.waves import spread as around

pytestmark = pytest.mark.django_db
AVOIDED, STAGNATION = slice(0, 2), slice(8, 10)


def with_sign(rows, columns, *options):
    """The same respondents, who answer the two items of one sign with these options in turn."""
    return [
        row[: columns.start] + bytes([options[place % len(options)]] * 2) + row[columns.stop :]
        for place, row in enumerate(rows)
    ]


def ranked(departments):
    """{name: (rank, best, worst)} and {sign: tau} of a wave of these respondents."""
    groups = {department(name): (60, rows) for name, rows in departments.items()}
    wave = scored(make=lambda survey: close_wave(survey, groups), survey=make_survey(f"Pulse {Survey.objects.count()}"))
    names = {row.key: row.name for row in selectors.report(wave.id, within=None).groups}
    figures = noted(wave)
    return (
        {names[row.key]: (row.rank, row.best, row.worst) for row in figures.ranks},
        {row.measure: row.tau for row in figures.left_out},
    )


def steps(**more):
    """Three departments in a clear order, alike in all signs."""
    return {name: around(30, option, seed=option) for name, option in (("High", 3), ("Middle", 2), ("Low", 1))} | more


def test_an_order_that_hangs_on_no_sign_stays():
    ranks, tau = ranked(steps())
    assert ranks == {"High": (1, 1, 1), "Middle": (2, 2, 2), "Low": (3, 3, 3)}
    assert tau == dict.fromkeys(CORE, 1.0)


def test_a_department_high_by_one_sign_falls_where_that_is_left_out():
    departments = {name: around(30, 1, seed=seed) for seed, name in enumerate(("Stagnant", "Calm", "Calmer"), start=5)}
    for name, options in (("Stagnant", (4, 4, 3)), ("Calm", (1, 2)), ("Calmer", (0, 1))):
        departments[name] = with_sign(departments[name], STAGNATION, *options)
    departments["Stagnant"] = with_sign(departments["Stagnant"], AVOIDED, 0, 0, 1)
    ranks, tau = ranked(departments)
    assert ranks["Stagnant"] == (1, 1, 3)
    assert tau["stagnation"] < 0
    assert {sign for sign in CORE if tau[sign] == 1} >= {"formal_communication", "failed_projects"}


def test_who_has_no_index_has_no_part_in_the_order_without_a_sign():
    """Twenty furious people who judge three signs only: they move no figure, and so no rank."""
    furious = [bytes([MISSING] * 4 + list(row[4:])) for row in around(20, 4, seed=9)]
    assert ranked(steps(Low=around(30, 1, seed=1) + furious)) == ranked(steps())


def test_who_judges_four_signs_has_a_part_whichever_is_left_out():
    """In Low thirty calm people leave one sign out, and are as many as make it the lowest."""
    calm = [bytes([MISSING] * 2 + list(row[2:])) for row in around(30, 0, seed=4)]
    ranks, _ = ranked(steps(Low=around(10, 3, seed=12) + calm))
    assert ranks["Low"] == (3, 3, 3)


def test_where_nearly_all_are_careless_neither_side_is_shown():
    """The others are fewer than the minimum group size: the index without the careless would be theirs."""

    def made(others):
        groups = {name: same(20, 3) for name in ("Marketing", "Sales")}
        return lambda survey: close_wave(
            survey,
            {department(name): (60, rows) for name, rows in groups.items()}
            | {department("Plant"): (60, [*same(20, 2), *around(others, 1, seed=3)])},
        )

    few, enough = scored(make=made(4)), scored(make=made(6), survey=make_survey("Another"))
    assert all(selectors.report(wave.id, within=None).company.index.shown for wave in (few, enough))
    assert noted(few).careless is None
    # 60 of 66, to 5 %.
    assert noted(enough).careless.percent == 90


def test_the_power_is_that_of_the_middle_size_among_all_tests():
    sizes, n = np.array([10, 11, 12, 13, 14, 26, 30, 40, 8, 60, 70, 80]), 6
    stats = GroupStats(np.arange(12), sizes * n // 10, np.linspace(25, 50, 12), np.full(12, 330.0), sizes)
    posterior = estimate(stats, rho=0.8)
    index = ScaleEstimate(stats, 0.8, posterior)
    band = band_of(int(stats.n.sum()), int(sizes.sum()))
    table = power_table(index, sizes, band=band, measures=6, min_group_size=5, thresholds=DEFAULTS)
    assert [(row.people, row.departments) for row in table] == [(8, 1), (12, 5), (30, 3), (70, 3)]
    row, answering = table[1], round(stats.n.sum() / sizes.sum() * 12)
    typical = spread(within_variance=330.0, pooled=stats.n.sum() - 12, rho=0.8, people=12, answering=answering)
    assert row.answering == answering == 7
    assert row.change == tuple(round(100 * change_power(rise, typical, 12, 6, DEFAULTS)) for rise in (5, 10, 15))
    chances = level_power(np.array([55, 60, 65]), typical, posterior, DEFAULTS)
    assert row.level == tuple(round(100 * chance) for chance in chances)
