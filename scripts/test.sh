#!/bin/sh
# Everything that must hold before a change goes in: style, types, migrations, tests.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

scripts/test-tools.sh
ruff check .
ruff format --check .
DEBUG=1 mypy .
DEBUG=1 DATABASE_URL=sqlite://:memory: python manage.py makemigrations --check --dry-run
# Two processes, each with servers of its own; servers that run elsewhere are one for all.
[ -n "${DATABASE_URL:-}${REDIS_URL:-}" ] || set -- -n 2 --dist loadfile --no-loadscope-reorder "$@"
# The tests start dozens of the product's processes: each would compile every module again.
unset PYTHONDONTWRITEBYTECODE
exec python -m pytest --durations=10 "$@"
