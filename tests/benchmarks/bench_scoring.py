"""Scores a made-up wave of a million responses and prints seconds and peak memory.

Run as `python -m tests.benchmarks.bench_scoring`; exits 1 where it misses 10 s or 1 GB on two cores.
"""

import resource
import sys
import time

import numpy as np

from diagnostics.core.estimate.answers import Answers, decode, person_index, scale_scores
from diagnostics.core.estimate.groups import group_stats, reliability
from diagnostics.core.estimate.index import estimate
from surveys.rules.limits import MISSING

RESPONSES, GROUPS, DIVISIONS, SEED = 1_000_000, 2_000, 50, 20_260_101
SECONDS, GIGABYTES = 10.0, 1.0
OPTIONS = [0.0, 25.0, 50.0, 75.0, 100.0]
CORE = [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]
ROTATING = [(10,), (11,)]
ITEMS = 12


def made_up_wave(rng):
    """Raw answers (responses, items) with group and person effects and 3 % missing, groups, headcounts."""
    groups = rng.integers(0, GROUPS, RESPONSES)
    person = rng.normal(size=GROUPS)[groups] * 0.4 + rng.normal(size=RESPONSES) * 0.8
    raw = np.empty((RESPONSES, ITEMS), dtype=np.uint8)
    for item in range(ITEMS):
        answer = np.clip(np.round(person + rng.normal(size=RESPONSES) + 1.6), 0, 4)
        raw[:, item] = np.where(rng.random(RESPONSES) < 0.03, MISSING, answer)
    headcounts = np.bincount(groups, minlength=GROUPS) * 5 // 3
    return raw, groups, headcounts


def score(raw, groups, headcounts):
    """The whole way from stored bytes to index and signs, of each group, each division and the company."""
    answers = Answers(decode(raw, [OPTIONS] * ITEMS), groups, headcounts, GROUPS)
    signs = [scale_scores(answers.values, scale) for scale in CORE + ROTATING]
    core_items = [item for scale in CORE for item in scale]
    tables = [(person_index(signs[: len(CORE)]), core_items), *zip(signs, CORE + ROTATING, strict=True)]
    members = np.arange(DIVISIONS)[:, None] == np.arange(GROUPS) % DIVISIONS
    members = np.vstack([members, np.ones(GROUPS, dtype=bool)])
    published = 0
    for scores, items in tables:
        stats = group_stats(scores, groups, GROUPS, headcounts)
        posterior = estimate(stats, rho=reliability(answers.values[:, items], groups, GROUPS))
        for rows in (posterior, posterior.combine(stats.weights(members))):
            figures = np.column_stack([rows.index, rows.low, rows.high, rows.prob_above(50), rows.prob_above(45)])
            published += len(figures)
    return published


def main():
    raw, groups, headcounts = made_up_wave(np.random.default_rng(SEED))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    start = time.perf_counter()
    figures = score(raw, groups, headcounts)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{RESPONSES:,} responses x {ITEMS} items in {GROUPS:,} groups: {figures:,} figures with intervals")
    print(f"{seconds:.2f} s, peak memory {peak:.2f} GB (of which {before:.2f} GB before scoring began)")
    return int(seconds > SECONDS or peak > GIGABYTES)


if __name__ == "__main__":
    sys.exit(main())
