#!/bin/sh
# A management command on what `make run` keeps, for example: scripts/manage.sh import_people people.csv
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
if [ ! -f "$root/var/run/env" ]; then
    echo "There is no installation here yet: start it once with 'make run'." >&2
    exit 1
fi
exec "$root/.venv/bin/honcho" --env "$root/var/run/env" run "$root/.venv/bin/python" "$root/manage.py" "$@"
