#!/bin/sh
# Starts one of the product's processes (web, answers, worker, counting, beat), or runs a management command (migrate, manage).
# The Procfile, the containers and the tests all start them here.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
var=${VAR_DIR:-var}

celery_worker() {
    # Gossip, mingling and heartbeats only serve workers that watch each other; these ask the database instead.
    exec celery --quiet --app config worker --hostname "$1@%h" --queues "$2" --concurrency "$3" \
        --without-gossip --without-mingle --without-heartbeat ${4:+--max-tasks-per-child "$4"}
}

# Whatever the surroundings say of it: a process that is given the keys of the ballots must be refused under its own name.
case ${1:-} in
web | answers | worker | beat) export FAULTLINE_ROLE="$1" ;;
esac

# What the C library is given back is overwritten at once: answers must not stay in memory (config/memory.py). All memory
# goes that way, none by Python's own pools, and none is kept aside for the thread that gave it back.
forget_memory() {
    export PYTHONMALLOC=malloc MALLOC_PERTURB_=165
    export GLIBC_TUNABLES="${GLIBC_TUNABLES:+$GLIBC_TUNABLES:}glibc.malloc.tcache_count=0"
}

case ${1:-} in
web)
    forget_memory
    exec gunicorn --config config/web_server/gunicorn.py config.wsgi
    ;;
answers)
    # The same pages; behind a proxy that sends answer pages here, and nothing else.
    forget_memory
    export BIND="${ANSWERS_BIND:-127.0.0.1:8001}"
    exec gunicorn --config config/web_server/gunicorn.py config.wsgi
    ;;
worker)
    celery_worker worker default,mail "${WORKER_CONCURRENCY:-2}"
    ;;
counting)
    umask 077
    forget_memory
    export FAULTLINE_ROLE=counting BALLOT_KEY_DIR="${BALLOT_KEY_DIR:-$var/keys}"
    # Each task in a process of its own: what it has read goes with it.
    celery_worker counting counting 1 1
    ;;
beat)
    mkdir -p "$var/beat"
    # The schedule is one line of the settings. Celery's usual scheduler keeps it in a file, which a power cut damages.
    exec celery --quiet --app config beat --scheduler celery.beat:Scheduler --pidfile=
    ;;
manage)
    shift
    exec python manage.py "$@"
    ;;
migrate)
    exec python manage.py migrate --no-input
    ;;
*)
    echo "Usage: $0 web|answers|worker|counting|beat|migrate|manage COMMAND" >&2
    exit 2
    ;;
esac
