#!/bin/sh
# The tests that draw their input, ten times over; the suite draws the same input each time. A counterexample ends it
# with its seed: run that again with `--hypothesis-profile=search --hypothesis-seed=SEED`, and keep it as an @example.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
for round in 1 2 3 4 5 6 7 8 9 10; do
    seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
    echo "== round $round, seed $seed"
    python -m pytest -q -m hypothesis --hypothesis-profile=search --hypothesis-seed="$seed" "$@"
done
