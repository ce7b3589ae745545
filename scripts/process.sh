#!/bin/sh
# Starts one of the product's processes (web, worker, counting, beat), or runs a management command (migrate, manage).
# The Procfile, the containers and the tests all start them here.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
var=${VAR_DIR:-var}

celery_worker() {
    # Gossip, mingling and heartbeats only serve workers that watch each other; these ask the database instead.
    exec celery --quiet --app config worker --hostname "$1@%h" --queues "$2" --concurrency "$3" \
        --without-gossip --without-mingle --without-heartbeat
}

# Whatever the surroundings say of it: a process that is given the keys of the ballots must be refused under its own name.
case ${1:-} in
web | worker | beat) export FAULTLINE_ROLE="$1" ;;
esac

case ${1:-} in
web)
    exec gunicorn --config config/gunicorn.py config.wsgi
    ;;
worker)
    celery_worker worker default,mail "${WORKER_CONCURRENCY:-2}"
    ;;
counting)
    umask 077
    export FAULTLINE_ROLE=counting BALLOT_KEY_DIR="${BALLOT_KEY_DIR:-$var/keys}"
    celery_worker counting counting 1
    ;;
beat)
    mkdir -p "$var/beat"
    exec celery --quiet --app config beat --schedule "$var/beat/schedule" --pidfile=
    ;;
manage)
    shift
    exec python manage.py "$@"
    ;;
migrate)
    exec python manage.py migrate --no-input
    ;;
*)
    echo "Usage: $0 web|worker|counting|beat|migrate|manage COMMAND" >&2
    exit 2
    ;;
esac
