"""Prints what is published of a remedy's effect in made-up companies, without and with an effect.

Run as `python -m tests.benchmarks.bench_effect`; takes some minutes. 1,000 companies a line, seeded.
"""

import numpy as np

from tests.diagnostics.core.remedied import SEED, simulated

COMPANIES = 1_000
CASES = [
    (remedy, departments, size, flare)
    for remedy in (0, -10)
    for departments, size, flare in ((12, 15, 0.0), (24, 15, 0.0), (24, 15, 3.0), (24, 15, 5.0), (24, 40, 0.0))
]


def main():
    print(f"{COMPANIES} companies a line, seed {SEED}")
    print("effect  departments  people  flare |  naive  holds 0 | shown   own   s.e.  holds 0  holds effect  helped")
    for remedy, departments, size, flare in CASES:
        drawn = simulated(remedy, companies=COMPANIES, departments=departments, size=size, flare=flare)
        measured = ~np.isnan(drawn[:, 2])
        naive, naive_holds, own, holds, holds_effect, helped = np.nanmean(drawn, axis=0)
        error = np.nanstd(drawn[:, 2]) / np.sqrt(measured.sum())
        print(
            f"{remedy:6}  {departments:11}  {size:6}  {flare:5} | {naive:6.1f}  {naive_holds:7.2f} |"
            f" {measured.mean():4.2f} {own:6.1f} {error:6.2f}  {holds:7.2f}  {holds_effect:12.2f}  {helped:6.2f}"
        )


if __name__ == "__main__":
    main()
