"""How sure a rise must be, where its variance is loosely known, and where few departments are looked at."""

import numpy as np
import pytest
from scipy.stats import ttest_ind

from diagnostics.core.alerts.advance import advance_changes, highest_q
from diagnostics.core.alerts.baseline import Baseline
from diagnostics.core.alerts.change import Measured
from diagnostics.core.alerts.thresholds import DEFAULTS, Thresholds
from tests.diagnostics.core.alerts.change_plays import FLAT, MONTH, play


def test_a_rise_of_which_the_variance_is_hardly_known_asks_for_more():
    """z = 3 has p = .0013 where v is known, and p = .017 where each v has three degrees of freedom."""
    loose = 2 * 4.0**2 / 3
    thresholds = Thresholds(false_share=0.01)

    def last(error):
        memory = None
        for wave, value in enumerate([38.0] * 4 + [38 + 3 * 5**0.5], start=1):
            cells = {"cell": Measured(value, 4.0, round(value), error)}
            step = advance_changes(
                {"cell": memory} if memory else {}, cells, wave=wave, day=wave, thresholds=thresholds
            )["cell"]
            memory = step.memory
        return step.event

    assert (last(0.0), last(loose)) == ("watch", "none")


def test_the_chance_of_a_rise_is_that_of_welch():
    """Two groups of five and seven whose variances are their own; scipy's unequal-variances test is the oracle."""
    rng = np.random.default_rng(5)
    before, now = rng.normal(30, 9, 7), rng.normal(45, 20, 5)
    p = float(ttest_ind(now, before, equal_var=False, alternative="greater").pvalue)
    base, wave = (
        Measured(x.mean(), v := x.var(ddof=1) / len(x), round(x.mean()), 2 * v**2 / (len(x) - 1)) for x in (before, now)
    )

    def event(false_share):
        t = Thresholds(base_needed=1, rise=1, false_share=false_share, false_watches=1)
        memory = advance_changes({}, {"cell": base}, wave=1, day=1, thresholds=t)["cell"].memory
        return advance_changes({"cell": memory}, {"cell": wave}, wave=2, day=2, thresholds=t)["cell"].event

    assert (event(p * 1.000001), event(p * 0.999999)) == ("watch", "none")


def test_where_there_are_few_departments_less_chance_is_allowed():
    """Cells that all have p = .02 have q = .02: of one department .015 is allowed, however many cells it has."""

    def event(departments, cells):
        flat = play(FLAT)[-1].memory
        keys = [(department, cell) for department in range(departments) for cell in range(cells)]
        now = {key: Measured(42.6, 4.0, 43, items="a", department=str(key[0])) for key in keys}
        memories = dict.fromkeys(keys, flat)
        return advance_changes(memories, now, wave=5, day=5 * MONTH, thresholds=Thresholds(rise=1))[0, 0].event

    assert (event(1, 1), event(1, 10), event(10, 1), event(2, 10)) == ("none", "none", "watch", "watch")
    highest = [highest_q(departments, DEFAULTS) for departments in (2, 6, 7, 700)]
    assert highest == pytest.approx([0.03, 0.09, 0.1, 0.1])


def test_a_calm_has_the_chance_of_so_little_where_the_rise_lasts():
    """Up by 14, then down to 38 again: 5 points less than the least that counts, of a deviation of 2.24."""
    last = [play([*FLAT, 52, 52, value])[-1].reason for value in (38, 42, 26)]
    assert [(reason.code, reason.rise, reason.chance_below) for reason in last] == [
        ("rise_calming", 5, 0.05),
        ("rise_calming", 5, None),
        ("rise_calming", 5, 0.001),
    ]


def test_a_baselines_variance_has_the_error_of_the_weighted_mean():
    """v_b = sum w^2 v with w = (1/v) / sum 1/v, taken as known: Var v_b = sum w^4 Var v."""
    v, error = np.array([4.0, 9.0, 2.0, 6.0]), np.array([1.0, 5.0, 0.3, 2.0])
    base = None
    for wave, (variance, loose) in enumerate(zip(v, error, strict=True), start=1):
        now = Baseline(1, wave, wave, wave, 38.0, variance, 38, loose)
        base = now if base is None else base.joined(now)
    weights = (1 / v) / (1 / v).sum()
    assert base.variance == pytest.approx(weights**2 @ v)
    assert base.variance_error == pytest.approx(weights**4 @ error)


@pytest.mark.parametrize("unit", [1e-3, 1.0])
def test_how_sure_a_rise_is_does_not_hang_on_the_unit_of_the_scores(unit):
    """The same rise, of known variance and of ten degrees of freedom, in points and in thousands of points."""
    found = []
    for freedom in (np.inf, 10):
        t, memory = Thresholds(rise=0, false_watches=1, false_share=0.003), None
        for wave, y in enumerate([38.0] * 4 + [44.75], start=1):
            cell = Measured(y * unit, v := 4 * unit**2, 38, 2 * v**2 / freedom)
            step = advance_changes(
                {"cell": memory} if memory else {}, {"cell": cell}, wave=wave, day=wave, thresholds=t
            )
            memory = step["cell"].memory
        found.append(step["cell"].event)
    # z = 3.02: p = .0013 where v is known, and .005 with 15 degrees of freedom.
    assert found == ["watch", "none"]
