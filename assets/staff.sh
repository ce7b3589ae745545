#!/bin/sh
# Rebuilds the Bootstrap of the staff pages from npm. The result is committed, so only a change here needs node.
set -eu
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci --no-audit --no-fund
npx sass --no-source-map --style=compressed --quiet-deps --silence-deprecation=import --load-path=node_modules \
    staff.scss ../surveys/static/surveys/bootstrap.css
