"""Draws pair maps and prints how far they are off; then fits that of 100 departments, and prints seconds.

Run as `python -m tests.benchmarks.bench_pairs`; exits 1 where the fit takes 10 s or more.
"""

import os
import sys
import time

# As in config/celery.py, and before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from diagnostics.core.disclosure.pairs import Atom, CrossingCell, suppress_crossing_cells
from diagnostics.core.pairs.codes import PairModel
from diagnostics.core.pairs.estimate import estimate_cells, estimate_pairs
from tests.diagnostics.core.matrices import draw

DEPARTMENTS, SEED, SECONDS = 100, 20_260_101, 10.0
# Directions: six of each department, which is what three ratings a person give forty people; and ten.
SIZES = (600, 1_000)


# Standard deviations of rater, rated, pair and direction.
COMPANIES = {"true pair effects": (5.0, 5.0, 6.0, 3.0), "no pair effect": (6.0, 6.0, 0.0, 0.0)}
MATRICES = 100


def main():
    print("| RMSE (coverage of the 90 % interval) | raw | empirical Bayes | social relations |")
    print("|---|---|---|---|")
    for name, sds in COMPANIES.items():
        print(f"| {name} | {' | '.join(errors(sds))} |")
    print()
    slowest = 0.0
    for size in SIZES:
        _, table = draw(np.random.default_rng(SEED), DEPARTMENTS, (5.0, 5.0, 6.0, 3.0), keep=size)
        start = time.perf_counter()
        pairs = estimate_pairs(table)
        pairs.directions()
        seconds = time.perf_counter() - start
        slowest = max(slowest, seconds)
        print(f"{DEPARTMENTS} departments, {size:,} directions: {pairs.model} in {seconds:.2f} s")
        if pairs.model != PairModel.SOCIAL_RELATIONS:
            return 1
        print(f"  what may be shown of them, decided in {decided(table):.2f} s")
    return int(slowest >= SECONDS)


def errors(sds):
    """Of raw means, of empirical Bayes and of the social relations model, over matrices of 8 departments."""
    rng = np.random.default_rng(SEED)
    off, covered = [], []
    for _ in range(MATRICES):
        truth, table = draw(rng, 8, sds)
        estimates = [estimate_cells(table).directions(), estimate_pairs(table).directions()]
        off.append([np.mean((figure - truth) ** 2) for figure in (table.mean, *(found.value for found in estimates))])
        covered.append([np.mean((found.low <= truth) & (truth <= found.high)) for found in estimates])
    raw, *rest = np.sqrt(np.mean(off, axis=0))
    return [
        f"{raw:.1f}",
        *(f"{rmse:.1f} ({share:.2f})" for rmse, share in zip(rest, np.mean(covered, axis=0), strict=True)),
    ]


def decided(table):
    """Seconds for all directions, their divisions of ten departments, and everybody about each department."""
    rng = np.random.default_rng(SEED)
    atoms, members = [], {}
    for rater, rated, n in zip(table.rater.tolist(), table.rated.tolist(), table.n.tolist(), strict=True):
        counts = tuple(rng.multinomial(n, [0.2, 0.3, 0.3, 0.2]).tolist())
        atoms.append(Atom(str(rater), rated, counts, counts, (n, 0)))
        for rank, key in enumerate((f"all-{rated}", f"{rater}-{rated}", f"d{rater // 10}-d{rated // 10}")):
            members.setdefault((rank, key), set()).add(atoms[-1].key)
    crossing_cells = [CrossingCell(key, rank, frozenset(keys)) for (rank, key), keys in members.items()]
    start = time.perf_counter()
    suppress_crossing_cells(atoms, crossing_cells)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
