"""The method on made-up companies: the promised rates hold in small, and wrong methods do not hold them.

`manage.py simulate_method` is the large form of the same; docs/method.md shows its table.
"""

import numpy as np
import pytest
from django.conf import settings

from diagnostics.core.alerts import advance
from diagnostics.core.quality.coefficients import icc1
from diagnostics.core.simulation.accuracy import Share, accuracy, wave_statistics
from diagnostics.core.simulation.alarms import Trial, detected, false_alarms, false_discovery_rate
from diagnostics.core.simulation.checks import CheckedFigure, Coverage, FalseAlarm
from diagnostics.core.simulation.company import Company, Design
from diagnostics.core.simulation.history import Move
from diagnostics.core.simulation.plan import plan
from diagnostics.core.simulation.table import table
from tests.diagnostics.core.wrong_estimators import with_the_full_correction, without_the_finite_prior

SEED, COMPANIES = 20_260_101, 60


def test_items_have_the_mean_spread_and_reliability_of_the_method():
    company = Company(np.random.default_rng(SEED), Design(groups=400, people=40, response=1.0))
    stats, rho = wave_statistics(company.wave().answers)
    assert np.average(stats.mean) == pytest.approx(39, abs=1)
    assert np.sqrt(stats.within_variance) == pytest.approx(18.6, abs=0.3)
    assert rho == pytest.approx(0.83, abs=0.01)
    assert icc1(stats).value == pytest.approx(0.107, abs=0.02)


def test_a_group_can_be_put_where_the_experiment_wants_it():
    company = Company(np.random.default_rng(SEED), Design(people=40))
    company.put(3, 60.0)
    assert company.truth()[3] == pytest.approx(60, abs=1e-6)


@pytest.mark.parametrize("people", [8, 15, 40])
def test_intervals_cover_the_truth_and_the_index_is_nearer_than_the_mean(people):
    found = accuracy(SEED, Design(people=people), companies=COMPANIES)
    assert 0.86 - 2 * found.coverage.error <= found.coverage.value <= 0.93 + 2 * found.coverage.error
    raw, index = found.rmse
    assert index < raw < {8: 5.4, 15: 4.9, 40: 3.0}[people]


def test_the_full_correction_fails_where_everybody_answered():
    wrong = accuracy(SEED, Design(people=8, response=1.0), companies=20, estimator=with_the_full_correction)
    assert wrong.coverage.value < 0.05


def test_without_the_finite_prior_small_groups_beside_large_ones_fail():
    design = Design(people=8, large=9, spread=0.5)
    right = accuracy(SEED, design, companies=300, small=True)
    wrong = accuracy(SEED, design, companies=300, small=True, estimator=without_the_finite_prior)
    assert 0.86 - 2 * right.coverage.error <= right.coverage.value
    assert wrong.coverage.value < 0.84


CALM = Trial(Design(people=15), signs=False)


def test_where_nothing_changes_few_are_watched_and_next_to_none_confirmed():
    found = false_alarms(CALM.histories(SEED, 40), list(range(12)))
    assert found.watch.total > 2000
    assert found.watch.value <= 0.02 + 2 * found.watch.error
    assert found.confirmed.value <= 0.005


def test_without_benjamini_and_hochberg_too_many_are_watched(monkeypatch):
    monkeypatch.setattr(advance, "benjamini_hochberg", lambda p: p)
    found = false_alarms(CALM.histories(SEED, 20), list(range(12)))
    assert found.watch.value > 0.04


def test_a_large_rise_is_found_and_few_of_the_found_are_false():
    trial = Trial(Design(people=40), (Move((0, 1), 5, rise=15.0),), waves=7, signs=False)
    histories = list(trial.histories(SEED, 25))
    assert detected(histories, trial, level=False, within=(2,))[0].value >= 0.95
    rate, error = false_discovery_rate(histories, trial)
    assert rate <= 0.12 + 2 * error


def test_a_department_at_sixty_is_found_and_one_at_forty_five_is_not():
    hot = Trial(Design(people=40), (Move((0,), score=60.0),), waves=4, signs=False)
    assert detected(hot.histories(SEED, 15), hot, level=True, within=(4,))[0].value == 1.0
    mild = Trial(Design(people=15), (Move((0, 1, 2), score=45.0),), waves=6, signs=False)
    assert false_alarms(mild.histories(SEED, 15), [0, 1, 2]).level.value <= 0.005


def test_the_same_seed_gives_the_same_figures():
    check = Coverage("small", Design(groups=5, people=15))
    assert check.rows(7, 3) == check.rows(7, 3)
    assert check.rows(7, 3) != check.rows(8, 3)


def test_every_condition_has_a_name_of_its_own_and_the_promised_limits():
    checks = plan()
    names = [(check.section, check.condition) for check in checks]
    assert len(names) == len(set(names))
    limited = [check for check in checks if isinstance(check, Coverage) and check.limited]
    assert {(check.design.groups, check.design.people) for check in limited} == {
        (groups, people) for groups in (5, 12, 30) for people in (8, 15, 40)
    }


