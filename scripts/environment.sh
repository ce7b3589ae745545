#!/bin/sh
# Makes .venv and installs the pinned packages of the requirements file $1 into it.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Faultline needs Python 3.11 or later, and $python is $("$python" --version 2>&1 || echo missing)." \
        "Install one, or name one: make PYTHON=python3.12 ..." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv
    else
        echo "This Python cannot make virtual environments. On Debian: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
[ -x .venv/bin/pip ] || "$python" -m venv --clear .venv
echo "Installing the packages of $1 into .venv; the first time takes a minute or two."
.venv/bin/pip install --quiet --disable-pip-version-check --no-input --require-hashes --requirement "$1"
