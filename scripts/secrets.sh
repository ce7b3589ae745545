#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, in secrets/. What exists stays as it is.
# The folder is closed to others; the files are not, because the containers' user has to read them.
set -eu
cd "$(dirname "$0")/.."
mkdir -p -m 700 secrets
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [ -e "secrets/$1" ] || printf %s "$2" >"secrets/$1"; }

keep secret_key "$(random)"
keep link_key "$(random)"
keep postgres_password "$(random)"
keep database_url "postgres://faultline:$(cat secrets/postgres_password)@postgres:5432/faultline"
keep email_url "${EMAIL_URL:-smtp://localhost:25}"
chmod 644 secrets/*
echo "The secrets are in secrets/: keep them in your backup. Put your mail server into secrets/email_url."