def test_false_alarms_are_limited_in_companies_of_every_size_and_shape():
    alarms = [check for check in plan() if isinstance(check, FalseAlarm) and "nothing changes" in check.section]
    designs = [alarm.trial.design for alarm in alarms]
    assert {tuple(sorted(alarm.most)) for alarm in alarms} == {("any_confirmed", "any_watch", "confirmed", "watch")}
    assert {design.groups for design in designs} == {3, 5, 12, 30}
    assert {design.response for design in designs} == {0.4, 0.6, 1.0}
    assert {(design.skewed, design.spread) for design in designs} == {(False, 1.0), (True, 1.0), (False, 0.3)}


def test_in_a_small_company_the_false_share_alone_allows_too_many(monkeypatch):
    small = Trial(Design(groups=3, people=8), signs=False)
    assert false_alarms(small.histories(SEED, 100), [0, 1, 2]).watch.value <= 0.02
    monkeypatch.setattr(advance, "highest_q", lambda _departments, thresholds: thresholds.false_share)
    assert false_alarms(small.histories(SEED, 100), [0, 1, 2]).watch.value > 0.035


def test_a_figure_is_missed_where_two_standard_errors_do_not_explain_it():
    near, far = CheckedFigure("c", "f", 0.85, 0.006, 0.86, 0.93), CheckedFigure("c", "g", 0.84, 0.006, 0.86, 0.93)
    assert (near.kept, far.kept) == (True, False)
    assert "**0.840 ± 0.006, missed: 0.86 to 0.93**" in table({"Accuracy": [near, far]})
    assert Share((0, 0), (10, 10)).error > 0


def test_the_error_of_a_figure_is_its_spread_over_runs():
    """Companies of 5 to 15 cases, each with a chance of its own: taken for independent, they have half the error."""
    rng, runs = np.random.default_rng(SEED), []
    for _ in range(300):
        totals = rng.integers(5, 16, size=60)
        counts = rng.binomial(totals, rng.beta(0.5, 1.5, size=60))
        runs.append(Share(tuple(counts.tolist()), tuple(totals.tolist())))
    spread = np.std([run.value for run in runs])
    assert np.mean([run.error for run in runs]) == pytest.approx(spread, rel=0.1)
    assert np.sqrt(0.25 * 0.75 / 600) < 0.65 * spread


def test_companies_of_one_size_have_the_error_of_the_mean_of_their_shares():
    shares = np.array([0.0, 0.2, 1.0, 0.4, 0.0, 0.8])
    counts = tuple((10 * shares).astype(int).tolist())
    assert Share(counts, (10,) * 6).error == pytest.approx(shares.std(ddof=1) / np.sqrt(6))
    assert sum((Share((count,), (10,)) for count in counts), Share((), ())) == Share(counts, (10,) * 6)


def test_every_kind_of_figure_has_an_error_that_counts_companies():
    trial = Trial(Design(groups=6), (Move((0, 1), 3, rise=15.0),), waves=5, signs=False)
    once = list(trial.histories(SEED, 12))
    rate, error = false_discovery_rate(once, trial)
    per_company = [false_discovery_rate([past], trial)[0] for past in once]
    assert rate == pytest.approx(np.mean(per_company))
    assert error == pytest.approx(np.std(per_company, ddof=1) / np.sqrt(12))
    assert len(detected(once, trial, level=False, within=(2,))[0].totals) == 12
    assert len(false_alarms(once, [2, 3, 4]).watch.totals) == 12
    found = accuracy(SEED, Design(people=40, rotating=4), companies=40)
    assert len(found.coverage.totals) == 40
    squares = [np.mean(found.index[found.company == company] ** 2) for company in range(40)]
    assert found.rmse_errors[1] == pytest.approx(np.std(squares, ddof=1) / np.sqrt(40) / (2 * found.rmse[1]))


def test_an_error_too_small_for_the_digits_is_not_shown_as_none():
    rows = [
        CheckedFigure("c", "f", 4.0, 0.02),
        CheckedFigure("c", "g", 0.0, 0.00004),
        CheckedFigure("c", "h", 0.9, 0.0006),
    ]
    assert "| c | 4.0 ± <0.1 | 0.0000 ± <0.0001 | 0.900 ± 0.001 |" in table({"Accuracy": rows})


def test_the_documented_table_is_what_the_command_prints():
    """Its first line, with the seed and companies that are above it: as fast as it is short."""
    method = (settings.BASE_DIR / "docs" / "method.md").read_text(encoding="utf-8")
    assert "manage.py simulate_method --companies 200 --seed 1" in method
    for place in (0, 3):
        line = table({"Accuracy": plan()[place].rows(1000 + place, 200)}).splitlines()[-1]
        assert line in method.splitlines()
