"""How a rise is weighed against how loosely its variance is known."""

import numpy as np
from scipy.stats import ttest_ind

from diagnostics.core.alerts import Thresholds
from diagnostics.core.changes import Measured, change_steps


def test_a_rise_of_which_the_variance_is_hardly_known_asks_for_more():
    """z = 3 has p = .0013 where v is known, and p = .017 where each v has three degrees of freedom."""
    loose = 2 * 4.0**2 / 3
    thresholds = Thresholds(false_share=0.01)

    def last(error):
        state = None
        for wave, value in enumerate([38.0] * 4 + [38 + 3 * 5**0.5], start=1):
            cells = {"cell": Measured(value, 4.0, round(value), error)}
            step = change_steps({"cell": state} if state else {}, cells, wave=wave, day=wave, thresholds=thresholds)[
                "cell"
            ]
            state = step.state
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
        t = Thresholds(base_needed=1, rise=1, false_share=false_share)
        state = change_steps({}, {"cell": base}, wave=1, day=1, thresholds=t)["cell"].state
        return change_steps({"cell": state}, {"cell": wave}, wave=2, day=2, thresholds=t)["cell"].event

    assert (event(p * 1.000001), event(p * 0.999999)) == ("watch", "none")
