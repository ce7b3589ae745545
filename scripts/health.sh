#!/bin/sh
# Exits 0 if the process of this container does its work: web, answers, worker, counting or beat.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

case ${1:-} in
web)
    exec python scripts/readyz.py
    ;;
answers)
    BIND="${ANSWERS_BIND:-127.0.0.1:8001}" exec python scripts/readyz.py
    ;;
worker | counting)
    exec celery --app config inspect ping --destination "$1@$(hostname)" --timeout 5
    ;;
beat)
    # Touched with every tick that reaches the broker, so each minute.
    [ -n "$(find "${VAR_DIR:-var}/beat/alive" -mmin -3)" ]
    ;;
*)
    echo "Usage: $0 web|answers|worker|counting|beat" >&2
    exit 2
    ;;
esac
