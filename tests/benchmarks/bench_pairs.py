"""Fits the pair map of 100 departments and decides what of it may be shown; prints seconds.

Run as `python -m tests.benchmarks.bench_pairs`; exits 1 where the fit takes 10 s or more.
"""

import os
import sys
import time

# As in config/celery.py, and before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from diagnostics.core.pairs import SOCIAL_RELATIONS, estimate_pairs
from diagnostics.core.rectangles import Atom, Rectangle, decide_rectangles
from tests.core.matrices import draw

DEPARTMENTS, SEED, SECONDS = 100, 20_260_101, 10.0
# Directions: six of each department, which is what three ratings a person give forty people; and ten.
SIZES = (600, 1_000)


def main():
    slowest = 0.0
    for size in SIZES:
        _, table = draw(np.random.default_rng(SEED), DEPARTMENTS, (5.0, 5.0, 6.0, 3.0), keep=size)
        start = time.perf_counter()
        pairs = estimate_pairs(table)
        pairs.directions()
        seconds = time.perf_counter() - start
        slowest = max(slowest, seconds)
        print(f"{DEPARTMENTS} departments, {size:,} directions: {pairs.model} in {seconds:.2f} s")
        if pairs.model != SOCIAL_RELATIONS:
            return 1
        print(f"  what may be shown of them, decided in {decided(table):.2f} s")
    return int(slowest >= SECONDS)


def decided(table):
    """Seconds for all directions, their divisions of ten departments, and everybody about each department."""
    rng = np.random.default_rng(SEED)
    atoms, members = [], {}
    for one, other, n in zip(table.rater.tolist(), table.rated.tolist(), table.n.tolist(), strict=True):
        counts = tuple(rng.multinomial(n, [0.2, 0.3, 0.3, 0.2]).tolist())
        atoms.append(Atom(str(one), other, counts, counts, (n, 0)))
        for rank, key in enumerate((f"all-{other}", f"{one}-{other}", f"d{one // 10}-d{other // 10}")):
            members.setdefault((rank, key), set()).add(atoms[-1].key)
    rectangles = [Rectangle(key, rank, frozenset(keys)) for (rank, key), keys in members.items()]
    start = time.perf_counter()
    decide_rectangles(atoms, rectangles)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
