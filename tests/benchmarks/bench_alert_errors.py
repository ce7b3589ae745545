"""Plays made-up companies through level and change alerts, and prints how often they are wrong and what they find.

Run as `python -m tests.benchmarks.bench_alert_errors [companies]`; 200 companies of 12 departments a line take some
minutes. tests/diagnostics/core/made_up.py has what they are like; standard errors are those over companies.
"""

import sys
from dataclasses import replace

import numpy as np

from diagnostics.core.alerts.advance import advance_alerts
from tests.diagnostics.core.made_up import MEASURES, Rise, histories

SEED, YEAR, SINCE = 20_260_101, 14, 5
ON, DEPARTMENTS = ("watch", "raised"), range(12)
SIZES = {"12 × 8": [8] * 12, "12 × 15": [15] * 12, "12 × 40": [40] * 12, "4 each": [8] * 4 + [15] * 4 + [40] * 4}


def any_of(wave, group, events, kind="change", measures=MEASURES):
    return any(getattr(wave[group, measure], kind).event in events for measure in measures)


def share(companies, events, kind="change", measures=MEASURES, groups=DEPARTMENTS):
    """Of department-waves from the third on, with its standard error."""
    rates = [
        np.mean([any_of(wave, group, events, kind, measures) for wave in waves[2:] for group in groups])
        for waves in companies
    ]
    return with_error(rates)


def with_error(rates):
    return f"{np.mean(rates):.4f} ± {np.std(rates) / np.sqrt(len(rates)):.4f}"


def quiet(companies):
    for name, sizes in SIZES.items():
        found = list(histories(companies, sizes, YEAR, seed=SEED))
        low = list(histories(companies, sizes, 8, seed=SEED, means=[45.0] * 3 + [38.0] * 9))
        level = share(low, ("raised",), "level", ["index"], range(3))
        print(f"{name:8} watch {share(found, ON)}  confirmed {share(found, ('raised',))}  level at c-5 {level}")


def risen(companies):
    for name in list(SIZES)[:3]:
        found = list(histories(companies, SIZES[name], SINCE + 3, seed=SEED, rise=Rise(0, 15, SINCE)))
        waves = range(SINCE - 1, SINCE + 1)
        index = with_error([any(any_of(steps[w], 0, ON, measures=["index"]) for w in waves) for steps in found])
        watched = with_error([any(any_of(steps[w], 0, ON) for w in waves) for steps in found])
        four = range(SINCE - 1, SINCE + 3)
        alert = with_error([any(any_of(steps[w], 0, ("raised",)) for w in four) for steps in found])
        false = with_error([np.mean([false_share(wave) for wave in steps[SINCE - 1 :]]) for steps in found])
        print(
            f"{name:8} index on watch {index}  any {watched}  alert within 4 {alert}  false of those on watch {false}"
        )


def false_share(wave):
    on = [group for (group, _), step in wave.items() if step.change.event in ON]
    return sum(group != 0 for group in on) / max(len(on), 1)


def as_if_known(memory, cells, **how):
    """The negative control: every variance taken as known, and p as the normal's."""
    known = {key: replace(cell, measured=replace(cell.measured, variance_error=0.0)) for key, cell in cells.items()}
    return advance_alerts(memory, known, **how)


def control(companies):
    how = {"seed": SEED, "rise": Rise(0, 15, SINCE), "step": as_if_known}
    found = histories(companies, SIZES["12 × 15"], SINCE + 3, **how)
    false = with_error([np.mean([false_share(wave) for wave in steps[SINCE - 1 :]]) for steps in found])
    print(f"12 × 15  false of those on watch, were every variance known {false}")


def cleared(companies):
    """Of alerts of the index: those that clear in a wave though the rise lasts, and how they end where it does not."""
    for name in list(SIZES)[:3]:
        lasting = histories(companies, SIZES[name], YEAR, seed=SEED, rise=Rise(0, 15, SINCE))
        events = [[wave[0, "index"].change.event for wave in waves] for waves in lasting]
        ongoing = sum(event in ("ongoing", "cleared") for history in events for event in history)
        wrong = sum(event == "cleared" for history in events for event in history)
        passing = histories(companies, SIZES[name], YEAR, seed=SEED, rise=Rise(0, 15, SINCE, until=SINCE + 3))
        after = [[wave[0, "index"].change.event for wave in waves[SINCE + 2 :]] for waves in passing]
        ends = [history.index("cleared") + 1 for history in after if "cleared" in history]
        again = sum("raised" in history[history.index("cleared") :] for history in after if "cleared" in history)
        print(
            f"{name:8} cleared in a wave though risen {wrong / max(ongoing, 1):.3f} of {ongoing}  "
            f"back again: cleared after {np.mean(ends):.1f} waves, raised again {again} of {len(ends)}"
        )


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{count} companies a line, seed {SEED}, {YEAR} waves; shares of department-waves, or of companies")
    quiet(count)
    risen(count)
    cleared(count)
    control(count)
